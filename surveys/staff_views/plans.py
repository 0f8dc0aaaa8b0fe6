"""Where the plan of a wave is written and changed."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.snippets.views.snippets import CreateView, EditView

from surveys import actions
from surveys.models import Wave


class Planning:
    """Saving a plan notes who planned it, and leads to the wave's own page. Mixed into the views of its form."""

    request: Any
    object: Any

    def save_instance(self) -> Wave:
        """Save the plan; a sign-off that was given to another plan is taken away."""
        wave: Wave = super().save_instance()  # type: ignore[misc]  # mixed into Wagtail's views
        actions.note_plan(wave=wave, by=self.request.user)
        return wave

    def get_success_url(self) -> str:
        """Go on to where the wave is signed off and opened."""
        return reverse("survey_wave", args=[self.object.pk])


class WaveCreateView(Planning, CreateView):
    """A new plan."""


class WaveEditView(Planning, EditView):
    """A changed plan."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save the plan over the row as it is now, under a lock: whoever opens the wave comes before it or after."""
        with transaction.atomic():
            self.object = Wave.objects.select_for_update(of=("self",)).get(pk=self.object.pk)
            return super().post(request, *args, **kwargs)
