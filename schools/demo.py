"""The demonstration's three lesson packs."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.management.base import CommandError
from django.db import transaction

from campaigns.models import AwarenessDate, Campaign
from core.approvals.keeping import publish_laid
from core.demonstration import Chapter, chapters
from core.enums import Strand
from core.languages.trees import in_english
from schools import demo_classes, demo_feedback, demo_schools  # noqa: F401  (offer their chapters)
from schools.actions import classify, start_pack
from schools.actions.building import ask_for_builds, build_pack
from schools.actions.checking import check_file
from schools.enums import Audience, FileKind, KeyStage, Subject, Topic
from schools.models import LessonFile, LessonPack, LessonPackPage, PackBuild

FOLDER = Path(__file__).parent / "demo_files"

GUIDANCE = (
    "The lesson talks about unfair treatment because of race, religion, sexual orientation, disability and "
    "transgender identity. Slurs are not repeated.\n\n"
    "Some pupils may have been targeted themselves. Nobody is asked for a personal story. Read the teacher notes "
    "before the lesson: they say whom to speak to first, and what to do if a pupil tells you about something that "
    "happened."
)

FILES = (
    ("lesson-plan.pdf", "Lesson plan", FileKind.LESSON_PLAN, Audience.TEACHER),
    ("teacher-notes.pdf", "Teacher notes", FileKind.NOTES, Audience.TEACHER),
    ("slides.pptx", "Slides", FileKind.SLIDES, Audience.TEACHER),
    ("slides.pdf", "Slides as PDF", FileKind.SLIDES, Audience.TEACHER),
    ("worksheet.pdf", "Worksheet", FileKind.WORKSHEET, Audience.PUPIL),
)


@dataclass(frozen=True)
class DemoPack:
    """A pack of the demonstration; its files begin with its code without "demo-"."""

    code: str
    title: str
    summary: str
    key_stages: tuple[KeyStage, ...]
    subjects: tuple[Subject, ...]
    topics: tuple[Topic, ...]
    learning: str
    curriculum: str
    campaign: str
    awareness_dates: tuple[str, ...]


PACKS = (
    DemoPack(
        code="demo-what-is-prejudice",
        title="What is prejudice?",
        summary="A lesson of 45 minutes for years 3 to 6: telling a fact about a person from a guess about a group.",
        key_stages=(KeyStage.KS2,),
        subjects=(Subject.PSHE, Subject.RE, Subject.ASSEMBLY),
        topics=(Topic.BELONGING, Topic.PREJUDICE),
        learning="Explain in their own words what prejudice means.\n"
        "Tell a fact about a person from a guess about a group.\n"
        "Name one thing to do when somebody is treated unfairly.",
        curriculum="Relationships education, primary: respectful relationships; what a stereotype is and how it can be "
        "unfair.",
        campaign="five-days-one-message",
        awareness_dates=("anti-bullying-week",),
    ),
    DemoPack(
        code="demo-being-an-upstander",
        title="Being an upstander",
        summary="A lesson of 45 minutes for years 7 to 9: four safe ways to help when somebody is targeted.",
        key_stages=(KeyStage.KS3,),
        subjects=(Subject.PSHE, Subject.CITIZENSHIP, Subject.ASSEMBLY),
        topics=(Topic.HELPING, Topic.LAW),
        learning="Explain the difference between a bystander and an upstander.\n"
        "Describe four safe ways to help: distract, get help, check in, speak up.\n"
        "Tell a hate incident from a hate crime, and know whom to tell about either.",
        curriculum="Citizenship, key stage 3: rules, laws and the justice system, with the role of the police.\n"
        "Relationships and sex education, secondary: respectful relationships; when behaviour is a hate crime.",
        campaign="safe-ways-to-help",
        awareness_dates=("national-hate-crime-awareness-week", "anti-bullying-week"),
    ),
    DemoPack(
        code="demo-words-online",
        title="Words online",
        summary="A lesson of 45 minutes for years 10 and 11: how hateful posts work, and what to do with one.",
        key_stages=(KeyStage.KS4,),
        subjects=(Subject.COMPUTING, Subject.CITIZENSHIP, Subject.ENGLISH),
        topics=(Topic.PREJUDICE, Topic.ONLINE, Topic.LAW),
        learning="Analyse how posts turn people into a group to be blamed.\n"
        "Weigh freedom of expression against the harm that words do.\n"
        "Choose what to do with a hateful post: pause, block, report, support.",
        curriculum="Citizenship, key stage 4: diverse identities in the United Kingdom, and mutual respect and "
        "understanding.\nRelationships and sex education, secondary: rights and responsibilities online.",
        campaign="five-days-one-message",
        awareness_dates=("national-hate-crime-awareness-week",),
    ),
)


NAMES = frozenset(f"{demo.code.removeprefix('demo-')}-{name}" for demo in PACKS for name, *_ in FILES)


def checked_files(folder: Path = FOLDER) -> dict[str, bytes]:
    """Return the demonstration's files by name, each as it was when its checksum was written down.

    Raises:
        CommandError: the list of checksums or a file is missing, or a file is not what it was.
    """
    try:
        sums = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        contents = {name: (folder / name).read_bytes() for name in sorted(NAMES)}
    except (OSError, ValueError) as error:
        raise CommandError(
            f"The demonstration's lesson files cannot be read ({error}). Fetch schools/demo_files again."
        ) from error
    if not isinstance(sums, dict) or not NAMES.issubset(sums):
        raise CommandError("The demonstration's manifest.json is damaged. Fetch schools/demo_files again.")
    for name, content in contents.items():
        if hashlib.sha256(content).hexdigest() != sums[name]:
            raise CommandError(f"The demonstration file {name} is damaged. Fetch schools/demo_files again.")
    return contents


def load(report: Callable[[str], None]) -> None:
    """Make the packs that are not there yet, with their files and their live pages.

    Raises:
        CommandError: a file is missing or damaged; nothing is made then.
    """
    contents = checked_files()
    with transaction.atomic():
        for demo in PACKS:
            if not LessonPack.objects.filter(code=demo.code).exists():
                _make(demo, contents)
            report(demo.title)


def _make(demo: DemoPack, contents: dict[str, bytes]) -> None:
    pack = LessonPack.objects.create(
        code=demo.code,
        title=demo.title,
        duration=45,
        learning=demo.learning,
        curriculum=demo.curriculum,
        content_guidance=GUIDANCE,
        campaign=Campaign.objects.filter(code=demo.campaign).first(),
    )
    classify(
        pack=pack,
        key_stages=demo.key_stages,
        subjects=demo.subjects,
        topics=demo.topics,
        strands=Strand,
        awareness_dates=AwarenessDate.objects.filter(code__in=demo.awareness_dates),
    )
    for order, (name, title, kind, audience) in enumerate(FILES):
        content = contents[f"{demo.code.removeprefix('demo-')}-{name}"]
        file = LessonFile.objects.create(
            pack=pack,
            title=title,
            kind=kind,
            audience=audience,
            sort_order=order,
            arrived=ContentFile(content, name=name),
        )
        # Made of what is committed, as the worker does it: whatever fails before then leaves no file behind.
        transaction.on_commit(partial(check_file, file, is_ours=True))
    page = start_pack(pack=pack)
    page.summary = demo.summary
    publish_laid(page)
    transaction.on_commit(partial(_build, pack))


def _build(pack: LessonPack) -> None:
    ask_for_builds()
    build_pack(PackBuild.objects.get(pack=pack))


@transaction.atomic
def remove() -> None:
    """Take the demonstration's packs away, their pages and stored files with them."""
    for pack in LessonPack.objects.filter(code__in=[demo.code for demo in PACKS]):
        for page in in_english(LessonPackPage.objects).filter(pack=pack):
            page.delete()
        pack.delete()


chapters.offer("schools")(Chapter(order=50, steps=len(PACKS), load=load, remove=remove))
