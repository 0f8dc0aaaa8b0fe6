"""What the privacy page prints, read from the declarations beside the models."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import override

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


def _labels(model: type[Model], declared: type[Declaration]) -> list[str]:
    return [_label(model, field) for field in declared.fields]


def _sentences(declared: type[Declaration]) -> list[str]:
    """Return what a declaration says in words, in the order of the page; empty where it says nothing."""
    return [
        declared.purpose,
        declared.lawful_basis,
        declared.condition,
        declared.recipients,
        declared.retention,
        declared.decided_by,
    ]


def english_words() -> list[str]:
    """Return everything that the declarations say, in English, for the catalogues of the other languages."""
    words: list[str] = []
    with override(settings.LANGUAGE_CODE):
        for model, declared in declarations():
            words += [heading(model, declared), *_labels(model, declared), *_sentences(declared)]
    return [text for text in dict.fromkeys(words) if text]


def _in_words(model: type[Model], declared: type[Declaration]) -> PersonalData:
    keys = [
        _("Why"),
        _("Lawful basis"),
        _("Condition for sensitive information"),
        _("Who receives it"),
        _("How long"),
        _("Who decided"),
    ]
    with override(settings.LANGUAGE_CODE):
        labels = _labels(model, declared)
    rows = [{"key": _("What is kept"), "value": ", ".join(_(label) for label in labels)}]
    rows += [{"key": key, "value": _(text)} for key, text in zip(keys, _sentences(declared), strict=True) if text]
    return PersonalData(_(heading(model, declared)), rows)


def heading(model: type[Model], declared: type[Declaration]) -> str:
    """Return what a declaration is about, in English: the first line of its own docstring."""
    words = (declared.__doc__ or str(model._meta.verbose_name_plural)).strip().splitlines()[0].rstrip(".")
    return words[:1].upper() + words[1:]


def personal_data() -> list[PersonalData]:
    """Return all personal data that the code declares, by heading in alphabetical order."""
    return sorted((_in_words(*pair) for pair in declarations()), key=lambda kept: kept.heading)
