"""Who agreed to what, and who asked for their preferences: evidence, with the address only as long as it must be."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from campaigns.languages import language_name
from campaigns.models.updates import ConsentWording
from campaigns.updates.addresses import LONGEST
from campaigns.updates.enums import Ending, HandOver, Preferences, Standing
from core.privacy import Declaration

KEPT_AFTER_THE_END = timedelta(days=2 * 365)
KEPT_UNCONFIRMED = timedelta(days=365)
KEPT_REFUSED = timedelta(days=30)
LONGEST_WAIT = timedelta(days=90)
GIVEN_UP = "Nobody could hand this over for 90 days, so the address was erased."
CONSENT = "Consent, UK GDPR Article 6(1)(a), and regulation 22 of PECR"
CONDITION = "Explicit consent, UK GDPR Article 9(2)(a): taking news about hate crime may tell something about a person"

ON_THE_WAY = (HandOver.WAITING, HandOver.HANDING)
WITH_ADDRESS = (Preferences.ASKED, Preferences.LINKED, Preferences.WANTED, Preferences.HANDING)


class SignUpQuerySet(models.QuerySet["SignUp"]):
    """Sign-ups by what became of them."""

    def standing(self, standing: Standing) -> "SignUpQuerySet":
        """Return those that Mailchimp has, and that stand so now."""
        given = {
            Standing.WITHDRAWN: Q(withdrawn_at__isnull=False),
            Standing.CONFIRMED: Q(withdrawn_at=None, confirmed_at__isnull=False),
            Standing.AGREED: Q(withdrawn_at=None, confirmed_at=None),
        }
        return self.filter(given[standing], state=HandOver.DONE)


class SignUp(models.Model):
    """One agreement: the exact words, when, where, and a digest of the address that it was given for.

    The address itself stands here until Mailchimp has it, or refuses it for good. What became of the agreement
    (``confirmed_at`` and below) is worked out from what was heard: see ``campaigns.updates.evidence``.
    """

    shown_on_pages = False

    digest = models.CharField(
        "digest of the address", max_length=64, db_index=True, help_text="Of the address that was given."
    )
    address = models.CharField("email address", max_length=LONGEST, blank=True)
    wording = models.ForeignKey(
        ConsentWording, verbose_name="words agreed to", on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField(
        "when it was agreed to", help_text="To the second: what is heard back is told to the second."
    )
    language = models.CharField(max_length=10, help_text="In which the news is wanted.")
    interests = models.JSONField(
        "areas of news", default=list, help_text="Areas of news: the key at Mailchimp, and the words shown."
    )
    page = models.CharField("page with the form", max_length=200, help_text="The address of the form.")
    campaign = models.CharField(
        "campaign that led there", max_length=60, blank=True, help_text="The short name of the campaign that led here."
    )

    state = models.CharField(max_length=12, choices=HandOver, default=HandOver.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    due = models.DateTimeField(help_text="Not handed over before this time.")
    claimed_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    audience = models.CharField(max_length=20, blank=True, help_text="The key at Mailchimp of the audience.")
    must_confirm = models.BooleanField(
        default=False, help_text="The audience asked to confirm by email when it was handed over."
    )
    problem = models.CharField(max_length=500, blank=True)

    confirmed_at = models.DateTimeField("when it was confirmed", null=True)
    changed_at = models.DateTimeField(
        "when it was last changed", null=True, help_text="When they last changed what they want, at Mailchimp."
    )
    withdrawn_at = models.DateTimeField("when it was withdrawn", null=True)
    withdrawn_how = models.CharField("how it was withdrawn", max_length=10, choices=Ending, blank=True)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        ordering = ("-agreed_at", "-pk")
        indexes = [models.Index(fields=("state", "due"), name="sign_up_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=HandOver.values), name="sign_up_state_known"),
            models.CheckConstraint(
                condition=(Q(state__in=[state.value for state in ON_THE_WAY]) & ~Q(address=""))
                | (~Q(state__in=[state.value for state in ON_THE_WAY]) & Q(address="")),
                name="sign_up_address_only_on_its_way",
            ),
            models.CheckConstraint(
                condition=Q(state=HandOver.HANDING.value, claimed_at__isnull=False)
                | (~Q(state=HandOver.HANDING.value) & Q(claimed_at=None)),
                name="sign_up_claimed_while_handed_over",
            ),
            models.CheckConstraint(
                condition=Q(state=HandOver.DONE.value, handed_over_at__gte=F("agreed_at"))
                | (~Q(state=HandOver.DONE.value) & Q(handed_over_at=None)),
                name="sign_up_handed_over_when_done",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_how="")
                | (Q(withdrawn_at__gte=F("agreed_at")) & ~Q(withdrawn_how="")),
                name="sign_up_withdrawn_says_how",
            ),
        ]

    class Privacy(Declaration):
        """Signing up for news by email."""

        fields = (
            "digest",
            "address",
            "wording",
            "agreed_at",
            "language",
            "interests",
            "page",
            "campaign",
            "confirmed_at",
            "changed_at",
            "withdrawn_at",
            "withdrawn_how",
        )
        purpose = "Sending news to those who asked for it, and being able to show that they did."
        lawful_basis = CONSENT
        condition = CONDITION
        recipients = "Mailchimp, which sends the news. Managers can look up what an address agreed to."
        retention = (
            "The address is erased here once Mailchimp has it, after 90 days at the latest. What was agreed to is "
            "deleted two years after it was withdrawn, a year after it was given if it was never confirmed, and 30 "
            "days after it was refused."
        )

        @classmethod
        def purge(cls, now: datetime) -> int:
            """Give up what nobody could hand over for 90 days; delete the agreements that ended long enough ago."""
            given_up = SignUp.objects.filter(state__in=ON_THE_WAY, agreed_at__lt=now - LONGEST_WAIT).update(
                state=HandOver.REFUSED, address="", claimed_at=None, problem=GIVEN_UP
            )
            ended = Q(withdrawn_at__lt=now - KEPT_AFTER_THE_END)
            unconfirmed = Q(
                state=HandOver.DONE, must_confirm=True, confirmed_at=None, agreed_at__lt=now - KEPT_UNCONFIRMED
            )
            refused = Q(state=HandOver.REFUSED, agreed_at__lt=now - KEPT_REFUSED) & ~Q(problem=GIVEN_UP)
            refused |= Q(state=HandOver.REFUSED, agreed_at__lt=now - LONGEST_WAIT - KEPT_REFUSED)
            return given_up + SignUp.objects.filter(ended | unconfirmed | refused).delete()[0]

    def __str__(self) -> str:
        return f"Sign-up {self.digest[:8]}"

    @property
    def language_name(self) -> str:
        """The language in which the news is wanted, in English."""
        return language_name(self.language)

    @property
    def standing(self) -> Standing:
        """What became of it."""
        if self.withdrawn_at:
            return Standing.WITHDRAWN
        return Standing.CONFIRMED if self.confirmed_at else Standing.AGREED


class PreferencesRequest(models.Model):
    """Somebody asked for a link to their preferences; where the address is on the audience, they are sent one.

    The link names this row, signed with SECRET_KEY. It works once, and for a few hours.
    """

    shown_on_pages = False

    address = models.CharField("email address", max_length=LONGEST, blank=True)
    language = models.CharField(max_length=10, help_text="Of the page on which they asked.")
    asked_at = models.DateTimeField("when it was asked for")
    state = models.CharField(max_length=12, choices=Preferences, default=Preferences.ASKED)
    attempts = models.PositiveIntegerField(default=0)
    due = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=500, blank=True)

    ends = models.DateTimeField(null=True, help_text="When the link ends.")
    known = models.JSONField(
        "what they got until then",
        default=dict,
        help_text="What Mailchimp said of them when it was asked: fills the form.",
    )
    wanted = models.JSONField("what they want from now on", default=dict, help_text="What they want from now on.")

    class Meta:
        ordering = ("-asked_at", "-pk")
        indexes = [models.Index(fields=("state", "due"), name="preferences_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Preferences.values), name="preferences_state_known"),
            models.CheckConstraint(
                condition=(Q(state__in=[state.value for state in WITH_ADDRESS]) & ~Q(address=""))
                | (~Q(state__in=[state.value for state in WITH_ADDRESS]) & Q(address="")),
                name="preferences_address_only_while_needed",
            ),
            models.CheckConstraint(
                condition=~Q(state=Preferences.LINKED.value) | Q(ends__isnull=False),
                name="preferences_link_ends",
            ),
        ]

    class Privacy(Declaration):
        """Asking for a link to your preferences."""

        fields = ("address", "language", "asked_at", "known", "wanted")
        purpose = "To let people change or stop their news without an account."
        lawful_basis = CONSENT
        condition = CONDITION
        recipients = "Mailchimp, which keeps who gets the news. No member of staff."
        retention = (
            "The address is erased once the link was used and Mailchimp has the change, or the link has ended. "
            "The rest is deleted after 30 days."
        )

        @classmethod
        def purge(cls, now: datetime) -> int:
            """Delete what was asked 30 days before ``now``, unless a change still waits for Mailchimp."""
            waiting = [Preferences.WANTED, Preferences.HANDING]
            old = PreferencesRequest.objects.filter(asked_at__lt=now - KEPT_REFUSED).exclude(state__in=waiting)
            return old.delete()[0]

    def __str__(self) -> str:
        return f"Preferences asked for on {self.asked_at:%d %B %Y}"
