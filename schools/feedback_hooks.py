"""Teachers' feedback in the admin's menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from schools.staff_views import feedback


class FeedbackMenuItem(MenuItem):
    """The way to teachers' feedback, for those who publish and hide it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether it is theirs to see."""
        return request.user.has_perm(feedback.MODERATES)


@hooks.register("register_admin_menu_item")
def feedback_item() -> FeedbackMenuItem:
    """Offer it in the menu, below the classes."""
    return FeedbackMenuItem("Feedback", reverse("pack_feedback"), icon_name="comment", order=223)


@hooks.register("register_admin_urls")
def feedback_urls() -> list[URLPattern]:
    """Give its pages their addresses."""
    return [
        path("schools/feedback/", feedback.listed, name="pack_feedback"),
        path("schools/feedback/<int:pk>/decide/", feedback.decide, name="decide_pack_feedback"),
    ]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what history shows."""
    for name, label, said in (
        ("published_feedback", "Publish feedback", "Published what a teacher wrote"),
        ("hidden_feedback", "Hide feedback", "Hid what a teacher wrote"),
    ):
        actions.register_action(f"schools.{name}", label, said)
