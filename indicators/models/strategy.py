"""A strategy, what it wants, and the words it defines."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from core.models import LastingCode
from indicators.enums import Status


class Strategy(LastingCode):
    """A strategy with its years and its principles."""

    code = models.SlugField(max_length=40, unique=True, help_text="A short lasting name, such as hate-crime-2027.")
    title = models.CharField(max_length=200)
    starts = models.DateField()
    ends = models.DateField()
    summary = models.TextField(blank=True, help_text="What it is for, in two or three plain sentences.")
    principles = models.TextField(blank=True, help_text="One principle on each line.")
    source = models.CharField(max_length=300, blank=True, help_text="The document that this is taken from.")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)

    class Meta:
        ordering = ("-starts", "code")
        verbose_name_plural = "strategies"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="strategy_ends_after_it_starts",
                violation_error_message="The strategy ends before it starts. Put the later date last.",
            ),
            models.UniqueConstraint(
                fields=("status",),
                condition=Q(status=Status.CURRENT),
                name="strategy_only_one_in_force",
                violation_error_message="Another strategy is in force. Mark that one as ended first.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def principle_list(self) -> list[str]:
        """The principles, one by one."""
        return [line.strip() for line in self.principles.splitlines() if line.strip()]


class Objective(LastingCode):
    """One thing that the strategy wants."""

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="objectives")
    code = models.SlugField(max_length=40, help_text="A short lasting name, such as prevention.")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("strategy", "code"),
                name="objective_code_unique",
                violation_error_message="This strategy has an objective with that code. Choose another code.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class DefinitionQuerySet(models.QuerySet["Definition"]):
    """Definitions by date."""

    def in_force(self, on: date) -> Self:
        """Return the definitions in force on the day ``on``."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class Definition(models.Model):
    """What a word means, by whom, and between which dates: definitions change, and numbers with them."""

    code = models.SlugField(max_length=60, unique=True)
    term = models.CharField(max_length=120)
    text = models.TextField("definition")
    source = models.CharField(max_length=300, help_text="Who defines it so, and where it stands.")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="The last day in force; empty while it lasts.")
    order = models.PositiveSmallIntegerField(default=0)

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        ordering = ("order", "term", "valid_from")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="definition_ends_after_it_begins",
                violation_error_message="The definition ends before it begins. Put the later date last.",
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="definition_has_a_source",
                violation_error_message="Say who defines it so.",
            ),
        ]

    def __str__(self) -> str:
        return self.term

    def clean(self) -> None:
        """Refuse a definition of nothing."""
        super().clean()
        if not self.text.strip():
            raise ValidationError({"text": "Write the definition."})
