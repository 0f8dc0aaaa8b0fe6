"""A lesson pack in schema.org's words."""

from core.sharing import COUNCIL, Node, address
from schools.models import LessonFile, LessonPack, LessonPackPage


def pack_node(page: LessonPackPage) -> Node:
    """Return the page's pack as something to learn with."""
    pack = page.pack
    return {
        "@type": "LearningResource",
        "name": page.title,
        "description": page.summary,
        "url": address(page.url),
        "inLanguage": page.words_language,
        "learningResourceType": "Lesson plan",
        "educationalLevel": [str(stage.label) for stage in pack.key_stages],
        "typicalAgeRange": _ages(pack),
        "audience": {"@type": "EducationalAudience", "educationalRole": "teacher"},
        "about": [str(one.label) for one in (*pack.subjects, *pack.topics)],
        "teaches": pack.learning_points,
        "timeRequired": f"PT{pack.duration}M",
        "license": pack.known_licence.address,
        "version": str(pack.version),
        "isAccessibleForFree": True,
        "publisher": COUNCIL,
        "encoding": [_file_node(file) for file in pack.offered_files],
    }


def _ages(pack: LessonPack) -> str:
    """Return the youngest and the oldest age that it suits: "7-14"."""
    ages = [age for stage in pack.key_stages for age in stage.ages]
    return f"{min(ages)}-{max(ages)}" if ages else ""


def _file_node(file: LessonFile) -> Node:
    return {
        "@type": "MediaObject",
        "name": file.title,
        "encodingFormat": file.known_format.media_type,
        "contentSize": str(file.size),
        "inLanguage": file.language,
        "license": file.known_licence.address,
    }
