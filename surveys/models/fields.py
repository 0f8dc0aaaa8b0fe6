"""Languages in the fields of rows. Migrations name what stands here, so that it changes seldom."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language_info

from core.languages.addresses import other_codes


def other_languages() -> list[tuple[str, str]]:
    """Return the languages beside English; a function, so that another one is no migration."""
    return [(code, get_language_info(code)["name"]) for code in other_codes()]


def refuse_unknown_languages(value: Any) -> None:
    """Refuse anything but a list of languages that the site speaks beside English.

    Raises:
        ValidationError: ``value`` is not a list, or names another language.
    """
    if not isinstance(value, list) or not set(map(str, value)) <= set(other_codes()):
        raise ValidationError(f"Name languages from this list: {', '.join(other_codes())}.", code="languages")


class LanguagesField(models.JSONField):
    """Codes of languages beside English, each with a box to tick."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Return the boxes."""
        label, help_text = kwargs.get("label", capfirst(self.verbose_name)), kwargs.get("help_text", self.help_text)
        boxes = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(
            choices=other_languages, widget=boxes, label=label, help_text=help_text, required=False
        )
