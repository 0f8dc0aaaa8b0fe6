"""The forms of class sessions: starting one, its code, and the private links of classes that are told together."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schools.models import School
from schools.models.classes import LARGEST_CLASS, SMALLEST_CLASS, YEARS
from schools.queries.register import LONGEST_SEARCH, find_schools
from surveys import forms as surveys

LINK = re.compile(r"[\w-]{43}", re.ASCII)  # 32 bytes in base 64
MOST_LINKS = 10


class CodeForm(surveys.CodeForm):
    """The code of a class, as pupils type it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say it in a pupil's words."""
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code of your class")


class StartForm(forms.Form):
    """What is asked of a teacher: which year, about how many pupils, and for who wants to say it, which school."""

    year_group = forms.TypedChoiceField(
        label=gettext_lazy("Year group"),
        coerce=int,
        error_messages={"required": gettext_lazy("Choose the year group of your class.")},
    )
    size = forms.IntegerField(
        label=gettext_lazy("About how many pupils are in the class?"),
        help_text=gettext_lazy("A fifth more than this can answer, so it need not be exact."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "code"}),
        error_messages={
            "required": gettext_lazy("Say about how many pupils there are, in digits: 28."),
            "invalid": gettext_lazy("Say about how many pupils there are, in digits: 28."),
        },
    )

    school = forms.CharField(
        label=gettext_lazy("School, if you want to say it"),
        help_text=gettext_lazy(
            "A part of its name, its town or its postcode. With it, your class can count among those of several "
            "schools, and small classes of one school can be shown together. Leave it empty if it is not listed."
        ),
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, stages: Sequence[str], **kwargs: Any) -> None:
        """Offer the years of the key stages that the lesson has questions for, and the schools that fit what was typed.

        Where several fit, ``which`` asks for one of them.
        """
        super().__init__(*args, **kwargs)
        years = [(year, _("Year %(year)s") % {"year": year}) for year, stage in YEARS.items() if stage in stages]
        self.fields["year_group"].choices = [("", _("Choose a year")), *years]  # type: ignore[attr-defined]
        self.found = {school.urn: school for school in find_schools(self.data.get("school", "")).schools}
        if len(self.found) > 1:
            named = [(urn, ", ".join(filter(None, (one.name, one.place)))) for urn, one in self.found.items()]
            self.fields["which"] = forms.ChoiceField(
                label=_("Which of these schools?"), choices=named, widget=forms.RadioSelect, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Find the school that was meant, if any was."""
        cleaned: dict[str, Any] = super().clean() or {}
        typed, which = cleaned.get("school", ""), cleaned.pop("which", "")
        school: School | None = self.found.get(which) if len(self.found) > 1 else next(iter(self.found.values()), None)
        if typed and not self.found:
            self.add_error("school", _("No open school has all of these words. Look at them again, or leave it empty."))
        elif typed and school is None:
            self.add_error("which", _("Several schools have these words. Choose yours, or empty the box above."))
        return cleaned | {"school": school if typed else None}

    def clean_size(self) -> int:
        """Refuse a class in which no group of answers could hide anybody, and one that is a whole school."""
        size: int = self.cleaned_data["size"]
        if size < SMALLEST_CLASS:
            raise forms.ValidationError(
                _(
                    "With fewer than %(fewest)s pupils, answers could be told apart. Talk the questions through in the "
                    "lesson instead."
                )
                % {"fewest": SMALLEST_CLASS}
            )
        if size > LARGEST_CLASS:
            raise forms.ValidationError(
                _("This is for one class or year group: %(most)s pupils at most. Start one for each class.")
                % {"most": LARGEST_CLASS}
            )
        return size


class LinksForm(forms.Form):
    """The private links of other classes, with which this one is told."""

    links = forms.CharField(
        label=gettext_lazy("Private links of the other classes"),
        help_text=gettext_lazy("One on each line. Whoever holds a class's link can put it together with others."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Give the private link of another class.")},
    )

    def clean_links(self) -> list[str]:
        """Return the tokens of the links."""
        tokens = [line.strip().rstrip("/").rpartition("/")[2] for line in self.cleaned_data["links"].split()]
        if len(tokens) > MOST_LINKS:
            raise forms.ValidationError(_("Give %(most)s links at most.") % {"most": MOST_LINKS})
        if not all(map(LINK.fullmatch, tokens)):
            raise forms.ValidationError(_("A line here is no private link. Copy it whole from the other class's page."))
        return tokens
