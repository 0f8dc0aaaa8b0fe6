"""Approving a mailing: who may, and that nothing else than what was approved goes out."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from campaigns.actions.sending.asking import approve_mailing, give_up, prepare, send_back_mailing, stop, write_anew
from campaigns.models import Mailing
from campaigns.queries.mailings import content_hash
from core.pictures.actions import withdraw
from tests.campaigns.mailings.sending import asked, carried, laid, scheduled
from tests.factories.artwork import make_picture
from tests.factories.mailings import make_submitted_mailing
from tests.factories.sending import make_approved

pytestmark = pytest.mark.django_db


def test_whoever_wrote_it_does_not_approve_it_and_nobody_approves_what_they_did_not_see(officer, manager, make_user):
    mailing = make_submitted_mailing(by=manager)
    with pytest.raises(ValidationError, match="had a hand"):
        approve_mailing(mailing=mailing, by=manager, seen=content_hash(mailing))
    with pytest.raises(ValidationError, match="Only managers approve"):
        approve_mailing(mailing=mailing, by=officer, seen=content_hash(mailing))
    other = make_user("mo", "Communications managers")
    with pytest.raises(ValidationError, match="sent in anew"):
        approve_mailing(mailing=mailing, by=other, seen="0" * 64)
    send_back_mailing(mailing=mailing, by=other, reason="The date is wrong.")
    mailing.refresh_from_db()
    assert (mailing.state, mailing.frozen, mailing.sent_back) == ("draft", {}, "The date is wrong.")


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Another"},
        {"preview_text": "Another"},
        {"html": "<p>Another</p>"},
        {"plain_text": "Another"},
        {"reply_to": "another@example.org"},
        {"links": ["https://example.org/another/"]},
        {"audience": {"id": "b", "name": "B"}},
        {"segment": None},
        {"expected_recipients": 3},
        {"ceiling": 2_000_000},
        {"track_opens": True},
    ],
    ids=lambda change: next(iter(change)),
)
@pytest.mark.parametrize("when", ["laying", "sending"])
def test_whatever_is_changed_after_approval_stops_it(when, change, mailing, account, manager):
    if when == "sending":
        mailing = asked(laid(mailing, manager), manager, at_once=True)
    Mailing.objects.filter(pk=mailing.pk).update(frozen=mailing.frozen | change)
    mailing = laid(mailing, manager) if when == "laying" else carried(mailing)
    assert mailing.state == "approved"
    assert mailing.fault
    assert account.sandbox.sends == []


def test_given_up_is_the_end(mailing, officer):
    give_up(mailing=mailing, by=officer)
    for action in (prepare, stop, write_anew, give_up):
        with pytest.raises(ValidationError, match="another state"):
            action(mailing=mailing, by=officer)


@pytest.mark.parametrize("until", ["approved", "asked", "scheduled"])
def test_a_picture_that_was_withdrawn_after_approval_does_not_go(until, account, officer, manager, clock):
    picture = make_picture(source="Ours", licence="own", people="none")
    value = {"image": picture, "alternative_text": "A wave", "decorative": False, "caption": ""}
    mailing = make_approved(account, writer=officer, approver=manager, body=[("picture", value)])
    if until == "asked":
        mailing = asked(laid(mailing, manager), manager)
    if until == "scheduled":
        mailing = scheduled(mailing, manager)
    withdraw(picture=picture, by=manager, reason="Somebody who is shown asked for it.")
    mailing = laid(mailing, manager) if until == "approved" else carried(mailing)
    assert mailing.state == ("ready" if until == "scheduled" else "approved")
    assert "was withdrawn on" in mailing.fault
    clock.shift(timedelta(hours=1))
    carried(mailing)
    assert account.sandbox.sends == []
