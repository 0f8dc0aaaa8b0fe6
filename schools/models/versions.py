"""What changed from one version of a pack to the next."""

from django.db import models
from django.db.models import Q

from schools.models.packs import LessonPack


class PackVersion(models.Model):
    """A version of a pack after the first one: when it came, and what changed, in words for teachers."""

    pack = models.ForeignKey(LessonPack, on_delete=models.CASCADE, related_name="told_versions")
    number = models.PositiveSmallIntegerField()
    day = models.DateField()
    what_changed = models.TextField()

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=("pack", "number"), name="pack_version_number_unique"),
            models.CheckConstraint(condition=Q(number__gte=2), name="pack_version_from_2"),
            models.CheckConstraint(condition=~Q(what_changed=""), name="pack_version_says_what_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.pack}, version {self.number}"
