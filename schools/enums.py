"""Closed lists of the schools room."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class KeyStage(TextChoices):
    """The stages of school in England, youngest first."""

    EYFS = "eyfs", _("Early years")
    KS1 = "ks1", _("Key stage 1")
    KS2 = "ks2", _("Key stage 2")
    KS3 = "ks3", _("Key stage 3")
    KS4 = "ks4", _("Key stage 4")
    POST_16 = "post-16", _("Post-16")

    @property
    def ages(self) -> tuple[int, int]:
        """The youngest and the oldest age in years."""
        return _AGES[self]

    @property
    def years(self) -> tuple[str, ...]:
        """The school years, as teachers call them."""
        return _YEARS[self]

    @property
    def in_full(self) -> str:
        """The stage with its years and ages, for a page: "Key stage 2 (years 3 to 6, ages 7 to 11)"."""
        youngest, oldest = self.ages
        named = {"stage": self.label, "youngest": youngest, "oldest": oldest}
        if self == KeyStage.EYFS:
            return gettext("%(stage)s (nursery and reception, ages %(youngest)s to %(oldest)s)") % named
        years = {"first": self.years[0], "last": self.years[-1]}
        return gettext("%(stage)s (years %(first)s to %(last)s, ages %(youngest)s to %(oldest)s)") % (named | years)

    @property
    def every_year(self) -> str:
        """The stage with each of its years and ages: "Key stage 4 ks4 year 10 year 11 ages 14 15 16"."""
        youngest, oldest = self.ages
        years = [f"year {year}" if year.isdigit() else year for year in self.years]
        return " ".join([str(self.label), self.value, *years, "ages", *map(str, range(youngest, oldest + 1))])


_AGES = {
    KeyStage.EYFS: (3, 5),
    KeyStage.KS1: (5, 7),
    KeyStage.KS2: (7, 11),
    KeyStage.KS3: (11, 14),
    KeyStage.KS4: (14, 16),
    KeyStage.POST_16: (16, 18),
}
_YEARS = {
    KeyStage.EYFS: ("nursery", "reception"),
    KeyStage.KS1: ("1", "2"),
    KeyStage.KS2: ("3", "4", "5", "6"),
    KeyStage.KS3: ("7", "8", "9"),
    KeyStage.KS4: ("10", "11"),
    KeyStage.POST_16: ("12", "13"),
}


class Subject(TextChoices):
    """What a lesson may be taught in."""

    ASSEMBLY = "assembly", _("Assembly or tutor time")
    CITIZENSHIP = "citizenship", _("Citizenship")
    COMPUTING = "computing", _("Computing")
    ENGLISH = "english", _("English")
    HISTORY = "history", _("History")
    PSHE = "pshe", _("PSHE")
    RE = "re", _("Religious education")
    RSHE = "rshe", _("Relationships, sex and health education")


class Topic(TextChoices):
    """What a lesson is about."""

    BELONGING = "belonging", _("Identity and belonging")
    PREJUDICE = "prejudice", _("Prejudice and stereotypes")
    HELPING = "helping", _("Helping when somebody is targeted")
    ONLINE = "online", _("Hate online")
    LAW = "law", _("Hate crime, the law and reporting")
    HISTORY = "history", _("Lessons from history")


class Duration(TextChoices):
    """Bands of a lesson's length that teachers choose by."""

    SHORT = "30", _("Up to 30 minutes")
    LESSON = "60", _("31 to 60 minutes")
    LONGER = "longer", _("More than an hour")

    @property
    def minutes(self) -> tuple[int, int]:
        """The shortest and the longest length in minutes."""
        return {Duration.SHORT: (1, 30), Duration.LESSON: (31, 60), Duration.LONGER: (61, 600)}[self]


class Supervision(TextChoices):
    """How closely pupils are to be looked after while they use a pack, closest first."""

    LED = "led", _("A teacher who has read everything first leads it")
    WATCHED = "watched", _("An adult stays with the pupils throughout")
    ALONE = "alone", _("Pupils can use it on their own")


class Licence(TextChoices):
    """What others may do with a pack."""

    OGL = "ogl-3.0", _("Open Government Licence v3.0")
    CC_BY = "cc-by-4.0", _("Creative Commons Attribution 4.0")
    CC_BY_SA = "cc-by-sa-4.0", _("Creative Commons Attribution-ShareAlike 4.0")

    @property
    def address(self) -> str:
        """Where the licence can be read."""
        return {
            Licence.OGL: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
            Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
            Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
        }[self]


class FileKind(TextChoices):
    """What a lesson file is."""

    LESSON_PLAN = "lesson-plan", _("Lesson plan")
    SLIDES = "slides", _("Slides")
    WORKSHEET = "worksheet", _("Worksheet")
    NOTES = "notes", _("Notes")
    OTHER = "other", _("Other")


class Audience(TextChoices):
    """Whose hands a lesson file is for."""

    TEACHER = "teacher", _("For teachers")
    PUPIL = "pupil", _("For pupils")


class FileState(TextChoices):
    """What became of the file that came last."""

    PENDING = "pending", "Waits to be checked"
    CLEAN = "clean", "Checked"
    REFUSED = "refused", "Refused"
    UNCHECKED = "unchecked", "Not checked"


class Format(TextChoices):
    """The formats a lesson file may have; the value is the file's extension."""

    PDF = "pdf", _("PDF")
    PPTX = "pptx", _("PowerPoint")
    DOCX = "docx", _("Word")
    ODP = "odp", _("OpenDocument slides")
    ODT = "odt", _("OpenDocument text")

    @property
    def media_type(self) -> str:
        """The media type (RFC 6838) that a download is sent with."""
        office = "application/vnd.openxmlformats-officedocument"
        return {
            Format.PDF: "application/pdf",
            Format.PPTX: f"{office}.presentationml.presentation",
            Format.DOCX: f"{office}.wordprocessingml.document",
            Format.ODP: "application/vnd.oasis.opendocument.presentation",
            Format.ODT: "application/vnd.oasis.opendocument.text",
        }[self]

    @property
    def has_pages(self) -> bool:
        """Whether it is made of pages or slides, rather than of one text that each program breaks its own way."""
        return self in {Format.PDF, Format.PPTX, Format.ODP}


class Phase(TextChoices):
    """How far along school a school takes pupils, as the national register has it."""

    NONE = "none", "No phase"
    NURSERY = "nursery", "Nursery"
    PRIMARY = "primary", "Primary"
    MIDDLE_PRIMARY = "middle-primary", "Middle, counted as primary"
    SECONDARY = "secondary", "Secondary"
    MIDDLE_SECONDARY = "middle-secondary", "Middle, counted as secondary"
    POST_16 = "post-16", "Post-16"
    ALL_THROUGH = "all-through", "All-through"


class SchoolStatus(TextChoices):
    """Whether a school takes pupils. One that closed stays in our register: it was there."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    PLANNED = "planned", "Not open yet"


class RegisterKind(TextChoices):
    """Which of the register's two files one is."""

    SCHOOLS = "schools", "Schools"
    LINKS = "links", "Links between schools"


class ImportState(TextChoices):
    """How far a file of the register has come."""

    WAITING = "waiting", "Waiting for the worker"
    READING = "reading", "Being compared"
    REPORTED = "reported", "Compared: nothing is changed yet"
    CONFIRMED = "confirmed", "About to be brought in"
    APPLYING = "applying", "Being brought in"
    DONE = "done", "Brought in"
    FAILED = "failed", "Not brought in: nothing was changed"
    DROPPED = "dropped", "Given up"

    at_work = nonmember(("waiting", "reading", "confirmed", "applying"))
    unfinished = nonmember(("waiting", "reading", "reported", "confirmed", "applying"))


class Told(TextChoices):
    """What somebody who took a pack told of their school."""

    SCHOOL = "school", "A school of the register"
    HOME = "home", _("We educate at home")
    NOT_LISTED = "not-listed", _("My school is not in the list")


class Useful(TextChoices):
    """How useful a teacher found a pack, best first."""

    VERY = "very", _("Very useful")
    FAIRLY = "fairly", _("Fairly useful")
    NOT_VERY = "not-very", _("Not very useful")
    NOT_AT_ALL = "not-at-all", _("Not useful at all")

    good = nonmember(("very", "fairly"))


class CommentState(TextChoices):
    """What became of a teacher's words."""

    WAITING = "waiting", "Waits for a schools lead"
    PUBLISHED = "published", "Published"
    HIDDEN = "hidden", "Hidden"
