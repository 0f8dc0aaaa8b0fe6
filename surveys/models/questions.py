"""The question bank: what is asked, in which words, with which options."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from modelcluster.fields import ParentalKey
from wagtail.search import index

from core.enums import Strand
from core.models import LastingCode
from surveys.enums import Kind, WordingStatus
from surveys.models.frozen import FrozenWords
from surveys.models.ordering import OUT_OF_THE_WAY, OrderedParent
from surveys.models.pieces import InPieces, Piece, written_once

CODE_SHAPE = RegexValidator(r"^[A-Z]{2,6}[0-9]{2,4}\Z", "Use capital letters and then a number, such as COH01.")
FROZEN = (
    "A wave with this wording has opened, so its words and options stay as they are. Make a new version of the wording."
)


# What people read of a wording and of an option: frozen once a wave has asked it.
WORDS = ("question_id", "version", "text", "hint", "kind", "strands")
WORDS_OF_OPTION = ("code", "label", "score", "exclusive", "other", "order")

LONGEST_TEXT, LONGEST_HINT, LONGEST_LABEL = 500, 300, 200


class Question(index.Indexed, LastingCode):
    """Something worth asking, under a code that stays the same however it is worded."""

    code = models.CharField(
        max_length=10, unique=True, validators=[CODE_SHAPE], help_text="Never changed and never used again: COH01."
    )
    theme = models.SlugField(max_length=30, help_text="One word, such as confidence or safety.")
    sensitive = models.BooleanField(
        default=False, help_text="Asks about the person: their faith, health, background or what happened to them."
    )

    search_fields = [
        index.SearchField("code"),
        index.SearchField("theme"),
        index.AutocompleteField("code"),
        index.FilterField("theme"),
    ]

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


def refuse_unknown_strands(value: Any) -> None:
    """Refuse anything but a list of strands.

    Raises:
        ValidationError: ``value`` is not a list, or names a strand that does not exist.
    """
    if not isinstance(value, list) or not set(map(str, value)) <= set(Strand.values):
        raise ValidationError(f"Name strands from this list: {', '.join(Strand.values)}.", code="strands")


class OptionQuerySet(FrozenWords["Option"]):
    """Options, frozen with their wording."""

    words, refused = WORDS_OF_OPTION, FROZEN

    def any_frozen(self) -> bool:
        """Tell whether a wave that has opened offers any of them."""
        return self.filter(wording__instruments__isnull=False).exists()


class WordingQuerySet(FrozenWords["Wording"]):
    """Wordings by question."""

    words, refused = WORDS, FROZEN

    def any_frozen(self) -> bool:
        """Tell whether a wave that has opened asks any of them."""
        return self.filter(instruments__isnull=False).exists()

    def latest_of(self, code: str) -> "Wording":
        """Return the newest wording of the question with this code.

        Raises:
            IndexError: there is none.
        """
        return self.filter(question__code=code).order_by("-version")[0]


class Wording(index.Indexed, InPieces, OrderedParent):
    """One version of a question's words, with its options, where it comes from and how far it has been tried."""

    ordered_children = ("options",)

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="wordings")
    version = models.PositiveSmallIntegerField(default=1)
    text = models.CharField("question as asked", max_length=LONGEST_TEXT)
    hint = models.CharField(max_length=LONGEST_HINT, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SINGLE)
    strands = models.JSONField(
        "strands named",
        default=list,
        blank=True,
        validators=[refuse_unknown_strands],
        help_text="The strands that the words name, such as race and religion. Leave it empty if they name none.",
    )
    status = models.CharField(max_length=10, choices=WordingStatus, default=WordingStatus.DRAFTED)
    confirmed = models.BooleanField(
        "confirmed in its source", default=False, help_text="Somebody compared words and options with the source."
    )
    source = models.TextField(blank=True, help_text="Where the words come from, with the item's number there.")
    licence = models.CharField(max_length=120, blank=True)

    objects = WordingQuerySet.as_manager()

    search_fields = [
        index.SearchField("text"),
        index.AutocompleteField("text"),
        index.FilterField("status"),
        index.RelatedFields("question", [index.SearchField("code"), index.AutocompleteField("code")]),
    ]

    class Meta:
        ordering = ("question__code", "version")
        constraints = [
            models.UniqueConstraint(
                fields=("question", "version"),
                name="wording_version_unique",
                violation_error_message="This question has a wording with this version already. Give the next number.",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="wording_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.wording_id} {self.text}"

    @property
    def wording_id(self) -> str:
        """The name of these words in measurements and files, such as ``CNF01.1``."""
        return f"{self.question.code}.{self.version}"

    @property
    def standing(self) -> str:
        """What staff are told about these words before they use them."""
        if self.confirmed:
            return "wording confirmed in its source"
        return "draft: pilot first" if self.status == WordingStatus.DRAFTED else "piloted here"

    @property
    def strands_omitted(self) -> list[str]:
        """The strands left out where some are named: such an item feeds no indicator."""
        return [strand for strand in Strand.values if strand not in self.strands] if self.strands else []

    def said(self) -> list[Piece]:
        """Return what it says, piece by piece."""
        labels = [
            Piece(f"option-{option.code}", f"Option {option.code}", option.label, LONGEST_LABEL)
            for option in self.options.all()
        ]
        text = Piece("text", "Question as asked", self.text, LONGEST_TEXT)
        return written_once([text, Piece("hint", "Hint", self.hint, LONGEST_HINT), *labels])

    def is_frozen(self) -> bool:
        """Tell whether a wave with this wording has opened."""
        return self.pk is not None and self.instruments.exists()

    def clean(self) -> None:
        """Refuse to change words that people have been asked."""
        super().clean()
        self._refuse_change()

    def save(self, **kwargs: Any) -> None:
        """Save, unless the words are frozen and would change."""
        self._refuse_change()
        super().save(**kwargs)

    def _refuse_change(self) -> None:
        if not self.is_frozen():
            return
        stored = Wording.objects.values(*WORDS).get(pk=self.pk)
        if any(stored[name] != getattr(self, name) for name in WORDS):
            raise ValidationError(FROZEN, code="frozen")


class Option(models.Model):
    """One answer that can be chosen. Its code is what is kept; its label is only what is read."""

    sort_order_field = "order"

    wording = ParentalKey(Wording, on_delete=models.CASCADE, related_name="options")
    code = models.SlugField(max_length=60, help_text="Stays the same in every language and version: tend-to-agree.")
    label = models.CharField(max_length=LONGEST_LABEL)
    score = models.SmallIntegerField(null=True, blank=True, help_text="For an average, if the options have an order.")
    exclusive = models.BooleanField(
        default=False, help_text="Cannot be chosen together with others: None of these, Prefer not to say."
    )
    other = models.BooleanField(
        "box beside it", default=False, help_text="People can write a few words beside it: Other, please say."
    )
    order = models.IntegerField(default=0, editable=False)

    objects = OptionQuerySet.as_manager()

    class Meta:
        ordering = ("order",)
        constraints = [
            models.UniqueConstraint(
                fields=("wording", "code"),
                name="option_code_unique",
                violation_error_message="Two options have this code. Give each its own.",
            ),
            models.UniqueConstraint(fields=("wording", "order"), name="option_order_unique"),
            models.CheckConstraint(condition=~Q(code=""), name="option_has_a_code"),
        ]

    def __str__(self) -> str:
        return self.label

    def save(self, **kwargs: Any) -> None:
        """Save, unless the wording is frozen and the option would change."""
        self._refuse_change()
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, unless the wording is frozen."""
        if self.wording.is_frozen():
            raise ValidationError(FROZEN, code="frozen")
        return super().delete(*args, **kwargs)

    def clean(self) -> None:
        """Refuse to change an option that people were offered."""
        super().clean()
        self._refuse_change()

    def _refuse_change(self) -> None:
        # A new wording in the admin's form has no key yet, and so no instrument either.
        if self.wording_id is None or not self.wording.is_frozen():
            return
        stored = Option.objects.filter(pk=self.pk).values(*WORDS_OF_OPTION).first()
        if stored is not None:
            stored["order"] %= OUT_OF_THE_WAY  # its form may have told it to step aside
        if stored is None or any(stored[name] != getattr(self, name) for name in WORDS_OF_OPTION):
            raise ValidationError(FROZEN, code="frozen")


def strands_named(text: str) -> list[str]:
    """Return the strands that ``text`` names, in their usual order.

    It knows the words that questions use; a person confirms what it finds.
    """
    return [strand for strand, words in _STRAND_WORDS.items() if re.search(words, text, re.IGNORECASE)]


_STRAND_WORDS = {
    Strand.RACE.value: r"\b(race|skin colou?r|ethnic\w*|nationality)\b",
    Strand.RELIGION.value: r"\b(religio\w+|faith)\b",
    Strand.SEXUAL_ORIENTATION.value: r"\b(sexual orientation|LGBT)",
    Strand.DISABILITY.value: r"\bdisab\w+",
    Strand.TRANSGENDER.value: r"(\btrans(gender)?\b|LGBT)",
}
