"""What a wave asked, as it stood when it opened."""

from typing import Any, Never

from django.core.exceptions import ValidationError
from django.db import models

from surveys.models.questions import Wording


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    """Instruments, which are made and never changed."""

    def update(self, **_: Any) -> Never:
        """Refuse to change what people were asked.

        Raises:
            ValidationError: always.
        """
        raise ValidationError(Instrument.UNCHANGEABLE, code="frozen")


class Instrument(models.Model):
    """A questionnaire as it stood when a wave opened: the whole of it, named by the hash of its content."""

    UNCHANGEABLE = "An instrument is what people were asked: it never changes. Open a new wave with the new questions."

    digest = models.CharField(max_length=64, unique=True)
    body = models.JSONField()
    wordings = models.ManyToManyField(Wording, through="InstrumentWording", related_name="instruments", editable=False)

    objects = InstrumentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.body['title']} ({self.digest[:8]})"

    def save(self, **kwargs: Any) -> None:
        """Save a new instrument; refuse to change one.

        Raises:
            ValidationError: it is stored already.
        """
        if not self._state.adding:
            raise ValidationError(self.UNCHANGEABLE, code="frozen")
        super().save(**kwargs)


class InstrumentWording(models.Model):
    """A wording that an instrument asks: while the instrument stands, the wording stays."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="+")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "surveys_instrument_wordings"
        unique_together = (("instrument", "wording"),)  # As the table was made; a constraint would need a new name.

    def __str__(self) -> str:
        return str(self.instrument)
