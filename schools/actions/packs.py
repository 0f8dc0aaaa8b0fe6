"""What can be done with lesson packs."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from core.languages.trees import in_english
from core.models import User
from schools.enums import KeyStage, Subject
from schools.models import LessonPack, LessonPackPage, PackKeyStage, PackSubject, PackVersion, SchoolsIndexPage

SUMMARY_LENGTH = 300


@transaction.atomic
def classify(*, pack: LessonPack, key_stages: Iterable[str], subjects: Iterable[str]) -> None:
    """Say which key stages and subjects a pack suits, in place of what was said before.

    Raises:
        ValueError: one of them is not on our lists.
    """
    stages, taught = {KeyStage(code) for code in key_stages}, {Subject(code) for code in subjects}
    pack.key_stage_rows.exclude(key_stage__in=stages).delete()
    pack.subject_rows.exclude(subject__in=taught).delete()
    for stage in stages:
        PackKeyStage.objects.get_or_create(pack=pack, key_stage=stage)
    for subject in taught:
        PackSubject.objects.get_or_create(pack=pack, subject=subject)


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
