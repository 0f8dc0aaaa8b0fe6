"""Typing a paper in: the whole of it on one page, each answer by the number that is printed beside it."""

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import get_language_info

from surveys import instruments, runner
from surveys.paper.layout import Printed, parts_of
from surveys.runner import Answer, Answers, Instrument

BETWEEN = re.compile(r"[\s,;]+")
TEXT = "text"


class KeyingForm(forms.Form):
    """What one paper says. After it was found valid, ``answers`` has it by the items' keys, off the route or on it.

    Nothing has to be answered: people leave out on paper what they like.
    """

    def __init__(
        self,
        instrument: Instrument,
        *args: Any,
        keyed: Answers | None = None,
        only: Collection[str] | None = None,
        **kwargs: Any,
    ) -> None:
        """Ask for every question of ``instrument``, or for those in ``only``, filled in with what was ``keyed``."""
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        every = [printed for part in parts_of(instrument) for printed in part.printed if printed.item.asks]
        self.printed = [printed for printed in every if only is None or printed.item.key in only]
        self.answers: dict[str, Answer] = dict(keyed or {})
        for printed in self.printed:
            self._ask(printed, keyed or {})

    def _ask(self, printed: Printed, keyed: Answers) -> None:
        item = printed.item
        label = f"{printed.number}. {item.body['text']}"
        if item.kind == TEXT:
            self.fields[item.key] = forms.CharField(
                label=label, required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
            )
            self.initial[item.key] = keyed.get(item.key, "")
            return
        self.fields[item.key] = forms.CharField(
            label=label,
            required=False,
            help_text=_numbered(printed),
            widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "size": 12}),
        )
        chosen = item.chosen(keyed)
        self.initial[item.key] = " ".join(str(choice.number) for choice in printed.choices if choice.code in chosen)
        if item.says_more:
            other = runner.other_key(item.key)
            self.fields[other] = forms.CharField(
                label=f"{printed.number}. Words written beside it",
                required=False,
                widget=forms.TextInput({"dir": "auto"}),
            )
            self.initial[other] = keyed.get(other, "")

    def clean(self) -> None:
        """Turn numbers into codes; refuse what is on no paper."""
        for printed in self.printed:
            self._take(printed)
        if self.errors:
            return
        if not any(self.answers.values()):
            raise forms.ValidationError("Nothing is typed in. Put an empty paper aside.", code="empty")
        if runner.ends(self.instrument, self.answers):
            raise forms.ValidationError(
                "This paper says that the survey is meant for other people. Put it aside: nothing of it is kept.",
                code="ends",
            )

    def _take(self, printed: Printed) -> None:
        item = printed.item
        typed = self.cleaned_data.get(item.key, "").replace("\r\n", "\n")
        self.answers[item.key] = typed if item.kind == TEXT else self._codes(printed, typed)
        if item.says_more:
            self.answers[runner.other_key(item.key)] = self.cleaned_data.get(runner.other_key(item.key), "")
        wrong = None if item.key in self.errors else runner.problem(item, self.answers)
        if wrong and not wrong.is_missing:
            said = instruments.sentence(wrong)
            if wrong.code == "not-both":
                said = f"{said} If the paper has both, leave the question empty."
            self.add_error(runner.other_key(item.key) if wrong.beside else item.key, said)

    def _codes(self, printed: Printed, typed: str) -> Answer:
        numbers = [number for number in BETWEEN.split(typed) if number]
        code_of = {str(choice.number): choice.code for choice in printed.choices}
        unknown = [number for number in numbers if number not in code_of]
        if unknown:
            self.add_error(
                printed.item.key,
                f"Question {printed.number} has no answer {', '.join(unknown)}. Type a number from 1 to "
                f"{len(code_of)}, or nothing.",
            )
            return ""
        if printed.takes_several:
            return list(dict.fromkeys(code_of[number] for number in numbers))
        if len(numbers) > 1:
            self.add_error(
                printed.item.key,
                f"Question {printed.number} takes one answer. If the paper has more than one, leave it empty.",
            )
        return code_of[numbers[0]] if len(numbers) == 1 else ""

    @property
    def not_asked(self) -> list[int]:
        """The numbers of the questions that were answered though they were not asked of whoever gave these answers."""
        on_route = {item.key for item in runner.route(self.instrument, self.answers)}
        return [
            printed.number
            for printed in self.printed
            if self.answers.get(printed.item.key) and printed.item.key not in on_route
        ]


class PaperForm(KeyingForm):
    """A paper of a batch: its number there, and the language that it is printed in."""

    serial = forms.IntegerField(
        label="Number of the paper",
        min_value=1,
        max_value=9_999,
        help_text="Write it on the paper, to find it again.",
        error_messages={"required": "Type the number that you wrote on the paper."},
    )

    def __init__(self, *args: Any, languages: Collection[str], **kwargs: Any) -> None:
        """Ask for the language where there are several."""
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label="Language of the paper", choices=[(code, get_language_info(code)["name"]) for code in languages]
        )
        if len(languages) == 1:
            self.fields["language"].widget = forms.HiddenInput()
            self.initial["language"] = next(iter(languages))
        self.order_fields(["serial", "language"])


def _numbered(printed: Printed) -> str:
    said = " · ".join(f"{choice.number} {choice.label}" for choice in printed.choices)
    return f"{said} (several, with spaces between)" if printed.takes_several else said
