"""Mailings in the admin: begun, written, looked at, sent in; and what is frozen then."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from campaigns.actions.mailings import submit_mailing
from campaigns.actions.placements import lead_to
from campaigns.models import Mailing, MailingEvent, Placement
from campaigns.queries.mailings import content_hash, why_not_go_out
from tests.factories.campaigns import make_live_page
from tests.factories.mailings import make_audience, make_fit_mailing, make_mailing, make_segment, make_submitted_mailing

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(campaign_index, client, officer):
    client.force_login(officer)
    return make_live_page()


@pytest.fixture
def campaign(page):
    return page.campaign


def at(name, row):
    return reverse(f"campaigns:{name}", args=[row.pk])


def words(response):
    return " ".join(response.content.decode().split())


def answers(**changed):
    body = streamfield([("text", rich_text("<p>Tell somebody.</p>"))])
    given = {"name": "Newsletter", "recipients": "", "ceiling": "", "subject": "", "preview_text": "", "body": body}
    return nested_form_data(given | changed)


def test_a_mailing_is_begun_and_written_with_who_gets_it_by_name_and_number(client, campaign, officer):
    audience = make_audience()
    segment = make_segment(audience)
    response = client.post(at("begin_mailing", campaign), {"name": "Autumn news", "language": "en"}, follow=True)
    mailing = Mailing.objects.get()
    assert response.redirect_chain == [(at("write_mailing", mailing), 302)]
    assert mailing.code == "mail-autumn-news"
    assert "Events near Dewsbury: 340 people" in words(response)
    assert "Everybody in “Kirklees news”: 1,200 people" in words(response)
    given = answers(
        recipients=f"segment-{segment.pk}", ceiling="400", subject="You will  be believed", preview_text="P"
    )
    response = client.post(at("write_mailing", mailing), given, follow=True)
    mailing.refresh_from_db()
    assert (mailing.segment, mailing.audience, mailing.to_whole_audience) == (segment, audience, False)
    assert (mailing.expected_recipients, mailing.ceiling, mailing.subject) == (340, 400, "You will be believed")
    assert [block.block_type for block in mailing.body] == ["text"]
    assert ">Tell somebody.</p>" in mailing.body[0].value.source
    assert list(mailing.writers.all()) == [officer]
    assert "Nothing keeps this mailing from going in" in words(response)


def test_the_whole_audience_is_a_choice_of_its_own(client, campaign):
    mailing, audience = make_mailing(campaign), make_audience()
    client.post(at("write_mailing", mailing), answers(recipients=f"audience-{audience.pk}"))
    mailing.refresh_from_db()
    assert (mailing.audience, mailing.segment, mailing.to_whole_audience) == (audience, None, True)
    client.post(at("write_mailing", mailing), answers(opened=mailing.stamp))
    mailing.refresh_from_db()
    assert (mailing.audience, mailing.segment, mailing.to_whole_audience) == (None, None, False)


def test_a_draft_may_lack_what_stands_beside_its_fields(client, campaign):
    mailing = make_mailing(campaign)
    response = client.post(at("write_mailing", mailing), answers(body=streamfield([])), follow=True)
    for sentence in ("Choose who gets it.", "Write a subject line", "nothing in it yet"):
        assert sentence in words(response)


def test_nothing_typed_is_lost_where_something_is_wrong(client, campaign):
    mailing = make_mailing(campaign)
    body = streamfield([("button", {"text": "See who can help", "page": "", "address": ""})])
    given = answers(subject="Kept in the form", ceiling="many", recipients="segment-999", body=body)
    response = client.post(at("write_mailing", mailing), given)
    assert response.status_code == 422
    for said in ("Kept in the form", "This is no longer at Mailchimp", "Choose a page or give an address", "many"):
        assert said in words(response)
    mailing.refresh_from_db()
    assert mailing.subject == "You will be believed"


def test_of_two_who_write_at_once_the_second_is_told_who_saved_and_loses_nothing(client, campaign, make_user):
    mailing = make_mailing(campaign)
    opened = client.get(at("write_mailing", mailing)).context["form"]["opened"].value()
    bushra = make_user("bushra", "Communications officers")
    other = Client()
    other.force_login(bushra)
    other.post(at("write_mailing", mailing), answers(subject="Bushra's", opened=opened))

    response = client.post(at("write_mailing", mailing), answers(subject="Olive's", opened=opened))

    assert response.status_code == 422
    assert "bushra saved it on" in words(response)
    assert "Olive&#x27;s" in words(response)
    mailing.refresh_from_db()
    assert (mailing.subject, mailing.saved_by) == ("Bushra's", bushra)

    again = response.context["form"]["opened"].value()
    assert client.post(at("write_mailing", mailing), answers(subject="Olive's", opened=again)).status_code == 302
    mailing.refresh_from_db()
    assert mailing.subject == "Olive's"


def test_who_saved_in_another_window_is_told_so(client, campaign):
    mailing = make_mailing(campaign)
    client.post(at("write_mailing", mailing), answers(subject="First"))
    response = client.post(at("write_mailing", mailing), answers(subject="Second"))
    assert "You, in another window, saved it on" in words(response)


@pytest.mark.parametrize("typed", ["many", "0", "-5", "10000001"])
def test_a_number_of_people_that_cannot_be_is_told_how_to_be_mended(client, campaign, typed):
    response = client.post(at("write_mailing", make_mailing(campaign)), answers(ceiling=typed))
    assert response.status_code == 422
    assert "Write a whole number from 1 to 10,000,000, such as 500." in words(response)


def test_sending_in_freezes_all_that_goes_out_and_makes_the_placements_of_its_links(client, campaign, page, officer):
    body = [("button", {"text": "Help", "page": page, "address": ""}), ("teaser", {"page": page})]
    mailing = make_fit_mailing(campaign, by=officer, body=body)
    response = client.post(at("submit_mailing", mailing), follow=True)
    assert "waits for a colleague" in words(response)
    mailing.refresh_from_db()
    assert mailing.state == "submitted"
    placement = Placement.objects.get()
    assert (placement.code, placement.channel, placement.campaign) == ("mail-newsletter", "email", campaign)
    assert client.get("/go/mail-newsletter/").headers["Location"] == page.url
    assert mailing.frozen["links"] == [placement.address]
    assert f'href="{placement.address}"' in mailing.frozen["html"]
    assert mailing.frozen["segment"] == {"id": mailing.segment.remote_id, "name": "Events near Dewsbury"}
    assert (mailing.frozen["from_name"], mailing.frozen["reply_to"]) == ("Kirklees Council", "news@example.org")
    assert (mailing.frozen["expected_recipients"], mailing.frozen["ceiling"]) == (340, 400)
    assert (mailing.frozen["track_opens"], mailing.frozen["track_clicks"]) == (False, False)
    assert [event.words for event in mailing.events.all()] == ["Sent in, for 340 people.", "Begun."]


def test_what_is_shown_before_is_what_is_frozen(client, campaign, page, officer):
    mailing = make_fit_mailing(campaign, by=officer, body=[("teaser", {"page": page})])
    before = client.get(at("mailing_letter", mailing)).content.decode()
    client.post(at("submit_mailing", mailing))
    mailing.refresh_from_db()
    assert before == mailing.frozen["html"]
    assert client.get(at("mailing_letter", mailing)).content.decode() == before


def test_a_mailing_sent_in_again_keeps_its_placements_and_gets_one_for_each_new_page(campaign, page, officer):
    other = make_live_page("other")
    mailing = make_submitted_mailing(campaign, by=officer, body=[("teaser", {"page": page})])
    mailing.state, mailing.body = "draft", [("teaser", {"page": other}), ("teaser", {"page": page})]
    mailing.save()
    mailing = submit_mailing(mailing=mailing, by=officer)
    codes = {link.page_id: link.placement.code for link in mailing.links.all()}
    assert codes == {page.pk: "mail-newsletter", other.pk: "mail-newsletter-2"}


def test_a_mailing_with_something_to_mend_does_not_go_in(client, campaign):
    mailing = make_mailing(campaign, subject="")
    response = client.post(at("submit_mailing", mailing), follow=True)
    assert "Write a subject line" in words(response)
    mailing.refresh_from_db()
    assert (mailing.state, mailing.frozen) == ("draft", {})
    assert not Placement.objects.exists()


def test_another_audience_or_number_gives_another_hash(campaign, officer):
    mailing = make_submitted_mailing(campaign, by=officer)
    seen = {content_hash(mailing)}
    for changed in ({"segment": None}, {"ceiling": 401}, {"track_opens": True}, {"html": "x"}, {"links": ["x"]}):
        seen.add(content_hash(Mailing(frozen=mailing.frozen | changed)))
    assert len(seen) == 6


def test_what_was_sent_in_stays_as_it_is(client, campaign, officer):
    mailing = make_submitted_mailing(campaign, by=officer)
    assert "stays as it is" in words(client.get(at("write_mailing", mailing), follow=True))
    response = client.post(at("write_mailing", mailing), answers(subject="Another"))
    assert response.status_code == 422
    assert "in another state now: waits for a colleague" in words(response)
    assert "sent in once" not in words(client.post(at("delete_mailing", mailing), follow=True))
    mailing.refresh_from_db()
    assert mailing.subject == "You will be believed"


def test_counting_opens_is_off_until_somebody_decides_it_for_a_reason(client, campaign, officer):
    mailing = make_mailing(campaign)
    assert (mailing.track_opens, mailing.track_clicks) == (False, False)
    response = client.post(at("mailing_tracking", mailing), {"track_opens": "on", "tracking_reason": " "})
    assert "Say why: whoever gets the email may ask." in words(response)
    given = {"track_opens": "on", "tracking_reason": "To see whether the new subject line works."}
    response = client.post(at("mailing_tracking", mailing), given, follow=True)
    assert "Opens are counted, by decision of" in words(response)
    mailing.refresh_from_db()
    assert (mailing.track_opens, mailing.track_clicks, mailing.tracking_decided_by) == (True, False, officer)
    assert mailing.events.first().words == "Decided to count opens. Why: To see whether the new subject line works."
    client.post(at("mailing_tracking", mailing), {})
    mailing.refresh_from_db()
    assert (mailing.is_tracked, mailing.tracking_reason) == (False, "")
    assert MailingEvent.objects.count() == 3


def test_the_preview_shows_it_by_night_without_pictures_and_as_text_and_runs_nothing(client, campaign):
    mailing = make_fit_mailing(campaign)
    shown = client.get(at("mailing_preview", mailing) + "?dark=on")
    assert (
        re.findall(r'<iframe sandbox title="[^"]*" src="([^"]*)"', shown.content.decode())
        == [f"{at('mailing_letter', mailing)}?dark=on"] * 2
    )
    assert "====================" in shown.content.decode()
    letter = client.get(at("mailing_letter", mailing) + "?dark=on&without_pictures=on")
    assert "@media all" in letter.content.decode()
    assert "prefers-color-scheme" not in letter.content.decode()
    assert letter.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_a_mailing_is_deleted_only_before_it_was_ever_sent_in(client, campaign, officer):
    mailing = make_mailing(campaign)
    client.post(at("delete_mailing", mailing))
    assert not Mailing.objects.exists()
    sent = make_submitted_mailing(campaign, by=officer)
    Mailing.objects.update(state="draft")
    assert "stays with its history" in words(client.post(at("delete_mailing", sent), follow=True))
    assert Mailing.objects.exists()


def test_two_mailings_of_one_name_have_codes_of_their_own(client, campaign):
    for _ in range(2):
        client.post(at("begin_mailing", campaign), {"name": "خبریں", "language": "ur"})
    assert sorted(Mailing.objects.values_list("code", flat=True)) == ["mail-letter", "mail-letter-2"]


@pytest.mark.parametrize(
    ("name", "code"), [("Autumn__news_-_all", "mail-autumn-news-all"), ("خبریں", "mail-letter"), ("n" * 100, None)]
)
def test_any_name_makes_a_code(client, campaign, name, code):
    client.post(at("begin_mailing", campaign), {"name": name, "language": "en"})
    assert Mailing.objects.get().code == code or code is None


def test_a_closed_campaign_takes_no_mailing_and_one_on_its_way_keeps_it_open(client, campaign, officer):
    make_submitted_mailing(campaign, by=officer)
    client.post(at("close", campaign))
    campaign.refresh_from_db()
    assert campaign.closed_on is None
    Mailing.objects.update(state="cancelled")
    client.post(at("close", campaign))
    response = client.post(at("begin_mailing", campaign), {"name": "Late", "language": "en"})
    assert "so nothing of it can be changed" in words(response)


@pytest.mark.parametrize("name", ["mailings", "begin_mailing"])
def test_nobody_else_comes_to_mailings(client, campaign, make_user, name):
    client.force_login(make_user("anna", "Survey analysts"))
    assert client.get(at(name, campaign), follow=True).request["PATH_INFO"] == "/admin/"


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_mailings_costs_the_same_at_any_length(client, campaign, count, django_assert_num_queries):
    make_fit_mailing(campaign)
    for number in range(1, count):
        make_mailing(campaign, audience=Mailing.objects.first().audience, to_whole_audience=True, subject=str(number))
    client.get(at("mailings", campaign))
    with django_assert_num_queries(15):
        assert client.get(at("mailings", campaign)).status_code == 200


def test_what_it_shows_and_whom_it_goes_to_may_be_gone_before_it_goes_out(campaign, officer):
    mailing = make_submitted_mailing(campaign, by=officer)
    assert why_not_go_out(mailing) == []
    mailing.segment.is_gone, mailing.digest = True, "0" * 64
    assert [sentence.partition(" ")[0] for sentence in why_not_go_out(mailing)] == ["It", "The"]


def test_a_link_that_was_led_elsewhere_keeps_it_from_going_out_until_it_leads_back(
    campaign, page, officer, campaign_index
):
    body = [("text", f'<p><a id="{page.pk}" linktype="page">The campaign</a></p>')]
    mailing = make_submitted_mailing(campaign, by=officer, body=body)
    placement = mailing.links.get().placement
    assert why_not_go_out(mailing) == []
    lead_to(placement=placement, page=campaign_index, by=officer)
    (sentence,) = why_not_go_out(mailing)
    assert f"Let {placement.path} lead there again" in sentence
    Mailing.objects.update(state="draft")
    mailing = submit_mailing(mailing=mailing, by=officer)
    assert (why_not_go_out(mailing), placement.targets.first().page_id) == ([], page.pk)


def test_a_link_whose_page_was_deleted_keeps_it_from_going_out(campaign, officer, campaign_index):
    other = make_live_page("other")
    body = [("text", f'<p><a id="{other.pk}" linktype="page">Another</a></p>')]
    mailing = make_submitted_mailing(campaign, by=officer, body=body)
    Page.objects.get(pk=other.pk).delete()
    (sentence,) = why_not_go_out(Mailing.objects.get(pk=mailing.pk))
    assert "was deleted" in sentence
