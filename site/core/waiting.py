"""What waits for somebody on their admin home. Each room offers its share in its own ``waiting.py``.

An offer is asked with the user and answers only what that user may act on, in a number of queries that does not grow
with what is found, and no more than ``MOST`` rows.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.timezone import localtime
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy

from core.approvals.due import due_day
from core.approvals.duty import is_on_duty
from core.approvals.queries import PUT_BACK, approves, live_without_approval, recent_changes
from core.approvals.urgent import undecided
from core.health.checks import Ill, worker_and_beat
from core.languages.queries import standings
from core.models.accounts import User
from core.notices.queries import MAY_PUT_UP
from core.outbox.models import SENT_AGAIN_FROM, OutboxMessage
from core.pictures.queries import ending_soon, given_up_on_pages, keeps_pictures, replacements_to_confirm
from core.registry import Registry
from core.translations.models import TranslatedVersion
from core.translations.queries import TRANSLATES_EVERY_PAGE, outdated, translatable_by, unchecked

MOST = 20
KEEPS_THE_SITE_WELL = "core.change_outboxmessage"
CHECKS_WORDS = "core.add_cataloguecheck"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One thing to do: what kind of thing, its name and address in the admin, and since when or until when.

    What is late should have been done by now; what is urgent has no such day, and comes before all else.
    """

    what: str
    title: str
    url: str
    when: str = ""
    is_late: bool = False
    is_urgent: bool = False


Offer = Callable[[User], Iterable[Waiting]]
waiting: Registry[Offer] = Registry("waiting")


def for_user(user: User) -> list[Waiting]:
    """Return everything that waits for ``user``: what is urgent, what is late, then room by room."""
    found = [thing for _, offer in waiting.items() for thing in offer(user)]
    return sorted(found, key=lambda thing: (not thing.is_urgent, not thing.is_late))


def ago(moment: datetime) -> str:
    """Return how long ago ``moment`` was, in words: "3 days ago"."""
    return f"{timesince(moment, depth=1)} ago"


def edit_address(row: Model) -> str:
    """Return where ``row`` is edited in the admin."""
    return AdminURLFinder().get_edit_url(row) or ""


def _editor(page_id: str) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


@waiting.offer("core.to_approve")
def to_approve(user: User) -> Iterable[Waiting]:
    """Find pages that were sent in for approval, oldest first, but none that ``user`` sent in or edited."""
    states = TaskState.objects.reviewable_by(user).select_related(
        "revision", "workflow_state__requested_by", "workflow_state__due"
    )
    if not user.is_superuser:
        states = states.exclude(workflow_state__requested_by=user)
    every = list(states.defer("revision__content").order_by("started_at", "pk"))
    own = set() if user.is_superuser else _edited_by(user, [state.revision.object_id for state in every])
    for state in [state for state in every if state.revision.object_id not in own][:MOST]:
        sender = state.workflow_state.requested_by
        by = f" by {sender.get_full_name() or sender.get_username()}" if sender else ""
        day = due_day(state.workflow_state)
        yield Waiting(
            what="To approve",
            title=state.revision.object_str,
            url=_editor(state.revision.object_id),
            when=f"sent in {ago(state.started_at)}{by}{f', due {date_format(day)}' if day else ''}",
            is_late=bool(day and day < timezone.localdate()),
        )


def _edited_by(user: User, page_ids: list[str]) -> set[str]:
    """Return the ids of those pages that ``user`` has edited since the version that is live."""
    live = dict(Page.objects.filter(pk__in=page_ids).values_list("pk", "live_revision"))
    of_pages = ContentType.objects.get_for_model(Page)
    saved = Revision.objects.filter(base_content_type=of_pages, object_id__in=page_ids, user=user)
    return {page for page, pk in saved.values_list("object_id", "pk") if pk > (live.get(int(page)) or 0)}


@waiting.offer("core.approvals")
def pages_without_approval(user: User) -> Iterable[Waiting]:
    """Find urgent pages to decide about, those changed without approval, and those never approved, for who approves."""
    if not approves(user):
        return
    for approval in undecided()[:MOST]:
        yield Waiting(
            what="Urgent: approve or withdraw",
            title=approval.page.get_admin_display_title(),
            url=reverse("approvals_decide", args=[approval.page_id]),
            when=f"goes back by itself {date_format(localtime(approval.decide_by), 'j F Y, H:i')}",
            is_urgent=True,
        )
    for entry in recent_changes()[:MOST]:
        was_put_back = entry.action == PUT_BACK
        yield Waiting(
            what="Changed without approval",
            title=entry.label,
            url=reverse("wagtailadmin_pages:history", args=[entry.page_id]),
            when=f"{'put back' if was_put_back else 'taken down'} {ago(entry.timestamp)}",
            is_urgent=not was_put_back,
        )
    if never := live_without_approval().count():
        title = f"{never} live page{'' if never == 1 else 's'} that nobody approved"
        yield Waiting(what="Never approved", title=title, url=reverse("approvals_never"))


@waiting.offer("core.sent_back")
def sent_back(user: User) -> Iterable[Waiting]:
    """Find pages that ``user`` sent in and a colleague sent back."""
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=user)
    found = states.select_related("current_task_state__revision").order_by("-current_task_state__finished_at", "pk")
    for state in found[:MOST]:
        task = state.current_task_state
        yield Waiting(
            what="Sent back to you",
            title=task.revision.object_str,
            url=_editor(state.object_id),
            when=f"{ago(task.finished_at)}: “{task.comment}”" if task.comment else ago(task.finished_at),
        )


@waiting.offer("core.languages")
def words_to_check(user: User) -> Iterable[Waiting]:
    """Find the languages whose words, as they are now, no speaker has checked."""
    unchecked = [found for found in standings() if not found.check] if user.has_perm(CHECKS_WORDS) else []
    for found in unchecked:
        yield Waiting(
            what="To check",
            title=f"The {found.name} words are not yet checked",
            url=reverse("language_words", args=[found.code]),
            when="changed since they were checked" if found.last else "",
        )


@waiting.offer("core.translations")
def translations(user: User) -> Iterable[Waiting]:
    """Find translations whose English page has changed since, and those that no speaker has checked."""
    mine = {page.translation_key: page.pk for page in translatable_by(user)} if _may_translate_some(user) else {}
    for version in outdated()[:MOST] if mine else []:
        if version.page.translation_key in mine:
            yield Waiting(
                what="Translation out of date",
                title=_in_its_language(version),
                url=_translation(version, mine[version.page.translation_key]),
                when=f"the English page changed {ago(version.source_changed)}" if version.source_changed else "",
            )
    for version in unchecked()[:MOST] if mine and user.has_perm(CHECKS_WORDS) else []:
        if version.page.translation_key in mine:
            url = _translation(version, mine[version.page.translation_key])
            yield Waiting(what="To check", title=_in_its_language(version), url=url)


def _may_translate_some(user: User) -> bool:
    return user.has_perm(TRANSLATES_EVERY_PAGE) or page_permission_policy.user_has_permission(user, "change")


def _in_its_language(version: TranslatedVersion) -> str:
    return f"{version.revision.object_str}, in {version.page.locale.get_display_name()}"


def _translation(version: TranslatedVersion, english_pk: int) -> str:
    return reverse("translate", args=[version.page.locale.language_code, english_pk])


@waiting.offer("core.pictures")
def pictures(user: User) -> Iterable[Waiting]:
    """Find replacements to confirm, pictures that pages hold and may not show, and those whose last day is near."""
    for asked in replacements_to_confirm(user)[:MOST]:
        yield Waiting(
            what="Picture to replace: confirm",
            title=str(asked),
            url=reverse("picture_replacement", args=[asked.pk]),
            when=f"asked for {ago(asked.asked_at)}",
        )
    given_up, ending = given_up_on_pages(), ending_soon()
    if not (given_up or ending) or not keeps_pictures(user):
        return
    for picture in given_up[:MOST]:
        yield Waiting(
            what="Picture to replace",
            title=picture.title,
            url=reverse("wagtailimages:edit", args=[picture.pk]),
            when=picture.why_not_used,
            is_urgent=True,
        )
    for picture in ending[:MOST]:
        yield Waiting(
            what="Picture ends soon",
            title=picture.title,
            url=reverse("wagtailimages:edit", args=[picture.pk]),
            when=f"last day {picture.ends_on:%-d %B %Y}",
        )


@waiting.offer("core.mail")
def mail_in_doubt(user: User) -> Iterable[Waiting]:
    """Count the messages of which nobody knows whether they arrived, or that were not sent."""
    count = OutboxMessage.objects.filter(state__in=SENT_AGAIN_FROM).count() if _keeps_well(user) else 0
    if count:
        title = f"{count} message{'' if count == 1 else 's'} in doubt or not sent"
        yield Waiting(what="Mail", title=title, url=reverse("outbox:index"), is_urgent=True)


@waiting.offer("core.health")
def work_that_stands_still(user: User) -> Iterable[Waiting]:
    """Say where the worker or beat has not been seen."""
    if not _keeps_well(user):
        return
    try:
        worker_and_beat()
    except Ill as ill:
        yield Waiting(what="Health", title=f"Worker and beat. {ill}", url=reverse("outbox:index"), is_urgent=True)


@waiting.offer("core.duty")
def on_duty(user: User) -> Iterable[Waiting]:
    """Lead those who are on duty to what they may do alone. Managers have it in their menu."""
    if not user.has_perm(MAY_PUT_UP) and is_on_duty(user):
        for title, name in (
            ("Put up an urgent notice, if something happens", "urgent_notice"),
            ("Hold everything that is scheduled", "hold"),
        ):
            yield Waiting(what="You are on duty", title=title, url=reverse(name))


def _keeps_well(user: User) -> bool:
    return user.has_perm(KEEPS_THE_SITE_WELL)
