"""Single-use codes: made and handed out once, spent when answering begins, and joined to nothing."""

import csv
import io
import re
import tracemalloc

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from core.codes import in_threes, new_code
from surveys import actions
from surveys.enums import CollectorKind, SampleType
from surveys.models import Collector, Draft, Response, SingleUseCode
from surveys.queries import code_counts, unused_serials
from surveys.staff_views.codes import UndeliveredForm
from surveys.views.device import digest
from tests.factories.surveys import make_collector, make_survey_page, make_wave
from tests.surveys.browsing import ANSWERS, answer, text

pytestmark = pytest.mark.django_db

START = "/surveys/local-voice/"
REFUSED = "Nobody can begin with this code: it is for another survey, or it was used before."


@pytest.fixture
def letters(db):
    """Return the way in of an open wave that only codes open, with a live page."""
    wave = make_wave()
    way = make_collector(
        wave, "north", kind=CollectorKind.CODES, sample_type=SampleType.RANDOM, stratum="North", base_weight=12
    )
    actions.open_wave(wave=wave)
    make_survey_page(wave.survey)
    return Collector.objects.get(pk=way.pk)


@pytest.fixture
def analyst(make_user, client):
    user = make_user("analyst", "Survey analysts")
    client.force_login(user)
    return user


def enter(client, code, **more):
    return client.post(f"{START}code/", {"code": code, **more})


def admin(name, collector):
    return reverse(f"survey_{name}", args=[collector.pk])


def rows_of(response):
    assert response["Content-Type"] == "text/csv; charset=utf-8", text(response)
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def test_every_form_of_the_codes_page_is_taken_from_a_browser(analyst, letters):
    actions.issue_codes(collector=letters, count=2)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(analyst)
    forms = text(browser.get(admin("codes", letters))).split('<form method="post"')[1:]
    tokens = [re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form) for form in forms]
    sent = {"make": {"count": 1}, "renew": {"renew": "1"}, "undelivered": {"undelivered": "2"}}
    answers = [
        browser.post(admin(f"codes_{work}", letters), {**said, "csrfmiddlewaretoken": token[1] if token else ""})
        for (work, said), token in zip(sent.items(), tokens, strict=True)
    ]

    assert [answered.status_code for answered in answers] == [200, 200, 302]


def test_a_code_opens_the_survey_and_a_code_to_come_back_with_is_shown_first(client, letters):
    [letter] = actions.issue_codes(collector=letters, count=1)
    assert client.get(f"{START}start/").url == f"{START}code/"
    page = text(client.get(START))
    assert f'href="{START}code/"' in page
    assert f'href="{START}start/"' not in page

    client.get(f"{START}code/")
    begun = enter(client, in_threes(letter.code))
    assert "The code from your letter has been used now" in text(begun)
    back = re.search(r'<p class="code"><bdi dir="ltr">([\d ]{15})</bdi>', text(begun))[1]
    assert back != in_threes(letter.code)
    other = Client()
    assert other.post(f"{START}come-back/", {"code": back}).url == f"{START}cnf01/"
    answer(other, START, **ANSWERS)
    other.post(f"{START}check/")
    response = Response.objects.get()
    assert (response.answers, response.collector) == (ANSWERS, letters)


def test_a_code_opens_once(client, letters):
    [letter] = actions.issue_codes(collector=letters, count=1)
    enter(Client(), letter.code)

    assert REFUSED in text(enter(client, letter.code))
    assert client.get(f"{START}check/").url == f"{START}?ended"
    assert Draft.objects.count() == 1


def test_pressing_twice_begins_one_form_and_leads_on_with_it(client, letters):
    [letter] = actions.issue_codes(collector=letters, count=1)
    client.get(f"{START}code/")
    second = Client()
    second.cookies["survey"] = client.cookies["survey"].value
    enter(client, letter.code)

    page = text(enter(second, letter.code))
    assert "A form is in progress on this device." in page
    assert f'href="{START}later/">If it is yours, go on with it.' in page
    assert second.get(f"{START}later/").url == f"{START}cnf01/"
    assert Draft.objects.count() == 1


def test_a_second_code_pressed_while_another_begins_a_form_here_is_not_used(client, letters, monkeypatch):
    first, second = actions.issue_codes(collector=letters, count=2)
    client.get(f"{START}code/")
    token = client.cookies["survey"].value

    def the_other_press(_request):
        actions.begin_with_code(wave=letters.wave, code=first.code, token_digest=digest(token), language="en")
        return "", 0

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("surveys.views.entering.held_up", the_other_press)
        page = text(enter(client, in_threes(second.code)))

    assert "another code was sent from this device at the same moment, and its form has begun" in page
    assert f'value="{in_threes(second.code)}"' in page
    assert f'href="{START}later/">If it is yours, go on with it.' in page
    assert "used now" in text(enter(client, second.code))
    assert Draft.objects.count() == 2


def test_a_form_that_somebody_left_open_here_is_neither_shown_nor_written_over(client, letters):
    first, second = actions.issue_codes(collector=letters, count=2)
    enter(client, first.code)
    answer(client, START, cnf01="agree")
    left_open = client.cookies["survey"].value
    client.get(f"{START}code/")
    assert client.cookies["survey"].value == left_open

    enter(client, second.code)
    assert "checked" not in text(client.get(f"{START}cnf01/"))
    assert sorted(str(draft.answers) for draft in Draft.objects.all()) == ["{'cnf01': 'agree'}", "{}"]


def test_without_a_code_nobody_begins_and_codes_of_others_open_nothing(client, letters):
    client.cookies["survey"] = "x" * 43
    assert client.post(f"{START}cnf01/", {"answer": "agree"}).url == f"{START}?ended"
    assert REFUSED in text(enter(client, new_code()))
    assert "A code has 12 digits; this has 2." in text(enter(client, "12"))
    assert not Draft.objects.exists()


def test_guessing_codes_is_slowed_with_what_was_typed(client, letters):
    for _ in range(5):
        enter(client, new_code())
    typed = in_threes(new_code())

    slowed = enter(client, typed)
    assert (slowed.status_code, slowed["Retry-After"]) == (429, "30")
    assert f'value="{typed}"' in text(slowed)


def test_an_open_survey_asks_for_no_code(client, start):
    assert client.get(f"{start}code/").status_code == 404
    assert f'href="{start}code/"' not in text(client.get(start))


def test_nothing_stored_joins_a_code_to_a_form_or_an_answer(client, letters):
    [letter] = actions.issue_codes(collector=letters, count=1)
    enter(client, letter.code)

    [code], [draft] = SingleUseCode.objects.values(), Draft.objects.values()
    assert set(code) == {"id", "collector_id", "serial", "digest", "used", "undelivered"}
    assert letter.code not in str(code)
    related = {field.related_model for model in (Draft, Response) for field in model._meta.get_fields()}
    assert SingleUseCode not in related
    assert code["digest"] not in str(draft)


def test_an_analyst_makes_thousands_and_takes_them_out_once(client, analyst, letters):
    made = rows_of(client.post(admin("codes_make", letters), {"count": "3000"}))
    assert [row["serial"] for row in made] == [str(serial) for serial in range(1, 3001)]
    assert len({row["code"] for row in made}) == 3000
    assert {(row["stratum"], row["address"]) for row in made} == {("North", f"http://localhost{START}code/")}
    more = rows_of(client.post(admin("codes_make", letters), {"count": "1"}))
    assert more[0]["serial"] == "3001"
    assert "used now" in text(enter(Client(), more[0]["code"]))

    page = text(client.get(admin("codes", letters)))
    assert "<td>3001</td><td>0</td><td>1</td><td>3000</td>" in page
    assert not any(row["code"] in page for row in made[:50])
    entry = ModelLogEntry.objects.get(action="surveys.issue_codes", data__count=3000)
    assert (entry.user, entry.data["first"], entry.data["last"]) == (analyst, 1, 3000)


def test_letters_that_came_back_and_codes_that_were_used_are_counted_and_not_reminded(client, analyst, letters):
    made = actions.issue_codes(collector=letters, count=9)
    enter(Client(), made[0].code)
    client.post(admin("codes_undelivered", letters), {"undelivered": "2, 4 - 5\n7"})

    counts = code_counts(letters)
    assert (counts.issued, counts.undelivered, counts.used, counts.unused) == (9, 4, 1, 4)
    assert [row["serial"] for row in rows_of(client.get(admin("unused_codes", letters)))] == ["3", "6", "8", "9"]
    enter(Client(), made[1].code)  # It did arrive, some other way.
    assert (code_counts(letters).undelivered, code_counts(letters).used) == (3, 2)


def test_new_codes_for_a_reminder_end_the_old_ones(client, analyst, letters):
    old = actions.issue_codes(collector=letters, count=3)
    new = rows_of(client.post(admin("codes_renew", letters), {"renew": "2-3"}))

    assert [row["serial"] for row in new] == ["2", "3"]
    assert REFUSED in text(enter(Client(), old[1].code))
    for code in (old[0].code, new[0]["code"], new[1]["code"]):
        assert "used now" in text(enter(Client(), code))
    assert unused_serials(letters) == []


@pytest.mark.parametrize(
    "refused",
    [
        ("make", "0", "Ensure this value is greater than or equal to 1."),
        ("make", "20001", "Ensure this value is less than or equal to 20000."),
        ("make", "many", "Enter a whole number."),
        ("renew", "", "Give serial numbers, such as 12 or 20-34."),
        ("renew", "1, two", "“two” is no serial number and no run such as 5-9."),
        ("renew", "3-1", "“3-1” is no serial number and no run such as 5-9."),
        ("renew", "1-999999999", "“1-999999999” is a run of more than 20,000 numbers."),
        ("renew", "1-20000, 30000-30001", "Give 20,000 serial numbers at most at a time."),
        ("renew", "1, 7, 99", "These are no serial numbers of this way in: 7, 99."),
        ("renew", "1-2", "These were used or came back, so they get no new code: 1. Leave them out."),
        ("undelivered", "1", "Somebody has begun with these, so their letters did arrive: 1. Leave them out."),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed_and_nothing_is_done(client, analyst, letters, refused):
    work, typed, said = refused
    made = actions.issue_codes(collector=letters, count=3)
    enter(Client(), made[0].code)
    before = list(SingleUseCode.objects.values())

    page = client.post(admin(f"codes_{work}", letters), {"count" if work == "make" else work: typed})
    assert page.status_code == 422
    assert said in text(page)
    assert typed in text(page)
    assert list(SingleUseCode.objects.values()) == before


@pytest.mark.parametrize("runs", [[f"{n}0001-{n + 1}0000" for n in range(0, 100, 2)], ["1-20000"] * 50])
def test_many_runs_are_refused_before_any_is_written_out(runs):
    tracemalloc.start()
    form = UndeliveredForm({"undelivered": ", ".join(runs)})
    assert form.errors == {"undelivered": ["Give 20,000 serial numbers at most at a time."]}
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 1_000_000  # bytes; a million numbers take more than thirty of them each


def test_a_closed_wave_gets_no_codes_and_a_way_in_with_codes_stays(client, analyst, letters):
    actions.issue_codes(collector=letters, count=1)
    client.post(reverse("survey_remove_collector", args=[letters.pk]))
    assert Collector.objects.filter(pk=letters.pk).exists()

    actions.close_wave(wave=letters.wave)
    refused = client.post(admin("codes_make", letters), {"count": "1"})
    assert "This wave is closed, so nobody could answer with new codes." in text(refused)


def test_codes_are_for_analysts_and_for_ways_in_of_their_kind(client, make_user, letters):
    client.force_login(make_user("olive", "Communications officers"))
    assert client.post(admin("codes_make", letters), {"count": "1"}).status_code in {302, 403}
    assert not SingleUseCode.objects.exists()


def test_a_formula_in_a_stratum_does_not_run_in_a_spreadsheet(client, analyst, letters):
    Collector.objects.filter(pk=letters.pk).update(stratum="=1+1")

    assert rows_of(client.post(admin("codes_make", letters), {"count": "1"}))[0]["stratum"] == "'=1+1"
