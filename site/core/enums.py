"""Closed lists that several rooms share."""

from django.db.models import TextChoices


class Strand(TextChoices):
    """The five monitored strands, always in this order and always all five (no hierarchy of hate)."""

    RACE = "race", "Race"
    RELIGION = "religion", "Religion"
    SEXUAL_ORIENTATION = "sexual-orientation", "Sexual orientation"
    DISABILITY = "disability", "Disability"
    TRANSGENDER = "transgender", "Transgender identity"


class Channel(TextChoices):
    """The way somebody was reached."""

    WEB = "web", "Website"
    EMAIL = "email", "Email"
    SOCIAL = "social", "Social media"
    PRINT = "print", "Print"
    OUTDOOR = "outdoor", "Outdoor"
    PRESS = "press", "Press"
    PARTNER = "partner", "Partner"
    EVENT = "event", "Event"


class CodeStatus(TextChoices):
    """How sure we are of a ward's official code; only a confirmed one is ever published."""

    CONFIRMED = "confirmed", "Confirmed"
    INFERRED = "inferred", "Inferred, not confirmed"
    UNKNOWN = "unknown", "Not known"


class SupportKind(TextChoices):
    """What a support service is for."""

    EMERGENCY = "emergency", "In an emergency"
    REPORT = "report", "Report a hate crime or incident"
    SUPPORT = "support", "Get support"
