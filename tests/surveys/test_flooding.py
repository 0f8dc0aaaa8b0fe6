"""Floods are slowed and marked; nobody is refused, nothing is dropped, and the analyst decides."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from indicators.actions import refresh_all
from indicators.models import Measurement
from surveys import actions
from surveys.enums import Mark
from surveys.marking import straight_lines
from surveys.models import Draft, RaisedLimit, Response, ResultSet
from surveys.runner import read
from surveys.views import flooding
from surveys.views.device import digest
from tests.factories.indicators import indicator, measurement
from tests.factories.results import publish
from tests.factories.surveys import make_collector, make_draft, make_response
from tests.surveys.browsing import ANSWERS, answer, text
from tests.surveys.instruments import body, question

pytestmark = pytest.mark.django_db


def with_answers(wave, number, address="203.0.113.9", **more):
    """Return a browser at ``address`` with a form that is ready to send."""
    client = Client(REMOTE_ADDR=address)
    token = f"{number:043}"
    client.cookies["survey"] = token
    make_draft(wave, token_digest=digest(token), answers=ANSWERS | {"opn01": f"Words number {number}"} | more)
    return client


def turn_on(response):
    return re.search(r'name="turn" value="([^"]+)"', text(response))[1]


def marks():
    return sorted(mark for marks in Response.objects.values_list("marks", flat=True) for mark in marks)


def test_forty_people_behind_one_address_all_get_through_in_ten_minutes(start, wave, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    for number in range(40):
        sent = with_answers(wave, number).post(f"{start}check/")
        assert sent.url.startswith(f"{start}done/")
        time_machine.shift(timedelta(seconds=15))
    assert Response.objects.count() == 40
    assert Mark.BURST not in marks()


def flood(start, wave, *, addresses, each, time_machine):
    """Send ``each`` responses from each of ``addresses`` addresses at once; those asked to wait do so, then go on."""
    waiting = []
    for number in range(addresses * each):
        client = with_answers(wave, number, address=f"203.0.113.{number % addresses}")
        sent = client.post(f"{start}check/")
        if sent.status_code == 429:
            waiting.append((client, sent))
    time_machine.shift(timedelta(minutes=6))
    for client, asked in waiting:
        assert client.post(f"{start}check/", {"turn": turn_on(asked)}).status_code == 302
    return waiting


def test_a_flood_is_slowed_and_marked_and_all_of_it_is_kept(start, wave, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    waiting = flood(start, wave, addresses=2, each=50, time_machine=time_machine)

    assert len(waiting) == 20
    assert [int(asked["Retry-After"]) for _, asked in waiting][:6:2] == [6, 12, 18]
    assert Response.objects.count() == 100
    assert marks() == []
    actions.rewrite_shuffled(wave=wave)
    assert marks() == [Mark.BURST] * 100


@pytest.mark.long
def test_a_flood_of_two_thousand_from_twenty_addresses_is_slowed_and_marked(start, wave, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    waiting = flood(start, wave, addresses=20, each=100, time_machine=time_machine)

    assert len(waiting) == 20 * 60
    assert max(int(asked["Retry-After"]) for _, asked in waiting) == 300
    assert Response.objects.count() == 2_000
    actions.rewrite_shuffled(wave=wave)
    assert marks().count(Mark.BURST) == 2_000


@pytest.fixture
def full(start, wave, time_machine, monkeypatch):
    """Let as many people send from one address as need not wait, three here, and return the start address."""
    monkeypatch.setattr(flooding, "MOST", 3)
    time_machine.move_to(timezone.now(), tick=False)
    for number in range(3):
        with_answers(wave, number).post(f"{start}check/")
    return start


def test_the_wait_page_keeps_the_answers_and_what_was_ticked_and_lets_through_after_the_wait(full, wave, time_machine):
    client = with_answers(wave, 40)
    asked = client.post(f"{full}check/", {"copy": "on"})

    assert (asked.status_code, asked["Retry-After"]) == (429, "6")
    page = text(asked)
    assert "Your answers are kept. They have not been sent yet." in page
    assert 'name="copy" value="on"' in page
    again = client.post(f"{full}check/", {"copy": "on", "turn": turn_on(asked)})
    assert (again.status_code, turn_on(again)) == (429, turn_on(asked))
    time_machine.shift(timedelta(seconds=6))
    assert "Your copy" in text(client.post(f"{full}check/", {"copy": "on", "turn": turn_on(asked)}))
    assert Response.objects.count() == 4


def test_a_turn_is_good_for_its_own_form_alone(full, wave, time_machine):
    turn = turn_on(with_answers(wave, 40).post(f"{full}check/"))
    time_machine.shift(timedelta(seconds=6))

    assert with_answers(wave, 41).post(f"{full}check/", {"turn": turn}).status_code == 429


def test_who_has_something_to_mend_is_told_before_any_wait(full, wave):
    client = with_answers(wave, 40, cnf06="")

    page = client.post(f"{full}check/")
    assert page.status_code == 200
    assert "There is a problem" in text(page)


def test_other_addresses_and_other_minutes_are_free(full, wave, time_machine):
    assert with_answers(wave, 40, address="203.0.113.10").post(f"{full}check/").status_code == 302
    time_machine.shift(timedelta(minutes=10))
    assert with_answers(wave, 41).post(f"{full}check/").status_code == 302


def test_the_limit_is_raised_for_a_venue_on_its_day(full, wave):
    limit = {"collector": wave.collectors.get(), "venue": "College", "most": 60}
    RaisedLimit.objects.create(day=timezone.localdate() + timedelta(days=1), **limit)
    assert with_answers(wave, 40).post(f"{full}check/").status_code == 429

    RaisedLimit.objects.create(day=timezone.localdate(), **limit)
    assert with_answers(wave, 41).post(f"{full}check/").status_code == 302
    assert Mark.BURST not in marks()


def test_what_staff_enter_is_never_slowed_nor_marked(full, wave):
    for _ in range(3):
        actions.record(wave=wave, collector=wave.collectors.get(), answers=ANSWERS, language="en")
    assert marks() == []


def test_answers_faster_than_anybody_reads_are_marked_and_read_ones_are_not(client, start, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    for pause in (0, 60):
        client.cookies.clear()
        client.get(f"{start}start/")
        for key, value in ANSWERS.items():
            page = client.get(f"{start}{key}/")
            time_machine.shift(timedelta(seconds=pause))
            client.post(f"{start}{key}/", {"answer": value, "turn": turn_on(page)})
        client.post(f"{start}check/")

    assert sorted(Response.objects.values_list("marks", flat=True), key=len) == [[], [Mark.SPEED]]


def test_an_answer_that_is_changed_in_no_time_is_not_hurried_twice(client, start):
    answer(client, start, cnf01="agree")
    answer(client, start, cnf01="disagree")

    assert Draft.objects.get().hurried == 1


def test_a_page_shown_again_with_an_error_keeps_its_moment(client, start, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    page = client.get(f"{start}cnf01/")
    time_machine.shift(timedelta(seconds=9))
    again = client.post(f"{start}cnf01/", {"turn": turn_on(page)})

    client.post(f"{start}cnf01/", {"answer": "agree", "turn": turn_on(again)})
    assert Draft.objects.get().hurried == 0


def test_something_in_the_box_that_people_do_not_see_is_marked(start, wave):
    client = with_answers(wave, 1)
    assert 'class="trap" aria-hidden="true"' in text(client.get(f"{start}check/"))
    client.post(f"{start}check/", {"message": "Buy now"})

    assert marks() == [Mark.TRAP]
    assert "Buy now" not in str(Response.objects.values())


def test_the_same_long_words_mark_all_who_wrote_them_the_first_included_and_short_ones_nobody(start, wave):
    for number, words in enumerate(["More police", "More police", "Lights along the canal", "Lights along the canal"]):
        with_answers(wave, number, opn01=words).post(f"{start}check/")
    assert marks() == []

    actions.rewrite_shuffled(wave=wave)
    marked = Response.objects.filter(marks=[Mark.SAME_WORDS])
    assert [response.answers["opn01"] for response in marked] == ["Lights along the canal"] * 2
    assert marks() == [Mark.SAME_WORDS] * 2


def test_words_written_again_after_a_shuffle_mark_those_before_it_too(start, wave):
    for number in range(2):
        with_answers(wave, number, opn01="Lights along the canal").post(f"{start}check/")
        actions.rewrite_shuffled(wave=wave)
        assert marks() == [Mark.SAME_WORDS] * 2 * number


def test_many_over_one_connection_mark_what_came_by_that_way_in_and_month_and_nothing_else(start, full, wave):
    poster = make_collector(wave, "poster")
    month_before = (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=1)
    by_poster, earlier = make_response(wave, collector=poster, **ANSWERS), make_response(wave, **ANSWERS)
    Response.objects.filter(pk=earlier.pk).update(month=month_before)
    actions.submit(wave=wave, token_digest=make_draft(wave, answers=ANSWERS).token_digest, equality=True, in_burst=True)
    actions.rewrite_shuffled(wave=wave)

    unmarked = Response.objects.filter(marks=[])
    assert sorted(unmarked.values_list("collector__code", "month")) == sorted(
        [(by_poster.collector.code, by_poster.month), (earlier.collector.code, month_before)]
    )
    assert marks() == [Mark.BURST] * 4


@pytest.mark.parametrize(
    ("given", "marked"),
    [("yes yes yes yes yes", True), ("yes yes yes yes no", False), ("yes yes yes yes", False)],
)
def test_the_same_answer_to_five_questions_of_one_kind_is_a_straight_line(given, marked):
    instrument = read(body(*(question(number) for number in range(1, 7))))
    answers = {f"qu{number:02}": code for number, code in enumerate(given.split(), 1)}

    assert straight_lines(instrument, answers) is marked


def test_the_analyst_decides_on_the_record_and_excluded_answers_are_kept_but_not_read(client, make_user, wave):
    analyst = make_user("analyst", "Survey analysts")
    client.force_login(analyst)
    for found in ([], ["speed"], ["burst", "speed"], ["burst"]):
        Response.objects.filter(pk=make_response(wave, **ANSWERS).pk).update(marks=found)
    address = reverse("survey_decide_mark", args=[wave.pk, "speed"])
    assert client.get(address).status_code == 404
    actions.close_wave(wave=wave)
    page = text(client.get(reverse("survey_wave", args=[wave.pk])))
    assert "Faster than anybody reads</th> <td>2</td>" in page
    assert Response.objects.readable().count() == 4

    assert "Say why, in a few words." in text(client.post(address, {"excludes": "True", "reason": ""}))
    client.post(address, {"excludes": "True", "reason": "A script was posted that day."})
    assert Response.objects.readable().count() == 2
    assert Response.objects.count() == 4
    assert "Leave them out of the results: A script was posted that day." in text(
        client.get(reverse("survey_wave", args=[wave.pk]))
    )
    client.post(reverse("survey_decide_mark", args=[wave.pk, "burst"]), {"excludes": "True", "reason": "The same."})
    assert Response.objects.readable().count() == 1
    client.post(address, {"excludes": "False", "reason": "It was a class after all."})
    assert Response.objects.readable().count() == 2

    logged = ModelLogEntry.objects.filter(action="surveys.decide_mark").order_by("pk")
    assert [(entry.user, entry.data["mark"], entry.data["excludes"]) for entry in logged] == [
        (analyst, "speed", True),
        (analyst, "burst", True),
        (analyst, "speed", False),
    ]


def closed_and_marked(wave, *, speed):
    """Close ``wave`` with fifty answers, ``speed`` of which are marked."""
    for number in range(50):
        response = make_response(wave, **ANSWERS)
        Response.objects.filter(pk=response.pk).update(marks=["speed"] if number < speed else [])
    return actions.close_wave(wave=wave)


def decide(client, wave, **given):
    return client.post(
        reverse("survey_decide_mark", args=[wave.pk, "speed"]), {"excludes": "True", "reason": "A script."} | given
    )


def shown(wave):
    parameters = {"survey": wave.survey.code, "question": "CNF01", "answers": ["agree"]}
    return indicator(measure="surveys.share", parameters=parameters)


def read_before_approval(wave):
    """Let an indicator have a figure from the wave before its results were approved, as older versions read it."""
    wave.refresh_from_db()
    period = {"period_start": wave.opens, "period_end": wave.closes}
    measurement(shown(wave), **period, source="Your voice, wave 1", n=50)


def measure(wave):
    wave.refresh_from_db()
    publish(wave)
    refresh_all()


def sources():
    return [row.source for row in Measurement.objects.order_by("revision")]


def test_a_decision_after_figures_were_read_leaves_a_dated_note_on_the_new_ones(client, make_user, wave):
    client.force_login(make_user("analyst", "Survey analysts"))
    closed_and_marked(wave, speed=12)
    read_before_approval(wave)
    assert decide(client, wave).status_code == 302
    measure(wave)

    today = f"{timezone.localdate():%-d %B %Y}"
    assert sources() == ["Your voice, wave 1", f"Your voice, wave 1, which answers count decided again on {today}"]
    assert [row.n for row in Measurement.objects.order_by("revision")] == [50, 38]


def test_after_figures_were_read_no_decision_moves_fewer_than_ten_answers(client, make_user, wave):
    """Two exact figures that differ by one person's answers would tell what they answered."""
    client.force_login(make_user("analyst", "Survey analysts"))
    closed_and_marked(wave, speed=9)
    read_before_approval(wave)
    page = decide(client, wave, reason="A script was posted.")

    assert page.status_code == 422
    assert "Figures of this wave were read already, and this would move fewer than 10 answers" in text(page)
    assert "A script was posted." in text(page)
    assert Response.objects.readable().count() == 50
    assert not wave.mark_decisions.exists()


def test_before_figures_are_read_a_decision_may_move_any_number_and_leaves_no_note(client, make_user, wave):
    client.force_login(make_user("analyst", "Survey analysts"))
    closed_and_marked(wave, speed=1)
    assert decide(client, wave).status_code == 302
    shown(wave)
    measure(wave)

    assert sources() == ["Your voice, wave 1"]


def test_after_results_were_approved_nothing_is_decided_about_marks(client, make_user, wave):
    client.force_login(make_user("analyst", "Survey analysts"))
    closed_and_marked(wave, speed=12)
    ResultSet.objects.create(
        wave=wave, number=1, state="approved", approved_by_name="A colleague", approved_on=date(2026, 11, 1)
    )
    page = decide(client, wave)

    assert page.status_code == 422
    assert "Results of this wave were approved on 1 November 2026, so which answers count stays as it is." in text(page)
    assert Response.objects.readable().count() == 50


def test_an_analyst_raises_the_limit_for_a_venue_and_takes_it_back(client, make_user, wave):
    client.force_login(make_user("analyst", "Survey analysts"))
    address = reverse("survey_raised_limits", args=[wave.collectors.get().pk])
    typed = {"venue": "College", "day": "2026-12-01", "most": "300", "reason": "An assembly of 300."}

    assert "Say why, in a few words." in text(client.post(address, typed | {"reason": " "}))
    assert client.post(address, typed).status_code == 302
    assert "The limit is raised for this venue and day already." in text(client.post(address, typed))
    assert "less than or equal to 2000" in text(client.post(address, typed | {"most": "2001", "venue": "Hall"}))
    assert "College" in text(client.get(address))
    for junk in ("x", "9" * 30, ""):
        assert client.post(address, {"remove": junk}).status_code == 302
    client.post(address, {"remove": RaisedLimit.objects.get().pk})
    assert not RaisedLimit.objects.exists()


def test_who_raised_a_limit_when_and_why_stays_on_record(client, make_user, wave):
    analyst = make_user("analyst", "Survey analysts")
    client.force_login(analyst)
    way = wave.collectors.get()
    address = reverse("survey_raised_limits", args=[way.pk])
    client.post(address, {"venue": "College", "day": "2026-12-01", "most": "300", "reason": "An assembly of 300."})
    client.post(address, {"remove": RaisedLimit.objects.get().pk})

    said = {"code": way.code, "venue": "College", "day": "2026-12-01", "most": 300}
    logged = ModelLogEntry.objects.for_instance(wave).filter(action__contains="limit").order_by("pk")
    assert [(entry.action, entry.user, entry.data) for entry in logged] == [
        ("surveys.raise_limit", analyst, said | {"reason": "An assembly of 300."}),
        ("surveys.lower_limit", analyst, said),
    ]
    assert "An assembly of 300." in text(client.get(reverse("survey_wave", args=[wave.pk])))


def test_the_limit_of_a_closed_wave_stays_as_it_was(client, make_user, wave):
    client.force_login(make_user("analyst", "Survey analysts"))
    actions.close_wave(wave=wave)
    address = reverse("survey_raised_limits", args=[wave.collectors.get().pk])
    typed = {"venue": "College", "day": "2026-12-01", "most": "300", "reason": "An assembly of 300."}

    assert "This wave is closed, so its ways in stay as they are." in text(client.post(address, typed))
    assert not RaisedLimit.objects.exists()
