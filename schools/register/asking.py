"""The form that asks whoever took a pack for their school: optional, one choice, no words of their own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.languages.marks import said_in
from schools.enums import Told
from schools.models import School
from schools.queries.register import LONGEST_SEARCH, Found


class SearchForm(forms.Form):
    """What a school is looked for by."""

    q = forms.CharField(
        label=_("Find your school"),
        help_text=_("A part of its name, its town, its postcode or its number (URN)."),
        required=False,
        widget=forms.TextInput(attrs={"maxlength": LONGEST_SEARCH, "autocomplete": "off", "type": "search"}),
    )


class AnswerForm(forms.Form):
    """One of the schools that were found, or one of the answers that are no school."""

    answer = forms.ChoiceField(
        label=_("For which school did you take it?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose your school, or one of the other answers."),
            "invalid_choice": _("Choose an answer from the list."),
        },
    )

    def __init__(self, *args: Any, found: Found, **kwargs: Any) -> None:
        """Offer the schools ``found``, the one that was chosen before the search changed, and the other answers."""
        super().__init__(*args, **kwargs)
        answer = self.data.get("answer", "")
        chosen = School.objects.open().filter(urn=answer) if answer.isdecimal() else ()
        self.schools = {school.urn: school for school in (*found.schools, *chosen)}
        others = [(told.value, told.label) for told in (Told.HOME, Told.NOT_LISTED)]
        named = [(urn, said_in(_in_one_line(school), "en")) for urn, school in self.schools.items()]
        self.fields["answer"].choices = named + others  # type: ignore[attr-defined]  # a field of choices

    @property
    def told(self) -> tuple[Told, School | None]:
        """What was told: of which kind, and the school if it is one."""
        answer = self.cleaned_data["answer"]
        return (Told.SCHOOL, self.schools[answer]) if answer in self.schools else (Told(answer), None)


def _in_one_line(school: School) -> str:
    return ", ".join(part for part in (school.name, school.place) if part)
