"""What visitors may ask of the home room, and support services answer."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from home.directory import fingerprint
from home.models import EntryCheck


class SearchForm(forms.Form):
    """The words to look for. Anything may be typed: what is no word is passed over, never refused."""

    use_required_attribute = False

    q = forms.CharField(
        label=_("What are you looking for?"),
        required=False,
        strip=True,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200, "autocomplete": "off"}),
    )


class EntryForm(forms.Form):
    """A service's answer about its entry: all is right, or what is wrong."""

    use_required_attribute = False

    RIGHT, WRONG = "right", "wrong"

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    said = forms.CharField(
        label=_("What is wrong, and how should it be? (optional)"),
        help_text=_("Leave this empty if everything is right. Do not name anybody."),
        required=False,
        max_length=EntryCheck.LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("Shorten it to %(limit_value)d characters or fewer. It has %(show_value)d.")},
    )

    def __init__(self, data: QueryDict | None, *, check: EntryCheck) -> None:
        """Remember the entry as it stands, so that nobody confirms what they did not see."""
        self.fingerprint = fingerprint(check.service)
        super().__init__(data, initial={"seen": self.fingerprint})

    @property
    def is_wrong(self) -> bool:
        """Tell whether the service says that something is wrong."""
        return self.data.get("answer") == self.WRONG

    def clean(self) -> dict[str, Any]:
        """Refuse "wrong" without words, "right" with some, and an answer to an entry that has changed since."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.data.get("answer") not in (self.RIGHT, self.WRONG):
            raise forms.ValidationError(_("Say whether everything is right: press one of the two buttons."))
        said = cleaned.get("said", "")
        if self.is_wrong and not said and "said" not in self.errors:
            self.add_error("said", _("Say what is wrong, in a sentence or two."))
        if not self.is_wrong and said:
            self.add_error("said", _("You wrote that something is wrong. Send that, or empty this box."))
        if cleaned.get("seen") != self.fingerprint:
            self.data = {**dict(self.data.items()), "seen": self.fingerprint}
            raise forms.ValidationError(_("The entry was changed while you looked at it. Look at it once more."))
        return cleaned
