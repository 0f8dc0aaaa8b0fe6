"""Signing up for news: what is asked, what is kept as evidence, what is refused, and nothing that tells on anybody."""

import re
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from campaigns.actions.updates.handing_over import TOO_OFTEN, refuse_what_came_too_often
from campaigns.actions.updates.keeping import approve_wording, write_wording
from campaigns.models import OfferedInterest, SignUp, UpdatesSettings
from campaigns.models.audiences import MailchimpInterest
from campaigns.updates.addresses import digest
from campaigns.updates.enums import HandOver
from tests.factories.campaigns import make_draft_page, make_live_page
from tests.factories.updates import AREAS, WORDS, make_audience, make_wording, open_updates, sent

pytestmark = pytest.mark.django_db
FORM, THANKS = "/updates/", "/updates/sent/"
NOON = datetime(2026, 11, 30, 12, 0, 30, 500_000, tzinfo=UTC)


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_what_was_agreed_to_is_kept_with_the_exact_words_the_time_and_the_place(client, wording, time_machine):
    make_draft_page("no-place")
    time_machine.move_to(NOON, tick=False)
    page = text(client.get(FORM, {"campaign": "no-place"}))
    assert WORDS in page
    assert 'name="campaign" value="no-place"' in page
    answer = client.post(
        FORM, sent(wording, "Ada@Council.org.uk", areas=["events"], language="ur", campaign="no-place")
    )
    assert (answer.status_code, answer["Location"]) == (302, THANKS)
    row = SignUp.objects.get()
    assert row.wording == wording
    assert (row.address, row.digest) == ("ada@council.org.uk", digest("ada@council.org.uk"))
    assert row.agreed_at == NOON.replace(microsecond=0)
    assert (row.page, row.campaign, row.language) == (FORM, "no-place", "ur")
    assert row.interests == [{"key": "events", "label": "Events near you"}]
    assert row.state == HandOver.WAITING


def test_whoever_chooses_no_area_gets_all_of_them(client, wording):
    client.post(FORM, sent(wording))
    assert [area["key"] for area in SignUp.objects.get().interests] == ["events", "schools"]


def test_the_answer_and_the_work_are_the_same_whoever_it_is(client, wording, django_assert_num_queries):
    answers = []
    for number in range(5):
        with django_assert_num_queries(4):
            answers.append(
                client.post(FORM, sent(wording, "ada@council.org.uk" if number < 4 else "new@council.org.uk"))
            )
    assert {(one.status_code, one["Location"], one.content) for one in answers} == {(302, THANKS, b"")}
    assert len({tuple(sorted(one.headers.keys())) for one in answers}) == 1


def test_the_same_address_goes_over_three_times_a_day_and_is_then_a_row_without_it(client, wording, time_machine):
    time_machine.move_to(NOON)
    client.post(FORM, sent(wording, message="Buy this"))  # a machine keeps nobody from signing up
    for email in ("ada@council.org.uk", "ADA@council.org.uk", "ada@COUNCIL.org.uk", "ada@council.org.uk"):
        client.post(FORM, sent(wording, email))
    client.post(FORM, sent(wording, "another@council.org.uk"))
    time_machine.shift(24 * 3600)
    client.post(FORM, sent(wording))

    assert refuse_what_came_too_often() == 1
    refused = SignUp.objects.get(problem=TOO_OFTEN)
    assert (refused.state, refused.address) == (HandOver.REFUSED, "")
    assert refused == SignUp.objects.filter(digest=digest("ada@council.org.uk")).order_by("pk")[4]
    assert SignUp.objects.filter(state=HandOver.WAITING).count() == 5
    assert refuse_what_came_too_often() == 0


def test_search_engines_are_told_of_the_form_once_it_is_open(client, audience):
    assert "/updates/" not in client.get("/sitemap.xml").content.decode()
    open_updates(audience, areas=AREAS)
    cache.clear()
    assert "/updates/</loc>" in client.get("/sitemap.xml").content.decode()


def test_who_has_nothing_to_confirm_is_not_told_to_look_for_an_email(client, wording, audience):
    assert "One more step: look into your email." in text(client.get(THANKS))
    audience.double_optin = False
    audience.save()
    page = text(client.get(THANKS))
    assert "One more step" not in page
    assert "Our news comes by email from now on." in page


def test_what_a_machine_sends_is_answered_like_everything_and_goes_nowhere(client, wording):
    answer = client.post(FORM, sent(wording, message="Buy"))
    assert (answer.status_code, answer["Location"]) == (302, THANKS)
    kept = SignUp.objects.get()
    assert (kept.state, kept.address) == (HandOver.REFUSED, "")
    assert kept.problem == "The box that no person sees was filled in, so a machine sent this."


def test_thousands_from_one_network_are_asked_to_wait_with_all_they_typed(client, wording):
    for number in range(10):
        client.post(FORM, sent(wording, f"person-{number}@council.org.uk"))
    answer = client.post(FORM, sent(wording, "one-more@council.org.uk", areas=["schools"], language="pl"))
    assert (answer.status_code, answer["Retry-After"]) == (429, "120")
    page = text(answer)
    assert "Many forms were sent from your connection in the last minutes." in page
    assert 'value="one-more@council.org.uk"' in page
    assert re.search(r'value="schools"[^>]* checked', page)
    assert re.search(r'value="pl"[^>]* checked', page)
    assert SignUp.objects.count() == 10
    other = client.post(FORM, sent(wording, "one-more@council.org.uk"), REMOTE_ADDR="203.0.113.7")
    assert other["Location"] == THANKS


@pytest.mark.parametrize(
    "email",
    [
        "", "ada", "ada@", "@council.org.uk", "ada@council", "ada lovelace@council.org.uk",
        "a@council.org.uk, b@council.org.uk", "ada@council.org.uk\r\nBcc: all@council.org.uk",
        "ada@council.org.uk\nSubject: x", "ada\0@council.org.uk", '"ada"@council.org.uk', "ada@[127.0.0.1]",
        "a" * 250 + "@council.org.uk", "<ada@council.org.uk>", "ada@council.org.uk\u2028x",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_in_a_sentence_beside_the_field(client, wording, email):
    answer = client.post(FORM, sent(wording, email, areas=["events"]))
    assert answer.status_code == 200
    assert len(answer.context["form"].errors["email"]) == 1
    assert set(answer.context["form"].errors) == {"email"}
    assert re.search(r'value="events"[^>]* checked', text(answer))
    assert not SignUp.objects.exists()


def test_an_address_with_a_host_in_other_letters_is_kept_as_the_internet_writes_it(client, wording):
    client.post(FORM, sent(wording, "Ada@Bücher.example.org"))
    assert SignUp.objects.get().address == "ada@xn--bcher-kva.example.org"


def test_nobody_agrees_without_a_tick_or_to_words_that_they_did_not_see(client, wording, make_user):
    unticked = client.post(FORM, sent(wording) | {"agree": ""})
    assert "Tick the box if you agree." in text(unticked)
    newer = write_wording(language="en", text="I agree to other words.", by=make_user("una"))
    approve_wording(wording=newer, by=make_user("uri"))
    late = client.post(FORM, sent(wording))
    page = text(late)
    assert "These words changed while you read them." in page
    assert "I agree to other words." in page
    assert f'name="wording" value="{newer.pk}"' in page
    assert "checked" not in page.partition('name="agree"')[2].partition(">")[0]
    assert 'value="ada@council.org.uk"' in page
    assert not SignUp.objects.exists()
    client.post(FORM, sent(newer))
    assert SignUp.objects.get().wording == newer


def test_what_the_form_does_not_offer_cannot_be_chosen(client, wording, audience):
    answer = client.post(FORM, sent(wording, areas=["race"], language="xx"))
    assert set(answer.context["form"].errors) == {"areas", "language"}
    MailchimpInterest.objects.filter(remote_id="schools").update(is_gone=True)
    assert "Lessons for schools" not in text(client.get(FORM))


def test_a_campaign_that_there_is_not_is_no_source(client, wording):
    client.post(FORM, sent(wording, campaign="nowhere"))
    client.post(FORM, sent(wording, campaign="x" * 500))
    assert [row.campaign for row in SignUp.objects.all()] == [""]


def test_who_fills_in_the_box_that_nobody_sees_is_answered_alike_and_not_handed_over(client, wording):
    answer = client.post(FORM, sent(wording, message="Buy this"))
    assert answer["Location"] == THANKS
    assert SignUp.objects.get().state == HandOver.REFUSED


def test_no_page_of_it_sets_a_cookie_and_it_works_without_one(wording):
    client = Client(enforce_csrf_checks=True, headers={"sec-gpc": "1", "dnt": "1"})
    for address in (FORM, THANKS, "/updates/preferences/", "/updates/preferences/sent/", "/updates/preferences/done/"):
        answer = client.get(address)
        assert (answer.status_code, answer.cookies) == (200, {})
        assert "no-store" in answer["Cache-Control"]
    answer = client.post(FORM, sent(wording))
    assert (answer["Location"], answer.cookies) == (THANKS, {})


def test_a_form_on_another_site_signs_nobody_up(client, wording):
    answer = client.post(FORM, sent(wording), headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert not SignUp.objects.exists()


def test_each_language_has_its_own_words_and_the_english_ones_stand_in(client, wording, audience):
    urdu = client.get("/ur/updates/").content.decode()
    assert 'dir="rtl"' in urdu
    assert f'<bdi lang="en" dir="ltr">{WORDS}</bdi>' in urdu
    with override("ur"):
        own = make_wording("ur", "میں متفق ہوں")
    OfferedInterest.objects.filter(interest__remote_id="events").update(labels={"en": "Events", "ur": "تقریبات"})
    urdu = client.get("/ur/updates/").content.decode()
    assert "میں متفق ہوں" in urdu
    assert "تقریبات" in urdu
    client.post("/ur/updates/", sent(own, areas=["events"], language="ur"))
    row = SignUp.objects.get()
    assert (row.wording, row.page, row.interests[0]["label"]) == (own, "/ur/updates/", "تقریبات")


@pytest.mark.parametrize("missing", ["audience", "wording"])
def test_without_an_audience_or_words_the_page_says_that_nobody_can_sign_up(client, campaign_index, missing):
    if missing == "audience":
        make_wording()
        UpdatesSettings.objects.create(pk=1)
    else:
        UpdatesSettings.objects.create(pk=1, audience=make_audience())
    assert "You cannot sign up at the moment." in text(client.get(FORM))
    assert client.post(FORM, {"email": "ada@council.org.uk"}).status_code == 200
    assert not SignUp.objects.exists()


def test_a_campaign_s_page_leads_to_it_with_the_campaign_once_people_can_sign_up(client, audience, settings):
    page = make_live_page("no-place")
    assert "/updates/" not in text(client.get(page.url))
    open_updates(audience)
    assert 'href="/updates/?campaign=no-place"' in text(client.get(page.url))
