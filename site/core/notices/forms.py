"""The one form of a notice."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language_info

from core.languages.addresses import codes, other_codes
from core.languages.marks import direction
from core.models.support import SupportService
from core.notices.actions import Words
from core.notices.models import LONGEST, UrgentNotice

# An end of a sentence with more behind it. What stands before a full stop has three letters: "St." and "Mr." end none.
SENTENCE_ENDS = re.compile(r"(?:\w{3}[^\w\s]*\.|[!?۔؟])[^\w\s]*\s+(?=\S)")  # noqa: RUF001  (Urdu's own full stop)
MOST_SENTENCES = 2
MOST_SERVICES = 3
USUAL = timedelta(hours=24)
LOCAL = "%Y-%m-%dT%H:%M"
TOO_MANY = "Visitors read two sentences at most. Say the most important, and lead to the rest by a support service."


def at_most_two_sentences(text: str) -> None:
    """Refuse a third sentence.

    Raises:
        ValidationError: there are more than two.
    """
    if len(SENTENCE_ENDS.findall(text)) >= MOST_SENTENCES:
        raise ValidationError(TOO_MANY, code="sentences")


class NoticeForm(forms.Form):
    """Words in English, whom to turn to, until when, and the same words in each other language of the site."""

    instead_of = forms.IntegerField(required=False, widget=forms.HiddenInput)
    ends = forms.DateTimeField(
        label="Take it down by itself at",
        input_formats=[LOCAL, "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput(format=LOCAL, attrs={"type": "datetime-local"}),
        help_text="The notice goes from every page at this time, without anybody doing anything. 14 days at most.",
        error_messages={
            "required": "Say when the notice ends: a day and a time.",
            "invalid": "Give a day and a time, for example 30/11/2026 18:00.",
        },
    )
    services = forms.ModelMultipleChoiceField(
        label="Support services to show",
        queryset=SupportService.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Three at most. Their name and how to reach them stand in the notice.",
        error_messages={"invalid_choice": "One of these services is no longer in the directory. Tick again."},
    )

    def __init__(self, data: QueryDict | None = None, *, on: UrgentNotice | None) -> None:
        """Begin with the words of the notice that is on, so that a word in it can be mended."""
        self.on = on
        super().__init__(data, initial=_as_it_is(on))
        for code in codes():
            self._add_words(code)
        self.order_fields(["heading_en", "text_en", "services", "ends"])

    def _add_words(self, code: str) -> None:
        is_english = code == settings.LANGUAGE_CODE
        spoken = {"lang": code, "dir": direction(code), "autocomplete": "off"}
        said = "" if is_english else f" in {get_language_info(code)['name']}"
        self.fields[f"heading_{code}"] = forms.CharField(
            label=f"Heading{said}",
            max_length=80,
            required=is_english,
            widget=forms.TextInput(attrs=spoken),
            help_text="What has happened, in a few words." if is_english else "",
            error_messages={"required": "Give the notice a heading."},
        )
        self.fields[f"text_{code}"] = forms.CharField(
            label=f"What people should know{said}",
            max_length=300,
            required=is_english,
            validators=[at_most_two_sentences],
            widget=forms.Textarea(attrs={**spoken, "rows": 3}),
            help_text="Two sentences at most: what people should do, and where to turn." if is_english else "",
            error_messages={"required": "Say in a sentence or two what people should know."},
        )

    def clean_text_en(self) -> str:
        """Return the text on one line, as pages show it."""
        return " ".join(self.cleaned_data["text_en"].split())

    def clean_services(self) -> list[SupportService]:
        """Refuse more services than fit above a page."""
        chosen = list(self.cleaned_data["services"])
        if len(chosen) > MOST_SERVICES:
            raise ValidationError(
                f"Tick {MOST_SERVICES} at most; the notice stands above every page. You ticked {len(chosen)}."
            )
        return chosen

    def clean_ends(self) -> datetime:
        """Refuse a time that has passed, and one too far off."""
        ends, now = self.cleaned_data["ends"], timezone.now()
        if ends <= now:
            raise ValidationError("This time has passed. Give a later one.")
        if ends > now + LONGEST:
            raise ValidationError("An urgent notice stands for 14 days at most. Give an earlier time.")
        return ends

    def clean(self) -> dict[str, Any]:
        """Ask for both fields of a language or none, and refuse to take the place of a notice that nobody saw."""
        cleaned = super().clean() or {}
        for code in other_codes():
            heading, text = cleaned.get(f"heading_{code}"), cleaned.get(f"text_{code}")
            name = get_language_info(code)["name"]
            if heading and text == "":
                self.add_error(f"text_{code}", f"Write the text in {name} too, or leave both fields empty.")
            if text and heading == "":
                self.add_error(f"heading_{code}", f"Write the heading in {name} too, or leave both fields empty.")
        if cleaned.get("instead_of") != (self.on.pk if self.on else None):
            raise ValidationError(
                "The notice on the pages changed after you opened this form. It stands above. "
                "If yours is to take its place, put it up again."
            )
        return cleaned

    @property
    def words(self) -> dict[str, Words]:
        """Return heading and text by language, of those that have words."""
        said = self.cleaned_data
        return {code: (said[f"heading_{code}"], said[f"text_{code}"]) for code in codes() if said[f"heading_{code}"]}

    @property
    def languages(self) -> Iterator[tuple[str, BoundField, BoundField]]:
        """Go through the other languages: name, heading and text."""
        for code in other_codes():
            yield get_language_info(code)["name"], self[f"heading_{code}"], self[f"text_{code}"]

    def shows_what_is_on(self) -> None:
        """Let the form, sent again, take the place of what is on now."""
        if self.is_bound:
            data: Any = cast("QueryDict", self.data).copy()
            data["instead_of"] = self.on.pk if self.on else ""
            self.data = data


def _as_it_is(on: UrgentNotice | None) -> dict[str, Any]:
    if on is None:
        return {"ends": (timezone.localtime() + USUAL).replace(minute=0)}
    words = {settings.LANGUAGE_CODE: on} | {words.language: words for words in on.words.all()}
    return {
        "instead_of": on.pk,
        "ends": on.ends,
        "services": [service.pk for service in on.services.all()],
        **{f"heading_{code}": said.heading for code, said in words.items()},
        **{f"text_{code}": said.text for code, said in words.items()},
    }
