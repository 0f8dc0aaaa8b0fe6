"""The base of every public page."""

from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PagePermissionTester, PageViewRestriction, Revision
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.languages.addresses import codes, english_here, place
from core.models.pictures import Image
from core.page_form import PageForm
from core.pagecache import may_be_kept
from core.remembering import remembered

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from core.sharing import Shared


# The first words of addresses that belong to no page; what stands below them is answered before any page is looked for.
RESERVED_SLUGS = frozenset(
    {"go", "class", "admin", "api", "documents", "media", "static", "look", "components", "mailchimp", *codes()}
)
FIRST_DEPTH = 3  # right below a home page
# An alias made of a closed page has a restriction of its own, which says nothing: the source's may have been lifted.
NOT_OF_ALIAS = Q(page__alias_of=None)


def closed_to_some(path: str = "path") -> Exists:
    """Return the condition that a page, whose tree path is the column ``path``, stands under a view restriction.

    An alias is as closed as its source, as ``BasePage.get_view_restrictions`` has it: Wagtail's ``public()``, which
    asks with a query of its own, knows only the restrictions in the page's own tree.
    """
    below = ExpressionWrapper(OuterRef(path), output_field=models.CharField())
    here, source = Q(below__startswith=F("page__path")), Q(below__startswith=F("page__aliases__path"))
    return Exists(PageViewRestriction.objects.alias(below=below).filter(here & NOT_OF_ALIAS | source))


def crumbs(page: Page, request: HttpRequest) -> list[tuple[str, str, str]]:
    """Return the pages between a home page and ``page`` as breadcrumbs show them.

    Each by its title as it was approved, its address, and the language of the title. Pages below the same one share
    them, so each process remembers them.
    """
    return remembered(("crumbs", page.path[: -page.steplen]), lambda: _read_crumbs(page, request), request=request)


def _read_crumbs(page: Page, request: HttpRequest) -> list[tuple[str, str, str]]:
    from core.approvals.showing import as_approved

    above = page.get_ancestors().filter(depth__gte=FIRST_DEPTH).specific()
    return [(one.title, one.get_url(request), one.words_language) for one in as_approved(above)]


@dataclass(frozen=True)
class CountedPage:
    """What a view of a page is counted under: codes, never keys of rows."""

    page_key: str
    campaign_code: str = ""


class WordsBeside(NamedTuple):
    """The names of the fields that say what a picture shows: its words, and whether it is decorative."""

    words: str
    decorative: str


class BasePage(Page):
    """A page in one language: a title, a summary, and how it looks in lists and when shared."""

    listed_as: "StrOrPromise" = _("Page")  # what search calls it
    base_form_class = PageForm
    needs_checked_words = False  # in another language it goes live only once a speaker has checked its words
    picture_words: dict[str, WordsBeside] = {}  # field that points to a picture -> the fields that say what it shows
    is_shared = True  # it has a card and data for those who share and list pages

    summary = models.CharField(
        max_length=300,
        help_text="One or two plain sentences: what this is and for whom. Shown under the title and in lists.",
    )
    social_image = models.ForeignKey(
        Image,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Shown when the page is shared; 1200 by 630 pixels or larger.",
    )
    listing_title = models.CharField(
        max_length=120, blank=True, help_text="A shorter title for lists, if the title is long."
    )
    listing_summary = models.CharField(max_length=200, blank=True, help_text="A shorter summary for lists.")

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel(
            [FieldPanel("listing_title"), FieldPanel("listing_summary"), FieldPanel("social_image")],
            heading="In lists and when shared",
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary", boost=2)]

    override_translatable_fields = [SynchronizedField("slug", overridable=False)]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse an address that is not a page's, and a picture for sharing that has no words.

        A message that shows such a picture could not say what it shows. A page that is being added has no depth yet.
        """
        super().clean()
        if (self.depth or FIRST_DEPTH) == FIRST_DEPTH and self.slug in RESERVED_SLUGS:
            raise ValidationError(
                {"slug": f"/{self.slug}/ is an address of the site itself, so no page can stand there. Choose another."}
            )
        if self.social_image and not self.social_image.description.strip():
            raise ValidationError(
                {
                    "social_image": "Nothing says what this picture shows. Write its description under Images, "
                    "or choose another picture."
                }
            )

    def why_not_change(self) -> str:
        """Return the sentence that says why nobody changes this page now; it may always be taken down."""
        return ""

    def save_revision(self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any) -> Revision:
        """Save a draft; never over a version that somebody reviews, that is live, or that waits for its time.

        Wagtail's autosave writes over the editor's last version. Written over while a colleague reviews it, that
        version would go out with words nobody saw.
        """
        if overwrite_revision and self._is_spoken_for(overwrite_revision):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def _is_spoken_for(self, revision: Revision) -> bool:
        return (
            revision.pk == self.live_revision_id
            or revision.approved_go_live_at is not None
            or revision.task_states.exists()
        )

    def with_content_json(self, content: dict[str, Any]) -> "BasePage":
        """Return the page as a version has it. A version of its own makes an alias a page of its own: a translation.

        Wagtail keeps ``alias_of`` whatever the version says, and fills aliases from their source by this too.
        """
        page: BasePage = super().with_content_json(content)
        if content.get("pk") == self.pk and content.get("alias_of") is None:
            page.alias_of_id = None
        return page

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what ``user`` may do with it; in another language it stands for the English page."""
        from core.translations.permissions import StandInTester

        # A page that is being added has no depth yet; added by hand, it is an English one.
        is_first = (self.depth or 0) < 2 or self.locale.language_code == settings.LANGUAGE_CODE
        return PagePermissionTester(user, self) if is_first else StandInTester(user, self)

    @property
    def card_title(self) -> str:
        """The title in lists."""
        return self.listing_title or self.title

    @property
    def card_summary(self) -> str:
        """The summary in lists."""
        return self.listing_summary or self.summary

    @property
    def words_language(self) -> str:
        """The language of its words: an alias in another language's tree still has the English ones."""
        return settings.LANGUAGE_CODE if self.alias_of_id else place()

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Return what keeps this page from some visitors, an alias like its source: one query, not two an alias."""
        here_and_above = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        here, source = Q(page__path__in=here_and_above), Q(page__aliases__path__in=here_and_above)
        return PageViewRestriction.objects.filter(here & NOT_OF_ALIAS | source).distinct()

    def counted_as(self) -> CountedPage | None:
        """Say what a view of this page is counted under; None where visitors are not counted at all."""
        return CountedPage(page_key=f"page-{self.translation_key}")

    def address_by_placement(self, code: str) -> str:  # noqa: ARG002  (those that override it look at the code)
        """Return the address of its own by which a placement with this ``code`` leads to it, and which counts arrivals.

        None unless told: the short link counts whoever arrives, and leads to the page.
        """
        return ""

    def belongs_to(self) -> str:
        """Return the code of the campaign that it belongs to; an empty text where it belongs to none."""
        counted = self.counted_as()
        return counted.campaign_code if counted else ""

    @property
    def picture_when_shared(self) -> tuple[Image | None, str]:
        """The picture of its card, and what that shows in words; no picture unless one was chosen."""
        return self.social_image, self.social_image.description if self.social_image else ""

    def schema_nodes(self) -> list[dict[str, Any]]:
        """Return what it is in schema.org's words; nothing unless told."""
        return []

    def shared(self) -> "Shared":
        """Return the page as others show it: its card and its data."""
        from core.sharing import Shared

        picture, picture_says = self.picture_when_shared
        if picture and not picture.may_be_used:
            picture, picture_says = None, ""
        return Shared(
            title=self.listing_title or self.title,
            description=self.listing_summary or self.summary,
            picture=picture,
            picture_says=picture_says,
            data=self.schema_nodes(),
        )

    def search_words(self) -> str:
        """Return words that should lead here in search although the page does not show them; none unless told."""
        return ""

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Serve the page as it was approved, whatever stands in its row.

        Raises:
            Http404: its row or a file of it differs, and what was approved is not there any more.
        """
        from core.approvals.showing import approved_version

        is_draft = getattr(request, "is_preview", False)
        shown = self if is_draft else approved_version(self, request)
        if shown is None:
            raise Http404
        return shown.serve_this(request, *args, **kwargs)

    def serve_this(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Serve this version; note on the request what was seen, for whoever counts views, and that it may be kept.

        Where visitors are not counted, no cache of ours, on the way or on the device keeps the page.
        """
        request.counted_page = counted = self.counted_as()  # type: ignore[attr-defined]  # ours, read by the counter
        if counted is not None:
            may_be_kept(request)
        # What is gathered for an alias is in English like its words; the frame is drawn later, in its own language.
        with english_here() if self.alias_of_id else nullcontext():
            response = super().serve(request, *args, **kwargs)
        if counted is None:
            add_never_cache_headers(response)
        return response
