"""When the index of search is told to look again.

Pages are published by Wagtail and rows are edited in many places: signals are the one thing that all of them pass.
"""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core.models import SupportService
from events.models import Event, Occurrence, Venue
from home.search.actions import nudge
from indicators.models import Indicator, Strategy
from schools.models import LessonPack
from surveys.models import Survey

ROWS = (Event, Indicator, LessonPack, Occurrence, Strategy, SupportService, Survey, Venue)


def look_again(**_: Any) -> None:
    """Nudge."""
    nudge()


def listen() -> None:
    """Hear of every change to what can be found."""
    for signal in (page_published, page_unpublished, post_page_move, page_slug_changed):
        signal.connect(look_again, dispatch_uid="search")
    for model in ROWS:
        for signal in (post_save, post_delete):
            signal.connect(look_again, sender=model, dispatch_uid="search")
