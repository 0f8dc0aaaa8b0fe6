"""The pages that tell of campaigns: their list, and one for each in each language."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail.url_routing import RouteResult

from campaigns.models.campaigns import Campaign
from core.blocks import BodyBlock, VersionsBlock
from core.models import BasePage, Image
from core.models.pages import CountedPage, WordsBeside, closed_to_some, crumbs
from core.pagecache import list_may_be_kept
from core.remembering import remembered

# What the key of a campaign page begins with in the counts: other rooms' pages may stand under a campaign too.
PAGE_KEY = "campaign-"


class CampaignPageQuerySet(PageQuerySet):
    """Campaign pages by the dates of their campaign."""

    def on(self, day: date) -> "CampaignPageQuerySet":
        """Return the pages of campaigns that run on ``day``."""
        return self.filter(campaign__starts__lte=day, campaign__ends__gte=day)

    def unrestricted(self) -> "CampaignPageQuerySet":
        """Return the pages that anybody may read: Wagtail's ``public()``, without a query of its own."""
        return self.filter(~closed_to_some())


class CampaignIndexPage(BasePage):
    """The list of campaigns: what is on now, what is coming, what has been."""

    listed_as = _("List of campaigns")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["campaigns.CampaignPage"]
    max_count = 1

    class Meta:
        verbose_name = "list of campaigns"

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a campaign's page together with all that it shows, in one query instead of four."""
        if len(path_components) == 1:
            shown = CampaignPage.objects.select_related("campaign__objective", "hero_image")
            below = Q(path__startswith=self.path, depth=self.depth + 1)  # ``child_of``, in fewer conditions
            page = shown.filter(below, slug=path_components[0]).first()
            if page:
                return page.route(request, [])
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the live campaign pages below that fit what was asked for, by where today falls in their dates."""
        from campaigns.listing import listing

        found = listing(self, request)
        list_may_be_kept(request, query=found.query, shown=found.page_obj)
        return super().get_context(request, *args, **kwargs) | {"listing": found}


class CampaignPage(BasePage):
    """A campaign in the words of one language. The campaign itself is a row, made first."""

    listed_as = _("Campaign")
    parent_page_types = ["campaigns.CampaignIndexPage"]
    subpage_types: list[str] = []
    is_creatable = False  # Making a campaign makes its page: one way in, so that no page lacks its campaign.

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="pages")
    picture_words = {"hero_image": WordsBeside("hero_alternative_text", "hero_decorative")}
    hero_image = models.ForeignKey(
        Image, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="picture"
    )
    hero_alternative_text = models.CharField(
        "alternative text",
        max_length=250,
        blank=True,
        help_text="What the picture shows, for people who do not see it.",
    )
    hero_decorative = models.BooleanField(
        "decorative",
        default=False,
        help_text="Tick if the picture adds nothing that the words do not say; it is then skipped.",
    )
    body = StreamField(BodyBlock(), blank=True)
    versions = StreamField(
        VersionsBlock(),
        blank=True,
        help_text="The same in Easy Read or in British Sign Language. The page offers them at its top.",
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("campaign", read_only=True),
        MultiFieldPanel(
            [
                FieldPanel("hero_image"),
                FieldRowPanel([FieldPanel("hero_alternative_text"), FieldPanel("hero_decorative")]),
            ],
            heading="Picture at the top",
        ),
        FieldPanel("body"),
        FieldPanel("versions"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    objects = PageManager.from_queryset(CampaignPageQuerySet)()

    class Meta:
        verbose_name = "campaign page"

    def clean(self) -> None:
        """Refuse a picture that neither says what it shows nor is marked decorative, or does both."""
        super().clean()
        if self.hero_image_id and bool(self.hero_alternative_text.strip()) == self.hero_decorative:
            raise ValidationError(
                {
                    "hero_alternative_text": "A decorative picture is skipped, so its alternative text would never be "
                    "read. Remove one of the two."
                    if self.hero_decorative
                    else "Say what the picture shows, or tick Decorative."
                }
            )

    def why_not_change(self) -> str:
        """Say that its campaign is closed, if it is."""
        return self.campaign.why_not_change()

    @property
    def picture_when_shared(self) -> tuple[Image | None, str]:
        """The picture chosen for it, else the one at the top."""
        if self.social_image_id or self.hero_image is None:
            return super().picture_when_shared
        prefetch_related_objects([self.hero_image], "renditions")  # one query for every size that the page draws
        return self.hero_image, self.hero_alternative_text

    def counted_as(self) -> CountedPage:
        """Count a view under the page, whatever its language, and under the campaign."""
        return CountedPage(page_key=f"{PAGE_KEY}{self.translation_key}", campaign_code=self.campaign.code)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the way back, what else belongs to the campaign, and the words for the picture."""
        from campaigns.queries import related_pages
        from campaigns.queries.updates import is_open

        return super().get_context(request, *args, **kwargs) | {
            "crumbs": crumbs(self, request),
            "related": related_pages(self.campaign, beside=self, request=request),
            "updates_are_open": remembered("updates are open", is_open, request=request, on_every_site=True),
            "alternative_text": "" if self.hero_decorative else self.hero_alternative_text,
        }
