"""Columns that several rooms need."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import JSONField, TextChoices


class CodeListField(JSONField):
    """A list of codes out of one closed list, in its order; ticked in boxes. Empty where nothing is ticked."""

    def __init__(self, *args: Any, of: type[TextChoices] | None = None, **kwargs: Any) -> None:
        """Take the closed list as ``of``; migrations, which need none, leave it out."""
        self.of = of
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def validate(self, value: Any, model_instance: Any) -> None:
        """Refuse whatever is not a list of the codes there are.

        Raises:
            ValidationError: something else is in it, or a code twice.
        """
        super().validate(value, model_instance)
        known = self.of.values if self.of else []
        fits = isinstance(value, list) and all(code in known and value.count(code) == 1 for code in value)
        if not fits:
            raise ValidationError(f"Choose from this list, each once: {', '.join(known)}.", code="codes")

    def formfield(self, **_: Any) -> forms.Field:
        """Give a box for each code."""
        return forms.MultipleChoiceField(
            choices=self.of.choices if self.of else [],
            required=not self.blank,
            label=str(self.verbose_name).capitalize(),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )
