"""What is asked about the calendar, in the admin."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm

from campaigns.calendar.enums import EntryKind

LONGEST = timedelta(days=732)


class KindsForm(forms.Form):
    """Which kinds of entries to show: all of them where none is ticked."""

    kind = forms.MultipleChoiceField(
        label="Show only", choices=EntryKind, required=False, widget=forms.CheckboxSelectMultiple
    )


class DaysForm(KindsForm):
    """From which day to which the list runs, and whether it shows only what clashes."""

    first = forms.DateField(
        label="From", widget=forms.DateInput(attrs={"type": "date"}), error_messages={"invalid": "Give a day."}
    )
    last = forms.DateField(
        label="To", widget=forms.DateInput(attrs={"type": "date"}), error_messages={"invalid": "Give a day."}
    )
    clashes = forms.BooleanField(label="Only what clashes", required=False)
    field_order = ("first", "last", "kind", "clashes")

    def clean(self) -> dict[str, Any]:
        """Refuse days the wrong way round, and more than two years at once."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                raise ValidationError({"last": "This is before the first day. Change one of the two."})
            if last - first > LONGEST:
                raise ValidationError({"last": "The list shows two years at most. Give an earlier day."})
        return cleaned


class DecisionForm(forms.Form):
    """Why something may be live, or go out, in a restricted period."""

    reason = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="It stays on record with your name and the day. Staff who see the calendar can read it.",
        error_messages={"required": "Say why it may go out in this period, in a few words."},
    )


class PeriodForm(WagtailAdminModelForm):
    """A restricted period. Its fields are the panels' to name."""

    class Meta:
        error_messages = {
            "name": {"required": "Give it a name, such as: Local elections 2027."},
            "kind": {"required": "Choose why the council says less for a while."},
            "starts": {"required": "Give the first day."},
            "ends": {"required": "Give the last day."},
            "restricts": {"required": "Say what may not be said, published or sent."},
            "source": {"required": "Say who set it."},
        }


class AwarenessForm(WagtailAdminModelForm):
    """An awareness date. Its fields are the panels' to name."""

    class Meta:
        error_messages = {
            "name": {"required": "Give it the name that those who hold it use."},
            "rule": {"required": "Choose how its days are known."},
            "source": {"required": "Say where you know it from."},
        }
