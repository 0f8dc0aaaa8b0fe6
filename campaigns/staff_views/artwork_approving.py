"""Where a colleague approves an artwork or sends it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from campaigns.actions.artwork import approve_artwork, send_back_artwork
from campaigns.artwork.alternative import alternative_text
from campaigns.artwork.concerns import concerns
from campaigns.artwork.errors import ArtworkError
from campaigns.artwork.layouts import layouts
from campaigns.artwork.sizes import SIZES
from campaigns.enums import ReviewState
from campaigns.forms.reviewing import ApproveForm
from campaigns.languages import direction, is_of_site, language_name
from campaigns.models import Artwork
from campaigns.queries.artwork import approved_words, digest_of, drawable
from campaigns.staff_views.keeping import in_its_state, is_kept, require_reader, sent
from campaigns.staff_views.reviewing import is_refused, send_back_with_reason
from campaigns.staff_views.sections import headed
from core.access import signed_in

LOOKED = "I have read the words, looked at every size, and the artwork may go out."


def _waiting(request: HttpRequest, pk: int) -> Artwork:
    """Return an artwork that waits for approval, or answer 404."""
    require_reader(request, Artwork)
    found = Artwork.objects.select_related("campaign", "picture", "placement")
    return get_object_or_404(found, pk=pk, state=ReviewState.SUBMITTED)


@never_cache
@in_its_state("campaigns:artwork")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the words beside those of the approved page, and every size; approve."""
    found, user = _waiting(request, pk), signed_in(request)
    if is_refused(request, found):
        return redirect("campaigns:artwork", pk)
    form = ApproveForm(sent(request), initial={"seen": digest_of(found.frozen)}, statement=LOOKED)
    if is_kept(form, lambda: approve_artwork(artwork=found, by=user, seen=form.cleaned_data["seen"])):
        messages.success(request, f"“{found}” is approved. Its files are being made.")
        return redirect("campaigns:artwork", pk)
    alternative, worries, problem = _in_words(found)
    context = {
        **headed(request, found.campaign, here="artwork", title=f"Approve “{found}”"),
        "artwork": found,
        "design": found.frozen,
        "layout": layouts().get(found.frozen["layout"]),
        "language": language_name(found.language),
        "direction": direction(found.language),
        "words": approved_words(found.campaign, found.language),
        "is_of_site": is_of_site(found.language),
        "alternative": alternative,
        "concerns": worries,
        "problem": problem,
        "sizes": SIZES.values(),
        "drawn": digest_of(found.frozen),
        "form": form,
    }
    return render(request, "campaigns/admin/approve_artwork.html", context, status=422 if form.errors else 200)


def _in_words(found: Artwork) -> tuple[str, list[str], str]:
    """Return its alternative text and what does not look well in it; else nothing, and why it cannot be drawn."""
    try:
        design = drawable(found.frozen)
    except ArtworkError as error:
        return "", [], str(error)
    return alternative_text(design), concerns(design), ""


@never_cache
@in_its_state("campaigns:artwork")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, and give it back to those who wrote it."""
    found, user = _waiting(request, pk), signed_in(request)
    return send_back_with_reason(
        request,
        found,
        lambda reason: send_back_artwork(artwork=found, by=user, reason=reason),
        section="artwork",
        name=f"“{found}”",
        key=pk,
    )
