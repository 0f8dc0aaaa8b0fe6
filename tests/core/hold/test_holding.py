"""What is held waits past its time and loses nothing; what is let go goes at its time, or at once."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.hold.actions import end_hold, hold_everything, release
from core.hold.models import Hold, Release, Switch
from core.hold.queries import lines
from core.hold.scheduled_pages import EXPIRE, GO_LIVE
from core.models import OutboxMessage
from core.outbox.actions import MAIL, deliver, sweep
from core.tasks import publish_scheduled
from surveys.actions.waves import WAVES, keep_days
from surveys.enums import WaveState
from tests.core.hold.conftest import message, page_to_expire, page_to_go_live
from tests.factories.surveys import make_wave

pytestmark = pytest.mark.django_db


def later(**how):
    return time_machine.travel(timezone.now() + timedelta(**how))


def pages(*found):
    for page in found:
        page.refresh_from_db()
    return [page.live for page in found]


def test_pages_neither_go_live_nor_expire_while_everything_is_held_and_do_when_it_ends(martha, soon):
    new, old = page_to_go_live(soon), page_to_expire(soon)
    hold_everything(reason="An attack.", by=martha)
    with later(hours=2):
        publish_scheduled()
        assert pages(new, old) == [False, True]
        assert [line.thing.due for line in lines(Hold.objects.get())] == [soon, soon]

        end_hold(by=martha)
        publish_scheduled()
        assert pages(new, old) == [True, False]
        assert lines(None) == []


def test_the_command_that_publishes_by_the_clock_knows_the_hold_too(martha, soon):
    new = page_to_go_live(soon)
    hold_everything(reason="An attack.", by=martha)
    with later(hours=2):
        call_command("publish_scheduled")
        assert pages(new) == [False]
        end_hold(by=martha)
        call_command("publish_scheduled")
    assert pages(new) == [True]


def test_one_thing_let_go_goes_and_the_others_wait(martha, soon):
    new, other, old = page_to_go_live(soon), page_to_go_live(soon, "Other"), page_to_expire(soon)
    hold = hold_everything(reason="An attack.", by=martha)
    listed = {(line.kind, line.thing.title): line.thing.key for line in lines(hold)}
    with later(hours=2):
        release(kind=GO_LIVE, key=listed[GO_LIVE, "Week"], by=martha)
        publish_scheduled()
        assert pages(new, other, old) == [True, False, True]
        release(kind=EXPIRE, key=listed[EXPIRE, "Over"], by=martha)
        publish_scheduled()
        assert pages(new, other, old) == [True, False, False]
        assert [line.thing.title for line in lines(hold)] == ["Other"]


def test_what_is_let_go_before_its_time_waits_for_it(martha, soon):
    new = page_to_go_live(soon)
    hold = hold_everything(reason="An attack.", by=martha)
    (line,) = lines(hold)
    release(kind=line.kind, key=line.thing.key, by=martha)
    publish_scheduled()
    assert pages(new) == [False]
    assert [line.release.by for line in lines(hold)] == [martha]
    with later(hours=2):
        publish_scheduled()
    assert pages(new) == [True]


def test_what_is_scheduled_during_a_hold_is_held_too_and_so_is_what_was_let_go_and_then_moved(martha, soon):
    hold = hold_everything(reason="An attack.", by=martha)
    new, old = page_to_go_live(soon), page_to_expire(soon)
    for line in lines(hold):
        release(kind=line.kind, key=line.thing.key, by=martha)
    old.expire_at = soon + timedelta(minutes=10)
    old.save()
    moved = soon + timedelta(minutes=20)
    new.revisions.update(approved_go_live_at=None)
    new.save_revision(approved_go_live_at=moved)
    with later(hours=2):
        publish_scheduled()
    assert pages(new, old) == [False, True]


def test_a_page_that_fails_keeps_no_other_from_its_time(soon, monkeypatch, martha):
    bad, good = page_to_go_live(soon, "Bad"), page_to_go_live(soon + timedelta(seconds=1), "Good")
    bad.revisions.update(content={"pk": bad.pk, "title": None})
    with later(hours=2):
        publish_scheduled()
    assert pages(good) == [True]


def test_waves_open_by_themselves_only_when_let_go_and_close_all_the_same(martha):
    today = timezone.localdate()
    wave = make_wave(opens_itself=True)
    hold = hold_everything(reason="An attack.", by=martha)
    keep_days(on=today)
    wave.refresh_from_db()
    assert wave.state == WaveState.DRAFT
    (line,) = lines(hold)
    assert (line.kind, line.thing.title, timezone.localtime(line.thing.due).date()) == (WAVES, str(wave), today)

    release(kind=WAVES, key=line.thing.key, by=martha)
    keep_days(on=today)
    wave.refresh_from_db()
    assert wave.state == WaveState.OPEN

    type(wave).objects.update(closes_itself=True)
    keep_days(on=wave.closes + timedelta(days=1))
    wave.refresh_from_db()
    assert wave.state == WaveState.CLOSED


def test_a_message_to_the_public_waits_and_mail_to_staff_goes_before_it(martha):
    public = [message(), message(), message(due=timezone.now() + timedelta(days=1))]
    staff = message(to_public=False, subject="Please approve")
    hold = hold_everything(reason="An attack.", by=martha)
    assert sweep() == 1
    assert deliver(public[0].pk) is None
    assert dict(OutboxMessage.objects.values_list("pk", "state")) == {
        **{row.pk: "waiting" for row in public},
        staff.pk: "sent",
    }
    assert {(line.kind, line.thing.key) for line in lines(hold)} == {(MAIL, str(row.pk)) for row in public}

    release(kind=MAIL, key=str(public[1].pk), by=martha)
    assert sweep() == 1
    end_hold(by=martha)
    assert sweep() == 1
    assert [OutboxMessage.objects.get(pk=row.pk).state for row in public] == ["sent", "sent", "waiting"]


def test_a_message_under_a_key_says_for_good_to_whom_it_goes():
    assert message(key="one").to_public
    assert not message(key="two", to_public=False).to_public


def test_a_hold_starts_and_ends_once_and_lets_nothing_unknown_go(martha):
    for act in (lambda: end_hold(by=martha), lambda: release(kind=MAIL, key="1", by=martha)):
        with pytest.raises(ValidationError, match="Nothing is held any more"):
            act()
    hold_everything(reason="An attack.", by=martha)
    with pytest.raises(ValidationError, match="held already"):
        hold_everything(reason="Another.", by=martha)
    for kind, key in ((MAIL, "1"), ("nothing", "1"), (GO_LIVE, "x" * 200)):
        with pytest.raises(ValidationError, match="no longer scheduled"):
            release(kind=kind, key=key, by=martha)
    assert Hold.objects.count() == 1
    assert not Release.objects.exists()


def test_what_one_hold_let_go_the_next_one_holds(martha, soon):
    message(due=soon)
    first = hold_everything(reason="An attack.", by=martha)
    (line,) = lines(first)
    release(kind=line.kind, key=line.thing.key, by=martha)
    end_hold(by=martha)
    second = hold_everything(reason="Another.", by=martha)
    assert [line.release for line in lines(second)] == [None]
    with later(hours=2):
        assert sweep() == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda hold: Switch.objects.create(pk=2),
        lambda hold: Hold.objects.filter(pk=hold.pk).update(ended=hold.started - timedelta(seconds=1)),
        lambda hold: [Release.objects.create(hold=hold, kind="a", key="1") for _ in range(2)],
    ],
    ids=["two switches", "ends before it starts", "released twice"],
)
def test_the_database_refuses_what_no_form_sends(martha, change):
    hold = hold_everything(reason="An attack.", by=martha)
    with pytest.raises(IntegrityError), transaction.atomic():
        change(hold)
