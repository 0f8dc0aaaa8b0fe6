"""What can be done with lesson packs."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns.models import AwarenessDate
from core.enums import Strand
from core.languages.trees import in_english
from core.models import User
from schools.enums import KeyStage, Subject, Topic
from schools.models import LessonPack, LessonPackPage, PackVersion, SchoolsIndexPage

SUMMARY_LENGTH = 300


@transaction.atomic
def classify(
    *,
    pack: LessonPack,
    key_stages: Iterable[str],
    subjects: Iterable[str],
    topics: Iterable[str] = (),
    strands: Iterable[str] = (),
    awareness_dates: Iterable[AwarenessDate] = (),
) -> None:
    """Say whom a pack suits, what it is about and when it fits, in place of all that was said before.

    Raises:
        ValueError: one of the codes is not on our lists.
    """
    _keep(pack.key_stage_rows, "key_stage", map(KeyStage, key_stages))
    _keep(pack.subject_rows, "subject", map(Subject, subjects))
    _keep(pack.topic_rows, "topic", map(Topic, topics))
    _keep(pack.strand_rows, "strand", map(Strand, strands))
    _keep(pack.awareness_rows, "awareness", awareness_dates)


def _keep(rows: Any, column: str, chosen: Iterable[Any]) -> None:
    """Let the ``rows`` of a pack be one for each of ``chosen``."""
    wanted = set(chosen)
    rows.exclude(**{f"{column}__in": wanted}).delete()
    for one in wanted:
        rows.get_or_create(**{column: one})


@transaction.atomic
def tell_version(*, pack: LessonPack, what_changed: str) -> PackVersion:
    """Keep what changed in the version that ``pack`` has now, with today's date.

    Raises:
        IntegrityError: that version was told of before, it is the first, or no words were given.
    """
    return PackVersion.objects.create(
        pack=pack, number=pack.version, day=timezone.localdate(), what_changed=what_changed
    )


@transaction.atomic
def start_pack(*, pack: LessonPack, owner: User | None = None) -> LessonPackPage:
    """Make the draft page of a new pack, to be written and approved.

    Raises:
        SchoolsIndexPage.DoesNotExist: the site has no schools page yet.
    """
    index = in_english(SchoolsIndexPage.objects).order_by("path")[:1].get()
    summary = " ".join(pack.learning_points)[:SUMMARY_LENGTH]
    page = LessonPackPage(title=pack.title, summary=summary, pack=pack, owner=owner, live=False)
    index.add_child(instance=page)
    page.save_revision(user=owner)
    return page
