"""Questionnaires: which wordings are asked, in which order, and of whom."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from core.languages.addresses import other_codes
from surveys.enums import Matching, Operator
from surveys.models.fields import LanguagesField, refuse_unknown_languages
from surveys.models.ordering import OrderedParent
from surveys.models.pieces import LONGEST_WORDS, InPieces, Piece, written_once
from surveys.models.questions import Question, Wording

ASKS_OR_INFORMS = "Choose a wording, or give a page of information its heading and its text: one of the two."


def carry_words(row: "Questionnaire | Section | Item", questionnaire: "Questionnaire", *names: str) -> None:
    """Let what is written of ``row`` in other languages follow its English, which is about to be saved.

    The name of a piece is its English, so a piece that is reworded would lose its words. It keeps them beside the
    English that they were made of, as a hole: a translator reads them again. ``names`` are the fields with pieces.
    """
    stored = type(row).objects.filter(pk=row.pk).values(*names).first() if row.pk else None
    reworded = {stored[name]: getattr(row, name) for name in names if stored[name]} if stored else {}
    reworded = {was: now for was, now in reworded.items() if now and now != was}
    for version in questionnaire.translations.all() if reworded else ():
        version.carry(reworded)


class Questionnaire(InPieces, OrderedParent):
    """Sections of items. A wave freezes it, so changing it never touches what people were asked."""

    ordered_children = ("sections",)

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=150)
    introduction = models.TextField(blank=True, help_text="Read before the first question. Two or three sentences.")
    offered = LanguagesField(
        "languages beside English",
        default=list,
        blank=True,
        validators=[refuse_unknown_languages],
        help_text="People can answer in these. A wave opens only once a speaker has checked every word of them.",
    )

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title

    def save(self, **kwargs: Any) -> None:
        """Save; what is written of it in other languages follows."""
        carry_words(self, self, "title", "introduction")
        super().save(**kwargs)

    @property
    def languages(self) -> list[str]:
        """The codes of the languages that it is asked in: English always, and first."""
        return [settings.LANGUAGE_CODE, *(code for code in other_codes() if code in self.offered)]

    def said(self) -> list[Piece]:
        """Return what it says itself, beside its wordings, piece by piece; the name of a piece is its English."""
        said = [("Title", self.title, 150), ("Introduction", self.introduction, LONGEST_WORDS)]
        for section in Section.objects.filter(questionnaire=self).order_by("order").prefetch_related("items"):
            said.append(("Title of a section", section.title, 100))
            for item in section.items.all():
                said.append(("Reason", item.reason, 300))
                said.append(("Heading of a page of information", item.information_title, 150))
                said.append(("Text of a page of information", item.information, LONGEST_WORDS))
        return written_once(Piece(words, where, words, longest) for where, words, longest in said)


class Section(OrderedParent):
    """A part of a questionnaire, under a heading."""

    ordered_children = ("items",)
    sort_order_field = "order"

    questionnaire = ParentalKey(Questionnaire, on_delete=models.CASCADE, related_name="sections")
    title = models.CharField(max_length=100)
    together = models.BooleanField(
        "on one page", default=False, help_text="Ask the whole section at once: five short questions at most."
    )
    equality = models.BooleanField(
        "equality questions",
        default=False,
        help_text=(
            "Ask after people have checked their answers, and only of those who choose to. What the results are "
            "weighted by stands in the main part, with its reason."
        ),
    )
    order = models.IntegerField(default=0, editable=False)

    class Meta:
        ordering = ("order",)
        constraints = [models.UniqueConstraint(fields=("questionnaire", "order"), name="section_order_unique")]

    def __str__(self) -> str:
        return self.title

    def save(self, **kwargs: Any) -> None:
        """Save; what is written of it in other languages follows."""
        carry_words(self, self.questionnaire, "title")
        super().save(**kwargs)


class Item(ClusterableModel):
    """One wording in its place, or a page of information; with conditions, it is asked only of those who meet them."""

    sort_order_field = "order"

    section = ParentalKey(Section, on_delete=models.CASCADE, related_name="items")
    wording = models.ForeignKey(
        Wording,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Leave it empty for a page that only informs.",
    )
    required = models.BooleanField(
        default=True, help_text="Untick so that people can leave it out. A sensitive question can always be left out."
    )
    reason = models.CharField(
        max_length=300,
        blank=True,
        help_text="Why we ask, shown with it: for questions that results are weighted by.",
    )
    ends_on = models.CharField(
        "ends the survey on",
        max_length=300,
        blank=True,
        help_text=(
            "Codes of options, with commas between: under-16. Whoever chooses one is thanked, told that the survey is "
            "meant for other people, and nothing of theirs is kept."
        ),
    )
    information_title = models.CharField("heading", max_length=150, blank=True)
    information = models.TextField("text", max_length=2000, blank=True)
    matching = models.CharField("asked if", max_length=3, choices=Matching, default=Matching.ALL)
    order = models.IntegerField(default=0, editable=False)

    class Meta:
        ordering = ("order",)
        constraints = [
            models.CheckConstraint(
                condition=Q(wording__isnull=False, information="", information_title="")
                | Q(wording=None) & ~Q(information="") & ~Q(information_title=""),
                name="item_asks_or_informs",
                violation_error_message=ASKS_OR_INFORMS,
            ),
            models.UniqueConstraint(fields=("section", "order"), name="item_order_unique"),
            models.UniqueConstraint(
                fields=("section", "wording"),
                name="item_wording_unique",
                violation_error_message="This wording is in the section already. Ask it once.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.wording or self.information_title)

    def save(self, **kwargs: Any) -> None:
        """Save; what is written of it in other languages follows."""
        carry_words(self, self.section.questionnaire, "reason", "information_title", "information")
        super().save(**kwargs)

    @property
    def ending_codes(self) -> list[str]:
        """The codes of the options that end the survey."""
        return separated(self.ends_on)


class Condition(models.Model):
    """What the answer to an earlier question has to be, for an item to be asked."""

    item = ParentalKey(Item, on_delete=models.CASCADE, related_name="conditions")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+", verbose_name="the answer to")
    operator = models.CharField("how", max_length=12, choices=Operator, default=Operator.IS)
    value = models.CharField(
        max_length=500,
        blank=True,
        help_text="The code of an option; several with commas between; or a score. Nothing for “is answered”.",
    )

    class Meta:
        ordering = ("question__code", "operator", "value")

    def __str__(self) -> str:
        return f"{self.question} {self.get_operator_display()} {self.value}".strip()

    def clean(self) -> None:
        """Refuse a value that the operator cannot compare with."""
        super().clean()
        given = separated(self.value)
        if self.operator == Operator.ANSWERED and given:
            raise ValidationError({"value": "“Is answered” takes no value. Leave it empty."})
        if self.operator in Operator.of_scores and not _is_whole(self.value):
            raise ValidationError({"value": "Give a score: a whole number, such as 5."})
        if self.operator == Operator.IS and len(given) != 1:
            raise ValidationError({"value": "Give the code of one option, such as yes. For several, use “is any of”."})
        if self.operator in Operator.of_several and not given:
            raise ValidationError({"value": "Give codes of options, with commas between."})

    @property
    def compared_with(self) -> Any:
        """The value as an instrument has it: a code, codes in the order of the alphabet, a number, or None."""
        if self.operator == Operator.ANSWERED:
            return None
        if self.operator in Operator.of_scores:
            return int(self.value)
        return sorted(separated(self.value)) if self.operator in Operator.of_several else self.value.strip()


def separated(codes: str) -> list[str]:
    """Return the codes in a list with commas between, each once."""
    return list(dict.fromkeys(code.strip() for code in codes.split(",") if code.strip()))


def _is_whole(value: str) -> bool:
    return value.strip().removeprefix("-").isdecimal() and value.isascii() and len(value.strip()) < 6
