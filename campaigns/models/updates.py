"""What people can sign up for, and the exact words that they agree to: kept by staff."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from campaigns.languages import language_name
from campaigns.models.audiences import MailchimpAudience, MailchimpInterest
from core.languages.addresses import codes


class UpdatesSettings(models.Model):
    """One row: which audience people sign up to, and what keeps everything waiting now.

    ``problem`` concerns the audience as a whole, so that nothing goes over; the worker writes it and takes it away.
    """

    audience = models.ForeignKey(
        MailchimpAudience, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="audience"
    )
    problem = models.CharField(max_length=500, blank=True, editable=False)
    problem_since = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "signing up for news"
        permissions = [("read_evidence", "Can look up what an address agreed to")]
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="updates_settings_is_one_row"),
            models.CheckConstraint(
                condition=Q(problem="", problem_since=None) | (~Q(problem="") & Q(problem_since__isnull=False)),
                name="updates_problem_has_a_beginning",
            ),
        ]

    def __str__(self) -> str:
        return str(self.audience or "No audience")


class OfferedInterest(models.Model):
    """An area of news that people may choose, with its name in the languages of the site."""

    interest = models.OneToOneField(MailchimpInterest, on_delete=models.PROTECT, related_name="offered")
    labels = models.JSONField(help_text="Its name by the code of the language; English stands in where one is missing.")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.labels[settings.LANGUAGE_CODE]

    def clean(self) -> None:
        """Refuse an interest without an English name."""
        if not self.labels.get(settings.LANGUAGE_CODE, "").strip():
            raise ValidationError("Give each area of news that is offered an English name.")


class ConsentWording(models.Model):
    """One version of what people agree to, in one language. It is never changed: a change is a new version.

    One person writes it, another approves it; the newest approved version of a language is the one in force.
    """

    language = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    text = models.TextField("wording", max_length=1000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("language", "-version")
        permissions = [("approve_consentwording", "Can approve the wording of a consent")]
        constraints = [
            models.UniqueConstraint(fields=("language", "version"), name="consent_wording_version_once"),
            models.CheckConstraint(condition=~Q(text=""), name="consent_wording_has_words"),
            models.CheckConstraint(
                condition=Q(approved_at=None) | Q(approved_at__gte=F("written_at")),
                name="consent_wording_approved_after_it_was_written",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(written_by=None) | ~Q(approved_by=F("written_by")),
                name="consent_wording_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{language_name(self.language)}, version {self.version}"

    def clean(self) -> None:
        """Refuse a language that the site does not speak."""
        if self.language not in codes():
            raise ValidationError({"language": "Choose a language of this site."})
