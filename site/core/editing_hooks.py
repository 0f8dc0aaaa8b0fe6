"""What the page editor tells an author when a page opens."""

from django.contrib import messages
from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from core.approvals.registry import advice_of_rooms, obstacles_to
from core.editing import advice_on, faults_of


@hooks.register("before_edit_page")
def tell_author(request: HttpRequest, page: Page) -> None:
    """Show what keeps the page from being published, and what should be mended first."""
    if request.method != "GET":
        return
    if faults := faults_of(page):
        messages.error(request, f"This page cannot be published yet. {' '.join(faults)}")
    if obstacles := obstacles_to(page):
        messages.warning(request, f"Nobody can approve this page yet. {' '.join(obstacles)}")
    if advice := [*advice_on(page), *advice_of_rooms(page)]:
        messages.warning(request, f"Please mend before you send this in. {' '.join(advice)}")
