"""Words in other languages: of wordings, and of what questionnaires and surveys say; who wrote and checked them."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import get_language_info

from core.models import Organisation
from surveys.models.fields import other_languages
from surveys.models.frozen import FrozenWords
from surveys.models.questionnaires import Questionnaire
from surveys.models.questions import Wording
from surveys.models.surveys import Survey

FROZEN_WORDS = (
    "A wave with these words has opened, so they stay as they are in every language that it was asked in. Make a new "
    "version of the wording."
)


class LanguageVersion(models.Model):
    """Words in another language, a piece each: ``words`` has what is written, ``made_of`` the English it was made of.

    A check speaks for exactly the words, English and translated, that ``check_digest`` names. Whichever of them
    changes, nobody has checked the version any more.
    """

    language = models.CharField(max_length=10, choices=other_languages)
    words = models.JSONField(default=dict, blank=True)
    made_of = models.JSONField(default=dict, blank=True, editable=False)
    translated_by = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whose translator wrote the words.",
    )
    typed_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", editable=False)
    checked_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    checked_on = models.DateField(null=True, editable=False)
    check_digest = models.CharField(max_length=64, blank=True, editable=False)

    owner: str  # the name of the field with what these are the words of
    name: str  # how a sentence names it: CNF01.1
    objects: Any

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.original}, in {self.language_name}"

    @property
    def original(self) -> Wording | Questionnaire | Survey:
        """What these are the words of."""
        return getattr(self, self.owner)

    @property
    def language_name(self) -> str:
        """The language's English name."""
        return get_language_info(self.language)["name"]

    @cached_property
    def english(self) -> dict[str, str]:
        """The English words of each piece, by its name."""
        return self.original.pieces()

    @property
    def written(self) -> dict[str, str]:
        """The words of those pieces whose English is still what they were made of."""
        return {
            name: self.words[name]
            for name, english in self.english.items()
            if self.words.get(name) and self.made_of.get(name) == english
        }

    @property
    def holes(self) -> list[str]:
        """The names of the pieces that are not written, or whose English has changed since."""
        return [name for name in self.english if name not in self.written]

    @property
    def digest(self) -> str:
        """The SHA-256, in hexadecimal, of the words as they stand beside their English."""
        said = json.dumps([self.language, self.english, self.written], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def standing(self) -> str:
        """How far it has come, for staff."""
        count, holes = len(self.english), len(self.holes)
        if holes:
            return f"{count - holes} of {count} written"
        if not self.is_checked:
            return "not checked by a speaker"
        by = f" from {self.checked_by}" if self.checked_by else ""
        return f"checked by a speaker{by} on {self.checked_on:%-d %B %Y}"

    @property
    def is_checked(self) -> bool:
        """Whether a speaker found these very words right, all of them."""
        return bool(self.check_digest) and self.check_digest == self.digest and not self.holes

    def is_frozen(self) -> bool:
        """Tell whether a wave that has opened asks these words."""
        return False


def _constraints(owner: str) -> list[models.BaseConstraint]:
    """Return what the database holds of the language versions of an ``owner``: one a language, none in English."""
    return [
        models.UniqueConstraint(
            fields=(owner, "language"),
            name=f"{owner}_translation_unique",
            violation_error_message=f"This {owner} has a version in this language already. Change that one.",
        ),
        models.CheckConstraint(condition=~Q(language="en"), name=f"{owner}_translation_not_english"),
        models.CheckConstraint(
            condition=Q(checked_on=None, check_digest="") | Q(checked_on__isnull=False) & ~Q(check_digest=""),
            name=f"{owner}_translation_check_whole",
        ),
    ]


class WordingTranslationQuerySet(FrozenWords["WordingTranslation"]):
    """Language versions of wordings, frozen in the languages that a wave has asked them in."""

    words, refused = ("wording_id", "language", "words", "made_of"), FROZEN_WORDS

    def any_frozen(self) -> bool:
        """Tell whether a wave that has opened asks any of these words."""
        return any(version.is_frozen() for version in self.select_related("wording"))


class WordingTranslation(LanguageVersion):
    """A wording in another language: its text, its hint, and the label of each option under the option's own code."""

    owner = "wording"

    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="translations")

    objects = WordingTranslationQuerySet.as_manager()

    class Meta:
        ordering = ("wording__question__code", "wording__version", "language")
        permissions = [("check_translation", "Can record that a speaker has checked the words of a survey")]
        constraints = _constraints("wording")

    def save(self, **kwargs: Any) -> None:
        """Save, unless the words are frozen and would change.

        Raises:
            ValidationError: a wave that has opened asks them.
        """
        self._refuse_change()
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, unless the words are frozen.

        Raises:
            ValidationError: a wave that has opened asks them.
        """
        if self.is_frozen():
            raise ValidationError(FROZEN_WORDS, code="frozen")
        return super().delete(*args, **kwargs)

    @property
    def name(self) -> str:  # type: ignore[override]
        """How a sentence names it: CNF01.1."""
        return self.wording.wording_id

    def clean(self) -> None:
        """Refuse to change words that people have been asked in."""
        super().clean()
        self._refuse_change()

    def is_frozen(self) -> bool:
        """Tell whether a wave that has opened asks these words."""
        asked = self.wording.instruments.filter(body__translations__has_key=self.language)
        return self.pk is not None and asked.exists()

    def _refuse_change(self) -> None:
        stored = WordingTranslation.objects.filter(pk=self.pk).select_related("wording").first() if self.pk else None
        if stored is None or all(
            getattr(stored, name) == getattr(self, name) for name in WordingTranslationQuerySet.words
        ):
            return
        if stored.is_frozen():
            raise ValidationError(FROZEN_WORDS, code="frozen")


class QuestionnaireTranslation(LanguageVersion):
    """What a questionnaire itself says, in another language: titles, introduction, reasons, pages of information.

    Here the name of a piece is its English: what stands in two places is written once.
    """

    owner = "questionnaire"
    name = "What the questionnaire itself says"

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="translations")

    class Meta:
        ordering = ("questionnaire__title", "language")
        constraints = _constraints("questionnaire")

    def carry(self, reworded: Mapping[str, str]) -> None:
        """Keep the words of English that is reworded (as it was -> as it is) beside what they were made of."""
        kept = {now: was for was, now in reworded.items() if self.words.get(was) and not self.words.get(now)}
        if kept:
            self.words |= {now: self.words[was] for now, was in kept.items()}
            self.made_of |= {now: self.made_of.get(was, was) for now, was in kept.items()}
            self.save(update_fields=["words", "made_of"])


class SurveyTranslation(LanguageVersion):
    """What a survey tells people before they begin, in another language. An open wave shows it as it is now."""

    owner = "survey"
    name = "What the survey itself says"

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="translations")

    class Meta:
        ordering = ("survey__title", "language")
        constraints = _constraints("survey")
