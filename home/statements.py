"""What the privacy page prints, read from the declarations beside the models."""

from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _

from core.privacy import Declaration, declarations


@dataclass(frozen=True)
class PersonalData:
    """One kind of personal data in words."""

    heading: str
    rows: list[dict[str, str]]


def _label(model: type[Model], field: str) -> str:
    try:
        return _(str(getattr(model._meta.get_field(field), "verbose_name", field)))
    except FieldDoesNotExist:
        return _(field.replace("_", " "))


def _in_words(model: type[Model], declared: type[Declaration]) -> PersonalData:
    said = [
        (_("What is kept"), ", ".join(_label(model, field) for field in declared.fields)),
        (_("Why"), declared.purpose),
        (_("Lawful basis"), declared.lawful_basis),
        (_("Condition for sensitive information"), declared.condition),
        (_("Who receives it"), declared.recipients),
        (_("How long"), declared.retention),
        (_("Who decided"), declared.decided_by),
    ]
    rows = [{"key": key, "value": _(text)} for key, text in said if text]
    return PersonalData(_(heading(model, declared)), rows)


def heading(model: type[Model], declared: type[Declaration]) -> str:
    """Return what a declaration is about, in English: the first line of its own docstring."""
    words = (declared.__doc__ or str(model._meta.verbose_name_plural)).strip().splitlines()[0].rstrip(".")
    return words[:1].upper() + words[1:]


def personal_data() -> list[PersonalData]:
    """Return all personal data that the code declares, by heading in alphabetical order."""
    return sorted((_in_words(*pair) for pair in declarations()), key=lambda kept: kept.heading)
