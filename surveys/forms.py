"""The form of one question."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys import instruments
from surveys.enums import Kind
from surveys.instruments import LEAVE_OUT, Answer, Step

CHOOSE_SEVERAL = gettext_lazy("Select all that apply.")
CHOOSE_SEVERAL_IN_BANK = "Select all that apply."  # some wordings of the bank end with it
LEAVE_EMPTY = gettext_lazy("You can leave this one out.")
LEFT_OUT = "-"  # A radio button with an empty value would look chosen before anybody chose.
NAME_NOBODY = gettext_lazy("Do not name anyone, and do not write what could tell us who you are.")


class Words(forms.CharField):
    """Words as they were typed; what they may be is the instrument's to say."""

    widget = forms.Textarea(attrs={"rows": 6, "dir": "auto"})

    def to_python(self, value: Any) -> str:
        """Count a line break as one character, as people do."""
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def run_validators(self, value: Any) -> None:
        """Leave refusing to the instrument."""


class Choice(forms.ChoiceField):
    """One option; which ones there are is the instrument's to say."""

    widget = forms.RadioSelect

    def validate(self, value: Any) -> None:
        """Leave refusing to the instrument."""


class Choices(forms.MultipleChoiceField):
    """Any number of options; which ones there are is the instrument's to say."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        """Take each option once, however often it was sent."""
        return list(dict.fromkeys(super().to_python(value)))

    def validate(self, value: Any) -> None:
        """Leave refusing to the instrument."""


class AnswerForm(forms.Form):
    """One question; ``cleaned_data["answer"]`` is what an instrument takes for an answer.

    The draft and the response are held to the same rules, so the rules stand in the instrument and not here.
    """

    def __init__(self, step: Step, *args: Any, **kwargs: Any) -> None:
        """Ask the question of ``step``."""
        super().__init__(*args, **kwargs)
        self.step = step
        self.fields["answer"] = field = self._field()
        if self.initial.get("answer") == "" and self._offers_leaving_out:
            self.initial["answer"] = LEFT_OUT
        # Read by components/field.html: the question is the heading of its page.
        field.is_page_heading = True  # type: ignore[attr-defined]

    def clean_answer(self) -> Answer:
        """Refuse what the instrument refuses."""
        answer: Answer = self.cleaned_data["answer"]
        if answer == LEFT_OUT and self._offers_leaving_out:
            answer = ""
        sentence = instruments.problem(self.step, answer)
        if sentence:
            raise forms.ValidationError(sentence, code="answer")
        return answer

    @property
    def _offers_leaving_out(self) -> bool:
        """Whether one button gives an answer back, since a radio button cannot be unchosen."""
        item = self.step.item
        optional = item["kind"] in Kind.one_of and not item["required"]
        return optional and "prefer-not-to-say" not in self.step.label_of

    def _field(self) -> forms.Field:
        item = self.step.item
        shared: dict[str, Any] = {"label": item["text"], "help_text": self._hint(), "required": False}
        if item["kind"] == Kind.TEXT:
            return Words(**shared)
        choices = list(self.step.label_of.items())
        if item["kind"] == Kind.MULTIPLE:
            return Choices(choices=choices, **shared)
        if self._offers_leaving_out:
            choices.append((LEFT_OUT, str(LEAVE_OUT)))
        return Choice(choices=choices, **shared)

    def _hint(self) -> str:
        item = self.step.item
        several = item["kind"] == Kind.MULTIPLE and CHOOSE_SEVERAL_IN_BANK not in item["text"]
        limit = _("Up to %(limit)s characters.") % {"limit": f"{instruments.TEXT_LIMIT:,}"}
        parts = [
            item["hint"],
            str(CHOOSE_SEVERAL) if several else "",
            str(NAME_NOBODY) if item["kind"] == Kind.TEXT else "",
            limit if item["kind"] == Kind.TEXT else "",
            "" if item["required"] else str(LEAVE_EMPTY),
        ]
        return " ".join(part for part in parts if part)
