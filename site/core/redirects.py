"""Redirects typed in by hand or brought in as a file: one that leads to itself or round in a circle is refused."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.contrib.redirects import views as wagtails
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.views import CreateView, EditView

from core.leaving import is_ours


class StraightRedirectForm(RedirectForm):
    """A redirect that ends somewhere."""

    def clean(self) -> dict[str, Any]:
        """Refuse one that comes back to where it began, and name the way round."""
        super().clean()
        data = self.cleaned_data
        if not data.get("old_path"):
            return data
        here = Redirect.normalise_path(data["old_path"])
        field = "redirect_page" if data.get("redirect_page") else "redirect_link"
        goal = Redirect(redirect_page=data.get("redirect_page"), redirect_link=data.get("redirect_link", ""))
        way = self._way_from(here, goal)
        if way == [here]:
            self.add_error(field, "This leads to the very address that it starts from. Choose another place.")
        elif way and way[-1] == here:
            circle = " to ".join([here, *way])
            self.add_error(field, f"This leads round in a circle: {circle}. Choose another place.")
        return data

    def _way_from(self, here: str, goal: Redirect) -> list[str]:
        """Return the addresses of this site that follow one another, up to ``here`` or to where the way ends."""
        others = Redirect.get_for_site(self.cleaned_data.get("site")).exclude(pk=self.instance.pk)
        way: list[str] = []
        step: Redirect | None = goal
        while step and (place := _place_here(step)) and place not in way:
            way.append(place)
            step = None if place == here else others.filter(old_path=place).first()
        return way


def _place_here(redirect: Redirect) -> str | None:
    """Return the address that ``redirect`` leads to, as redirects write one; None where it leaves this site."""
    parts = urlsplit(redirect.link or "")
    if not redirect.link or (parts.hostname and not is_ours(parts.hostname)):
        return None
    return Redirect.normalise_path(urlunsplit(("", "", parts.path, parts.query, "")))


class AddRedirect(CreateView):
    """Wagtail's own, with our form."""

    form_class = StraightRedirectForm


class EditRedirect(EditView):
    """Wagtail's own, with our form."""

    form_class = StraightRedirectForm


# The import of a file names its form in the middle of a function, where no view of ours could give it another.
wagtails.RedirectForm = StraightRedirectForm


@hooks.register("register_admin_urls", order=-1)
def redirect_urls() -> list[URLPattern]:
    """Stand where Wagtail's two forms stand, and before them; their names lead here."""
    return [
        path("redirects/add/", AddRedirect.as_view()),
        path("redirects/<int:redirect_id>/", EditRedirect.as_view()),
    ]
