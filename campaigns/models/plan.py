"""The plan of a campaign, after OASIS: rows of the campaign, edited apart from its pages."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from campaigns.enums import Degree, InputKind, InputState
from campaigns.models.campaigns import Campaign
from core.enums import Channel, Strand, SupportLanguage
from core.fields import CodeListField
from core.models import Area, Ward
from core.privacy import Declaration
from indicators.models import Indicator, Objective

OLDEST = 120
ALL_STRANDS = [str(strand.value) for strand in Strand]
LAWFUL_BASIS = "Public task, UK GDPR Article 6(1)(e)"

NO_REASON = "Say why it is aimed at these people, or untick Targeted."
SOME_STRANDS = "No strand of hate crime stands above another: name all five or none, or say what is left out and why."
AGES = "The higher age stands first. Change the two round."
DUE_FIRST = "It is due before the day that it is compared with. Change one of the two."


class CampaignObjective(models.Model):
    """What one campaign wants to change: what, for whom, by how much and by when.

    One that claims an outcome names the indicator that will show it, with where it stood and where it should come to.
    """

    shown_on_pages = False

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="plan_objectives")
    what = models.CharField(
        "what changes", max_length=300, help_text="One change that can be seen or measured, in plain words."
    )
    whom = models.CharField("for whom", max_length=200)
    serves = models.ForeignKey(
        Objective,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="objective of the strategy",
        help_text="What in the strategy it serves.",
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="If it claims an outcome: the number that will show it. Numbers that take no target are not offered.",
    )
    baseline = models.FloatField(
        "where it stood",
        null=True,
        blank=True,
        help_text="In the indicator's unit. Leave it empty to take the last published value before the first day.",
    )
    baseline_on = models.DateField("when it stood there", null=True, blank=True)
    baseline_source = models.CharField("source of that value", max_length=300, blank=True)
    target = models.FloatField(
        "where it should come to",
        null=True,
        blank=True,
        help_text="In the indicator's unit. Leave it empty to take the indicator's own target, with its day.",
    )
    how_much = models.CharField(
        "by how much",
        max_length=200,
        blank=True,
        help_text="In words, such as “twice as many as last year”. With an indicator its two values say it.",
    )
    due = models.DateField("by when", help_text="Leave it empty to take the day of the indicator's own target.")

    class Meta:
        ordering = ("due", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(indicator__isnull=False) | ~Q(how_much=""),
                name="campaign_objective_says_how_much",
                violation_error_message="Say by how much, or name the indicator that will show it.",
            ),
            models.CheckConstraint(
                condition=Q(indicator=None)
                | Q(baseline__isnull=False, baseline_on__isnull=False, target__isnull=False) & ~Q(baseline_source=""),
                name="campaign_objective_with_indicator_is_whole",
                violation_error_message="With an indicator, say where it stood, when, by which source, and where it "
                "should come to.",
            ),
            models.CheckConstraint(
                condition=Q(baseline_on=None) | Q(baseline_on__lte=F("due")),
                name="campaign_objective_due_after_baseline",
                violation_error_message=DUE_FIRST,
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def clean(self) -> None:
        """Refuse an indicator that takes no target, a percentage outside 0 to 100, and a day before the baseline's."""
        super().clean()
        if self.baseline_on and self.due and self.due < self.baseline_on:
            raise ValidationError({"due": DUE_FIRST})
        if self.indicator is None:
            return
        if not self.indicator.takes_target:
            raise ValidationError(
                {"indicator": "This indicator takes no target, so it cannot show an outcome. Choose another one."}
            )
        for name in ("baseline", "target"):
            value = getattr(self, name)
            if self.indicator.is_percentage and value is not None and not 0 <= value <= 100:
                raise ValidationError({name: "A percentage lies between 0 and 100."})


class Audience(models.Model):
    """Whom a campaign speaks to. One that is targeted says why it is."""

    shown_on_pages = False

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="audiences")
    name = models.CharField("who they are", max_length=150, help_text="Such as: people who use buses in the evening.")
    strands = CodeListField(
        "strands named",
        of=Strand,
        help_text="The strands that the campaign names to them. None: it speaks to everybody alike.",
    )
    omits = models.CharField(
        "what it leaves out, and why",
        max_length=300,
        blank=True,
        help_text="If it names some strands and not all five.",
    )
    communities = models.CharField(
        max_length=200, blank=True, help_text="Communities of place, faith, work or interest, in words."
    )
    areas = models.ManyToManyField(Area, blank=True, related_name="+", help_text="None: the whole district.")
    wards = models.ManyToManyField(
        Ward, blank=True, related_name="+", help_text="Hold Ctrl or Cmd to choose several. None: as the areas say."
    )
    youngest = models.PositiveSmallIntegerField(
        "age from", null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    oldest = models.PositiveSmallIntegerField("age to", null=True, blank=True, validators=[MaxValueValidator(OLDEST)])
    languages = CodeListField("languages spoken", of=SupportLanguage, help_text="None: English.")
    is_targeted = models.BooleanField(
        "targeted", default=False, help_text="Tick if it is aimed at these people and not at everybody."
    )
    reason = models.CharField(
        "reason for targeting",
        max_length=500,
        blank=True,
        help_text="If it is targeted: why these people, and what shows the need.",
    )

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(is_targeted=False) | ~Q(reason=""),
                name="audience_targeted_has_a_reason",
                violation_error_message=NO_REASON,
            ),
            models.CheckConstraint(
                condition=Q(strands=[]) | Q(strands=ALL_STRANDS) | ~Q(omits=""),
                name="audience_names_all_strands_or_says_why",
                violation_error_message=SOME_STRANDS,
            ),
            models.CheckConstraint(
                condition=Q(youngest=None) | Q(oldest=None) | Q(oldest__gte=F("youngest")),
                name="audience_ages_in_order",
                violation_error_message=AGES,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Keep the strands in their one order, and say beside the field what the constraints say."""
        super().clean()
        if isinstance(self.strands, list):
            self.strands = [code for code in ALL_STRANDS if code in self.strands]
        wrong = {}
        if self.is_targeted and not self.reason:
            wrong["reason"] = NO_REASON
        if self.strands not in ([], ALL_STRANDS) and not self.omits:
            wrong["omits"] = SOME_STRANDS
        if self.youngest is not None and self.oldest is not None and self.oldest < self.youngest:
            wrong["oldest"] = AGES
        if wrong:
            raise ValidationError(wrong)


class Insight(models.Model):
    """Something that is known of the audience or the problem, with where it is known from."""

    shown_on_pages = False

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="insights")
    finding = models.CharField(max_length=500, help_text="What is known, in plain words.")
    source = models.CharField(max_length=300, help_text="Who found it and where it can be read.")
    found_on = models.DateField("date", help_text="When it was found or published.")

    class Meta:
        ordering = ("-found_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=""), name="insight_has_a_source", violation_error_message="Say where it is from."
            )
        ]

    def __str__(self) -> str:
        return self.finding


class Message(models.Model):
    """The key words of a campaign for one audience, or for everybody."""

    shown_on_pages = False

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="messages")
    audience = models.ForeignKey(
        Audience,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="messages",
        help_text="Empty: for everybody.",
    )
    words = models.CharField("key words", max_length=300, help_text="The one thing that they should remember.")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """Refuse the audience of another campaign."""
        super().clean()
        if self.audience and self.audience.campaign_id != self.campaign_id:
            raise ValidationError({"audience": "This audience belongs to another campaign. Choose one from the list."})


class Activity(models.Model):
    """What a campaign does in one channel."""

    shown_on_pages = False

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="activities")
    channel = models.CharField(max_length=10, choices=Channel)
    what = models.CharField("what is done there", max_length=300)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "activities"
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="activity_channel_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.what}"


class Input(models.Model):
    """What goes into a campaign: money or hours, planned or spent. No public page shows it."""

    shown_on_pages = False

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="inputs")
    what = models.CharField("what for", max_length=200)
    kind = models.CharField("cost or hours", max_length=5, choices=InputKind)
    amount = models.DecimalField(
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(0.01, "Give an amount above zero.")],
        help_text="Pounds, or hours of work.",
    )
    state = models.CharField("planned or spent", max_length=7, choices=InputState, default=InputState.PLANNED)
    who = models.CharField("who pays or works", max_length=150, help_text="A team or budget rather than a person.")
    day = models.DateField("date", help_text="When it is, or was, spent.")
    is_sample = models.BooleanField("sample data", default=False, editable=False)

    class Meta:
        ordering = ("day", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="input_amount_positive",
                violation_error_message="Give an amount above zero.",
            ),
            models.CheckConstraint(condition=Q(kind__in=InputKind.values), name="input_kind_known"),
            models.CheckConstraint(condition=Q(state__in=InputState.values), name="input_state_known"),
        ]

    class Privacy(Declaration):
        """Who pays for a campaign or works on it, where that is a person."""

        fields = ("who",)
        purpose = "To plan what a campaign costs, and to say afterwards what it did cost."
        lawful_basis = LAWFUL_BASIS
        recipients = "The council's communications officers and managers."
        retention = "Kept with the campaign's plan, and deleted with it."

    def __str__(self) -> str:
        return self.what

    @property
    def in_words(self) -> str:
        """The amount as people write it."""
        return InputKind(self.kind).in_words(self.amount)


class Risk(models.Model):
    """What could go wrong with a campaign, and what is done about it."""

    shown_on_pages = False

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="risks")
    what = models.CharField("what could happen", max_length=300)
    likelihood = models.PositiveSmallIntegerField(choices=Degree, default=Degree.MEDIUM)
    impact = models.PositiveSmallIntegerField("how bad it would be", choices=Degree, default=Degree.MEDIUM)
    response = models.CharField("what we do about it", max_length=300)
    owner = models.CharField("who keeps an eye on it", max_length=150, help_text="A role rather than a person.")

    class Meta:
        ordering = ("-likelihood", "-impact", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(likelihood__in=Degree.values), name="risk_likelihood_known"),
            models.CheckConstraint(condition=Q(impact__in=Degree.values), name="risk_impact_known"),
        ]

    class Privacy(Declaration):
        """Who keeps an eye on a risk, where that is a person."""

        fields = ("owner",)
        purpose = "So that somebody answers for each risk of a campaign."
        lawful_basis = LAWFUL_BASIS
        recipients = "The council's communications officers and managers."
        retention = "Kept with the campaign's plan, and deleted with it."

    def __str__(self) -> str:
        return self.what
