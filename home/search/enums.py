"""Closed lists of search."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a result is; where two fit equally well, the one that stands first here comes first."""

    SUPPORT = "support", _("Get help")
    LESSON = "lesson", _("Lesson packs")
    EVENT = "event", _("Events")
    CAMPAIGN = "campaign", _("Campaigns")
    SURVEY = "survey", _("Surveys")
    INFORMATION = "information", _("Information")
    INDICATOR = "indicator", _("How it is going")


class Place(TextChoices):
    """Where in an entry a word stands, from the most telling place to the least (PostgreSQL's weights A to D)."""

    TITLE = "title"
    SUMMARY = "summary"
    ALSO = "also"
    BODY = "body"
