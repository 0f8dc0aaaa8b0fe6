"""The national register of schools as it stands here, the files that it came from, and which schools packs reached."""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from core.models import Ward
from core.privacy import Declaration
from schools.enums import ImportState, Phase, RegisterKind, SchoolStatus, Told
from schools.models.packs import LessonPack

# England and Wales have six digits, Scotland seven, Northern Ireland three and four.
URN_SHAPE = r"^([0-9]{6,7}|[0-9]{3}-[0-9]{4})$"
SAMPLE_URN = "9"  # what the URNs of the demonstration's schools begin with; the register's never do


class SchoolQuerySet(models.QuerySet["School"]):
    """Schools by what they are on a day, or today."""

    def open(self) -> "SchoolQuerySet":
        """Return those that take pupils, by what the register last said."""
        return self.filter(status=SchoolStatus.OPEN)


class School(models.Model):
    """One school of the national register, under its unique reference number (URN).

    Schools are closed, never deleted. One that becomes an academy is closed and opens under a new URN: a ``SchoolLink``
    says which, and ``schools.queries.register`` follows it, so that it counts once. The register's names, numbers and
    addresses of heads are never read.
    """

    shown_on_pages = False

    urn = models.CharField("URN", max_length=8, unique=True, validators=[RegexValidator(URN_SHAPE)])
    name = models.CharField(max_length=200)
    authority_code = models.CharField("local authority's number", max_length=3, blank=True)
    authority_name = models.CharField("local authority", max_length=100, blank=True)
    area_code = models.CharField("local authority's official code", max_length=9, blank=True)
    phase = models.CharField(max_length=16, choices=Phase)
    type_group = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=10, choices=SchoolStatus)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    youngest = models.PositiveSmallIntegerField("youngest age", null=True, blank=True)
    oldest = models.PositiveSmallIntegerField("oldest age", null=True, blank=True)
    pupils = models.PositiveIntegerField("number of pupils", null=True, blank=True)
    counted_on = models.DateField("day of the count of pupils", null=True, blank=True)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    ward = models.ForeignKey(Ward, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(editable=False, help_text="What it is found by, in small letters without accents.")

    objects = SchoolQuerySet.as_manager()

    class Meta:
        ordering = ("name", "urn")
        constraints = [
            models.CheckConstraint(condition=Q(urn__regex=URN_SHAPE), name="school_urn_has_its_shape"),
            models.CheckConstraint(condition=~Q(name=""), name="school_has_a_name"),
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="school_phase_known"),
            models.CheckConstraint(condition=Q(status__in=SchoolStatus.values), name="school_status_known"),
            models.CheckConstraint(
                condition=Q(opened_on=None) | Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="school_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(youngest=None) | Q(oldest=None) | Q(oldest__gte=F("youngest")), name="school_ages_in_order"
            ),
        ]
        indexes = [models.Index(fields=("area_code", "status"), name="school_by_area")]

    def __str__(self) -> str:
        return f"{self.name} ({self.urn})"

    @property
    def place(self) -> str:
        """Where it is, in one line: town and postcode."""
        return ", ".join(part for part in (self.town, self.postcode) if part)


class SchoolLink(models.Model):
    """One school followed another: an academy its school, a merged school the two before it."""

    shown_on_pages = False

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="followed_by")
    successor = models.ForeignKey(School, on_delete=models.CASCADE, related_name="follows")
    since = models.DateField(null=True, blank=True, help_text="The register does not always say.")

    class Meta:
        ordering = ("school", "since", "successor")
        constraints = [
            models.UniqueConstraint(fields=("school", "successor"), name="school_link_unique"),
            models.CheckConstraint(condition=~Q(school=F("successor")), name="school_link_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.successor} after {self.school}"


def register_storage() -> Storage:
    """Return the storage that has no public address; looked up late so that migrations name no place."""
    return storages["private"]


class RegisterImport(models.Model):
    """One file of the register: who brought it, what it would change, and whether it was brought in.

    The row is the truth; a task is only a nudge. What lies in storage holds none but the columns that we keep, and
    goes once the file is brought in or given up. ``digest`` tells the file as it came. A command leaves no file.
    """

    shown_on_pages = False
    stored_under = "register"

    kind = models.CharField(max_length=10, choices=RegisterKind)
    name = models.CharField("file", max_length=200)
    digest = models.CharField(max_length=64, help_text="The SHA-256 of the file as it came.")
    file = models.FileField(storage=register_storage, upload_to="register", blank=True)
    authorities = models.JSONField("local authorities", default=list, help_text="Their numbers; none means all.")
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.WAITING)
    report = models.JSONField(default=dict, help_text="What it would change, or changed.")
    problem = models.TextField(blank=True)
    rows = models.PositiveIntegerField(default=0)
    touched = models.DateTimeField(null=True, help_text="When a worker last began.")
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", help_text="None: a command."
    )
    brought_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-brought_at", "-pk")
        verbose_name = "file of the school register"
        verbose_name_plural = "files of the school register"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RegisterKind.values), name="register_import_kind_known"),
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="register_import_state_known"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="register_import_digest_is_hex"),
            models.CheckConstraint(
                condition=~Q(state=ImportState.FAILED) | ~Q(problem=""), name="register_import_failed_for_a_reason"
            ),
        ]

    class Privacy(Declaration):
        """Who brought in a file of the school register."""

        fields = ("brought_by",)
        purpose = "To show who changed which schools this site knows, and from which file."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "The council's schools leads."
        retention = "Kept with the record of the file. A name goes when the account is deleted."

    def __str__(self) -> str:
        return f"{self.name}, {self.brought_at:%-d %B %Y}"

    @property
    def is_at_work(self) -> bool:
        """Whether a worker has it, or is about to."""
        return self.state in ImportState.at_work


class SchoolReached(models.Model):
    """A pack was taken for a school on a day, as whoever took it chose to say.

    Nothing of the person, no time of day, and no tie to a download. The same said again on that day adds nothing.
    """

    shown_on_pages = False

    day = models.DateField()
    pack = models.ForeignKey(LessonPack, on_delete=models.PROTECT, related_name="+")
    told = models.CharField(max_length=10, choices=Told)
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("day", "pack", "told", "school")
        constraints = [
            models.CheckConstraint(condition=Q(told__in=Told.values), name="school_reached_told_known"),
            models.CheckConstraint(
                condition=Q(told=Told.SCHOOL, school__isnull=False) | ~Q(told=Told.SCHOOL) & Q(school=None),
                name="school_reached_names_a_school_or_none",
            ),
            models.UniqueConstraint(fields=("day", "pack", "school"), name="school_reached_once_a_day"),
            models.UniqueConstraint(
                fields=("day", "pack", "told"), condition=Q(school=None), name="school_reached_none_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pack}, {self.day:%-d %B %Y}: {self.school or self.get_told_display()}"
