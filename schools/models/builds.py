"""A whole pack as one file, made ahead of whoever takes it."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.template.defaultfilters import filesizeformat

from core.enums import MakingState
from core.making.models import Made
from core.making.packing import safe_name
from core.storage import discard
from schools.models.packs import LessonPack, private_storage


def build_name(build: "PackBuild", _name: str) -> str:
    """Return where a build lies in storage: named by what it holds."""
    return f"{build.stored_under}/{build.digest}.zip"


class PackBuild(Made):
    """The ZIP file of a pack. What was built before is given out until what follows it is ready."""

    shown_on_pages = False  # the worker refreshes the pages once one is made
    stored_under = "packs"

    pack = models.OneToOneField(LessonPack, on_delete=models.CASCADE, related_name="build")
    contents = models.CharField(max_length=64, blank=True, help_text="The digest of what was packed last, or tried.")
    holds = models.JSONField(default=list, help_text="The keys of the lesson files in it.")
    file = models.FileField(storage=private_storage, upload_to=build_name, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="The digest of what the file holds.")
    size = models.PositiveBigIntegerField("size in bytes", default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(making__in=MakingState.values), name="pack_build_making_known"),
            models.CheckConstraint(condition=Q(file="") | ~Q(digest="") & Q(size__gt=0), name="pack_build_described"),
            models.CheckConstraint(
                condition=~Q(making="refused") | ~Q(problem=""), name="pack_build_refused_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pack}, whole"

    @property
    def download_name(self) -> str:
        """What the file is called on a teacher's disk."""
        return safe_name(self.pack.title, "zip")

    @property
    def readable_size(self) -> str:
        """The size as people say it: "12.5 MB"."""
        return filesizeformat(self.size)


@receiver(post_delete, sender=PackBuild)
def discard_build(instance: PackBuild, **_: Any) -> None:
    """Let the file go with its row, whichever way that goes."""
    if instance.file:
        discard(instance.file.storage, str(instance.file.name))
