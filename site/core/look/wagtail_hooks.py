"""How the admin looks, and the gallery of components in its menu of help."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_help_menu_item")
def register_gallery() -> MenuItem:
    """Add the gallery, in which staff see what pages are made of."""
    return MenuItem("Components of pages", reverse("components"), icon_name="view", order=900)


@hooks.register("insert_global_admin_css")
def admin_style() -> SafeString:
    """Let forms fit a telephone on every page of the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("staff/admin.css"))
