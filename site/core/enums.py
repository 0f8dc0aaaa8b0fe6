"""Closed lists that several rooms share."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Strand(TextChoices):
    """The five monitored strands, always in this order and always all five (no hierarchy of hate)."""

    RACE = "race", _("Race")
    RELIGION = "religion", _("Religion")
    SEXUAL_ORIENTATION = "sexual-orientation", _("Sexual orientation")
    DISABILITY = "disability", _("Disability")
    TRANSGENDER = "transgender", _("Transgender identity")


class Channel(TextChoices):
    """The way somebody was reached."""

    WEB = "web", _("Website")
    EMAIL = "email", _("Email")
    SOCIAL = "social", _("Social media")
    PRINT = "print", _("Print")
    OUTDOOR = "outdoor", _("Outdoor")
    PRESS = "press", _("Press")
    PARTNER = "partner", _("Partner")
    EVENT = "event", _("Event")


class CodeStatus(TextChoices):
    """How sure we are of a ward's official code; only a confirmed one is ever published."""

    CONFIRMED = "confirmed", "Confirmed"
    INFERRED = "inferred", "Inferred, not confirmed"
    UNKNOWN = "unknown", "Not known"


class SupportKind(TextChoices):
    """What a support service is for."""

    EMERGENCY = "emergency", _("In an emergency")
    REPORT = "report", _("Report a hate crime or incident")
    SUPPORT = "support", _("Get support")


class SupportNeed(TextChoices):
    """What a support service helps with."""

    TALK = "talk", _("Somebody to talk to")
    REPORT = "report", _("Reporting what happened")
    ADVICE = "advice", _("Knowing your rights")
    CASE = "case", _("Going through the police and the court")
    HOME = "home", _("Your home and neighbours")
    WORK = "work", _("Work and study")
    YOUNG = "young", _("Children and young people")
    HEALTH = "health", _("Your health")


class SupportLanguage(TextChoices):
    """A language that a support service can be spoken to in; what the site itself is written in is another matter."""

    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")
    BSL = "bfi", _("British Sign Language")
    GUJARATI = "gu", _("Gujarati")
    KURDISH = "ckb", _("Kurdish (Sorani)")
    PANJABI = "pa", _("Panjabi")
    POLISH = "pl", _("Polish")
    ROMANIAN = "ro", _("Romanian")
    URDU = "ur", _("Urdu")
    INTERPRETER = "interpreter", _("Any other, with an interpreter")


class MakingState(TextChoices):
    """How far the worker is with files that it makes."""

    WAITING = "waiting", "Waits for the worker"
    MAKING = "making", "Being made"
    READY = "ready", "Ready"
    REFUSED = "refused", "Not made"
