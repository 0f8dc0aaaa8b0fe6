"""Teachers' words in the admin: published or hidden, and never changed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.access import require, signed_in
from schools.actions.feedback import hide_feedback, publish_feedback
from schools.enums import CommentState
from schools.models import PackFeedback

MODERATES = "schools.moderate_packfeedback"
MOST = 300  # of each kind: more than a council gets in the years that words are kept


@never_cache
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show the words that wait, the longest first, then those that were decided about."""
    require(request, MODERATES)
    return _show(request)


@never_cache
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish what a teacher wrote, or hide it for a reason."""
    require(request, MODERATES)
    found, by = get_object_or_404(PackFeedback, pk=pk), signed_in(request)
    reason = request.POST.get("reason", "").strip()
    try:
        if "publish" in request.POST:
            publish_feedback(feedback=found, by=by)
        else:
            hide_feedback(feedback=found, by=by, reason=reason)
    except ValidationError as refused:
        sentence = " ".join(refused.messages)
        if not PackFeedback.objects.filter(pk=pk).exclude(would_change="").exists():
            messages.error(request, sentence)  # it stands in no list that could say so
        return _show(request, wrong=found.pk, sentence=sentence, typed=reason)
    messages.success(request, "Published." if "publish" in request.POST else "Hidden.")
    return redirect("pack_feedback")


def _show(request: HttpRequest, *, wrong: int = 0, sentence: str = "", typed: str = "") -> HttpResponse:
    """Show all, with the ``sentence`` that refused a decision about one and what was ``typed`` there."""
    given = PackFeedback.objects.select_related("pack")
    parts = [
        ("waiting", "Waiting for you", given.with_words(CommentState.WAITING).order_by("month", "pk")[:MOST]),
        ("published", "Published", given.with_words(CommentState.PUBLISHED)[:MOST]),
        ("hidden", "Hidden", given.with_words(CommentState.HIDDEN)[:MOST]),
    ]
    context = {
        "page_title": "Feedback from teachers",
        "header_icon": "comment",
        "parts": parts,
        "wrong": wrong,
        "sentence": sentence,
        "typed": typed,
    }
    return render(request, "schools/admin/feedback.html", context)
