"""Signing up in the admin: what is offered and agreed to, how it stands, and what an address agreed to."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from campaigns.actions.updates.keeping import write_wording
from campaigns.models import ConsentWording, OfferedInterest, SignUp, UpdatesSettings
from campaigns.models.audiences import MailchimpInterest
from campaigns.updates.addresses import digest
from campaigns.updates.enums import HandOver
from campaigns.waiting import sign_ups
from tests.factories.updates import WORDS, make_audience, make_wording, sent

pytestmark = pytest.mark.django_db
HOME = reverse("updates")
ADA = "ada@council.org.uk"


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def fields(audience) -> dict[str, MailchimpInterest]:
    return {interest.remote_id: interest for interest in audience.interests.all()}


def test_a_manager_opens_signing_up_from_nothing_and_a_colleague_approves_the_words(
    client, manager, make_user, audience
):
    client.force_login(manager)
    assert "Nobody can sign up yet. Choose the audience. Write an English wording" in text(client.get(HOME))
    assert client.post(reverse("updates_audience"), {"audience": audience.pk}).status_code == 302
    of = fields(audience)
    offered = {
        f"offer-{of['events'].pk}": "on",
        f"name-{of['events'].pk}-en": "Events",
        f"name-{of['events'].pk}-ur": "تقریبات",
    }
    assert client.post(reverse("updates_interests"), offered).status_code == 302
    assert [one.labels for one in OfferedInterest.objects.all()] == [{"en": "Events", "ur": "تقریبات"}]
    assert client.post(reverse("updates_wording"), {"language": "en", "text": WORDS}).status_code == 302
    wording = ConsentWording.objects.get()
    approve = reverse("updates_approve_wording", args=[wording.pk])
    assert "You wrote this wording, so a colleague approves it." in text(client.post(approve, follow=True))
    client.force_login(make_user("mabel", "Communications managers"))
    assert "Put version 1 into force" in text(client.get(HOME))
    assert "In force." in text(client.post(approve, follow=True))
    assert "Somebody has approved this wording already." in text(client.post(approve, follow=True))
    assert "People sign up at" in text(client.get(HOME))
    client.logout()
    assert WORDS in text(client.get("/updates/"))


def test_an_officer_writes_words_and_sees_how_it_stands_and_no_more(client, officer, wording):
    client.force_login(officer)
    page = text(client.get(HOME))
    assert "Waiting for Mailchimp" in page
    assert "Choose the audience</a>" not in page
    form = client.get(reverse("updates_wording"), {"language": "en"})
    assert WORDS in text(form)
    client.post(reverse("updates_wording"), {"language": "en", "text": "I agree to more."})
    newer = ConsentWording.objects.get(version=2)
    for name, args in (
        ("updates_audience", []),
        ("updates_interests", []),
        ("updates_evidence", []),
        ("updates_try_again", []),
        ("updates_approve_wording", [newer.pk]),
    ):
        refused = client.post(reverse(name, args=args))
        assert refused.status_code == 302, name
        assert refused["Location"] == "/admin/"
    newer.refresh_from_db()
    assert newer.approved_at is None


def test_who_has_no_part_in_it_is_sent_away(client, make_user, wording):
    client.force_login(make_user("sue", "Schools leads"))
    assert client.get(HOME)["Location"] == "/admin/"
    assert "Signing up" not in text(client.get("/admin/"))


@pytest.mark.parametrize("label", ["", "Religion", "disability", "Sexual orientation", "TRANSGENDER"])
def test_an_area_of_news_has_an_english_name_that_says_nothing_of_who_somebody_is(
    client, manager, wording, audience, label
):
    client.force_login(manager)
    of = fields(audience)["events"]
    answer = client.post(
        reverse("updates_interests"), {f"offer-{of.pk}": "on", f"name-{of.pk}-en": label, f"name-{of.pk}-pl": "X"}
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {f"name-{of.pk}-en"}
    assert 'value="X"' in text(answer)


def test_areas_wait_for_an_audience_and_only_those_at_mailchimp_are_chosen(client, manager, audience):
    client.force_login(manager)
    assert client.get(reverse("updates_interests"))["Location"] == reverse("updates_audience")
    gone = make_audience("aud9", name="Gone", is_gone=True)
    assert client.post(reverse("updates_audience"), {"audience": gone.pk}).status_code == 422


def test_words_that_are_missing_or_in_no_language_of_ours_are_refused_with_what_was_typed(client, manager, wording):
    client.force_login(manager)
    answer = client.post(reverse("updates_wording"), {"language": "xx", "text": "Something."})
    assert (answer.status_code, "Something." in text(answer)) == (422, True)
    assert client.post(reverse("updates_wording"), {"language": "en", "text": " "}).status_code == 422


def test_a_wording_is_never_put_back_over_a_newer_one(client, manager, make_user, wording):
    old = write_wording(language="en", text="Old words.", by=make_user("una"))
    make_wording(text="Newer words.")
    client.force_login(manager)
    approve = reverse("updates_approve_wording", args=[old.pk])
    assert "A newer wording is in force already." in text(client.post(approve, follow=True))


def test_a_wording_cannot_be_approved_by_who_wrote_it_past_the_pages_either(wording):
    with pytest.raises(IntegrityError, match="consent_wording_approved_by_another"), transaction.atomic():
        ConsentWording.objects.filter(pk=wording.pk).update(approved_by=wording.written_by_id)


def test_the_evidence_of_an_address_is_shown_to_a_manager_and_the_address_kept_nowhere(
    client, manager, wording, caplog
):
    client.post("/updates/", sent(wording, ADA, areas=["events"], language="ur"))
    client.force_login(manager)
    page = text(client.post(reverse("updates_evidence"), {"address": " ADA@council.org.uk "}))
    assert WORDS in page
    assert "English, version 1" in page
    assert "Events near you; emails in Urdu" in page
    assert "Agreed in the form" in page
    assert "No agreement for this address is kept here." in text(
        client.post(reverse("updates_evidence"), {"address": "bea@council.org.uk"})
    )
    wrong = client.post(reverse("updates_evidence"), {"address": "ada"})
    assert (wrong.status_code, "Nothing was looked up: mend what is marked" in text(wrong)) == (422, True)
    assert ADA not in caplog.text.lower()


def test_the_screen_shows_what_is_held_up_by_digest_and_asks_as_often_for_three_as_for_one(
    client, manager, wording, django_assert_num_queries
):
    client.force_login(manager)

    def refuse(number: int) -> SignUp:
        email = f"person-{number}@council.org.uk"
        return SignUp.objects.create(
            digest=digest(email), wording=wording, agreed_at=timezone.now(), due=timezone.now(), language="en",
            page="/updates/", state=HandOver.REFUSED, problem="Mailchimp refuses it.",
        )  # fmt: skip

    first = refuse(1)
    client.get(HOME)
    with django_assert_num_queries(24):
        page = text(client.get(HOME))
    assert first.digest[:8] in page
    assert first.digest not in page
    assert "Mailchimp refuses it." in page
    refuse(2)
    refuse(3)
    with django_assert_num_queries(24):
        client.get(HOME)


def test_what_is_stuck_and_words_to_approve_wait_on_the_first_screen(manager, officer, wording, make_user):
    assert list(sign_ups(manager)) == []
    UpdatesSettings.objects.update(problem="Mailchimp refuses the API key.", problem_since=timezone.now())
    write_wording(language="pl", text="Zgadzam się.", by=officer)
    assert [(one.what, one.is_late) for one in sign_ups(manager)] == [
        ("Signing up is held up", True),
        ("Wording to approve", False),
    ]
    assert [one.what for one in sign_ups(officer)] == []
    assert [one.what for one in sign_ups(make_user("sue", "Schools leads"))] == []


def test_there_is_one_row_of_settings(wording):
    with pytest.raises(IntegrityError, match="updates_settings_is_one_row"), transaction.atomic():
        UpdatesSettings.objects.create(pk=2)
