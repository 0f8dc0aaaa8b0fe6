"""The form of one page: one question, or a short section."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.codes import LengthError, SlipError, read_code
from core.numbers import number
from surveys import instruments, runner
from surveys.enums import Kind
from surveys.instruments import LEAVE_OUT
from surveys.runner import Answer, Answers, Item, Page, Problem

ANSWER = "answer"
CHOOSE_SEVERAL = gettext_lazy("Select all that apply.")
CHOOSE_SEVERAL_IN_BANK = "Select all that apply."  # some wordings of the bank end with it
LEAVE_EMPTY = gettext_lazy("You can leave this one out.")
LEFT_OUT = "-"  # A radio button with an empty value would look chosen before anybody chose.
NAME_NOBODY = gettext_lazy("Do not name anyone, and do not write what could tell us who you are.")

NOT_READ_AT_ONCE = gettext_lazy("Nobody reads this straight away. In danger, call 999.")


LINES = forms.Textarea(attrs={"rows": 6, "dir": "auto"})
ONE_LINE = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})


class Words(forms.CharField):
    """Words as they were typed; what they may be is the runner's to say."""

    def to_python(self, value: Any) -> str:
        """Count a line break as one character, as people do."""
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def run_validators(self, value: Any) -> None:
        """Leave refusing to the runner."""


class Choice(forms.ChoiceField):
    """One option; which ones there are is the runner's to say."""

    widget = forms.RadioSelect

    def validate(self, value: Any) -> None:
        """Leave refusing to the runner."""


class Choices(forms.MultipleChoiceField):
    """Any number of options; which ones there are is the runner's to say."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        """Take each option once, however often it was sent."""
        return list(dict.fromkeys(super().to_python(value)))

    def validate(self, value: Any) -> None:
        """Leave refusing to the runner."""


@dataclass(frozen=True)
class Question:
    """One question of a form: its field, and the box beside its options where there is one."""

    field: BoundField
    beside: BoundField | None
    reason: str


class PageForm(forms.Form):
    """The questions of a page; after it was found valid, ``answers`` is what was said there.

    The draft and the response are held to the same rules, so the rules stand in the runner and not here.
    """

    def __init__(self, page: Page, answers: Answers, *args: Any, **kwargs: Any) -> None:
        """Ask the questions of ``page``, filled in with ``answers`` where they were answered before."""
        super().__init__(*args, **kwargs)
        self.asked = {_name(page, item): item for item in page.items if item.asks}
        for name, item in self.asked.items():
            self._ask(name, item, answers)
        if len(page.items) == 1:
            for name in self.asked:
                # Read by components/field.html: the question is the heading of its page.
                self.fields[name].is_page_heading = True  # type: ignore[attr-defined]

    def _ask(self, name: str, item: Item, answers: Answers) -> None:
        self.fields[name] = _field(item)
        self.initial[name] = answers.get(item.key)
        if self.initial[name] == "" and _offers_leaving_out(item):
            self.initial[name] = LEFT_OUT
        if item.says_more:
            options = " / ".join(label for code, label in item.labels.items() if code in item.says_more)
            label = _("If you choose “%(options)s”, you can say more") % {"options": options}
            box = Words(label=label, help_text=NOT_READ_AT_ONCE, required=False, widget=ONE_LINE)
            self.fields[runner.other_key(name)] = box
            self.initial[runner.other_key(name)] = answers.get(runner.other_key(item.key))

    def clean(self) -> None:
        """Refuse what the runner refuses, each where it was typed."""
        for name, item in self.asked.items():
            wrong = runner.problem(item, self.answers)
            if wrong:
                self.add_error(runner.other_key(name) if wrong.beside else name, self._said(item, wrong))

    def _said(self, item: Item, wrong: Problem) -> str:
        """Return what is wrong; among several questions it names its own, so that the summary's links differ."""
        said = instruments.sentence(wrong)
        return said if len(self.asked) == 1 else f"{item.body['text']} {said}"

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """What was said, by the items' keys; empty where a question was left out."""
        said: dict[str, Answer] = {}
        for name, item in self.asked.items():
            answer = self.cleaned_data[name]
            said[item.key] = "" if answer == LEFT_OUT and _offers_leaving_out(item) else answer
            if item.says_more:
                said[runner.other_key(item.key)] = self.cleaned_data[runner.other_key(name)]
        return said

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen or typed."""
        sent = (self.fields[name].widget.value_from_datadict(self.data, self.files, name) for name in self.fields)
        return not any(value.strip() if isinstance(value, str) else value for value in sent)

    @property
    def questions(self) -> list[Question]:
        """The questions, as the page shows them."""
        return [
            Question(self[name], self[runner.other_key(name)] if item.says_more else None, item.body.get("reason", ""))
            for name, item in self.asked.items()
        ]


class AssistedForm(PageForm):
    """The questions of a page as staff ask them: a person says that somebody does not want to answer."""

    def clean(self) -> None:
        """Refuse a choice that was passed over without a word."""
        super().clean()
        for name, item in self.asked.items():
            if item.kind in Kind.one_of and not self.cleaned_data.get(name):
                self.add_error(name, "Choose what they said, or that they do not want to answer.")


class CodeForm(forms.Form):
    """A code that somebody was given; a slip in it is told before anything is looked up."""

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        help_text=gettext_lazy("12 digits. Spaces between them do not matter."),
        error_messages={"required": gettext_lazy("Type your code.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr", "class": "code"}),
    )

    def clean_code(self) -> str:
        """Return its digits."""
        try:
            return read_code(self.cleaned_data["code"])
        except LengthError as wrong:
            said = _("A code has 12 digits; this has %(digits)s. Look at it again.") % {"digits": wrong.digits}
        except SlipError:
            said = _("A digit in this code is wrong, or two stand the wrong way round. Look at it again.")
        raise forms.ValidationError(said)


def _name(page: Page, item: Item) -> str:
    """Return the name of an item's field: where a page asks one question, it is the answer."""
    return ANSWER if len(page.items) == 1 else item.key


def _offers_leaving_out(item: Item) -> bool:
    """Tell whether one button gives an answer back, since a radio button cannot be unchosen."""
    return item.kind in Kind.one_of and not item.required and "prefer-not-to-say" not in item.labels


def _field(item: Item) -> forms.Field:
    shared: dict[str, Any] = {"label": item.body["text"], "help_text": _hint(item), "required": False}
    if item.kind == Kind.TEXT:
        return Words(**shared, widget=LINES)
    choices = list(item.labels.items())
    if item.kind == Kind.MULTIPLE:
        return Choices(choices=choices, **shared)
    if _offers_leaving_out(item):
        choices.append((LEFT_OUT, str(LEAVE_OUT)))
    return Choice(choices=choices, **shared)


def _hint(item: Item) -> str:
    is_text = item.kind == Kind.TEXT
    several = item.kind == Kind.MULTIPLE and CHOOSE_SEVERAL_IN_BANK not in item.body["text"]
    limit = _("Up to %(limit)s characters.") % {"limit": number(runner.TEXT_LIMIT)}
    parts = [
        item.body["hint"],
        str(CHOOSE_SEVERAL) if several else "",
        str(NAME_NOBODY) if is_text or item.says_more else "",
        str(NOT_READ_AT_ONCE) if is_text else "",
        limit if is_text else "",
        "" if item.required else str(LEAVE_EMPTY),
    ]
    return " ".join(part for part in parts if part)
