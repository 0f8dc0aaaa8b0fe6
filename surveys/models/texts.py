"""Words that somebody wrote into a box and that no person has read yet."""

import hashlib
import uuid
from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.privacy import Declaration
from surveys.models.fieldwork import Wave
from surveys.working_days import working_days_since

READ_WITHIN = 2  # working days


class Text(models.Model):
    """The same words in answer to the same question of a wave: one row, however many people wrote them.

    It is named by its content and points to no response: whoever reads it sees the words and nothing else that the
    same person answered. The row goes once it is read, so whether words were read is whether they stand here.
    """

    shown_on_pages = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="texts")
    key = models.CharField(max_length=80, help_text="Where the words stand among the answers.")
    words = models.TextField()
    count = models.PositiveIntegerField(default=1, help_text="How many people wrote them.")
    day = models.DateField(help_text="The day the first of them came.")

    class Meta:
        ordering = ("day", "digest")
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="text_was_written_by_somebody"),
            models.CheckConstraint(condition=~Q(words=""), name="text_has_words"),
        ]

    class Privacy(Declaration):
        """What people wrote into boxes, until it is read."""

        fields = ("words", "day")
        purpose = "So that a person reads it, takes out what points to somebody, and notices when someone is at risk."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        condition = "Substantial public interest, equality of opportunity: DPA 2018, Schedule 1, paragraph 8"
        recipients = "The council's survey analysts, apart from all other answers. Each look at it is logged."
        retention = "Deleted once it is read, and at the latest with the answers of its wave."

        @classmethod
        def purge(cls, now: datetime) -> int:
            """Delete what nobody read of waves whose time of keeping is over."""
            over = Wave.objects.past_keeping(timezone.localdate(now))
            return Text.objects.filter(wave__in=over).delete()[0]

    def __str__(self) -> str:
        return f"Words in answer to {self.key}, {self.wave}"

    @staticmethod
    def digest_of(*, wave: Wave, key: str, words: str) -> str:
        """Return what names ``words`` in answer to ``key`` of ``wave``."""
        return hashlib.sha256(f"{wave.pk}\n{key}\n{words}".encode()).hexdigest()

    def age(self, today: date) -> int:
        """Return for how many working days it has waited on the day ``today``."""
        return working_days_since(self.day, today)

    def is_late(self, today: date) -> bool:
        """Tell whether it should have been read before ``today``."""
        return self.age(today) > READ_WITHIN
