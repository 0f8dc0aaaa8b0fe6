"""Writing an artwork: begun from approved words, sent in, approved by a colleague or sent back."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from wagtail.log_actions import log

from campaigns.actions.closing import refuse_if_closed
from campaigns.actions.nudging import nudge
from campaigns.actions.reviewing import give_back, in_state, refuse_own_work, refuse_unless_seen, send_in
from campaigns.artwork.alternative import alternative_text
from campaigns.artwork.concerns import concerns
from campaigns.artwork.errors import ArtworkError
from campaigns.artwork.layouts import layouts
from campaigns.enums import ReviewState
from campaigns.models import Artwork, ArtworkVersion, Campaign
from campaigns.models.artwork import LONGEST_CODE
from campaigns.queries.artwork import Words, design_of, digest_of, drawable, what_is_wrong
from core.enums import MakingState
from core.models import User

TAKEN = "This campaign has an artwork of this name in this language already. Open that, or give another name."


@transaction.atomic
def begin_artwork(*, campaign: Campaign, title: str, language: str, words: Words | None, by: User | None) -> Artwork:
    """Return a new artwork of ``campaign`` that begins with the ``words`` of its approved page, if there are any.

    Raises:
        ClosedCampaignError: the campaign is closed.
        ValidationError: the name has no letters that every system takes in a file's name, or is taken.
    """
    refuse_if_closed(campaign)
    code = slugify(title)[:LONGEST_CODE].strip("-")
    if not code:
        raise ValidationError({"title": "Write at least one letter from a to z: it stands in the names of files."})
    if Artwork.objects.filter(campaign=campaign, code=code, language=language).exists():
        raise ValidationError({"title": TAKEN}, code="taken")
    artwork = Artwork(campaign=campaign, title=title, code=code, language=language, layout=next(iter(layouts())))
    if words:
        artwork.headline, artwork.text = words.title, words.summary
        if words.picture and words.picture.may_be_used:
            artwork.picture = words.picture
            artwork.picture_alternative = words.alternative or words.picture.description
    return _begun(artwork, by)


@transaction.atomic
def begin_like(*, artwork: Artwork, language: str, words: Words | None, by: User) -> Artwork:
    """Return a new artwork in ``language`` that looks like ``artwork`` and begins with the ``words`` of the page.

    Raises:
        ClosedCampaignError: the campaign is closed.
        ValidationError: there is one already.
    """
    refuse_if_closed(artwork.campaign)
    if Artwork.objects.filter(campaign=artwork.campaign, code=artwork.code, language=language).exists():
        raise ValidationError({"language": TAKEN}, code="taken")
    same = ("campaign", "title", "code", "layout", "picture", "placement")
    alike = Artwork(language=language, **{name: getattr(artwork, name) for name in same})
    if words:
        alike.headline, alike.text, alike.picture_alternative = words.title, words.summary, words.alternative
    return _begun(alike, by)


def _begun(artwork: Artwork, by: User | None) -> Artwork:
    artwork.full_clean()
    artwork.save()
    if by:
        artwork.writers.add(by)
    _log(artwork, "begin_artwork", by)
    return artwork


@transaction.atomic
def save_artwork(*, artwork: Artwork, changed: Mapping[str, Any], by: User) -> Artwork:
    """Keep what was ``changed`` of an artwork that is being written; an approved one is then being written again.

    Raises:
        ClosedCampaignError: its campaign is closed.
        ValidationError: it waits for a colleague.
    """
    artwork = _open(artwork, ReviewState.DRAFT, ReviewState.APPROVED)
    if artwork.state == ReviewState.APPROVED:
        artwork.writers.clear()
        artwork.state, artwork.frozen, artwork.submitted_at = ReviewState.DRAFT, {}, None
    for name, value in changed.items():
        setattr(artwork, name, value)
    artwork.save()
    artwork.writers.add(by)
    return artwork


@transaction.atomic
def delete_artwork(*, artwork: Artwork, by: User) -> None:
    """Delete an artwork of which no version was ever approved.

    Raises:
        ClosedCampaignError: its campaign is closed.
        ValidationError: a version was approved, which may hang somewhere, or it waits for a colleague.
    """
    artwork = _open(artwork, ReviewState.DRAFT)
    if artwork.approved_versions.exists():
        raise ValidationError("A version of this artwork was approved and may hang somewhere, so it stays.")
    _log(artwork, "delete_artwork", by)
    artwork.delete()


@transaction.atomic
def submit_artwork(*, artwork: Artwork, by: User) -> Artwork:
    """Send an artwork in: its design is kept as it is drawn now, for a colleague to look at.

    Raises:
        ClosedCampaignError: its campaign is closed.
        ValidationError: it is being looked at already, or cannot be drawn as it is.
    """
    artwork = _open(artwork, ReviewState.DRAFT)
    send_in(artwork, frozen=fit_to_draw(artwork), by=by)
    _log(artwork, "submit_artwork", by)
    return artwork


def fit_to_draw(artwork: Artwork) -> dict[str, Any]:
    """Return the design of ``artwork`` as it is kept, if every size of it can be drawn.

    Raises:
        ValidationError: what cannot, a sentence each.
    """
    if problems := what_is_wrong(artwork):
        raise ValidationError([str(problem) for problem in problems], code="unfit")
    return design_of(artwork)


@transaction.atomic
def approve_artwork(*, artwork: Artwork, by: User, seen: str) -> ArtworkVersion:
    """Approve the design that ``by`` has ``seen``, as a new version of which the worker makes the files.

    Raises:
        ClosedCampaignError: the campaign is closed.
        ValidationError: ``by`` had a hand in it, it does not wait, it is not what was seen, or it cannot be drawn.
    """
    artwork = _open(artwork, ReviewState.SUBMITTED)
    refuse_own_work(artwork, by)
    refuse_unless_seen(digest=digest_of(artwork.frozen), seen=seen)
    version = new_version(artwork, by)
    artwork.state = ReviewState.APPROVED
    artwork.save()
    _log(artwork, "approve_artwork", by, version=version.number, digest=version.digest)
    return version


def new_version(artwork: Artwork, by: User | None) -> ArtworkVersion:
    """Make the frozen design of ``artwork`` its next version, approved ``by`` somebody, and nudge the worker.

    Nobody approves but what commands lay, as ``publish_laid`` does pages.

    Raises:
        ValidationError: its picture cannot be used any more.
    """
    try:
        design = drawable(artwork.frozen)
    except ArtworkError as error:
        raise ValidationError(f"{error} Send it back.", code="unfit") from error
    last = artwork.approved_versions.aggregate(last=Max("number"))["last"] or 0
    named = artwork.frozen["picture"]
    version = ArtworkVersion.objects.create(
        artwork=artwork,
        number=last + 1,
        design=artwork.frozen,
        digest=digest_of(artwork.frozen),
        alternative_text=alternative_text(design),
        concerns=concerns(design),
        picture_id=named["id"] if named else None,
        approved_by=by,
        approved_by_name=(by.get_full_name() or by.get_username()) if by else "",
    )
    nudge()
    return version


@transaction.atomic
def send_back_artwork(*, artwork: Artwork, by: User, reason: str) -> Artwork:
    """Give an artwork back to those who wrote it, with the ``reason``.

    Raises:
        ValidationError: it does not wait for approval, or ``by`` had a hand in it.
    """
    artwork = in_state(artwork, ReviewState.SUBMITTED)
    return give_back(artwork, by=by, reason=reason, action="campaigns.send_back_artwork")


@transaction.atomic
def make_again(*, version: ArtworkVersion, by: User) -> ArtworkVersion:
    """Let the worker try again with a version of which it refused to make files.

    Raises:
        ValidationError: it was not refused.
    """
    version = ArtworkVersion.objects.select_for_update(of=("self",)).select_related("artwork").get(pk=version.pk)
    if version.making != MakingState.REFUSED:
        raise ValidationError("This version waits for the worker, is being made, or is ready.", code="state")
    version.making, version.problem = MakingState.WAITING, ""
    version.save(update_fields=["making", "problem"])
    _log(version.artwork, "make_artwork_again", by, version=version.number)
    nudge()
    return version


def _open(artwork: Artwork, *states: ReviewState) -> Artwork:
    """Return ``artwork`` locked, if it is in one of ``states`` and its campaign is open."""
    refuse_if_closed(artwork.campaign)
    return in_state(artwork, *states)


def _log(artwork: Artwork, verb: str, by: User | None, **more: Any) -> None:
    data = {"artwork": artwork.title, "language": artwork.language, **more}
    log(instance=artwork.campaign, action=f"campaigns.{verb}", user=by, data=data)
