"""What a worker makes: the columns that such rows share."""

from django.db import models

from core.enums import MakingState


class Made(models.Model):
    """Something that a worker makes files of. The row is the truth: a task is a nudge, and a sweeper finds the row.

    Whoever makes it holds the ``claim``; one whose maker fell silent is claimed anew, and the old claim writes nothing.
    """

    making = models.CharField(max_length=10, choices=MakingState, default=MakingState.WAITING)
    claim = models.UUIDField(null=True, editable=False)
    done = models.PositiveSmallIntegerField(default=0, help_text="How many files are made.")
    of = models.PositiveSmallIntegerField(default=0, help_text="How many there will be.")
    touched = models.DateTimeField(null=True, help_text="When the worker last said how far it is.")
    problem = models.TextField(blank=True, help_text="Why it was not made, and the mend, in a sentence.")

    class Meta:
        abstract = True
