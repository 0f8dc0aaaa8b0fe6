"""What people sign up by, and change their preferences by."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext_lazy as _

from campaigns.queries.updates import Area, Offer
from campaigns.updates.addresses import LONGEST, normal
from campaigns.updates.enums import Frequency
from core.languages.addresses import codes, spoken
from core.languages.marks import said_in

INVALID = _("Enter one email address, like name@example.com, without spaces or line breaks.")


class AddressField(forms.CharField):
    """One email address that mail can be sent to."""

    widget = forms.EmailInput(
        attrs={"autocomplete": "email", "dir": "ltr", "maxlength": LONGEST, "spellcheck": "false"}
    )

    def __init__(self, **kwargs: Any) -> None:
        messages = {"required": _("Enter your email address."), "null_characters_not_allowed": INVALID}
        super().__init__(label=_("Email address"), error_messages=messages, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the address as it was typed.

        A line break inside it would write a header of its own into an email, so it is refused as any other fault is.
        """
        typed = super().clean(value)
        plain = normal(typed)
        try:
            validate_email(plain)
        except ValidationError:
            raise ValidationError(INVALID, code="invalid") from None
        if len(plain) > LONGEST or any(sign in plain for sign in '"[]') or not typed.isprintable():
            raise ValidationError(INVALID, code="invalid")
        return typed


class AreasField(forms.MultipleChoiceField):
    """Areas of news to choose from; none may be chosen, which means all."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, areas: Iterable[Area], **kwargs: Any) -> None:
        choices = [(area.key, said_in(area.label, area.said_in)) for area in areas]
        wrong = {"invalid_choice": _("Choose from the areas of news on this page.")}
        super().__init__(choices=choices, required=False, error_messages=wrong, **kwargs)


@cache
def _languages(around: str) -> list[tuple[str, str]]:
    """Return the languages of the site, each by its own name, for a page whose words are in the language ``around``."""
    with override(around):
        return [(code, said_in(get_language_info(code)["name_local"], code)) for code in codes()]


class LanguageField(forms.ChoiceField):
    """One of the languages of the site."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        wrong = {"required": _("Choose a language."), "invalid_choice": _("Choose a language from this page.")}
        super().__init__(
            label=_("Language of the emails"),
            help_text=_("Not every email is sent in every language. Where yours is missing, you get it in English."),
            choices=_languages(spoken()),
            error_messages=wrong,
            **kwargs,
        )


class SignUpForm(forms.Form):
    """An address, what it wants news about, and that its owner agrees to the exact words shown: see `form_of`."""

    use_required_attribute = False
    offer: Offer

    email = AddressField()
    wording = forms.CharField(widget=forms.HiddenInput, required=False)
    campaign = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, data: QueryDict | None, *, language: str, campaign: str) -> None:
        """Begin in ``language``, and with the ``campaign`` that led here."""
        shown = str(self.offer.wording.pk)
        super().__init__(data, initial={"wording": shown, "campaign": campaign, "language": language})

    def clean(self) -> dict[str, Any]:
        """Refuse an agreement to other words than those in force: nobody agrees to what they did not see."""
        cleaned: dict[str, Any] = super().clean() or {}
        shown = str(self.offer.wording.pk)
        if cleaned.get("agree") and cleaned.get("wording") != shown:
            anew = QueryDict(mutable=True)
            anew.update(self.data)
            anew["wording"] = shown
            del anew["agree"]
            self.data = anew
            self.add_error("agree", _("These words changed while you read them. Read them again, then tick the box."))
        return cleaned

    @property
    def chosen(self) -> list[Area]:
        """The areas of news to hand over: all of them where none was chosen."""
        keys = self.cleaned_data.get("areas") or [area.key for area in self.offer.areas]
        return [area for area in self.offer.areas if area.key in keys]


def form_of(offer: Offer) -> type[SignUpForm]:
    """Return the form for what is offered, to be remembered: a form copies its fields faster than it makes them."""
    fields: dict[str, Any] = {"offer": offer}
    if offer.areas:
        fields["areas"] = AreasField(
            offer.areas,
            label=_("What do you want news about?"),
            help_text=_("Choose as many as you like. If you choose none, you get news about all of them."),
        )
    fields["language"] = LanguageField()
    fields["agree"] = forms.BooleanField(
        label=said_in(offer.wording.text, offer.wording.language),
        error_messages={"required": _("Tick the box if you agree. Without that we may not send you anything.")},
    )
    return type("OfferedSignUpForm", (SignUpForm,), fields)


class AskForm(forms.Form):
    """The address whose preferences somebody wants to change."""

    use_required_attribute = False

    email = AddressField()


class PreferencesForm(forms.Form):
    """What somebody wants from now on."""

    use_required_attribute = False

    frequency = forms.ChoiceField(
        label=_("Do you want our news?"),
        choices=Frequency,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose whether you want our news."),
            "invalid_choice": _("Choose one of the two."),
        },
    )

    def __init__(self, data: QueryDict | None, *, areas: list[Area], known: dict[str, Any]) -> None:
        """Begin with what Mailchimp knows of them; staying is what nobody has to choose."""
        wants = known.get("interests", [])
        language = known.get("language", "")
        super().__init__(data, initial={"frequency": Frequency.STAY, "areas": wants, "language": language})
        self.offered = [area.key for area in areas]
        if areas:
            self.fields["areas"] = AreasField(areas, label=_("What do you want news about?"))
        self.fields["language"] = LanguageField(required=False)

    @property
    def leaves(self) -> bool:
        """Whether they want no more news."""
        return self.cleaned_data["frequency"] == Frequency.LEAVE
