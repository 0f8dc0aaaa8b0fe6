"""Lesson packs and their files, and the pages that show them."""

from schools.models.packs import LessonFile, LessonPack, PackKeyStage, PackSubject
from schools.models.pages import LessonPackPage, SchoolsIndexPage

__all__ = ["LessonFile", "LessonPack", "LessonPackPage", "PackKeyStage", "PackSubject", "SchoolsIndexPage"]
