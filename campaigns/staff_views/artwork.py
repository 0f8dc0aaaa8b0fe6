"""The artwork of a campaign in the admin: what there is, one with its versions, and the studio to make it in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from campaigns.actions.artwork import (
    TAKEN,
    begin_artwork,
    begin_like,
    delete_artwork,
    make_again,
    save_artwork,
    submit_artwork,
)
from campaigns.artwork.layouts import layouts
from campaigns.artwork.obstacles import obstacle
from campaigns.artwork.sizes import SIZES
from campaigns.enums import ReviewState
from campaigns.forms.artwork import SHOWN_FIRST, AlikeForm, ArtworkForm, BeginForm
from campaigns.languages import direction, is_of_site, language_name
from campaigns.models import Artwork, ArtworkVersion, Campaign
from campaigns.queries.artwork import approved_words, artworks_of, is_intact, versions_of
from campaigns.queries.reviewing import approves, why_not_approve
from campaigns.staff_views import artwork_approving, artwork_files
from campaigns.staff_views.keeping import ask, is_kept, require_reader, sent
from campaigns.staff_views.sections import headed, is_kept_shut
from core.access import require, signed_in

ADDS, CHANGES = "campaigns.add_artwork", "campaigns.change_artwork"
SECONDS_BETWEEN_LOOKS = 2


def found_artwork(pk: int) -> Artwork:
    """Return an artwork with its campaign, or answer 404."""
    return get_object_or_404(Artwork.objects.select_related("campaign", "picture", "placement"), pk=pk)


@require_safe
@never_cache
def artworks(request: HttpRequest, pk: int) -> HttpResponse:
    """List the artworks of a campaign with how far each has come."""
    require_reader(request, Artwork)
    campaign = get_object_or_404(Campaign, pk=pk)
    found = [(row, next(iter(row.approved_versions.all()), None)) for row in artworks_of(campaign)]
    context = {
        **headed(request, campaign, here="artwork"),
        "rows": [(row, language_name(row.language), version) for row, version in found],
        "obstacle": obstacle(),
        "may_add": request.user.has_perm(ADDS) and not campaign.is_closed,
    }
    return _looking_again(
        render(request, "campaigns/admin/artworks.html", context),
        any(version and version.is_unfinished for _, version in found),
    )


@require_safe
@never_cache
def artwork(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an artwork: how far it has come, its versions with their files, and the next step."""
    require_reader(request, Artwork)
    found = found_artwork(pk)
    user = signed_in(request)
    versions = list(versions_of(found))
    waits = found.state == ReviewState.SUBMITTED
    writes = user.has_perm(CHANGES) and not found.campaign.is_closed
    context = {
        **head_of(request, found),
        "artwork": found,
        "language": language_name(found.language),
        "direction": direction(found.language),
        "versions": [(version, is_intact(version), version.why_not_used()) for version in versions],
        "writers": list(found.writers.all()),
        "obstacle": obstacle(),
        "may_write": writes and not waits,
        "may_submit": writes and found.state == ReviewState.DRAFT,
        "may_delete": writes and found.state == ReviewState.DRAFT and not versions,
        "may_add": writes and user.has_perm(ADDS),
        "may_approve": waits and not why_not_approve(found, user),
        "why_not": why_not_approve(found, user) if waits and approves(user, Artwork) else "",
        "sizes": SIZES.values(),
    }
    response = render(request, "campaigns/admin/artwork.html", context)
    return _looking_again(response, any(version.is_unfinished for version in versions))


def head_of(request: HttpRequest, found: Artwork, title: str = "") -> dict[str, Any]:
    """Return what the page of one artwork needs at its head."""
    named = f"{found} in {language_name(found.language)}"
    return headed(request, found.campaign, here="artwork", title=title or named)


def _looking_again(response: HttpResponse, is_being_made: bool) -> HttpResponse:  # noqa: FBT001  (one answer, named)
    if is_being_made:
        response["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


def new_artwork(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an artwork with the words of the campaign's approved page in the language chosen."""
    require(request, ADDS)
    campaign = get_object_or_404(Campaign, pk=pk)
    if is_kept_shut(request, campaign):
        return redirect("campaigns:artworks", pk)
    form = BeginForm(sent(request), initial={"title": "Poster"})
    made: list[Artwork] = []

    def keep() -> None:
        title, language = form.cleaned_data["title"], form.cleaned_data["language"]
        words = approved_words(campaign, language)
        made.append(
            begin_artwork(campaign=campaign, title=title, language=language, words=words, by=signed_in(request))
        )

    if is_kept(form, keep, taken=("title", TAKEN)):
        return redirect("campaigns:change_artwork", made[0].pk)
    head = headed(request, campaign, here="artwork", title="Begin an artwork")
    return ask(request, form, head | {"button": "Begin"}, reads="campaigns:artworks", key=pk)


def alike_artwork(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an artwork in another language that looks the same."""
    require(request, ADDS)
    found = found_artwork(pk)
    if is_kept_shut(request, found.campaign):
        return redirect("campaigns:artwork", pk)
    same = found.campaign.artworks.filter(code=found.code)
    form = AlikeForm(sent(request), taken=same.values_list("language", flat=True))
    made: list[Artwork] = []

    def keep() -> None:
        language = form.cleaned_data["language"]
        words = approved_words(found.campaign, language)
        made.append(begin_like(artwork=found, language=language, words=words, by=signed_in(request)))

    if is_kept(form, keep, taken=("language", TAKEN)):
        return redirect("campaigns:change_artwork", made[0].pk)
    head = head_of(request, found, f"“{found}” in another language")
    return ask(request, form, head | {"button": "Begin"}, reads="campaigns:artwork", key=pk)


@never_cache
def change_artwork(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose layout, picture and words, and see the sizes drawn as they are kept."""
    require(request, CHANGES)
    found = found_artwork(pk)
    if is_kept_shut(request, found.campaign):
        return redirect("campaigns:artwork", pk)
    if found.state == ReviewState.SUBMITTED and request.method != "POST":
        messages.error(request, "It waits for a colleague, so it stays as it is.")
        return redirect("campaigns:artwork", pk)
    shown = [key for key in request.GET.getlist("sizes", SHOWN_FIRST) if key in SIZES]
    form = ArtworkForm(sent(request), instance=found, initial={"sizes": shown})
    before = found_artwork(pk)  # a form writes into its row what was typed, wrong or right
    if is_kept(form, lambda: save_artwork(artwork=before, changed=form.written, by=signed_in(request))):
        messages.success(request, "It is saved, and drawn beside the form as it stands.")
        query = request.GET.copy()
        query.setlist("sizes", form.cleaned_data["sizes"])
        return redirect(f"{request.path}?{query.urlencode()}")
    unusable = before.picture.why_not_used if before.picture else ""
    is_drawn = before.headline and not unusable
    context = {
        **head_of(request, before, f"Change “{before}” in {language_name(before.language)}"),
        "artwork": before,
        "form": form,
        "words": approved_words(before.campaign, before.language),
        "is_of_site": is_of_site(before.language),
        "direction": direction(before.language),
        "layouts": layouts().values(),
        "chosen_layout": form["layout"].value(),
        "unusable": unusable,
        "shown": [SIZES[key] for key in shown] if is_drawn else [],
        "concerns": artwork_files.concerns_now(before) if is_drawn else [],
        "drawn": artwork_files.stamp(before),
        "obstacle": obstacle(),
    }
    return render(request, "campaigns/admin/artwork_studio.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, do: Callable[[], object], said: str) -> bool:
    """Do it and say so, or say why not; tell which."""
    try:
        do()
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return False
    messages.success(request, said)
    return True


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an artwork in."""
    require(request, CHANGES)
    found = found_artwork(pk)
    said = "The artwork waits for a colleague, as it is drawn now."
    _done(request, lambda: submit_artwork(artwork=found, by=signed_in(request)), said)
    return redirect("campaigns:artwork", pk)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an artwork that nobody ever approved."""
    require(request, CHANGES)
    found = found_artwork(pk)
    said = f"“{found}” is deleted."
    if _done(request, lambda: delete_artwork(artwork=found, by=signed_in(request)), said):
        return redirect("campaigns:artworks", found.campaign_id)
    return redirect("campaigns:artwork", pk)


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the worker try again with a version that it refused."""
    require(request, CHANGES, Artwork.approved_with)
    version = get_object_or_404(ArtworkVersion, pk=pk)
    _done(request, lambda: make_again(version=version, by=signed_in(request)), "It waits for the worker once more.")
    return redirect("campaigns:artwork", version.artwork_id)


addresses = [
    path("artworks/<int:pk>/", artworks, name="artworks"),
    path("artworks/<int:pk>/begin/", new_artwork, name="begin_artwork"),
    path("artwork/<int:pk>/", artwork, name="artwork"),
    path("artwork/<int:pk>/change/", change_artwork, name="change_artwork"),
    path("artwork/<int:pk>/alike/", alike_artwork, name="alike_artwork"),
    path("artwork/<int:pk>/send/", submit, name="submit_artwork"),
    path("artwork/<int:pk>/delete/", delete, name="delete_artwork"),
    path("artwork/<int:pk>/approve/", artwork_approving.approve, name="approve_artwork"),
    path("artwork/<int:pk>/send-back/", artwork_approving.send_back, name="send_back_artwork"),
    path("artwork/<int:pk>/drawn/<slug:size>/", artwork_files.drawn, name="drawn_artwork"),
    path("artwork/<int:pk>/layout/<slug:layout>/", artwork_files.in_layout, name="artwork_in_layout"),
    path("artwork/version/<int:pk>/again/", again, name="make_artwork_again"),
    path("artwork/file/<uuid:file>/", artwork_files.file, name="artwork_file"),
]
