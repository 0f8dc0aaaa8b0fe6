"""The pages of a class: the teacher's behind a private link, the pupils' behind a code, and what neither gives away."""

import re
from html import unescape

import pytest
import time_machine
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from reach.models import Count
from schools.models import ClassAnswer, ClassPhase, ClassSession
from schools.views.classes.pupils import new_sheet
from tests.factories.classes import answer, make_class, make_class_pack, run, wave
from tests.factories.register import make_school
from tests.factories.schools import make_pack_page

pytestmark = pytest.mark.django_db
LOT, UNSURE = 1, 5
CHOSEN = {"pup01": "agree-a-lot", "pup02": "not-sure", "pup03": "-"}


@pytest.fixture(autouse=True)
def nobody_came_before():
    """Forget who came in earlier tests: all of them come from one address, and the limits outlive a test."""
    caches["limits"].clear()


@pytest.fixture
def lesson():
    return make_pack_page(make_class_pack())


@pytest.fixture
def made(lesson):
    """Return a class and its private address."""
    session, token = make_class(lesson.pack)
    return session, reverse("classes:session", args=[token])


def words(response):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def address(session, phase=ClassPhase.BEFORE):
    return f"/class/{wave(session, phase).code}/"


def sheet_in(response):
    return re.search(r'name="sheet" value="([^"]+)"', response.content.decode())[1]


def send(client, session, phase=ClassPhase.BEFORE, **chosen):
    sheet = sheet_in(client.get(address(session, phase)))
    return client.post(address(session, phase), {"sheet": sheet} | (chosen or CHOSEN))


# A teacher


def test_a_teacher_gets_a_class_without_an_account_and_comes_back_by_its_link(client, lesson):
    assert "Use it with a class" in words(client.get(lesson.url))
    start = f"{lesson.url}class/"
    asked = client.get(start)
    assert "Year 3" in words(asked)
    assert "Year 7" not in words(asked)

    response = client.post(start, {"year_group": "5", "size": "28"})
    assert response.status_code == 302
    private = client.get(response["Location"])
    assert response["Location"] in words(private)
    assert "Year 5, about 28 pupils:" in words(private)
    assert len(re.findall(r"\d{3} \d{3} \d{3} \d{3}", words(private))) == 2
    assert not client.cookies
    assert response["Location"].rstrip("/").rpartition("/")[2] not in str(list(ClassSession.objects.values()))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"size": "28"}, "Choose the year group of your class."),
        ({"year_group": "2", "size": "28"}, "Select a valid choice"),
        ({"year_group": "5", "size": "3"}, "With fewer than 5 pupils, answers could be told apart."),
        ({"year_group": "5", "size": "500"}, "120 pupils at most"),
        ({"year_group": "5", "size": "many"}, "in digits: 28"),
        ({"year_group": "5", "size": "28", "school": "Moor\0side"}, "Null characters are not allowed."),
    ],
)
def test_a_class_that_cannot_be_is_refused_in_a_sentence_beside_what_was_typed(client, lesson, sent, sentence):
    response = client.post(f"{lesson.url}class/", sent)
    assert response.status_code == 422
    assert sentence in words(response)
    assert f'value="{sent["size"]}"' in response.content.decode()
    assert not ClassSession.objects.exists()


def test_a_teacher_may_name_the_school_and_chooses_where_several_fit(client, lesson):
    park, valley = (make_school(name=f"{name} Primary School") for name in ("Park", "Valley"))
    sent = {"year_group": "5", "size": "28"}
    assert "No open school has all of these words" in words(
        client.post(f"{lesson.url}class/", sent | {"school": "Hill"})
    )
    several = client.post(f"{lesson.url}class/", sent | {"school": "primary"})
    assert "Choose yours, or empty the box above" in words(several)
    assert not ClassSession.objects.exists()
    client.post(f"{lesson.url}class/", sent | {"school": "primary", "which": valley.urn})
    client.post(f"{lesson.url}class/", sent | {"school": "park"})
    client.post(f"{lesson.url}class/", sent | {"school": ""})
    assert [made.school for made in ClassSession.objects.order_by("pk")] == [valley, park, None]


def test_a_lesson_without_questions_offers_no_class(client):
    lesson = make_pack_page()
    assert "Use it with a class" not in words(client.get(lesson.url))
    assert client.get(f"{lesson.url}class/").status_code == 404


def test_a_teacher_opens_closes_and_reads_what_the_class_answered(client, made):
    session, private = made
    client.post(private, {"open": "before"})
    for pupil in range(12):
        answer(session, ClassPhase.BEFORE, LOT if pupil % 2 else UNSURE)
    assert "12 answers so far" in words(client.get(private))

    unsure = client.post(private, {"close": "before"})
    assert unsure.status_code == 422
    assert "Tick that everybody has answered" in words(unsure)
    client.post(private, {"close": "before", "sure": "on"})
    again = client.post(private, {"open": "before"})
    assert "what is closed is not opened again" in words(again)

    with time_machine.travel(timezone.now() + timezone.timedelta(days=7), tick=False):
        client.post(private, {"open": "after"})
        for pupil in range(14):
            answer(session, ClassPhase.AFTER, LOT if pupil < 9 else UNSURE)
        assert "%" not in words(client.get(private))
        client.post(private, {"close": "after", "sure": "on"})
    shown = words(client.get(private))
    assert "12 answers before, 14 after" in shown
    assert "7 days lay between" in shown
    assert "Agree a lot / Agree a little 50 % 64 %" in shown
    assert "changed by" not in shown


def test_small_classes_are_put_together_by_their_links(client, lesson):
    mine, other = (make_class(lesson.pack, size=9) for _class in range(2))
    for session, _token in (mine, other):
        run(session, [LOT, UNSURE] * 4, [LOT, UNSURE] * 4)
    private = reverse("classes:session", args=[mine[1]])
    assert "Not enough answers" in words(client.get(private))

    wrong = client.post(private, {"links": "http://testserver/schools/classes/nowhere/"})
    assert "A line here is no private link" in words(wrong)
    unknown = client.post(private, {"links": "x" * 43})
    assert "leads to no class" in words(unknown)
    client.post(private, {"links": f"http://testserver{reverse('classes:session', args=[other[1]])}"})
    for _session, token in (mine, other):
        assert "2 classes together. 16 answers before, 16 after" in words(
            client.get(reverse("classes:session", args=[token]))
        )


@pytest.mark.parametrize("printed", ["codes", "parents", "safeguarding"])
def test_what_a_teacher_prints_is_there(client, made, printed):
    session, private = made
    response = client.get(f"{private}{printed}/")
    assert response.status_code == 200
    if printed == "codes":
        assert response.content.count(b"<svg") >= 2
        assert f"/class/{wave(session, ClassPhase.BEFORE).code}/" not in words(response)  # in the drawing alone
    else:
        assert "I know what prejudice means." in words(response)


def test_a_private_link_that_leads_nowhere_is_not_found(client):
    assert client.get(reverse("classes:session", args=["x" * 43])).status_code == 404


# A pupil


def test_pupils_answer_one_after_another_on_one_device_and_nothing_stays_on_it(client, made):
    session, private = made
    client.post(private, {"open": "before"})
    typed = client.post("/class/", {"code": wave(session, ClassPhase.BEFORE).code})
    asked = client.get(typed["Location"])
    assert "I know what prejudice means." in words(asked)
    assert "I do not want to answer" in words(asked)

    for number in range(1, 4):
        sent = send(client, session)
        assert sent.status_code == 302
        thanks = client.get(sent["Location"])
        assert "Next pupil" in words(thanks)
        fresh = client.get(address(session))
        assert "checked" not in fresh.content.decode()
        assert ClassAnswer.objects.count() == number
        for response in (asked, sent, thanks, fresh):
            assert "no-store" in response["Cache-Control"]
    assert set(ClassAnswer.objects.values_list("answer_1", "answer_2", "answer_3", "answer_4")) == {(1, 5, None, None)}
    assert not client.cookies
    assert not Count.objects.exists()


def test_a_button_pressed_twice_counts_once(client, made):
    session, private = made
    client.post(private, {"open": "before"})
    sheet = sheet_in(client.get(address(session)))
    for _press in range(2):
        assert client.post(address(session), {"sheet": sheet} | CHOSEN).status_code == 302
    assert ClassAnswer.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [({}, "Choose your answers first"), ({"pup01": "someone's name"}, "Choose from the answers on this page")],
)
def test_what_is_no_answer_is_refused_and_the_others_stay_chosen(client, made, sent, sentence):
    session, private = made
    client.post(private, {"open": "before"})
    response = send(client, session, **({"pup02": "not-sure"} | sent if sent else {"pup01": ""}))
    assert response.status_code == 422
    assert sentence in words(response)
    assert response.content.decode().count("checked") == len(sent)
    assert not ClassAnswer.objects.exists()


def test_each_reason_why_a_code_takes_no_answers_is_a_sentence_for_a_pupil(client, made):
    session, private = made
    assert "No class has this code" in words(client.get("/class/not-a-code/"))
    assert "12 digits; this has 3" in words(client.post("/class/", {"code": "123"}))
    assert "has not opened these questions yet" in words(client.get(address(session)))
    client.post(private, {"open": "before"})
    late = sheet_in(client.get(address(session)))
    for _pupil in range(session.most):
        answer(session, ClassPhase.BEFORE, LOT)
    assert "As many people have answered" in words(client.get(address(session)))
    client.post(private, {"close": "before", "sure": "on"})
    assert "Your teacher has closed them" in words(client.get(address(session)))
    assert "Your teacher has closed them" in words(client.post(address(session), {"sheet": late} | CHOSEN))
    with time_machine.travel(timezone.now() + timezone.timedelta(days=130), tick=False):
        assert "This code has ended" in words(client.get(address(session, ClassPhase.AFTER)))
    assert "Ask your teacher" in words(client.get(address(session)))


def test_guessed_codes_are_slowed_and_whoever_answers_is_not_held_up(client, made):
    session, private = made
    client.post(private, {"open": "before"})
    inside = sheet_in(client.get(address(session)))
    unknown = "000000000000"  # its last digit fits
    statuses = [client.get(f"/class/{unknown}/").status_code for _try in range(7)]
    assert statuses == [404] * 5 + [429] * 2
    assert client.get(address(session)).status_code == 429
    assert client.post(address(session), {"sheet": inside} | CHOSEN).status_code == 302

    slowed = client.post("/class/", {"code": wave(session, ClassPhase.BEFORE).code})
    assert (slowed.status_code, slowed["Retry-After"]) == (429, "30")
    turn = re.search(r'name="turn" value="([^"]+)"', slowed.content.decode())[1]
    with time_machine.travel(timezone.now() + timezone.timedelta(seconds=31), tick=False):
        typed = client.post("/class/", {"code": wave(session, ClassPhase.BEFORE).code, "turn": turn})
        assert client.get(typed["Location"]).status_code == 200


def test_a_sheet_of_another_class_is_none_of_this_one(client, made):
    session, private = made
    client.post(private, {"open": "before"})
    other = new_sheet(wave(session, ClassPhase.AFTER).code)
    response = client.post(address(session), {"sheet": other} | CHOSEN)
    assert response.status_code == 200
    assert sheet_in(response) != other
    assert not ClassAnswer.objects.exists()


def test_a_form_from_another_site_is_turned_away(client, made):
    session, private = made
    client.post(private, {"open": "before"})
    assert client.post(address(session), CHOSEN, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
