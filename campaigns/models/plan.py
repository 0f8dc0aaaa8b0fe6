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

OLDEST = 120
ALL_STRANDS = [str(strand.value) for strand in Strand]
LAWFUL_BASIS = "Public task, UK GDPR Article 6(1)(e)"

NO_REASON = "Say why it is aimed at these people, or untick Targeted."
SOME_STRANDS = "No strand of hate crime stands above another: name all five or none, or say what is left out and why."
AGES = "The higher age stands first. Change the two round."


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
