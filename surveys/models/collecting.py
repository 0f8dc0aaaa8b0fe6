"""The ways in to a wave, how many answers came by each, and the population that they are compared with."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from core.enums import Channel
from surveys.enums import CollectorKind, Mode, SampleType
from surveys.models.fieldwork import Wave
from surveys.models.questions import Question

ON_PAPER = Q(kind=CollectorKind.PAPER, mode=Mode.PAPER)
ASSISTED = Q(kind=CollectorKind.ASSISTED, mode__in=[Mode.TELEPHONE, Mode.FACE_TO_FACE])
ONLINE = Q(mode=Mode.ONLINE) & ~Q(kind__in=[CollectorKind.PAPER, CollectorKind.ASSISTED])


class Collector(models.Model):
    """One way in to a wave, with what it says about who answers."""

    FIXED = ("wave_id", "code", "kind", "mode", "sample_type")
    HAS_ANSWERS = "People have answered by this way in, or are answering now"

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="collectors")
    code = models.SlugField(max_length=40, help_text="The same in every wave, so that waves can be compared.")
    title = models.CharField(max_length=100, help_text="What staff call it, such as: Poster in Dewsbury library.")
    kind = models.CharField(max_length=12, choices=CollectorKind, default=CollectorKind.OPEN_LINK)
    sample_type = models.CharField(
        max_length=10,
        choices=SampleType,
        default=SampleType.OPEN,
        help_text="Random only if those who are asked were drawn by chance from a list of the population.",
    )
    mode = models.CharField(max_length=12, choices=Mode, default=Mode.ONLINE)
    stratum = models.CharField(
        max_length=60, blank=True, help_text="In a random sample: the part of the population it was drawn from."
    )
    base_weight = models.DecimalField(
        max_digits=12,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="In a random sample: how many people of the population each one who was asked stands for.",
    )
    channel = models.CharField(
        max_length=10, choices=Channel, blank=True, help_text="How the people it brings hear of the survey."
    )
    send_to = models.TextField(
        "where to send it",
        max_length=300,
        blank=True,
        help_text="Printed on the last page, such as a Freepost address.",
    )

    class Meta:
        ordering = ("code",)
        permissions = [("enter_answers", "Can enter answers given on paper, by telephone or face to face")]
        constraints = [
            models.UniqueConstraint(
                fields=("wave", "code"),
                name="collector_code_unique",
                violation_error_message="This wave has a way in with this code already. Give another.",
            ),
            models.UniqueConstraint(
                fields=("wave",),
                condition=Q(kind=CollectorKind.OPEN_LINK),
                name="collector_one_open_link_per_wave",
                violation_error_message="This wave has its open link already.",
            ),
            models.CheckConstraint(
                condition=ON_PAPER | ASSISTED | ONLINE,
                name="collector_mode_fits_kind",
                violation_error_message="People answer on paper, by telephone or face to face, or online: choose the "
                "one that goes with this way in.",
            ),
            models.CheckConstraint(
                condition=Q(sample_type=SampleType.RANDOM) | Q(stratum="", base_weight=None),
                name="collector_weight_only_if_random",
                violation_error_message="Only a random sample has a stratum and a base weight. Empty both, or say that "
                "the sample is random.",
            ),
            models.CheckConstraint(
                condition=Q(base_weight=None) | Q(base_weight__gt=0),
                name="collector_weight_positive",
                violation_error_message="The base weight has to be above 0.",
            ),
            models.CheckConstraint(
                condition=Q(kind=CollectorKind.PLACEMENT, channel__in=Channel.values)
                | Q(~Q(kind=CollectorKind.PLACEMENT), channel=""),
                name="collector_channel_where_placed",
                violation_error_message="Say how people hear of the survey by this placement.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave}: {self.title or self.code}"

    def save(self, **kwargs: Any) -> None:
        """Save, unless answers have come by it and it would then say something else about them."""
        self._refuse_change()
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, unless answers have come by it.

        Raises:
            ValidationError: they have.
        """
        if self.has_answers():
            raise ValidationError(f"{self.HAS_ANSWERS}, so it stays as long as they do.", code="answered")
        if self.single_use_codes.exists():
            raise ValidationError("Codes were made for it, and letters may be on their way, so it stays.", code="codes")
        return super().delete(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a change that would say something else about answers that are there."""
        super().clean()
        self._refuse_change()

    def has_answers(self) -> bool:
        """Tell whether anybody has answered by it, is answering now, or did on a paper that was typed in."""
        rows = (self.responses, self.drafts, self.batches) if self.pk else ()
        return any(found.exists() for found in rows)

    def _refuse_change(self) -> None:
        if not self.has_answers():
            return
        stored = Collector.objects.values(*self.FIXED).get(pk=self.pk)
        if any(stored[name] != getattr(self, name) for name in self.FIXED):
            raise ValidationError(
                f"{self.HAS_ANSWERS}, so its code, mode and sample type stay. Add another way in instead.",
                code="answered",
            )


class Tally(models.Model):
    """How many answers came by one way in on one day: the fieldwork's own count, apart from the answers."""

    shown_on_pages = False

    collector = models.ForeignKey(Collector, on_delete=models.CASCADE, related_name="tallies")
    day = models.DateField()
    count = models.PositiveIntegerField()
    in_bursts = models.PositiveIntegerField(
        default=0, help_text="How many of them were sent where many had come over the same connection within minutes."
    )

    class Meta:
        ordering = ("day", "collector__code")
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(fields=("collector", "day"), name="tally_unique"),
            models.CheckConstraint(condition=Q(count__gte=1), name="tally_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.collector}, {self.day:%-d %B %Y}: {self.count}"


class Margin(models.Model):
    """How many people of a population would choose one option of a question, as a census or an estimate counted."""

    shown_on_pages = False

    population = models.CharField(
        max_length=120, help_text="In the same words as in the wave: residents of Kirklees aged 16 and over."
    )
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="margins")
    option = models.SlugField(max_length=60, help_text="The code of the option that they would choose: 16-24.")
    total = models.PositiveBigIntegerField("people", validators=[MinValueValidator(1)])
    source = models.CharField(
        max_length=200, help_text="The table that it is from, such as: Census 2021, table TS007A."
    )
    year = models.PositiveSmallIntegerField(
        help_text="The year that it describes.", validators=[MinValueValidator(1991)]
    )
    is_sample = models.BooleanField("sample data", default=False, help_text="Invented, for a demonstration.")

    class Meta:
        ordering = ("population", "question__code", "-year", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("population", "question", "option", "year"),
                name="margin_unique",
                violation_error_message="This option has a total for this population and year already.",
            ),
            models.CheckConstraint(condition=Q(total__gte=1), name="margin_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.option}, {self.year}: {self.total:,}"
