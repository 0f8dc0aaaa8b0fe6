"""What staff are asked when they write a wording or plan a wave, and before the wave changes."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from surveys.enums import Comparability
from surveys.models.questions import FROZEN


def missing(**sentences: str) -> dict[str, dict[str, str]]:
    """Return ``error_messages`` of a form's Meta: what is said beside each field that is left empty, with the mend."""
    return {name: {"required": sentence} for name, sentence in sentences.items()}


SAY_WHY = "Say why, in a few words."


class PlanForm(WagtailAdminModelForm):
    """The plan of a wave. Its fields are the panels' to name."""

    class Meta:
        error_messages = missing(
            survey="Choose the survey.",
            number="Give the wave its number: 1, or the next after the last one.",
            kind="Choose a pilot or a real wave.",
            questionnaire="Choose the questionnaire that the wave asks.",
            population="Say who is asked, such as: residents of Kirklees aged 16 and over.",
            target="Say how many answers the wave should bring: 1 or more.",
            opens="Give the first day of answering.",
            closes="Give the last day of answering.",
            lawful_basis="Say why the council may handle the answers at all.",
            condition="Say why it may handle sensitive answers.",
            years_kept="Say for how many years the answers are kept: 1 to 20.",
        )


class WordingForm(WagtailAdminModelForm):
    """A wording with its options: all of them together stay as they are once a wave has asked them."""

    class Meta:
        error_messages = missing(
            question="Choose the question that these words ask.",
            version="Give the version: 1, or the next after the last one.",
            text="Write the question as it is asked.",
            kind="Choose how it is answered.",
            status="Say how far the words have been tried.",
        )

    def clean(self) -> dict[str, Any]:
        """Refuse to add, change, take out or move an option that people were offered."""
        cleaned: dict[str, Any] = super().clean()
        options = self.formsets["options"]
        if self.instance.is_frozen() and any(option.has_changed() for option in options.forms):
            raise forms.ValidationError(FROZEN, code="frozen")
        return cleaned


class ReasonForm(forms.Form):
    """Why, which stays in the wave's history."""

    reason = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Your colleagues read it on the wave's page. People who answer do not.",
        error_messages={"required": SAY_WHY},
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
