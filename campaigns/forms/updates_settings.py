"""What staff set about signing up, in the admin."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict

from campaigns.languages import language_name
from campaigns.models.audiences import MailchimpAudience, MailchimpInterest
from campaigns.models.updates import ConsentWording
from core.enums import Strand
from core.languages.addresses import codes

LONGEST_LABEL = 80


class AudienceForm(forms.Form):
    """The audience that people sign up to."""

    audience = forms.ModelChoiceField(
        queryset=MailchimpAudience.objects.none(),
        required=False,
        empty_label="None: nobody can sign up",
        help_text="Its name and number of members as Mailchimp last told them. What waits goes to the one chosen here.",
        error_messages={"invalid_choice": "Mailchimp has no such audience any more. Choose another one."},
    )

    def __init__(self, data: QueryDict | None, *, chosen: MailchimpAudience | None) -> None:
        super().__init__(data, initial={"audience": chosen})
        self.fields["audience"].queryset = MailchimpAudience.objects.filter(is_gone=False)  # type: ignore[attr-defined]


class InterestsForm(forms.Form):
    """Which of an audience's interests are offered as areas of news, and their names in the languages of the site."""

    def __init__(self, data: QueryDict | None, *, interests: Iterable[MailchimpInterest]) -> None:
        super().__init__(data)
        self.interests = list(interests)
        for interest in self.interests:
            self._ask(interest)

    def _ask(self, interest: MailchimpInterest) -> None:
        offered = getattr(interest, "offered", None)
        labels = offered.labels if offered else {settings.LANGUAGE_CODE: interest.name}
        self.fields[_tick(interest)] = forms.BooleanField(
            label=f"Offer “{interest.name}”", required=False, initial=offered is not None
        )
        for code in codes():
            self.fields[_name(interest, code)] = forms.CharField(
                label=f"Name in {language_name(code)}",
                required=False,
                max_length=LONGEST_LABEL,
                initial=labels.get(code, ""),
                widget=forms.TextInput(attrs={"lang": code, "dir": "auto"}),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse an area of news without an English name, and one that says who somebody is."""
        cleaned: dict[str, Any] = super().clean() or {}
        for interest in self.interests:
            name = _name(interest, settings.LANGUAGE_CODE)
            if not cleaned.get(_tick(interest)) or name in self.errors:
                continue
            if not cleaned.get(name):
                self.add_error(name, "Give it an English name: it stands in where another language has none.")
            elif says_who_somebody_is(cleaned[name]):
                self.add_error(
                    name,
                    "This names a characteristic, so choosing it would tell us who somebody is. Offer an area of news "
                    "instead, such as events, lessons for schools, or campaigns.",
                )
        return cleaned

    @property
    def chosen(self) -> dict[MailchimpInterest, dict[str, str]]:
        """The interests that are offered, each with its names."""
        return {
            interest: {code: self.cleaned_data[_name(interest, code)] for code in codes()}
            for interest in self.interests
            if self.cleaned_data[_tick(interest)]
        }

    @property
    def rows(self) -> Iterator[tuple[MailchimpInterest, BoundField, list[BoundField]]]:
        """Each interest with its fields, for the page."""
        for interest in self.interests:
            yield interest, self[_tick(interest)], [self[_name(interest, code)] for code in codes()]


def _tick(interest: MailchimpInterest) -> str:
    return f"offer-{interest.pk}"


def _name(interest: MailchimpInterest, code: str) -> str:
    return f"name-{interest.pk}-{code}"


def says_who_somebody_is(label: str) -> bool:
    """Tell whether the name of an area of news is one of the characteristics that hate crime is recorded by."""
    return label.strip().casefold() in {str(strand.label).casefold() for strand in Strand} | {
        strand.value.replace("-", " ") for strand in Strand
    }


class WordingForm(forms.Form):
    """A new version of what people agree to, in one language."""

    language = forms.ChoiceField(error_messages={"invalid_choice": "Choose a language of this site."})
    text = forms.CharField(
        label="Wording",
        max_length=ConsentWording._meta.get_field("text").max_length,
        help_text="One or two sentences, as whoever agrees would say them: to what, from whom, and how to stop.",
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": "Write what people agree to."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, language_name(code)) for code in codes()]  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    """The address whose agreements are to be shown."""

    address = forms.CharField(
        label="Email address",
        max_length=254,
        help_text="It is looked up by its digest, and kept nowhere.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        error_messages={"required": "Give the address of whoever asks."},
    )

    def clean_address(self) -> str:
        """Refuse what is no address at all."""
        address: str = self.cleaned_data["address"]
        if "@" not in address:
            raise ValidationError("Give a whole email address, with its @.")
        return address
