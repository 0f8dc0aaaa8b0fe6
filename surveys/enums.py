"""The closed lists of surveys."""

from enum import nonmember

from django.db.models import TextChoices


class Kind(TextChoices):
    """How a question is answered."""

    SINGLE = "single", "Single choice"
    MULTIPLE = "multiple", "Multiple choice"
    SCALE = "scale", "Scale"
    TEXT = "text", "Long text"

    one_of = nonmember(("single", "scale"))
    with_options = nonmember(("single", "multiple", "scale"))


class Matching(TextChoices):
    """How many of an item's conditions have to hold."""

    ALL = "all", "All of these hold"
    ANY = "any", "Any of these holds"


class Operator(TextChoices):
    """How a condition looks at an earlier answer; the runner says what each means."""

    IS = "is", "is"
    IS_ANY_OF = "is-any-of", "is any of"
    IS_NONE_OF = "is-none-of", "is none of"
    AT_LEAST = "at-least", "has a score of at least"
    AT_MOST = "at-most", "has a score of at most"
    ANSWERED = "answered", "is answered"

    of_several = nonmember(("is-any-of", "is-none-of"))
    of_scores = nonmember(("at-least", "at-most"))


class WordingStatus(TextChoices):
    """How far a wording has come."""

    DRAFTED = "drafted", "Drafted"
    PILOTED = "piloted", "Piloted"
    IN_USE = "in-use", "In use"


class WaveKind(TextChoices):
    """What a wave is for."""

    REAL = "real", "Real: its answers become figures"
    PILOT = "pilot", "Pilot: tries the questions out, and feeds no indicator"


class WaveState(TextChoices):
    """Where a wave stands."""

    DRAFT = "draft", "Draft"
    OPEN = "open", "Open"
    PAUSED = "paused", "Paused"
    CLOSED = "closed", "Closed"

    running = nonmember(("open", "paused"))


class Comparability(TextChoices):
    """What a correction inside a wave does to the answers that the changed questions had before it."""

    COMPARABLE = "comparable", "Comparable: answers before the correction count on"
    EXCLUDED = "excluded", "Not comparable: answers before it to the changed questions are left out"


class CollectorKind(TextChoices):
    """A way in to a wave."""

    OPEN_LINK = "open-link", "Open link"
    PLACEMENT = "placement", "Placement"
    CODES = "codes", "Single-use codes"
    PAPER = "paper", "Paper"
    ASSISTED = "assisted", "Assisted"

    by_staff = nonmember(("paper", "assisted"))


class BatchState(TextChoices):
    """How far a batch of papers is."""

    KEYING = "keying", "Being typed in"
    CHECKING = "checking", "Being checked"
    DONE = "done", "Brought in"


class SampleType(TextChoices):
    """How the people who answer came to be asked; it decides how the results may be read."""

    OPEN = "open", "Open: anyone with the link"
    RANDOM = "random", "Random sample"


class Mode(TextChoices):
    """What people answer on."""

    ONLINE = "online", "Online"
    PAPER = "paper", "On paper"
    TELEPHONE = "telephone", "By telephone"
    FACE_TO_FACE = "face-to-face", "Face to face"


class ResultState(TextChoices):
    """How far the figures of one closed wave have come."""

    WAITING = "waiting", "Waiting for the worker"
    COMPUTING = "computing", "Being computed"
    FAILED = "failed", "Not computed"
    READY = "ready", "To be read"
    SUBMITTED = "submitted", "Sent for approval"
    APPROVED = "approved", "Approved and published"
    REPLACED = "replaced", "Replaced by a correction"
    WITHDRAWN = "withdrawn", "Withdrawn"

    unfinished = nonmember(("waiting", "computing"))
    readable = nonmember(("ready", "submitted", "approved", "replaced", "withdrawn"))


class Mark(TextChoices):
    """What about a response makes one doubt that a person gave it with care; no verdict, and nothing about its turn."""

    SPEED = "speed", "Faster than anybody reads"
    STRAIGHT = "straight-lines", "The same answer to every question"
    SAME_WORDS = "same-words", "The same long words as other responses"
    TRAP = "trap", "Something in a box that people do not see"
    BURST = "burst", "By a way in, and in a month, in which many came from one address within minutes"
