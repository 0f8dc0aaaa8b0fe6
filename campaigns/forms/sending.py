"""The forms of sending a mailing: when it goes, and which colleagues get a test."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.widgets import AdminDateTimeInput

from campaigns.actions.sending.testing import MOST_COLLEAGUES
from campaigns.queries.sending import earliest
from core.models import User


class SendForm(forms.Form):
    """When a mailing goes; only who ``may_send_at_once`` may choose that. ``seen`` carries the digest of what goes."""

    due = forms.DateTimeField(
        label="When",
        required=False,
        widget=AdminDateTimeInput,
        error_messages={"invalid": "Write the day and the time like 2026-09-30 14:15."},
        help_text="On a quarter of an hour, at least 15 minutes from now, so that it can still be stopped.",
    )
    at_once = forms.BooleanField(
        label="Send it at once instead",
        required=False,
        help_text="Nobody can stop it then.",
    )
    looked = forms.BooleanField(error_messages={"required": "Tick this once you have looked."})
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, may_send_at_once: bool, statement: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["due"] = timezone.localtime(earliest(timezone.now()))
        self.fields["looked"].label = statement
        if not may_send_at_once:
            del self.fields["at_once"]

    def clean(self) -> dict[str, Any]:
        """Ask for a time unless it goes at once, which leaves the time aside."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("at_once"):
            cleaned["due"] = None
        elif not cleaned.get("due") and "due" not in self.errors:
            self.add_error("due", ValidationError("Choose when it goes."))
        return cleaned


class Colleagues(forms.ModelMultipleChoiceField):
    """Colleagues by name and address."""

    def label_from_instance(self, obj: User) -> str:
        """Return how one is called."""
        return f"{obj.get_full_name() or obj.get_username()}, {obj.email}"


class TestForm(forms.Form):
    """Which colleagues get a test, at the addresses of their accounts."""

    __test__ = False  # no test of pytest's

    to = Colleagues(
        label="To",
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=f"At most {MOST_COLLEAGUES}. Only colleagues with an account and an address there can be chosen.",
        error_messages={"required": f"Choose one to {MOST_COLLEAGUES} colleagues."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        if isinstance(to, Colleagues):
            to.queryset = User.objects.filter(is_active=True).exclude(email="").order_by("username")
