"""The form for one date of an event, in the time of Britain whatever the editor's own."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from core.demonstration import typed_code
from events.actions import amend
from events.models import EventIndexPage, Occurrence


class BritishDateTimeField(forms.DateTimeField):
    """A time on the clocks of Britain.

    The hour that is skipped in March is refused; of the two that repeat in October the first is meant.
    """

    def prepare_value(self, value: Any) -> Any:
        """Show a stored time as the clocks of Britain show it."""
        with timezone.override(timezone.get_default_timezone()):
            return super().prepare_value(value)

    def to_python(self, value: Any) -> datetime | None:
        """Read a time on the clocks of Britain.

        Raises:
            ValidationError: it cannot be read, or no clock ever shows it.
        """
        try:
            with timezone.override(timezone.get_default_timezone()):
                return super().to_python(value)
        except forms.ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            return _first_or_refused((error.params or {})["datetime"])


def _first_or_refused(wall: datetime) -> datetime:
    britain = timezone.get_default_timezone()
    moment = wall.replace(tzinfo=britain)
    if moment.astimezone(UTC).astimezone(britain).replace(tzinfo=None) == wall:
        return moment
    raise forms.ValidationError(
        f"The clocks go forward that night, so {wall:%H:%M} never comes. Give a time before 01:00 or from 02:00 on.",
        code="nonexistent_time",
    )


class EventForm(WagtailAdminModelForm):
    """An event."""

    def clean_code(self) -> str:
        """Refuse what would mark it as invented."""
        return typed_code(self)

    def clean(self) -> dict[str, Any]:
        """Refuse an event that could have no page: nobody would ever find it."""
        cleaned = super().clean()
        if not EventIndexPage.objects.exists():
            raise forms.ValidationError(
                "This site has no events page yet, so an event would have nowhere to stand. Ask an administrator to "
                "add the events page, then save again.",
                code="no_events_page",
            )
        return cleaned


class OccurrenceForm(WagtailAdminModelForm):
    """One date of an event; a change of time, place or state tells calendars."""

    class Meta:
        field_classes = {"starts": BritishDateTimeField, "ends": BritishDateTimeField}

    def save(self, commit: bool = True) -> Occurrence:  # noqa: FBT001, FBT002  (Django's own signature)
        """Save a new date, or amend one that stands."""
        if commit and self.instance.pk:
            return amend(occurrence=self.instance)
        return super().save(commit=commit)
