"""The survey rooms of the admin: the bank, questionnaires, surveys and waves."""

from typing import Any

from django.forms import TextInput
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSetGroup

from core.viewsets import RowViewSet, StartsPage
from surveys import actions
from surveys.models import Margin, Question, Questionnaire, Survey, SurveyPage, Wave, Wording
from surveys.staff_views import addresses
from surveys.staff_views.bank import may_bring_in_bank
from surveys.staff_views.builder import CODES_LIST, CodesPanel
from surveys.staff_views.forms import PlanForm, WordingForm
from surveys.staff_views.history import LOGGED
from surveys.staff_views.margins import may_bring_in_margins
from surveys.staff_views.plans import WaveCreateView, WaveEditView
from surveys.staff_views.questionnaires import may_bring_in


class QuestionViewSet(RowViewSet):
    """Questions by code."""

    model = Question
    icon = "help"
    menu_label = "Questions"
    list_display = ["code", "theme", "sensitive"]
    list_filter = ["theme", "sensitive"]
    inspect_view_enabled = True
    panels = [FieldPanel("code"), FieldPanel("theme"), FieldPanel("sensitive")]


class WordingIndexView(IndexView):
    """The list, with the ways of the whole bank out and in."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Add the ways to a file, for those who may go them."""
        found = list(super().header_more_buttons)
        if may_bring_in_bank(self.request.user):
            found.append(Button("Take the bank out as a file", url=reverse("survey_bank_file"), icon_name="download"))
            found.append(Button("Bring in from a file", url=reverse("survey_bank_bring_in"), icon_name="upload"))
        return found


class WordingViewSet(RowViewSet):
    """The words of each question, version by version."""

    model = Wording
    index_view_class = WordingIndexView
    icon = "openquote"
    menu_label = "Wordings"
    list_display = ["wording_id", "text", Column("standing", label="Standing"), "status"]
    list_filter = ["status", "confirmed", "question__theme"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("question"), FieldPanel("version")]),
            FieldPanel("text"),
            FieldPanel("hint"),
            FieldPanel("kind"),
            InlinePanel(
                "options",
                [
                    FieldPanel("label"),
                    FieldRowPanel([FieldPanel("code"), FieldPanel("score")]),
                    FieldRowPanel([FieldPanel("exclusive"), FieldPanel("other")]),
                ],
                heading="Options",
            ),
            FieldPanel("strands"),
            MultiFieldPanel(
                [FieldPanel("status"), FieldPanel("confirmed"), FieldPanel("source"), FieldPanel("licence")],
                heading="Where the words come from",
            ),
        ],
        base_form_class=WordingForm,
    )


ITEM_PANELS = [
    FieldPanel("wording"),
    FieldPanel("required"),
    FieldPanel("reason"),
    FieldPanel("ends_on"),
    MultiFieldPanel(
        [FieldPanel("information_title"), FieldPanel("information")], heading="Page of information, without a wording"
    ),
    InlinePanel(
        "conditions",
        [
            FieldPanel("question"),
            FieldRowPanel([FieldPanel("operator"), FieldPanel("value", widget=TextInput(attrs={"list": CODES_LIST}))]),
        ],
        heading="Asked only if",
        label="Condition",
    ),
    FieldPanel("matching", heading="With several conditions"),
]


class CheckColumn(Column):
    """The way to the page where a questionnaire is looked through."""

    cell_template_name = "surveys/admin/check_cell.html"


class QuestionnaireIndexView(IndexView):
    """The list, with the way to bring one in."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Add the way to a file, for those who may go it."""
        found = list(super().header_more_buttons)
        if may_bring_in(self.request.user):
            found.append(Button("Bring one in from a file", url=reverse("survey_bring_in"), icon_name="upload"))
        return found


class QuestionnaireViewSet(RowViewSet):
    """Which wordings are asked, in which order, and of whom."""

    model = Questionnaire
    icon = "list-ol"
    menu_label = "Questionnaires"
    list_display = ["title", "code", CheckColumn("check", label="Check", accessor="pk")]
    index_view_class = QuestionnaireIndexView
    panels = [
        FieldPanel("title"),
        FieldPanel("code"),
        FieldPanel("introduction"),
        FieldPanel("offered"),
        CodesPanel(heading="Codes for conditions"),
        InlinePanel(
            "sections",
            [
                FieldPanel("title"),
                FieldRowPanel([FieldPanel("together"), FieldPanel("equality")]),
                InlinePanel("items", ITEM_PANELS, heading="Questions and pages of information", label="Item"),
            ],
            heading="Sections",
        ),
    ]


class SurveyCreateView(StartsPage, CreateView):
    """Saving a new survey makes its draft page, which opens next."""

    def start_page(self, row: Survey) -> SurveyPage | None:
        """Make it."""
        return actions.make_draft_page(survey=row, by=self.request.user)


class SurveyViewSet(RowViewSet):
    """Surveys."""

    model = Survey
    icon = "form"
    menu_label = "Surveys"
    list_display = ["title", "code", "minutes"]
    add_view_class = SurveyCreateView
    panels: list[Panel] = [
        FieldPanel("title"),
        FieldPanel("code"),
        FieldPanel("purpose"),
        FieldPanel("audience"),
        FieldPanel("minutes"),
        FieldPanel("sample_statement"),
        FieldPanel("campaign"),
    ]


class WaveTitleColumn(TitleColumn):
    """A wave's name, leading to where it is opened, watched and closed."""

    def get_link_url(self, instance: Wave, parent_context: Any) -> str:  # noqa: ARG002  (Wagtail passes it)
        """Return the address of the wave's own page in the admin."""
        return reverse("survey_wave", args=[instance.pk])


class WaveViewSet(RowViewSet):
    """Waves."""

    model = Wave
    icon = "date"
    menu_label = "Waves"
    add_view_class = WaveCreateView
    edit_view_class = WaveEditView
    list_display = [WaveTitleColumn("__str__", label="Wave"), "kind", "state", "opens", "closes", "is_sample"]
    list_filter = ["state", "kind", "survey"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("survey"), FieldPanel("number")]),
            FieldPanel("kind"),
            FieldPanel("questionnaire"),
            FieldRowPanel([FieldPanel("population"), FieldPanel("target")]),
            FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
            FieldRowPanel([FieldPanel("opens_itself"), FieldPanel("closes_itself")]),
            MultiFieldPanel([FieldPanel("lawful_basis"), FieldPanel("condition")], heading="Why we may ask"),
            FieldPanel("years_kept"),
            FieldPanel("is_sample"),
        ],
        base_form_class=PlanForm,
    )


class MarginIndexView(IndexView):
    """The list, with the way to bring a file in."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Add the way to a file, for those who may go it."""
        found = list(super().header_more_buttons)
        if may_bring_in_margins(self.request.user):
            found.append(Button("Bring in from a file", url=reverse("survey_margins_bring_in"), icon_name="upload"))
        return found


class MarginViewSet(RowViewSet):
    """How many people of a population there are of each kind."""

    model = Margin
    index_view_class = MarginIndexView
    icon = "group"
    menu_label = "Population"
    list_display = ["__str__", "population", "source", "is_sample"]
    list_filter = ["question", "year"]
    panels = [
        FieldPanel("population"),
        FieldRowPanel([FieldPanel("question"), FieldPanel("option")]),
        FieldRowPanel([FieldPanel("total"), FieldPanel("year")]),
        FieldPanel("source"),
        FieldPanel("is_sample"),
    ]


class TextsMenuItem(MenuItem):
    """The way to what people wrote, for those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether it is theirs to read."""
        return request.user.has_perm("surveys.view_text")


class SurveyGroup(SnippetViewSetGroup):
    """All of it under one entry of the menu."""

    menu_label = "Surveys"
    menu_icon = "form"
    menu_order = 400
    items = (SurveyViewSet, WaveViewSet, QuestionnaireViewSet, WordingViewSet, QuestionViewSet, MarginViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        """Add what waits for a reader after the waves."""
        return [*super().get_submenu_items(), TextsMenuItem("Texts to read", reverse("survey_texts"), order=150)]


register_snippet(SurveyGroup)


class LanguagesMenuItem(MenuItem):
    """Shown to those who write or check the words of surveys in other languages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person may read them."""
        return request.user.has_perm("surveys.view_wordingtranslation")


@hooks.register("register_admin_menu_item")
def languages_item() -> LanguagesMenuItem:
    """Offer the words of surveys in the menu."""
    return LanguagesMenuItem("Survey languages", reverse("survey_languages"), icon_name="globe", order=410)


@hooks.register("register_admin_urls")
def survey_urls() -> list[URLPattern]:
    """Give surveys their pages beside Wagtail's own."""
    return addresses.urlpatterns


@hooks.register("register_log_actions")
def log_actions(registry: LogActionRegistry) -> None:
    """Name what is written into the log when a wave changes, and when words are checked."""
    for action, (label, said) in LOGGED.items():
        registry.register_action(action, label, said)
