"""Lesson packs and their files, the pages that show them, and the schools that they reach."""

from schools.models.packs import LessonFile, LessonPack, PackKeyStage, PackSubject
from schools.models.pages import LessonPackPage, SchoolsIndexPage
from schools.models.register import RegisterImport, School, SchoolLink, SchoolReached

__all__ = [
    "LessonFile",
    "LessonPack",
    "LessonPackPage",
    "PackKeyStage",
    "PackSubject",
    "RegisterImport",
    "School",
    "SchoolLink",
    "SchoolReached",
    "SchoolsIndexPage",
]
