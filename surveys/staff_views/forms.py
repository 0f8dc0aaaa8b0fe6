"""What staff are asked before a wave changes."""

from django import forms
from wagtail.admin.widgets import AdminDateInput

from surveys.enums import Comparability


class ReasonForm(forms.Form):
    """Why, which stays in the wave's history."""

    reason = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Your colleagues read it on the wave's page. People who answer do not.",
        error_messages={"required": "Say why, in a few words."},
    )


class ExtendForm(ReasonForm):
    """Until when, and why."""

    closes = forms.DateField(
        label="New last day",
        widget=AdminDateInput,
        error_messages={"required": "Give the new last day.", "invalid": "Give a day, such as 2026-12-31."},
    )
    field_order = ("closes", "reason")


class CorrectForm(ReasonForm):
    """Why, and whether the answers before it count on; ``looked_at`` carries the digest of what is to be asked."""

    verdict = forms.ChoiceField(
        label="Are answers before and after it comparable?",
        choices=Comparability.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the answers before the correction count on."},
    )
    looked_at = forms.CharField(widget=forms.HiddenInput)


class SignOffForm(forms.Form):
    """What was looked at; ``looked_at`` carries the digest of it."""

    basis = forms.BooleanField(label="I have looked at the lawful basis and at the condition for sensitive answers.")
    wording = forms.BooleanField(label="I have looked at the wording of every question and option.")
    notice = forms.BooleanField(label="I have looked at what people are told about their answers before they begin.")
    looked_at = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Say at each box what to do."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in ("basis", "wording", "notice"):
            self.fields[name].error_messages["required"] = "Tick this once you have looked."
