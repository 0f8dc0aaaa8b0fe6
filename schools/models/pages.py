"""The list of lesson packs, and the page of one pack in one language."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from campaigns.queries import related_pages
from core.blocks import BodyBlock
from core.models import BasePage
from core.models.pages import CountedPage, crumbs
from core.pagecache import list_may_be_kept
from schools.models.files import LessonFile
from schools.models.packs import LessonPack
from schools.models.register import School


class SchoolsIndexPage(BasePage):
    """Every lesson pack, to be narrowed down by whom they suit and what they are about."""

    listed_as = _("List of lesson packs")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["schools.LessonPackPage"]
    max_count = 1

    intro = models.TextField("introduction", blank=True, help_text="A few plain sentences above the list.")

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    class Meta:
        verbose_name = "schools page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the packs that fit what was asked for, and what else could be asked."""
        # The reads ask for pages, and pages stand in this file.
        from schools.queries import Choice, facets, live_pack_pages, page_of

        choice = Choice.read(request.GET)
        offered = live_pack_pages().child_of(self)
        shown = page_of(choice.narrow(offered), request)
        list_may_be_kept(request, query=choice.query, shown=shown)
        return super().get_context(request, *args, **kwargs) | {
            "choice": choice,
            "facets": facets(offered, choice),
            "page_obj": shown,
            "query": choice.query,
        }


class LessonPackPage(BasePage):
    """One lesson pack in one language: words around a pack that is edited apart."""

    listed_as = _("Lesson pack")
    parent_page_types = ["schools.SchoolsIndexPage"]
    subpage_types: list[str] = []
    is_creatable = False  # Making a pack makes its page: one way in, so that no page lacks its pack.

    pack = models.ForeignKey(LessonPack, on_delete=models.PROTECT, related_name="pages")
    body = StreamField(BodyBlock(), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("pack", read_only=True), FieldPanel("body")]

    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "lesson pack page"

    def counted_as(self) -> CountedPage:
        """Count views and downloads under this page in every language, and under the pack's campaign."""
        campaign = self.pack.campaign
        return CountedPage(page_key=f"page-{self.translation_key}", campaign_code=campaign.code if campaign else "")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the files, each with its addresses; a preview has none, because nobody gets a draft's files."""
        from schools.queries import alike, offered_build
        from schools.queries.classes import stages_asked
        from schools.queries.feedback import told
        from schools.queries.pools import newest_pool

        preview = getattr(request, "is_preview", False)
        asked = not preview and stages_asked(self.pack)
        files = [
            (file, "", "") if preview else (file, self.download_address(file), self.inside_address(file))
            for file in self.pack.offered_files
        ]
        return super().get_context(request, *args, **kwargs) | {
            "files": files,
            "build": None if preview else offered_build(self.pack),
            "pool": newest_pool(self.pack),
            "versions": self.pack.told_versions.all(),
            "feedback": told(self.pack),
            "class_address": reverse("classes:start", args=[self.slug]) if asked else "",
            "alike": alike(self, request),
            "related": related_pages(self.pack.campaign, beside=self, request=request),
            "crumbs": crumbs(self, request),
        }

    def schema_nodes(self) -> list[dict[str, Any]]:
        """Return its pack."""
        from schools.sharing import pack_node

        return [pack_node(self)]

    def search_words(self) -> str:
        """Return what teachers ask for: school years and ages one by one, subjects, and what the lesson is about."""
        stages = [stage.every_year for stage in self.pack.key_stages]
        about = [str(one.label) for one in (*self.pack.subjects, *self.pack.topics, *self.pack.strands)]
        return " ".join([*stages, *about, self.pack.learning, self.pack.content_guidance])

    def download_address(self, file: LessonFile) -> str:
        """Return the address of one of the pack's files."""
        return reverse("schools:download", args=[self.slug, file.uuid])

    def inside_address(self, file: LessonFile) -> str:
        """Return the address at which one of the pack's files can be looked at."""
        return reverse("lesson_packs:inside", args=[self.slug, file.uuid])

    @property
    def asks_for_school(self) -> bool:
        """Whether whoever takes the pack may say for which school: a draft cannot ask, nor an empty register."""
        return self.live and School.objects.open().exists()

    @property
    def card_meta(self) -> str:
        """For whom and how long, in one line."""
        minutes = self.pack.duration
        length = ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {"minutes": minutes}
        return f"{self.pack.stages_in_words()} · {length}"
