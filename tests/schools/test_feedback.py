"""What teachers say of a pack: nothing of them is kept, and nobody reads it before a schools lead does."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from config.roles import lay_roles
from core.languages.trees import lay_trees
from core.privacy import purge_all
from core.refreshing import refresh_pages
from core.waiting import for_user
from indicators.registry import measures
from schools.models import PackFeedback
from schools.queries.feedback import usefulness
from schools.views import feedback
from tests.factories.schools import make_pack, make_pack_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("laid_tree")]
GIVE = "/schools/fair/feedback/"
LIST = "/admin/schools/feedback/"
SAID = {"useful": "very", "pupils": "28", "would_change": "A shorter film <b>please</b>."}


@pytest.fixture(autouse=True)
def _nobody_said_anything():
    caches["limits"].clear()


@pytest.fixture(autouse=True)
def pack_page():
    return make_pack_page(make_pack(code="fair", title="Fair play"))


@pytest.fixture
def lead(client, make_user):
    lay_roles()
    user = make_user("lead", "Schools leads")
    client.force_login(user)
    client.user = user
    return client


def given(pack_page, **fields):
    return PackFeedback.objects.create(
        **{"pack": pack_page.pack, "month": date(2026, 11, 1), "useful": "very", "would_change": "Shorter."} | fields
    )


def decide(client, one, **sent):
    return client.post(reverse("decide_pack_feedback", args=[one.pk]), sent)


@time_machine.travel("2026-11-30T23:30:00Z", tick=False)
def test_what_is_said_is_kept_with_the_month_and_nothing_of_who_said_it(client, pack_page):
    assert f'href="{GIVE}"' in client.get(pack_page.url).content.decode()
    response = client.post(GIVE, SAID)
    assert (response.status_code, response["Location"]) == (302, f"{GIVE}thanks/")
    kept = PackFeedback.objects.get()
    assert (kept.month, kept.useful, kept.pupils) == (date(2026, 11, 1), "very", 28)
    assert (kept.would_change, kept.state) == (SAID["would_change"], "waiting")
    columns = {field.name for field in PackFeedback._meta.fields}
    assert columns == {
        "id", "pack", "month", "useful", "pupils", "would_change", "state", "reason", "decided_by", "decided_on",
        "is_sample",
    }  # fmt: skip
    assert not client.cookies
    assert "We have kept your answers." in client.get(f"{GIVE}thanks/").content.decode()


def test_only_the_scale_needs_an_answer(client):
    assert client.post(GIVE, {"useful": "not-at-all"}).status_code == 302
    assert (PackFeedback.objects.get().pupils, PackFeedback.objects.get().would_change) == (None, "")


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"useful": ""}, "useful", "Say how useful it was."),
        ({"useful": "best"}, "useful", "Choose an answer from the list."),
        ({"pupils": "all"}, "pupils", "Give the number of pupils in digits, such as 28, or leave it empty."),
        ({"pupils": "0"}, "pupils", "Give the number of pupils in digits, such as 28, or leave it empty."),
        ({"pupils": "99999999999"}, "pupils", "Give the number of pupils in digits, such as 28, or leave it empty."),
        ({"would_change": "x" * 1001}, "would_change", "You wrote 1001 letters. Say it in 1000 or fewer."),
        ({"would_change": "a\0b"}, "would_change", "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(client, sent, field, sentence):
    response = client.post(GIVE, SAID | {"would_change": "Kept words."} | sent)
    assert response.status_code == 200
    assert response.context["form"].errors[field][0].startswith(sentence)
    assert "Kept words." in response.content.decode() or field == "would_change"
    assert not PackFeedback.objects.exists()


@pytest.mark.parametrize("limit", [feedback.SENT, feedback.ABOUT_ONE_PACK])
def test_a_flood_waits_with_its_words_kept(client, limit, monkeypatch):
    name = "SENT" if limit is feedback.SENT else "ABOUT_ONE_PACK"
    monkeypatch.setattr(feedback, name, type(limit)(limit.name, most=2, minutes=limit.minutes))
    assert [client.post(GIVE, SAID).status_code for _ in range(3)] == [302, 302, 429]
    response = client.post(GIVE, SAID)
    assert response["Retry-After"] == "600"
    assert "Wait ten minutes" in response.content.decode()
    assert "A shorter film" in response.content.decode()
    assert PackFeedback.objects.count() == 2


@pytest.mark.parametrize("address", [GIVE, f"{GIVE}thanks/"])
def test_a_pack_that_nobody_sees_takes_no_feedback(client, pack_page, address):
    pack_page.unpublish()
    assert client.get(address).status_code == 404
    assert client.post(GIVE, SAID).status_code == 404
    assert not PackFeedback.objects.exists()


def test_another_site_cannot_send_it(client):
    assert client.post(GIVE, SAID, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert not PackFeedback.objects.exists()


def test_it_is_asked_in_urdu_from_right_to_left(client):
    lay_trees()
    html = client.get(f"/ur{GIVE}").content.decode()
    assert 'dir="rtl"' in html
    assert "How useful was this lesson pack?" not in html


def test_words_are_public_once_a_schools_lead_published_them_and_gone_once_hidden(lead, pack_page):
    lead.post(GIVE, SAID)
    one = PackFeedback.objects.get()
    assert "A shorter film" not in lead.get(pack_page.url).content.decode()
    (waiting,) = [thing for thing in for_user(lead.user) if thing.what == "Feedback to publish or hide"]
    assert waiting.url == LIST
    assert "A shorter film &lt;b&gt;please&lt;/b&gt;." in lead.get(LIST).content.decode()
    assert decide(lead, one, publish="", would_change="Better words").status_code == 302
    shown = lead.get(pack_page.url).content.decode()
    assert "A shorter film &lt;b&gt;please&lt;/b&gt;." in shown
    assert "Better words" not in shown
    assert [thing for thing in for_user(lead.user) if thing.what == "Feedback to publish or hide"] == []
    assert decide(lead, one, hide="", reason="It names a pupil.").status_code == 302
    assert "A shorter film" not in lead.get(pack_page.url).content.decode()
    assert "Hidden because: It names a pupil." in lead.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (" ", "Say why it is hidden."),
        ("x" * 301, "Give the reason in 300 letters or fewer."),
        ("A\0name", "Null characters are not allowed."),
    ],
)
def test_nothing_is_hidden_without_a_short_reason(lead, pack_page, reason, sentence):
    one = given(pack_page)
    html = decide(lead, one, hide="", reason=reason).content.decode()
    assert sentence in html
    assert reason.strip() in html
    one.refresh_from_db()
    assert one.state == "waiting"


def test_words_that_are_gone_are_not_published(lead, pack_page):
    one = given(pack_page, would_change="")
    assert decide(lead, one, publish="").status_code == 200
    one.refresh_from_db()
    assert one.state == "waiting"


@pytest.mark.parametrize("group", ["Events leads", "Communications managers", "Partners"])
def test_nobody_else_reads_or_decides(client, make_user, pack_page, group):
    lay_roles()
    one = given(pack_page)
    client.force_login(make_user("other", group))
    assert client.get(LIST).status_code == 302
    decide(client, one, publish="")
    one.refresh_from_db()
    assert one.state == "waiting"


def answers(pack_page, *, good, bad, **fields):
    kept = {"pack": pack_page.pack, "month": date(2026, 11, 1)} | fields
    PackFeedback.objects.bulk_create(
        [
            PackFeedback(useful=useful, **kept)
            for useful, many in (("fairly", good), ("not-very", bad))
            for _ in range(many)
        ]
    )


def test_a_share_is_told_from_thirty_answers_and_then_by_tens(client, pack_page):
    pack = pack_page.pack
    answers(pack_page, good=20, bad=9)
    assert usefulness(pack) is None
    assert (
        "%" not in client.get(pack_page.url).content.decode().partition('id="teachers"')[2].partition("</section>")[0]
    )
    answers(pack_page, good=1, bad=0)
    assert (usefulness(pack).answers, usefulness(pack).share) == (30, 70)
    answers(pack_page, good=9, bad=0)
    assert (usefulness(pack).answers, usefulness(pack).share) == (30, 70)
    answers(pack_page, good=1, bad=0)
    assert (usefulness(pack).answers, usefulness(pack).share) == (40, 78)


def test_the_answer_that_makes_a_ten_whole_is_told_of_at_once(client, pack_page, django_capture_on_commit_callbacks):
    answers(pack_page, good=29, bad=0)
    client.get(pack_page.url)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(GIVE, SAID)
    assert "100% of 30 teachers who told us" in client.get(pack_page.url).content.decode()


def test_the_first_answer_ends_what_samples_said_on_a_page_kept_for_visitors(
    client, pack_page, settings, django_capture_on_commit_callbacks
):
    settings.PAGES_KEPT_FOR = 300
    answers(pack_page, good=30, bad=0, is_sample=True)
    with django_capture_on_commit_callbacks(execute=True):
        refresh_pages()
    assert "100% of 30 teachers" in client.get(pack_page.url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(GIVE, SAID)
    assert "100% of 30 teachers" not in client.get(pack_page.url).content.decode()


def test_sample_answers_say_so_and_are_never_counted_with_real_ones(client, pack_page):
    answers(pack_page, good=30, bad=0, is_sample=True)
    html = client.get(pack_page.url).content.decode()
    assert "Sample data" in html.partition('id="teachers"')[2].partition("</section>")[0]
    answers(pack_page, good=1, bad=0)
    assert usefulness(pack_page.pack) is None


@time_machine.travel("2026-11-30T12:00:00Z", tick=False)
def test_reported_pupils_are_a_measure_of_their_own(client, pack_page):
    client.post(GIVE, SAID)
    client.post(GIVE, SAID | {"pupils": ""})
    client.post(GIVE, SAID | {"pupils": "2"})
    given(make_pack_page(make_pack(code="other")), pupils=100)
    measure = measures["schools.pupils_reported"]
    assert [(read.period_start, read.value) for read in measure.read({"pack": "fair"})] == [(date(2026, 10, 1), 30.0)]
    assert [read.value for read in measure.read({})] == [130.0]
    assert "reported" in measure.name
    assert [read.value for read in measures["schools.pupils"].read({"method": "counted"})] == []
    with pytest.raises(ValueError, match="There is no lesson pack"):
        measure.read({"pack": "none"})


def test_words_are_forgotten_in_time_and_the_numbers_stay(pack_page):
    today = timezone.localdate()
    decided = {"state": "published", "decided_on": today - timedelta(days=1096)}
    given(pack_page, month=date(2020, 1, 1), pupils=3)
    given(pack_page, **decided)
    given(pack_page, state="hidden", reason="A name.", decided_on=today - timedelta(days=31))
    given(pack_page, would_change="Young.", month=today.replace(day=1))
    given(pack_page, would_change="Shown.", state="published", decided_on=today)
    purge_all(timezone.now())
    assert sorted(PackFeedback.objects.values_list("would_change", flat=True)) == ["", "", "", "Shown.", "Young."]
    assert PackFeedback.objects.filter(pupils=3).exists()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"useful": "best"}, "pack_feedback_useful_known"),
        ({"state": "lost"}, "pack_feedback_state_known|pack_feedback_words_are_decided_about"),
        ({"month": date(2026, 11, 2)}, "pack_feedback_keeps_the_month_alone"),
        ({"pupils": 0}, "pack_feedback_pupils_1_to_2000"),
        ({"pupils": 2001}, "pack_feedback_pupils_1_to_2000"),
        ({"state": "published"}, "pack_feedback_words_are_decided_about"),
        (
            {"state": "published", "would_change": "", "decided_on": date(2026, 11, 2)},
            "pack_feedback_words_are_decided_about",
        ),
        ({"state": "hidden", "decided_on": date(2026, 11, 2)}, "pack_feedback_hidden_for_a_reason"),
    ],
)
def test_the_database_refuses_wrong_feedback(pack_page, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        given(pack_page, **fields)
