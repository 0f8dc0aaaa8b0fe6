"""What is done about the account at Mailchimp: looked at by the worker, and told to tell us of its members."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log as log_action

from campaigns.mailchimp import Mailchimp, MailchimpError, mailchimp
from campaigns.mailchimp.shapes import Audience, Interest, MergeField, Segment
from campaigns.models import (
    MailchimpAudience,
    MailchimpConnection,
    MailchimpInterest,
    MailchimpSegment,
    MailchimpWebhook,
)
from core.models.accounts import User

LOOKED_AT_EVERY = timedelta(minutes=15)
# Mailchimp tries a delivery again for 75 minutes, and signs it with the secret that it had.
REPLACED_KEPT_FOR = timedelta(hours=2)
MADE_AT_MOST_IN = 300  # seconds; so long nobody else makes the same webhook
WEBHOOK_ASKED = "campaigns.ask_for_webhook"
GONE = "It was removed at Mailchimp, which tells this site nothing of this audience now. Set it up again."
UNSIGNED = (
    "Mailchimp made a webhook and gave no secret to sign with, so nothing that it tells could be believed. "
    "Ask Mailchimp whether signed webhooks are switched on for this account."
)

Part = TypeVar("Part", MailchimpSegment, MailchimpInterest)
Row = TypeVar("Row", MailchimpAudience, MailchimpSegment, MailchimpInterest)


@dataclass(frozen=True, kw_only=True)
class Found:
    """One audience as it is at Mailchimp now."""

    audience: Audience
    fields: list[MergeField]
    interests: list[Interest]
    segments: list[Segment]
    webhook_ids: set[str]


def keep_account() -> None:
    """Look at the account where that is due, and make the webhooks that were asked for."""
    connection = MailchimpConnection.objects.first()
    is_due = connection is None or connection.looked_at < timezone.now() - LOOKED_AT_EVERY
    if is_due:
        refresh_account()
    waiting = MailchimpWebhook.objects.filter(made_at=None)
    for webhook in waiting if is_due else waiting.filter(problem=""):
        make_webhook(webhook)


def refresh_account() -> None:
    """Keep what is at Mailchimp now, or what stands in the way of looking; mark what is no longer there as gone."""
    now = timezone.now()
    try:
        found = _look(mailchimp())
    except MailchimpError as error:
        MailchimpConnection.objects.update_or_create(pk=1, defaults={"looked_at": now, "problem": str(error)[:600]})
        return
    with transaction.atomic():
        _keep(found, now)
        MailchimpConnection.objects.update_or_create(
            pk=1, defaults={"looked_at": now, "answered_at": now, "problem": ""}
        )


def _look(api: Mailchimp) -> list[Found]:
    return [
        Found(
            audience=audience,
            fields=api.merge_fields(audience.id),
            interests=api.interests(audience.id),
            segments=api.segments(audience.id),
            webhook_ids={webhook.id for webhook in api.webhooks(audience.id)},
        )
        for audience in api.audiences()
    ]


def _keep(found: list[Found], now: datetime) -> None:
    seen = []
    for one in found:
        fields = {"merge_fields": [asdict(field) for field in one.fields]}
        row = _seen(MailchimpAudience, now, {"remote_id": one.audience.id}, _audience_fields(one.audience) | fields)
        seen.append(row.pk)
        _keep_parts(MailchimpSegment, row, now, one.segments)
        _keep_parts(MailchimpInterest, row, now, one.interests)
        _keep_webhooks(row, one.webhook_ids, now)
    MailchimpAudience.objects.exclude(pk__in=seen).update(is_gone=True)


def _audience_fields(audience: Audience) -> dict[str, Any]:
    return {name: value for name, value in asdict(audience).items() if name != "id"}


def _keep_parts(
    model: type[Part],
    audience: MailchimpAudience,
    now: datetime,
    parts: Iterable[Segment | Interest],
) -> None:
    """Keep the segments or interests of ``audience``, and mark those that are no longer there."""
    seen = []
    for part in parts:
        fields = asdict(part)
        key = {"audience": audience, "remote_id": fields.pop("id")}
        seen.append(_seen(model, now, key, fields).pk)
    model.objects.filter(audience=audience).exclude(pk__in=seen).update(is_gone=True)


def _seen(model: type[Row], now: datetime, key: dict[str, Any], fields: dict[str, Any]) -> Row:
    row, _ = model.objects.update_or_create(**key, defaults={**fields, "seen_at": now, "is_gone": False})
    return row


def _keep_webhooks(audience: MailchimpAudience, there: set[str], now: datetime) -> None:
    """Say which webhooks were removed at Mailchimp, and forget those that were replaced some time ago.

    One that was made after ``now``, when the look began, may have come too late to be seen.
    """
    made = audience.webhooks.exclude(made_at=None)
    made.filter(made_at__lt=now).exclude(remote_id__in=there).update(problem=GONE)
    made.filter(remote_id__in=there).update(problem="")
    newest = made.first()
    if newest and newest.made_at and newest.made_at < now - REPLACED_KEPT_FOR:
        made.exclude(pk=newest.pk).delete()


@transaction.atomic
def ask_for_webhook(*, audience: MailchimpAudience, by: User) -> MailchimpWebhook:
    """Let the worker make a webhook of ``audience``, in place of the one that there is; return what was asked for."""
    audience = MailchimpAudience.objects.select_for_update().get(pk=audience.pk)
    waiting = audience.webhooks.filter(made_at=None).first()
    if waiting:
        waiting.problem = ""
        waiting.save(update_fields=["problem"])
    else:
        waiting = audience.webhooks.create()
        log_action(instance=audience, action=WEBHOOK_ASKED, user=by)
    return waiting


def make_webhook(webhook: MailchimpWebhook) -> None:
    """Make ``webhook`` at Mailchimp, then remove those of ours that it replaces; or note what stands in the way.

    Where Mailchimp broke off in the middle, the next attempt removes what it may have made: its secret is lost.
    """
    if not cache.add(f"mailchimp-webhook-{webhook.pk}", "made", MADE_AT_MOST_IN):
        return  # another worker is at it
    try:
        _make(mailchimp(), webhook)
    except MailchimpError as error:
        MailchimpWebhook.objects.filter(pk=webhook.pk).update(problem=str(error)[:600])
    finally:
        cache.delete(f"mailchimp-webhook-{webhook.pk}")


def _make(api: Mailchimp, webhook: MailchimpWebhook) -> None:
    audience_id, url = webhook.audience.remote_id, webhook_address(webhook)
    before = api.webhooks(audience_id)
    for there in before:
        if there.url == url:
            api.remove_webhook(audience_id, there.id)
    made = api.create_webhook(audience_id, url)
    if not made.signing_secret:
        raise MailchimpError(UNSIGNED)  # the next attempt removes what was made
    MailchimpWebhook.objects.filter(pk=webhook.pk).update(
        remote_id=made.id, signing_secret=made.signing_secret, made_at=timezone.now(), problem=""
    )
    for there in before:
        if there.url.startswith(f"{settings.SITE_URL}/mailchimp/") and there.url != url:
            api.remove_webhook(audience_id, there.id)


def webhook_address(webhook: MailchimpWebhook) -> str:
    """Return the address that Mailchimp tells. Whoever knows it still needs the signing secret to be believed."""
    return f"{settings.SITE_URL}/mailchimp/{webhook.path_secret}/"
