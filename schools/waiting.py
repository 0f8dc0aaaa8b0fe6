"""What waits for schools leads: packs and their files, classes, and files of the school register."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.formats import date_format

from core.enums import MakingState
from core.models import User
from core.waiting import MOST, Waiting, ago, edit_address, waiting
from schools.enums import CommentState, ImportState
from schools.models import ClassPool, ClassSession, LessonFile, LessonPack, PackFeedback, RegisterImport


@waiting.offer("schools.packs")
def packs_without_files(user: User) -> Iterable[Waiting]:
    """Find packs that a teacher would open in vain: published, and without a file."""
    if not user.has_perm("schools.change_lessonpack"):
        return
    offering = LessonFile.objects.exclude(file="").values("pack")
    empty = LessonPack.objects.filter(pages__live=True).exclude(pk__in=offering).distinct().order_by("title", "pk")
    for pack in empty[:MOST]:
        yield Waiting(
            what="Lesson pack without files",
            title=pack.title,
            url=edit_address(pack),
            when="its page is published",
        )


@waiting.offer("schools.classes")
def classes_to_confirm(user: User) -> Iterable[Waiting]:
    """Find classes whose school nobody has confirmed yet, those that wait longest first."""
    if not user.has_perm("schools.confirm_classsession"):
        return
    unconfirmed = ClassSession.objects.filter(confirmed_on=None, school__isnull=False).select_related("school")
    for session in unconfirmed.order_by("made_on", "pk")[:MOST]:
        yield Waiting(
            what="School of a class to confirm",
            title=f"{session.school}, year {session.year_group}",
            url=reverse("class_pools"),
            when=f"made on {date_format(session.made_on)}",
        )


@waiting.offer("schools.pools")
def pools_to_approve(user: User) -> Iterable[Waiting]:
    """Find what a colleague worked out of many classes."""
    if not user.has_perm("schools.approve_classpool"):
        return
    for pool in ClassPool.objects.waiting().exclude(made_by=user).select_related("pack")[:MOST]:
        yield Waiting(
            what="Classes together to approve",
            title=pool.pack.title,
            url=reverse("class_pool", args=[pool.pk]),
            when=f"worked out on {date_format(pool.made_on)}",
        )


@waiting.offer("schools.feedback")
def feedback_to_read(user: User) -> Iterable[Waiting]:
    """Find teachers' words that nobody has published or hidden yet, those that wait longest first."""
    if not user.has_perm("schools.moderate_packfeedback"):
        return
    unread = PackFeedback.objects.with_words(CommentState.WAITING).select_related("pack")
    for given in unread.order_by("month", "pk")[:MOST]:
        yield Waiting(
            what="Feedback to publish or hide",
            title=given.pack.title,
            url=reverse("pack_feedback"),
            when=f"came in {date_format(given.month, 'F Y')}",
        )


@waiting.offer("schools.files")
def files_that_nobody_gets(user: User) -> Iterable[Waiting]:
    """Find files that were refused, or that could not be checked."""
    if not user.has_perm("schools.change_lessonpack"):
        return
    for file in LessonFile.objects.filter(making=MakingState.REFUSED).select_related("pack").order_by("pk")[:MOST]:
        yield Waiting(
            what=f"Lesson file: {file.state.label.lower()}",
            title=f"{file.title} ({file.pack})",
            url=edit_address(file.pack),
            when=file.problem,
        )


@waiting.offer("schools.register")
def register_files(user: User) -> Iterable[Waiting]:
    """Find files of the school register that are compared, for somebody to say whether they are brought in."""
    if not user.has_perm("schools.add_registerimport"):
        return
    for file in RegisterImport.objects.filter(state=ImportState.REPORTED)[:MOST]:
        yield Waiting(
            what="School register to bring in",
            title=file.name,
            url=reverse("school_register_file", args=[file.pk]),
            when=f"brought {ago(file.brought_at)}",
        )
