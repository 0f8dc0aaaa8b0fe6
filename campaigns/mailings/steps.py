"""From which state a mailing may go on to which: the only table of it, held by every save of the row."""

from campaigns.enums import MailingState as State

ALLOWED: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED, State.CANCELLED}),
    State.SUBMITTED: frozenset({State.DRAFT, State.APPROVED, State.CANCELLED}),
    State.APPROVED: frozenset({State.DRAFT, State.PUSHING, State.CANCELLED}),
    # Back to approved: something is in the way, and it can be laid again. Not known: it is no draft at Mailchimp.
    State.PUSHING: frozenset({State.APPROVED, State.READY, State.UNKNOWN}),
    State.READY: frozenset({State.DRAFT, State.PUSHING, State.SEND_REQUESTED, State.CANCELLED}),
    State.SEND_REQUESTED: frozenset(
        {State.APPROVED, State.READY, State.SCHEDULED, State.SENDING, State.SENT, State.UNKNOWN, State.CANCELLED}
    ),
    State.SCHEDULED: frozenset({State.READY, State.SENDING, State.SENT, State.UNKNOWN, State.CANCELLED}),
    State.SENDING: frozenset({State.SENT, State.UNKNOWN, State.CANCELLED}),
    State.UNKNOWN: frozenset({State.READY, State.SCHEDULED, State.SENDING, State.SENT, State.CANCELLED}),
    State.SENT: frozenset(),
    State.CANCELLED: frozenset(),
}


class IllegalStepError(TypeError):
    """A mailing was about to go from one state to another that cannot follow."""


def refuse_illegal(before: str, after: str) -> None:
    """Refuse to go from state ``before`` to ``after``, unless that follows or nothing changes.

    Raises:
        IllegalStepError: it does not follow.
    """
    if after != before and after not in ALLOWED[State(before)]:
        raise IllegalStepError(f"A mailing never goes from {before!r} to {after!r}.")
