"""What the database keeps of mailings, whoever writes to it."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q

from campaigns.actions.mailings import record
from campaigns.enums import MailingState
from campaigns.models import Mailing, MailingEvent
from campaigns.models.mailings import AppendOnlyError
from campaigns.queries.mailings import content_hash
from tests.factories.mailings import make_fit_mailing, make_mailing, make_submitted_mailing

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 10, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"code": "Mail X"}, "mailing_code_shape"),
        ({"state": "submitted"}, "mailing_sent_in_is_frozen"),
        (
            {"state": "sending", "frozen": {"subject": "x"}, "submitted_at": MOMENT},
            "mailing_approved_is_bound",
        ),
        (
            {"state": "submitted", "frozen": {"subject": "x"}, "submitted_at": MOMENT},
            "mailing_sent_in_says_to_whom",
        ),
        ({"track_opens": True}, "mailing_tracked_for_a_reason"),
        ({"ceiling": 0}, "mailing_ceiling_not_zero"),
    ],
)
def test_the_database_refuses_a_mailing_that_cannot_be(wrong, constraint):
    mailing = make_mailing()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Mailing.objects.filter(pk=mailing.pk).update(**wrong)


def test_the_database_knows_every_state_there_is():
    mailing = make_fit_mailing(frozen={"subject": "x"}, digest="x", submitted_at=MOMENT, approved_at=MOMENT)
    with pytest.raises(IntegrityError, match="mailing_state_known"), transaction.atomic():
        Mailing.objects.filter(pk=mailing.pk).update(state="posted")


def test_a_mailing_to_a_segment_never_becomes_one_to_the_whole_audience():
    mailing = make_fit_mailing()
    for wrong in (
        {"segment": None},
        {"to_whole_audience": True},
        {"audience": None, "segment": None, "to_whole_audience": True},
    ):
        with pytest.raises(IntegrityError, match="mailing_whole_audience_by_choice"), transaction.atomic():
            Mailing.objects.filter(pk=mailing.pk).update(**wrong)


def test_the_database_refuses_a_state_that_there_is_not(officer):
    mailing = make_submitted_mailing(by=officer)
    Mailing.objects.update(approved_at=mailing.submitted_at, digest="x")
    with pytest.raises(IntegrityError, match="mailing_state_known"), transaction.atomic():
        Mailing.objects.update(state="posted")


def test_each_step_is_a_line_of_the_history_and_none_is_ever_changed(officer):
    mailing = make_mailing()
    record(mailing, words="Sent in.", by=officer)
    line = record(mailing, words="Given up.", by=None, to=MailingState.CANCELLED)
    assert [(event.from_state, event.to_state, event.words) for event in mailing.events.all()] == [
        ("draft", "cancelled", "Given up."),
        ("draft", "draft", "Sent in."),
        ("", "draft", "Begun."),
    ]
    assert Mailing.objects.get().state == MailingState.CANCELLED
    line.words = "Never happened."
    with pytest.raises(AppendOnlyError):
        line.save()


def test_names_go_from_old_lines_and_what_happened_stays(officer):
    record(make_mailing(by=officer), words="Sent in.", by=officer)
    assert MailingEvent.Privacy.purge(datetime(2026, 12, 1, tzinfo=UTC)) == 0
    assert MailingEvent.Privacy.purge(datetime(2036, 12, 1, tzinfo=UTC)) == 2
    assert MailingEvent.objects.filter(Q(by=None), words="Sent in.").exists()


def test_another_word_anywhere_gives_another_hash():
    mailing = make_mailing(frozen={"subject": "A", "html": "<p>x</p>", "ceiling": 10})
    first = content_hash(mailing)
    mailing.frozen = {"ceiling": 10, "html": "<p>x</p>", "subject": "A"}
    assert content_hash(mailing) == first
    mailing.frozen["ceiling"] = 11
    assert content_hash(mailing) != first
