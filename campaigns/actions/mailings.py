"""Writing a mailing: begun, written, sent in. Each step is a line of its history."""

from campaigns.enums import MailingState
from campaigns.models import Mailing, MailingEvent
from core.models import User


def record(mailing: Mailing, *, words: str, by: User | None, to: MailingState | None = None) -> MailingEvent:
    """Add a line to the history of ``mailing``, which goes on to state ``to`` unless it stays where it is.

    Call it inside the transaction that locked the row; whatever else was changed of ``mailing`` is saved with it.
    """
    before = MailingState(mailing.state)
    mailing.state = to or before
    mailing.save()
    return MailingEvent.objects.create(
        mailing=mailing, by=by, from_state=before, to_state=mailing.state, words=words[:1000]
    )
