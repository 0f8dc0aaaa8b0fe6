"""The form of one question."""

from typing import Any

from django import forms

from surveys import instruments
from surveys.enums import Kind
from surveys.instruments import LEAVE_OUT, Answer, Step


class Words(forms.CharField):
    """Words as they were typed, whose limits :func:`surveys.instruments.problem` holds."""

    def __init__(self, **kwargs: Any) -> None:
        """Leave refusing to the instrument, so that draft and response are held to the same rules."""
        super().__init__(widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}), **kwargs)
        self.validators = []

    def to_python(self, value: Any) -> str:
        """Count a line break as one character, as people do."""
        return super().to_python(value).replace("\r\n", "\n")


class Choices(forms.MultipleChoiceField):
    """Any number of options."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value: Any) -> None:
        """Leave refusing to the instrument."""


class Choice(forms.ChoiceField):
    """One option."""

    widget = forms.RadioSelect

    def validate(self, value: Any) -> None:
        """Leave refusing to the instrument."""


class AnswerForm(forms.Form):
    """One question; ``cleaned_data["answer"]`` is what an instrument takes for an answer."""

    def __init__(self, step: Step, *args: Any, **kwargs: Any) -> None:
        """Ask the question of ``step``."""
        super().__init__(*args, **kwargs)
        self.step = step
        self.fields["answer"] = self._field()
        self.fields["answer"].widget.attrs |= self._described()

    @property
    def is_group(self) -> bool:
        """Whether the answer is a group of radios or checkboxes, which needs a fieldset and a legend."""
        return self.step.item["kind"] != Kind.TEXT

    def clean_answer(self) -> Answer:
        """Refuse what the instrument refuses."""
        answer: Answer = self.cleaned_data["answer"]
        sentence = instruments.problem(self.step, answer)
        if sentence:
            raise forms.ValidationError(sentence, code="answer")
        return answer

    def _field(self) -> forms.Field:
        item = self.step.item
        shared = {"label": item["text"], "help_text": item["hint"], "required": False}
        if item["kind"] == Kind.TEXT:
            return Words(**shared)
        choices = list(self.step.label_of.items())
        if item["kind"] == Kind.MULTIPLE:
            return Choices(choices=choices, **shared)
        if not item["required"] and not self.step.exclusive:
            choices.append(("", LEAVE_OUT))
        return Choice(choices=choices, **shared)

    def _described(self) -> dict[str, str]:
        """Tie the words to their hint and error; a group says it on its fieldset."""
        if self.is_group:
            return {}
        ids = ["answer-hint"] + (["answer-error"] if self.is_bound and self.errors else [])
        return {"aria-describedby": " ".join(ids)}
