"""Duty officers and deputies in the admin, and mail to deputies of what is sent in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.models import TaskState
from wagtail.signals import task_submitted
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.approvals.duty import members_and_deputies
from core.approvals.queries import approving_groups
from core.approvals.rota import Deputy, DutyOfficer
from core.models.accounts import User
from core.viewsets import RowViewSet


class StaffField(ModelChoiceField):
    """Somebody with an account, by name."""

    def label_from_instance(self, obj: User) -> str:
        """Name them as colleagues do."""
        name = obj.get_full_name()
        return f"{name} ({obj.get_username()})" if name else obj.get_username()


class DaysForm(WagtailAdminModelForm):
    """Somebody, for some days."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(is_active=True, groups__permissions__codename="access_admin").distinct()
        self._offer("user", staff, "Choose a person")

    def _offer(self, name: str, people: QuerySet[User], empty: str) -> None:
        field = self.fields[name]
        ordered = people.order_by("last_name", "first_name", "username")
        offered = StaffField(ordered, label=field.label, help_text=field.help_text, empty_label=empty)
        self.fields[name] = offered

    def clean_last_day(self) -> Any:
        """Refuse a new row that is over already."""
        last = self.cleaned_data["last_day"]
        if last and self.instance.pk is None and last < timezone.localdate():
            raise ValidationError("This day has passed. Give today or a later one.")
        return last


class DeputyForm(DaysForm):
    """Somebody who stands in for somebody who approves."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        approvers = User.objects.filter(is_active=True, groups__in=approving_groups()).distinct()
        self._offer("for_whom", approvers, "Choose somebody who approves")


class DutyOfficerViewSet(RowViewSet):
    """Duty officers."""

    model = DutyOfficer
    icon = "warning"
    menu_label = "Duty officers"
    list_display = [Column("__str__", label="Who and when"), "first_day", "last_day"]
    edit_handler = ObjectList(
        [FieldPanel("user"), FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")])],
        base_form_class=DaysForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[DutyOfficer]:  # noqa: ARG002  (Wagtail's own signature)
        """Fetch the people with the rows."""
        return DutyOfficer.objects.select_related("user")


class DeputyViewSet(RowViewSet):
    """Deputies."""

    model = Deputy
    icon = "group"
    menu_label = "Deputies"
    list_display = [Column("__str__", label="Who and when"), Column("for_whom", label="For whom"), "first_day"]
    edit_handler = ObjectList(
        [
            FieldPanel("for_whom"),
            FieldPanel("user"),
            FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
        ],
        base_form_class=DeputyForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Deputy]:  # noqa: ARG002  (Wagtail's own signature)
        """Fetch the people with the rows."""
        return Deputy.objects.select_related("user", "for_whom")


class Rota(SnippetViewSetGroup):
    """Who approves and who acts when managers are away."""

    items = (DeputyViewSet, DutyOfficerViewSet)
    menu_label = "Rota"
    menu_icon = "calendar-alt"
    menu_order = 450


class TellDeputiesToo(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Mail on what is sent in: to the approving groups as Wagtail has it, and to who stands in today."""

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> QuerySet[User]:
        """Return them, without who sent it in."""
        of_wagtail = super().get_recipient_users(task_state, **kwargs).values("pk")
        ours = members_and_deputies(task_state.task.specific.groups.all()).values("pk")
        told = User.objects.filter(Q(pk__in=of_wagtail) | Q(pk__in=ours))
        sender = kwargs.get("user")
        return told.exclude(pk=sender.pk) if sender else told


register_snippet(Rota)
tell_deputies_too = TellDeputiesToo()
task_submitted.disconnect(sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification")
task_submitted.connect(tell_deputies_too, sender=TaskState, dispatch_uid="tell deputies too")
