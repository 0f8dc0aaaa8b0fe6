"""What waits for people on their admin home: entries of the support directory, and the accessibility statement."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Site

from core.models import CouncilSettings, SupportService, User
from core.waiting import MOST, Waiting, waiting
from home.models import EntryCheck

MAY_KEEP = "core.change_supportservice"


def kept_by(user: Any) -> QuerySet[SupportService]:
    """Return the entries that ``user`` answers for.

    Those are the ones that name them; those of their organisation that name nobody who is here; and, for whoever keeps
    the whole directory, those that are nobody else's.
    """
    nobody_named = Q(keeper=None) | Q(keeper__is_active=False)
    theirs = Q(keeper=user)
    if user.organisation_id:
        theirs |= nobody_named & Q(owner=user.organisation_id)
    if user.has_perm(MAY_KEEP):
        theirs |= nobody_named & Q(has_colleagues=False)
    colleagues = User.objects.filter(organisation=OuterRef("owner"), is_active=True)
    return SupportService.objects.alias(has_colleagues=Exists(colleagues)).filter(theirs)


@waiting.offer("home.support")
def entries(user: User) -> Iterable[Waiting]:
    """Find the entries that their service says are wrong, and those past their review."""
    kept = kept_by(user)
    for service in kept.filter(checks__state=EntryCheck.State.WRONG).distinct()[:MOST]:
        yield _waiting(service, "the service says that something is wrong")
    for service in kept.filter(review_by__lt=timezone.localdate())[:MOST]:
        yield _waiting(service, f"not checked since {date_format(service.last_checked, 'F Y')}")


def _waiting(service: SupportService, when: str) -> Waiting:
    url = reverse("support_entry", args=[service.pk])
    return Waiting(what="Support service", title=service.name, url=url, when=when, is_late=True)


@waiting.offer("home.accessibility")
def statement(user: User) -> Iterable[Waiting]:
    """Find the accessibility statement a year after its review, for whoever keeps the council's settings."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or not user.has_perm("core.change_councilsettings"):
        return
    council = CouncilSettings.for_site(site)
    if council.statement_is_old(timezone.localdate()):
        reviewed = council.accessibility_reviewed or council.accessibility_prepared
        yield Waiting(
            what="To review",
            title="Accessibility statement",
            url=reverse("wagtailsettings:edit", args=["core", "councilsettings", site.pk]),
            when=f"last reviewed on {date_format(reviewed)}" if reviewed else "never reviewed",
            is_late=True,
        )
