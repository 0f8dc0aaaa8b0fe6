"""Awareness dates: days, weeks and months by which people beyond the council speak of something."""

import calendar
from itertools import chain, count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.text import slugify
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from campaigns.calendar.entries import days_in_words
from campaigns.calendar.enums import DateRule, Month, Nth, Weekday

ORDER = "The last day is before the first day. Change one of the two."
NEEDED = {
    DateRule.DAY: ("month", "day"),
    DateRule.MONTH: ("month",),
    DateRule.WEEKDAYS: ("month", "weekday", "nth"),
    DateRule.ANNOUNCED: (),
}
ALLOWED = NEEDED | {DateRule.WEEKDAYS: (*NEEDED[DateRule.WEEKDAYS], "last_nth")}
LONGEST_CODE = 160
PARTS = ("month", "day", "weekday", "nth", "last_nth")


def _shape(rule: DateRule) -> Q:
    """Return the condition that a date by ``rule`` has what the rule needs, and nothing else."""
    has = {f"{part}__isnull": False for part in NEEDED[rule]}
    lacks = {f"{part}__isnull": True for part in PARTS if part not in ALLOWED[rule]}
    return Q(rule=rule, **has, **lacks)


class AwarenessDate(ClusterableModel):
    """A day, week or month by which people beyond the council speak of something, by a rule or as announced."""

    name = models.CharField(
        max_length=150, unique=True, error_messages={"unique": "This awareness date stands in the list already."}
    )
    # Stands in addresses: made of the first name that it was given, and kept whatever it is called later.
    code = models.SlugField(max_length=LONGEST_CODE, unique=True, editable=False)
    rule = models.CharField("how its days are known", max_length=10, choices=DateRule)
    month = models.PositiveSmallIntegerField(null=True, blank=True, choices=Month)
    day = models.PositiveSmallIntegerField("day of the month", null=True, blank=True)
    nth = models.PositiveSmallIntegerField("from the", null=True, blank=True, choices=Nth)
    last_nth = models.PositiveSmallIntegerField(
        "to the", null=True, blank=True, choices=Nth, help_text="Empty if it is one day."
    )
    weekday = models.PositiveSmallIntegerField(null=True, blank=True, choices=Weekday)
    source = models.CharField(
        max_length=200, help_text="Who says so: the organisation that holds it, or where you read it."
    )
    source_url = models.URLField("address of the source", blank=True)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(source=""), name="awareness_date_has_name_and_source"),
            models.CheckConstraint(
                condition=_shape(DateRule.DAY)
                | _shape(DateRule.MONTH)
                | _shape(DateRule.WEEKDAYS)
                | _shape(DateRule.ANNOUNCED),
                name="awareness_date_has_what_its_rule_needs",
                violation_error_message="Fill in what the rule needs, and nothing else.",
            ),
            models.CheckConstraint(
                condition=Q(month=None) | Q(month__gte=1, month__lte=12), name="awareness_date_month_known"
            ),
            models.CheckConstraint(condition=Q(day=None) | Q(day__gte=1, day__lte=31), name="awareness_date_day_known"),
            models.CheckConstraint(
                condition=Q(weekday=None) | Q(weekday__gte=0, weekday__lte=6), name="awareness_date_weekday_known"
            ),
            models.CheckConstraint(
                condition=(Q(nth=None) | Q(nth__gte=1, nth__lte=5)) & (Q(last_nth=None) | Q(last_nth__lte=5)),
                name="awareness_date_nth_known",
            ),
            models.CheckConstraint(
                condition=Q(last_nth=None) | Q(last_nth__gte=F("nth")),
                name="awareness_date_ends_after_it_starts",
                violation_error_message="It would end before it starts. Change “from the” or “to the”.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new one its code."""
        self.code = self.code or self._free_code()
        super().save(*args, **kwargs)

    def _free_code(self) -> str:
        """Return the name in plain letters, with a number where another was called alike."""
        name = slugify(self.name) or "date"
        taken = set(AwarenessDate.objects.filter(code__startswith=name).values_list("code", flat=True))
        return next(code for code in chain([name], (f"{name}-{number}" for number in count(2))) if code not in taken)

    @property
    def rule_in_words(self) -> str:
        """The rule: "From the second to the third Saturday of October"."""
        month = Month(self.month).label if self.month else ""
        if self.rule == DateRule.DAY:
            return f"Every {self.day} {month}"
        if self.rule == DateRule.MONTH:
            return f"Every {month}"
        if self.rule == DateRule.ANNOUNCED:
            return "As announced for each year"
        weekday, nth = Weekday(self.weekday or 0).label, Nth(self.nth or 1).label
        if self.last_nth in {None, self.nth}:
            return f"The {nth} {weekday} of {month}"
        return f"From the {nth} to the {Nth(self.last_nth or 1).label} {weekday} of {month}"

    def clean(self) -> None:
        """Say beside each field what the rule lacks or has no use for.

        Raises:
            ValidationError: something is missing, too much, or no day of a calendar.
        """
        super().clean()
        if self.rule not in DateRule.values:
            return  # said beside the rule itself
        rule, problems = DateRule(self.rule), {}
        for part in PARTS:
            given = getattr(self, part) is not None
            if part in NEEDED[rule] and not given:
                problems[part] = "The rule needs this."
            elif given and part not in ALLOWED[rule]:
                problems[part] = "This rule has no use for it. Leave it empty."
        problems |= self._impossible() if not problems else {}
        if problems:
            raise ValidationError(problems)

    def _impossible(self) -> dict[str, str]:
        if self.rule == DateRule.DAY and not 1 <= (self.day or 0) <= calendar.monthrange(2027, self.month or 1)[1]:
            return {"day": f"There is no {self.day} {Month(self.month or 1).label} every year. Give another day."}
        if self.last_nth and self.last_nth < (self.nth or 0):
            return {"last_nth": "It would end before it starts. Choose a later one."}
        return {}


class AnnouncedDate(models.Model):
    """The days of an awareness date in one year, as those who hold it announced them."""

    shown_on_pages = False

    awareness = ParentalKey(AwarenessDate, on_delete=models.CASCADE, related_name="announced")
    year = models.PositiveSmallIntegerField(editable=False)
    starts = models.DateField("first day")
    ends = models.DateField("last day")
    source = models.CharField(max_length=200, help_text="Who announced it.")
    source_url = models.URLField("address of the source", blank=True)

    class Meta:
        ordering = ("starts",)
        constraints = [
            models.UniqueConstraint(
                fields=("awareness", "year"),
                name="announced_date_once_a_year",
                violation_error_message="Its days in this year stand here already. Mend those.",
            ),
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="announced_date_ends_after_it_starts",
                violation_error_message=ORDER,
            ),
            models.CheckConstraint(condition=~Q(source=""), name="announced_date_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.awareness}, {self.days}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the year of its first day."""
        self.year = self.starts.year
        super().save(*args, **kwargs)

    @property
    def days(self) -> str:
        """Its days in words."""
        return days_in_words(self.starts, self.ends)

    def clean(self) -> None:
        """Know the year, and say beside the field that the days are the wrong way round."""
        super().clean()
        if self.starts:
            self.year = self.starts.year
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": ORDER})
