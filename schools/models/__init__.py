"""Lesson packs and their files, the pages that show them, the schools they reach, and the classes that use them."""

from schools.models.builds import PackBuild
from schools.models.classes import (
    ClassAnswer,
    ClassPhase,
    ClassQuestion,
    ClassResult,
    ClassSession,
    ClassVersion,
    ClassWave,
    SentSheet,
)
from schools.models.feedback import PackFeedback
from schools.models.files import FileLeaf, LessonFile
from schools.models.packs import LessonPack, PackAwareness, PackKeyStage, PackStrand, PackSubject, PackTopic
from schools.models.pages import LessonPackPage, SchoolsIndexPage
from schools.models.pools import ClassPool
from schools.models.register import RegisterImport, School, SchoolLink, SchoolReached
from schools.models.versions import PackVersion

__all__ = [
    "ClassAnswer",
    "ClassPhase",
    "ClassPool",
    "ClassQuestion",
    "ClassResult",
    "ClassSession",
    "ClassVersion",
    "ClassWave",
    "FileLeaf",
    "LessonFile",
    "LessonPack",
    "LessonPackPage",
    "PackAwareness",
    "PackBuild",
    "PackFeedback",
    "PackKeyStage",
    "PackStrand",
    "PackSubject",
    "PackTopic",
    "PackVersion",
    "RegisterImport",
    "School",
    "SchoolLink",
    "SchoolReached",
    "SchoolsIndexPage",
    "SentSheet",
]
