"""What the privacy page prints, read from the declarations beside the models."""

from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from core.privacy import Declaration, declarations


@dataclass(frozen=True)
class PersonalData:
    """One kind of personal data in words."""

    heading: str
    rows: list[dict[str, str]]


def _label(model: type[Model], field: str) -> str:
    try:
        return str(getattr(model._meta.get_field(field), "verbose_name", field))
    except FieldDoesNotExist:
        return field.replace("_", " ")


def _in_words(model: type[Model], declared: type[Declaration]) -> PersonalData:
    said = [
        ("What is kept", ", ".join(_label(model, field) for field in declared.fields)),
        ("Why", declared.purpose),
        ("Lawful basis", declared.lawful_basis),
        ("Condition for sensitive information", declared.condition),
        ("Who receives it", declared.recipients),
        ("How long", declared.retention),
        ("Who decided", declared.decided_by),
    ]
    heading = (declared.__doc__ or str(model._meta.verbose_name_plural)).strip().splitlines()[0].rstrip(".")
    return PersonalData(heading[:1].upper() + heading[1:], [{"key": key, "value": text} for key, text in said if text])


def personal_data() -> list[PersonalData]:
    """Return all personal data that the code declares, by heading in alphabetical order."""
    return sorted((_in_words(*pair) for pair in declarations()), key=lambda kept: kept.heading)
