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


class WordingStatus(TextChoices):
    """How far a wording has come."""

    DRAFTED = "drafted", "Drafted"
    PILOTED = "piloted", "Piloted"
    IN_USE = "in-use", "In use"


class WaveState(TextChoices):
    """Where a wave stands."""

    DRAFT = "draft", "Draft"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class CollectorKind(TextChoices):
    """A way in to a wave."""

    OPEN_LINK = "open-link", "Open link"


class SampleType(TextChoices):
    """How the people who answer came to be asked; it decides how the results may be read."""

    OPEN = "open", "Open: anyone with the link"
    RANDOM = "random", "Random sample"


class Mode(TextChoices):
    """What people answer on."""

    ONLINE = "online", "Online"
