"""Wagtail's list of pictures and its page of one, with what we know of them: state, record and uses."""

from typing import Any

from django import forms
from django_filters import ChoiceFilter
from wagtail.images.views import images

from core.models.pictures import Image, PictureQuerySet
from core.pictures.models import Replacement
from core.pictures.queries import SOON, may_give_up
from core.pictures.uses import uses_of

STATES = {
    "ends-soon": ("Last day within four weeks", lambda: Image.objects.ending(within=SOON)),
    "no-record": ("Without a record", Image.objects.without_record),
    "given-up": ("Withdrawn, or past the last day", Image.objects.unusable),
}


class PictureFilterSet(images.ImagesFilterSet):
    """Wagtail's filters, and one by state."""

    state = ChoiceFilter(
        label="State",
        choices=[(key, label) for key, (label, _) in STATES.items()],
        method="in_state",
        widget=forms.RadioSelect,
        empty_label="All",
    )

    def in_state(self, pictures: PictureQuerySet, _: str, state: str) -> PictureQuerySet:
        """Return those of ``pictures`` in one state. By their keys, since a search knows no other column."""
        _, found = STATES[state]
        return pictures.filter(pk__in=found().values("pk"))


class IndexView(images.IndexView):
    """The list, which can be narrowed down by state."""

    filterset_class = PictureFilterSet


class EditView(images.EditView):
    """One picture: its state and everything that shows it, above its record."""

    template_name = "core/pictures/edit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what uses it, and whether this person may give it up."""
        return super().get_context_data(**kwargs) | {
            "uses": uses_of(self.object),
            "replacement": Replacement.objects.filter(picture=self.object).first(),
            "may_give_up": may_give_up(self.request.user, self.object),
        }
