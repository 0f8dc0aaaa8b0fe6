"""Closed lists of signing up for news."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HandOver(TextChoices):
    """How far something has come on its way to Mailchimp."""

    WAITING = "waiting", "Waits"
    HANDING = "handing-over", "Being handed over"
    DONE = "handed-over", "Handed over"
    REFUSED = "refused", "Refused"


class Standing(TextChoices):
    """What became of an agreement."""

    AGREED = "agreed", "Agreed in the form"
    CONFIRMED = "confirmed", "Confirmed by email"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Ending(TextChoices):
    """How an agreement ended."""

    HERE = "here", "On our preferences page"
    LINK = "link", "By the link in an email"
    ABUSE = "abuse", "Marked an email as spam"
    DELETED = "deleted", "Taken off the audience at Mailchimp"
    BOUNCED = "bounced", "The address does not take email any more"


class Preferences(TextChoices):
    """How far somebody who asked for their preferences has come."""

    ASKED = "asked", "Waits to be looked up"
    LINKED = "linked", "Was sent a link"
    NOBODY = "nobody", "Not on the audience"
    WANTED = "wanted", "A change waits to be handed over"
    HANDING = "handing-over", "Being handed over"
    DONE = "done", "Handed over"
    REFUSED = "refused", "Refused"
    ENDED = "ended", "The link was not used"


class Happening(TextChoices):
    """What can happen to a subscription, as Mailchimp names it; the last happens on our own page."""

    SUBSCRIBE = "subscribe", "Confirmed"
    PROFILE = "profile", "Changed what they want"
    UPEMAIL = "upemail", "Changed the address"
    UNSUBSCRIBE = "unsubscribe", "Unsubscribed"
    CLEANED = "cleaned", "Cleaned"
    HERE = "here", "Unsubscribed here"


class Frequency(TextChoices):
    """What somebody wants from now on, on the preferences page."""

    STAY = "stay", _("Keep sending me news")
    LEAVE = "leave", _("Stop all news")
