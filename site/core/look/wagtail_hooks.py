"""The gallery of components in the admin's menu of help."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_help_menu_item")
def register_gallery() -> MenuItem:
    """Add the gallery, in which staff see what pages are made of."""
    return MenuItem("Components of pages", reverse("components"), icon_name="view", order=900)
