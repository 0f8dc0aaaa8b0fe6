"""What is published of many classes together: worked out once, looked at by a second person, and never changed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from schools.models.classes import ClassSession
from schools.models.packs import LessonPack


class ClassPoolQuerySet(models.QuerySet["ClassPool"]):
    """Pools by how far they have come."""

    def approved(self) -> "ClassPoolQuerySet":
        """Return those that were published, the newest first."""
        return self.filter(approved_on__isnull=False).order_by("-approved_on", "-pk")

    def waiting(self) -> "ClassPoolQuerySet":
        """Return those that a colleague has to look at."""
        return self.filter(approved_on=None).order_by("made_on", "pk")


class ClassPool(models.Model):
    """How the classes of several schools answered about one pack before and after, as everybody may see it.

    ``figures`` hold whole percentages with what is withheld left out. Of a pack's approved pools the newest is shown.
    """

    pack = models.ForeignKey(LessonPack, on_delete=models.PROTECT, related_name="class_pools")
    sessions = models.ManyToManyField(ClassSession, related_name="+")
    figures = models.JSONField()
    made_on = models.DateField(default=timezone.localdate)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    approved_on = models.DateField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = ClassPoolQuerySet.as_manager()

    class Meta:
        ordering = ("-made_on", "-pk")
        permissions = [
            ("approve_classpool", "Can approve what a colleague worked out of many classes"),
            ("export_classpool", "Can take the file behind what was published of many classes"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("pack",), condition=Q(approved_on=None), name="class_pool_one_waits_for_a_pack"
            ),
            models.CheckConstraint(
                condition=~Q(approved_by=F("made_by")), name="class_pool_approved_by_a_second_person"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(approved_on__isnull=False), name="class_pool_approved_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"Classes together, {self.pack}, {self.made_on:%-d %B %Y}"
