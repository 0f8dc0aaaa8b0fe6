"""Another picture in an artwork, where the first was withdrawn, has run out, or is to be replaced."""

from django.core.exceptions import ValidationError
from wagtail.log_actions import log

from campaigns.actions.artwork import fit_to_draw, new_version
from campaigns.artwork.layouts import layouts
from campaigns.enums import ReviewState
from campaigns.models import Artwork
from core.models import User
from core.pictures.registry import Exchange


def exchange_in(artwork: Artwork, asked: Exchange) -> None:
    """Put the other picture into ``artwork``, in whichever state it is, inside the transaction that changes everything.

    One whose version is out gets a new version at once, approved by whoever confirmed the exchange. Where the words do
    not fit the other picture, or there is none, it is to be written anew instead: somebody has to look at it.
    """
    artwork = Artwork.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=artwork.pk)
    was_out = artwork.approved_versions.current().filter(picture=asked.picture).exists()
    if artwork.picture_id == asked.picture.pk:
        _put(artwork, asked)
    reason = _publish(artwork, asked) if was_out and artwork.state == ReviewState.APPROVED else ""
    if reason or artwork.state == ReviewState.SUBMITTED:
        artwork.state, artwork.frozen, artwork.submitted_at = ReviewState.DRAFT, {}, None
        artwork.sent_back = (reason or f"“{asked.picture}” is replaced. Look at it, and send it in again.")[:500]
    artwork.save()
    if not asked.picture.may_be_used:  # the purge deletes what shows it, and the picture itself is free to go
        artwork.approved_versions.filter(picture=asked.picture).update(picture=None)
    log(
        instance=artwork.campaign,
        action="campaigns.exchange_picture",
        user=asked.asked_by,
        data={"artwork": artwork.title, "language": artwork.language, "picture": str(asked.picture)},
    )


def _put(artwork: Artwork, asked: Exchange) -> None:
    words = asked.words.get(artwork.language, "")
    artwork.picture = asked.by if words else None
    artwork.picture_alternative = words if artwork.picture else ""
    chosen = layouts().get(artwork.layout)
    if artwork.picture is None and (chosen is None or chosen.needs_picture):
        artwork.layout = next(key for key, layout in layouts().items() if not layout.needs_picture)


def _publish(artwork: Artwork, asked: Exchange) -> str:
    """Make a new version with the other picture; return why not, where somebody has to look at it first."""
    approver: User | None = asked.confirmed_by
    if artwork.campaign.is_closed:
        return f"“{asked.picture}” is replaced. The campaign is closed, so nothing new is made."
    if artwork.picture is None or approver is None:
        return f"“{asked.picture}” is taken away. Look at it without, and send it in again."
    try:
        artwork.frozen = fit_to_draw(artwork)
        new_version(artwork, approver)
    except ValidationError as unfit:
        return f"“{asked.picture}” is replaced, but: {' '.join(unfit.messages)}"
    return ""
