"""Classes in the admin: what they are asked, and which there are; nobody meets an answer here."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column

from core.viewsets import ReadingViewSet, RowViewSet
from schools.classes.asking import MOST, THEME
from schools.models import ClassQuestion, ClassSession
from schools.staff_views import pools
from surveys.models import Wording


class ClassQuestionForm(WagtailAdminModelForm):
    """A question for the classes of one key stage."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the bank's questions for pupils alone."""
        super().__init__(*args, **kwargs)
        asked = Wording.objects.filter(question__theme=THEME).select_related("question")
        self.fields["wording"].queryset = asked

    def clean(self) -> dict[str, Any]:
        """Refuse one more than a class has the patience for."""
        cleaned: dict[str, Any] = super().clean()
        asked = ClassQuestion.objects.filter(pack=cleaned.get("pack"), key_stage=cleaned.get("key_stage"))
        if asked.exclude(pk=self.instance.pk).count() >= MOST:
            raise forms.ValidationError(
                f"Classes of this key stage are asked {MOST} questions about this lesson already. Take one out first.",
                code="most",
            )
        return cleaned


class ClassQuestionViewSet(RowViewSet):
    """What classes are asked about each lesson, by key stage: three questions at least, six at most."""

    model = ClassQuestion
    icon = "help"
    menu_label = "Questions for classes"
    list_display = ["pack", Column("get_key_stage_display", label="Key stage"), "wording", "hoped"]
    list_filter = ["pack", "key_stage"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("pack", widget=forms.Select), FieldPanel("key_stage"), FieldPanel("order")]),
            FieldPanel("wording", widget=forms.Select),
            FieldPanel("hoped"),
        ],
        base_form_class=ClassQuestionForm,
    )

    def get_queryset(self, request: Any) -> Any:  # noqa: ARG002  (Wagtail's own signature)
        """Fetch what the list shows in a fixed number of queries."""
        return ClassQuestion.objects.select_related("pack", "wording__question").order_by("pack", "key_stage", "order")


class ClassSessionViewSet(ReadingViewSet):
    """Classes that teachers made: which lesson, which year, about how many. Never an answer."""

    model = ClassSession
    name = "class_sessions"
    icon = "group"
    menu_label = "Class sessions"
    menu_order = 221
    add_to_admin_menu = True
    list_display = (
        Column("pack", label="Lesson pack"),
        "year_group",
        "size",
        "made_on",
        Column("state", label="Stands"),
    )
    list_filter = ("year_group", "made_on")
    inspect_view_fields = ("year_group", "size", "made_on", "state")

    def get_queryset(self, request: Any) -> Any:  # noqa: ARG002  (Wagtail's own signature)
        """Fetch what the list shows in a fixed number of queries."""
        return ClassSession.objects.select_related("version__pack").prefetch_related("waves")


@hooks.register("register_admin_viewset")
def register_class_sessions() -> ClassSessionViewSet:
    """Add the list of classes."""
    return ClassSessionViewSet("class_sessions")


class PoolsMenuItem(MenuItem):
    """The way to many classes together, for those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether it is theirs to see."""
        return request.user.has_perm(pools.READS)


@hooks.register("register_admin_menu_item")
def pools_item() -> PoolsMenuItem:
    """Offer it in the menu, below the class sessions."""
    return PoolsMenuItem("Classes together", reverse("class_pools"), icon_name="group", order=222)


@hooks.register("register_admin_urls")
def pools_urls() -> list[URLPattern]:
    """Give its pages their addresses."""
    return pools.addresses


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what history shows."""
    for name, label, said in (
        ("confirm_school", "Confirm a school", "Confirmed that a class is of its school"),
        ("work_out_pool", "Work out classes together", "Worked out what classes answered together"),
        ("approve_pool", "Publish classes together", "Published what classes answered together"),
        ("send_back_pool", "Send back classes together", "Sent back what classes answered together"),
        ("export_pool", "Take answers of classes", "Took the file behind published answers of classes"),
    ):
        actions.register_action(f"schools.{name}", label, said)
