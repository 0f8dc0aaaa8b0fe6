"""How a mailing stands, in a sentence or two for whoever looks at its page. No word of it is asked of Mailchimp."""

from django.utils import timezone
from django.utils.formats import date_format

from campaigns.enums import MailingState, Wish
from campaigns.models import Mailing, MailingCopy, SendRequest
from campaigns.queries.sending import copy_at_mailchimp, is_held_now, open_request

BEFORE_IT_GOES = {
    MailingState.DRAFT: "Nobody gets it before it was sent in and a colleague approved it.",
    MailingState.SUBMITTED: "It waits for a colleague who had no hand in it.",
    MailingState.APPROVED: "It is approved, and not laid at Mailchimp. Nothing goes out before somebody sends it.",
    MailingState.PUSHING: "It is being laid at Mailchimp and compared with what was approved. Nothing goes out by it.",
}
HELD = "Everything is held, so it stays here until the hold ends or somebody lets it go."
UNKNOWN = (
    "Nobody knows yet whether it goes out or went. It is not sent again by itself: Mailchimp is only looked at, each "
    "minute, and this page tells as soon as that is known."
)


def standing_of(mailing: Mailing) -> str:
    """Return how ``mailing`` stands."""
    state = MailingState(mailing.state)
    if state in BEFORE_IT_GOES:
        return BEFORE_IT_GOES[state]
    if state == MailingState.SENT:
        when = date_format(timezone.localtime(mailing.sent_at), "j F Y, H:i") if mailing.sent_at else "some day"
        return f"It was sent on {when} to {people(mailing.emails_sent or 0)}."
    if state == MailingState.CANCELLED:
        return mailing.fault or "It was given up: it does not go out."
    return _on_its_way(state, open_request(mailing), copy_at_mailchimp(mailing))


def people(number: int) -> str:
    """Return a number of people in words."""
    return "1 person" if number == 1 else f"{number:,} people"


def _on_its_way(state: MailingState, request: SendRequest | None, copy: MailingCopy | None) -> str:
    whom = people(copy.recipients or 0) if copy else "its recipients"
    if state == MailingState.READY:
        return f"It lies at Mailchimp as it was approved, for {whom}. Nothing goes out before somebody sends it."
    if state == MailingState.SEND_REQUESTED:
        return _asked(request, whom)
    if state == MailingState.SCHEDULED:
        return _scheduled(request, whom)
    if state == MailingState.SENDING:
        return f"Mailchimp is sending it to {whom}. Nothing brings it back."
    left = request is not None and request.wish == Wish.LEAVE
    return f"{UNKNOWN} A manager left it as it is." if left else UNKNOWN


def _asked(request: SendRequest | None, whom: str) -> str:
    if request and request.posted_at:
        return "Mailchimp is being asked at this moment, once. Whatever comes of it is looked up there."
    if request and is_held_now(request):
        return HELD
    when = in_words(request) if request else "soon"
    return f"It is to go {when} to {whom}. Everything is looked at once more before Mailchimp is asked."


def _scheduled(request: SendRequest | None, whom: str) -> str:
    sentence = f"Mailchimp sends it {in_words(request) if request else 'by itself'} to {whom}."
    if request and request.wish == Wish.STOP:
        return f"{sentence} It is being stopped: this page tells once Mailchimp has taken it off its schedule."
    if request and is_held_now(request):
        return f"{sentence} Everything is held: it is being taken off the schedule."
    return f"{sentence} Until then it can be stopped."


def in_words(request: SendRequest) -> str:
    """Return when ``request`` wants it to go."""
    return f"on {date_format(timezone.localtime(request.due), 'j F Y, H:i')}" if request.due else "at once"
