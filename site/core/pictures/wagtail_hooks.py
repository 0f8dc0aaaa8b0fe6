"""Pictures in the admin: our list and page of one in place of Wagtail's, and the addresses for giving one up."""

from django.urls import URLPattern, path
from wagtail import hooks

from core.pictures import views
from core.pictures.admin_views import EditView, IndexView


@hooks.register("register_admin_urls", order=-1)  # before Wagtail's own at the same addresses
def picture_addresses() -> list[URLPattern]:
    """Stand before Wagtail's list and page, and add what they lead to."""
    return [
        path("images/", IndexView.as_view()),
        path("images/results/", IndexView.as_view(results_only=True)),
        path("images/<int:image_id>/", EditView.as_view()),
        path("images/<int:image_id>/withdraw/", views.withdraw, name="withdraw_picture"),
    ]
