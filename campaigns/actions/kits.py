"""Writing the share kit of a campaign: begun, sent in, approved by a colleague or sent back."""

import hashlib
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.models import BaseModelFormSet
from django.utils import timezone
from wagtail.log_actions import log

from campaigns.actions.closing import refuse_if_closed
from campaigns.actions.nudging import nudge
from campaigns.actions.reviewing import give_back, in_state, refuse_own_work, refuse_unless_seen, send_in
from campaigns.enums import ReviewState
from campaigns.kits.contents import kit_in_force, page_link
from campaigns.models import Campaign, Kit, KitText
from core.models import User
from core.refreshing import refresh_pages


def digest_of(frozen: dict[str, Any]) -> str:
    """Return the SHA-256 of the texts and hashtags of a kit."""
    return hashlib.sha256(json.dumps(frozen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def begin_kit(*, campaign: Campaign, by: User) -> Kit:
    """Return the kit of ``campaign`` that is being written, begun where there is none: with the texts of the last.

    Raises:
        ClosedCampaignError: the campaign is closed.
    """
    refuse_if_closed(campaign)
    kit, is_new = Kit.objects.exclude(state=ReviewState.APPROVED).get_or_create(campaign=campaign)
    if not is_new:
        return kit
    kit.writers.add(by)
    if earlier := kit_in_force(campaign):
        Kit.objects.filter(pk=kit.pk).update(hashtags=earlier.hashtags)
        kit.hashtags = earlier.hashtags
        same = ("channel", "language", "text")
        texts = [KitText(kit=kit, **{name: getattr(text, name) for name in same}) for text in earlier.texts.all()]
        KitText.objects.bulk_create(texts)
    log(instance=campaign, action="campaigns.begin_kit", user=by)
    return kit


@transaction.atomic
def save_kit(*, kit: Kit, hashtags: str, rows: BaseModelFormSet, by: User) -> None:
    """Keep the hashtags and texts of a kit that is being written.

    Raises:
        ClosedCampaignError: its campaign is closed.
        ValidationError: it was sent in or approved meanwhile.
    """
    kit = _open(kit, ReviewState.DRAFT)
    kit.hashtags = hashtags
    kit.save(update_fields=["hashtags"])
    rows.save()
    kit.writers.add(by)


@transaction.atomic
def submit_kit(*, kit: Kit, by: User) -> Kit:
    """Send a kit in: its texts are kept as they stand now, for a colleague to look at.

    Raises:
        ClosedCampaignError: its campaign is closed.
        ValidationError: it has no text yet, the campaign has no page to lead to, or it is being looked at already.
    """
    kit = _open(kit, ReviewState.DRAFT)
    texts = list(kit.texts.values("channel", "language", "text"))
    if not texts:
        raise ValidationError("Write at least one text first.", code="empty")
    if not page_link(kit.campaign):
        raise ValidationError("The campaign has no page that the links could lead to. Write that first.", code="page")
    send_in(kit, frozen={"texts": texts, "hashtags": kit.hashtags}, by=by)
    log(instance=kit.campaign, action="campaigns.submit_kit", user=by)
    return kit


@transaction.atomic
def approve_kit(*, kit: Kit, by: User, seen: str) -> Kit:
    """Approve what ``by`` has ``seen``: from now on it is what the public gets, and the worker packs it.

    Raises:
        ClosedCampaignError: the campaign is closed.
        ValidationError: ``by`` had a hand in it, it does not wait, or it is not what was seen.
    """
    kit = _open(kit, ReviewState.SUBMITTED)
    refuse_own_work(kit, by)
    refuse_unless_seen(digest=digest_of(kit.frozen), seen=seen)
    return put_in_force(kit, by)


def put_in_force(kit: Kit, by: User | None) -> Kit:
    """Make a kit the one that the public gets. Nobody approves but what commands lay."""
    kit.state, kit.digest = ReviewState.APPROVED, digest_of(kit.frozen)
    kit.approved_by, kit.approved_at = by, timezone.now()
    kit.save()
    log(instance=kit.campaign, action="campaigns.approve_kit", user=by, data={"digest": kit.digest})
    refresh_pages()
    nudge()
    return kit


@transaction.atomic
def send_back_kit(*, kit: Kit, by: User, reason: str) -> Kit:
    """Give a kit back to those who wrote it, with the ``reason``.

    Raises:
        ValidationError: it does not wait for approval, or ``by`` had a hand in it.
    """
    kit = in_state(kit, ReviewState.SUBMITTED)
    return give_back(kit, by=by, reason=reason, action="campaigns.send_back_kit")


def _open(kit: Kit, state: ReviewState) -> Kit:
    refuse_if_closed(kit.campaign)
    return in_state(kit, state)
