"""Pictures in the admin: our list and page of one in place of Wagtail's, and the addresses for giving one up."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import PageLogEntry

from core.models.pictures import Image, PictureQuerySet
from core.pictures import views
from core.pictures.admin_views import EditView, IndexView
from core.pictures.exchanging import REPLACED


@hooks.register("register_admin_urls", order=-1)  # before Wagtail's own at the same addresses
def picture_addresses() -> list[URLPattern]:
    """Stand before Wagtail's list and page, and add what they lead to."""
    return [
        path("images/", IndexView.as_view()),
        path("images/results/", IndexView.as_view(results_only=True)),
        path("images/<int:image_id>/", EditView.as_view()),
        path("images/<int:image_id>/withdraw/", views.withdraw, name="withdraw_picture"),
        path("images/<int:image_id>/replace/", views.replace, name="replace_picture"),
        path("images/replacements/<int:pk>/", views.replacement, name="picture_replacement"),
    ]


@hooks.register("construct_image_chooser_queryset")
def offer_usable(pictures: PictureQuerySet, _: HttpRequest) -> PictureQuerySet:
    """Offer only pictures that may be used. By their keys, since a search knows no other column."""
    return pictures.filter(pk__in=Image.objects.usable().values("pk"))


class ReplacedEntry(LogFormatter):
    """A picture of the page gave way to another."""

    label = "Replace picture"
    message = "Another picture, confirmed by a colleague"

    def format_comment(self, log_entry: PageLogEntry) -> str:
        """Say which, and who asked for it."""
        by = log_entry.data.get("asked_by", "")
        return f"{log_entry.data.get('reason', '')}{f', asked for by {by}' if by else ''}"


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """Name what a page's history shows."""
    actions.register_action(REPLACED)(ReplacedEntry)
