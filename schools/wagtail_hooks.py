"""The schools lead's menu."""

from typing import Any

from django import forms
from django.urls import path
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSetGroup

from core.viewsets import PageColumn, RowViewSet, StartsPage
from schools import feedback_hooks  # noqa: F401  (registers its hooks)
from schools.actions import start_pack
from schools.class_hooks import ClassQuestionViewSet
from schools.forms import LessonPackForm
from schools.models import LessonPack, LessonPackPage
from schools.staff_views.checklist import ChecklistPanel
from schools.staff_views.files import StatePanel, check_file_again
from schools.staff_views.register import SchoolViewSet, register_addresses


class WithPage(StartsPage):
    """Saving a pack that has no page makes its draft page, which opens next."""

    def start_page(self, row: LessonPack) -> LessonPackPage:
        """Make it."""
        return start_pack(pack=row, owner=self.request.user)  # type: ignore[attr-defined]


class CreatePack(WithPage, CreateView):
    """Add a pack."""


class EditPack(WithPage, EditView):
    """Edit a pack."""


class LessonPackViewSet(RowViewSet):
    """Lesson packs with their files."""

    model = LessonPack
    add_view_class = CreatePack
    edit_view_class = EditPack
    icon = "folder-open-inverse"
    menu_label = "Lesson packs"
    list_display = [
        "title",
        Column("stages_in_words", label="Key stages"),
        "duration",
        "version",
        PageColumn(),
    ]
    list_filter = ["licence", "campaign"]
    search_fields = ["title", "code"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("code"),
            FieldPanel("key_stages"),
            FieldPanel("subjects"),
            FieldPanel("topics"),
            MultiFieldPanel([FieldPanel("strands"), FieldPanel("strands_left_out")], heading="Strands"),
            FieldPanel("awareness_dates"),
            FieldPanel("duration"),
            FieldPanel("learning"),
            FieldPanel("curriculum"),
            MultiFieldPanel(
                [FieldPanel("content_guidance"), FieldPanel("nothing_to_warn_of"), FieldPanel("supervision")],
                heading="What to be careful about",
            ),
            InlinePanel(
                "files",
                [
                    FieldPanel("title"),
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("audience")]),
                    FieldRowPanel([FieldPanel("language"), FieldPanel("licence")]),
                    # A plain choice of a file: the usual widget would show an address, and these files have none.
                    FieldPanel("arrived", widget=forms.FileInput),
                    FieldPanel("why_no_alternative"),
                    StatePanel(),
                ],
                heading="Files",
                label="File",
                help_text="PDF, PowerPoint, Word or OpenDocument, up to 50 MB each. Teachers get them once the page "
                "of the pack is published and the file has been checked, which takes a minute or two.",
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("licence"), FieldPanel("version")]), FieldPanel("what_changed")],
                heading="Licence and version",
            ),
            MultiFieldPanel([FieldPanel("campaign"), FieldPanel("objective")], heading="What it serves"),
            ChecklistPanel(heading="Before its page is approved"),
        ],
        base_form_class=LessonPackForm,
    )

    def get_queryset(self, request: Any) -> Any:  # noqa: ARG002  (Wagtail's own signature)
        """Fetch what the list shows in a fixed number of queries."""
        return LessonPack.objects.prefetch_related("key_stage_rows", "pages")


class SchoolsGroup(SnippetViewSetGroup):
    """Schools in the menu."""

    menu_label = "Schools"
    menu_icon = "folder-open-inverse"
    menu_order = 220
    items = (LessonPackViewSet, ClassQuestionViewSet, SchoolViewSet)


register_snippet(SchoolsGroup)
hooks.register("register_admin_urls", register_addresses)


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    """Return the address at which a file is asked to be checked once more."""
    return [path("schools/files/<int:file>/check/", check_file_again, name="schools_check_file_again")]
