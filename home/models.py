"""The home page, plain content pages, and what support services say about their entries."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from core.approvals.showing import as_approved
from core.blocks import BodyBlock, VersionsBlock
from core.models import BasePage, SupportService
from core.models.pages import CountedPage, crumbs
from core.privacy import Declaration
from core.remembering import remembered
from core.sharing import address
from home.search.models import SearchEntry

__all__ = ["ContentPage", "EntryCheck", "HomePage", "SearchEntry"]


class HomePage(BasePage):
    """The front door: four ways in, and what is on now. Its words are a few; the rest comes from the rooms."""

    listed_as = _("Home page")
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]

    body = StreamField(BodyBlock(), blank=True, help_text="Optional: shown below what is on now.")

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "home page"

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Lead on through a list, which nearly every page stands below, without reading the list each time."""
        if len(path_components) > 1:
            lists = remembered(("lists", self.pk), self._lists, request=request)
            if passed := lists.get(path_components[0]):
                return passed.get_specific(deferred=True).route(request, path_components[1:])
        return super().route(request, path_components)

    def _lists(self) -> dict[str, Page]:
        """Return by slug the pages below of which there can be only one of a kind."""
        lists = [model for model in self.allowed_subpage_models() if model.max_count == 1]
        return {page.slug: page for page in self.get_children().type(*lists)}

    def schema_nodes(self) -> list[dict[str, Any]]:
        """Return the site, and how it is searched."""
        search = address(f"{reverse('home:search')}?q={{words}}")
        action = {"@type": "SearchAction", "target": search, "query-input": "required name=words"}
        return [{"@type": "WebSite", "name": self.title, "url": address(self.url), "potentialAction": action}]

    def counted_as(self) -> CountedPage:
        """Count views under a name that outlives the row."""
        return CountedPage(page_key="home")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what is on now in every room."""
        from home.queries import on_now

        return super().get_context(request, *args, **kwargs) | {"now": on_now(request)}


class ContentPage(BasePage):
    """A page of plain information, such as what a hate crime is."""

    listed_as = _("Information")
    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = ["home.ContentPage"]

    body = StreamField(BodyBlock(), blank=True)
    versions = StreamField(
        VersionsBlock(),
        blank=True,
        help_text="The same in Easy Read or in British Sign Language. The page offers them at its top.",
    )
    sensitive = models.BooleanField(
        "about getting help or reporting",
        default=False,
        help_text="People can leave the page quickly. It is in no visitor count and no cache, and is never shared.",
    )

    content_panels = [*BasePage.content_panels, FieldPanel("body"), FieldPanel("versions"), FieldPanel("sensitive")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "information page"

    def counted_as(self) -> CountedPage | None:
        """Count views, but nobody who looks for help."""
        return None if self.sensitive else super().counted_as()

    @property
    def needs_checked_words(self) -> bool:  # type: ignore[override]  # the same for every page of the other kinds
        """Wrong words about where to turn do harm."""
        return self.sensitive

    @property
    def is_shared(self) -> bool:  # type: ignore[override]  # the same for every page of the other kinds
        """Share no page that somebody reads to find help."""
        return not self.sensitive

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the pages above, and the live ones below as cards."""
        below = as_approved(ContentPage.objects.child_of(self).live().public(), request)
        return super().get_context(request, *args, **kwargs) | {
            "crumbs": crumbs(self, request),
            "cards": [
                {"of": page, "title": page.title, "url": page.get_url(request), "summary": page.summary}
                for page in below
            ],
        }


class EntryCheck(models.Model):
    """One asking of a support service whether its entry is right, and its answer; once for each review."""

    class State(models.TextChoices):
        """What came of it."""

        ASKED = "asked", "Asked"
        CONFIRMED = "confirmed", "The service says that all is right"
        WRONG = "wrong", "The service says that something is wrong"
        SETTLED = "settled", "Settled"

    LONGEST_WORDS = 500
    WORDS_KEPT = timedelta(days=365)

    service = models.ForeignKey(SupportService, on_delete=models.CASCADE, related_name="checks")
    review_by = models.DateField(help_text="The review that the service was asked for.")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked = models.DateField(default=timezone.localdate)
    answered = models.DateField(null=True, blank=True)
    said = models.TextField("what they say is wrong", blank=True, max_length=LONGEST_WORDS)

    class Meta:
        ordering = ("-asked", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("service", "review_by"), name="entry_check_once_a_review"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "confirmed", "wrong", "settled"]), name="entry_check_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered=None) | (~Q(state="asked") & Q(answered__isnull=False)),
                name="entry_check_answered_on_a_day",
            ),
        ]

    class Privacy(Declaration):
        """What services say about their entries."""

        fields = ("said",)
        purpose = "Mending an entry of the support directory that its own service says is wrong."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "Those who keep the support directory."
        retention = "The words are deleted a year after they were sent."

        @classmethod
        def purge(cls, now: datetime) -> int:
            """Blank what was said a year before ``now``."""
            old = timezone.localdate(now) - EntryCheck.WORDS_KEPT
            return EntryCheck.objects.filter(answered__lt=old).exclude(said="").update(said="")

    def __str__(self) -> str:
        return f"{self.service}: asked on {self.asked:%-d %B %Y}"
