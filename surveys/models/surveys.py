"""A survey: what is asked again and again, and what people are told before they begin."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaigns.models import Campaign
from core.languages.addresses import spoken
from core.models import LastingCode
from surveys.models.pieces import LONGEST_WORDS, InPieces, Piece, written_once


@dataclass(frozen=True)
class Notice:
    """What a survey tells people before they begin, and the language that all of it is in."""

    language: str
    title: str
    purpose: str
    audience: str
    sample_statement: str


class Survey(InPieces, LastingCode):
    """Something asked again and again, wave by wave."""

    code = models.SlugField(max_length=60, unique=True, help_text="Never changed; used in measurements and files.")
    title = models.CharField(max_length=150)
    purpose = models.TextField(help_text="Why we ask, in plain words. Shown before the first question.")
    audience = models.TextField("who sees the answers", help_text="Shown before the first question.")
    minutes = models.PositiveSmallIntegerField("minutes it takes", default=5)
    sample_statement = models.TextField(
        "whom the results speak for",
        default="Anyone with the link can answer, so the results describe the people who answered, not everyone here.",
    )

    campaign = models.ForeignKey(
        Campaign,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The campaign that the survey belongs to, if any: each shows the way to the other.",
    )

    class Meta:
        ordering = ("title",)
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1),
                name="survey_takes_a_minute",
                violation_error_message="Say how many minutes it takes: 1 or more.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def said(self) -> list[Piece]:
        """Return what it tells people before they begin, piece by piece."""
        return written_once(
            [
                Piece("title", "Title", self.title, 150),
                Piece("purpose", "Why we ask", self.purpose, LONGEST_WORDS),
                Piece("audience", "Who sees the answers", self.audience, LONGEST_WORDS),
                Piece("sample-statement", "Whom the results speak for", self.sample_statement, LONGEST_WORDS),
            ]
        )

    @property
    def notice(self) -> Notice:
        """What it tells people in the language that is spoken where this is drawn."""
        return self.notice_in(spoken())

    def notice_in(self, language: str) -> Notice:
        """Return what it tells people in ``language`` if a speaker has checked all of it, and otherwise in English."""
        english = language == settings.LANGUAGE_CODE
        version = None if english else self.translations.filter(language=language).first()
        if version is None or not version.is_checked:
            return Notice(settings.LANGUAGE_CODE, self.title, self.purpose, self.audience, self.sample_statement)
        said = version.written
        return Notice(language, said["title"], said["purpose"], said["audience"], said.get("sample-statement", ""))
