"""What comes of mailings when a picture in them gives way to another."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.models import Mailing
from campaigns.picture_uses import exchange, uses
from campaigns.queries.mailings import why_not_go_out
from core.models import Image
from core.pictures.actions import withdraw
from core.pictures.registry import Exchange
from tests.factories.artwork import make_picture
from tests.factories.mailings import make_mailing, make_submitted_mailing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("campaign_index")]


@pytest.fixture
def picture():
    return make_picture(source="Ours", licence="own", people="none")


@pytest.fixture
def body(picture):
    value = {"image": picture, "alternative_text": "A wave", "decorative": False, "caption": "Old"}
    return [("heading", "Stays"), ("picture", value)]


def kinds(mailing):
    return [block.block_type for block in mailing.body]


def test_mailings_stand_among_the_uses_of_a_picture(picture, body):
    make_mailing(body=body)
    assert [(use.what, use.title, use.standing) for use in uses(picture)] == [
        ("Mailing", "Newsletter, Campaign no-place", "being written")
    ]
    assert list(uses(make_picture("Other"))) == []


def test_another_picture_comes_with_its_words_and_somebody_looks_again(picture, body, officer):
    mailing = make_submitted_mailing(by=officer, body=body)
    other = make_picture("Other", source="Ours", licence="own", people="none")
    exchange(Exchange(picture=picture, by=other, words={"en": "A hill"}, asked_by=officer))
    mailing.refresh_from_db()
    value = mailing.body[1].value
    assert (value["image"], value["alternative_text"], value["caption"]) == (other, "A hill", "")
    assert (mailing.state, mailing.frozen) == ("draft", {})
    assert "is replaced. Look at it" in mailing.sent_back
    assert mailing.events.first().by == officer


def test_without_words_or_another_the_block_goes(picture, body):
    english = make_mailing(body=body)
    exchange(Exchange(picture=picture, by=make_picture("Other"), words={"ur": "پہاڑی"}))
    assert kinds(Mailing.objects.get(pk=english.pk)) == ["heading"]


def test_what_went_out_stays_as_it_was(picture, body, officer):
    mailing = make_submitted_mailing(by=officer, body=body)
    Mailing.objects.update(state="sent", digest="0" * 64, approved_at="2026-10-01T00:00Z")
    exchange(Exchange(picture=picture, by=None))
    mailing.refresh_from_db()
    assert (mailing.state, kinds(mailing)) == ("sent", ["heading", "picture"])


def test_another_file_in_the_place_of_the_one_that_was_sent_in_does_not_go_out(picture, body, officer):
    mailing = make_submitted_mailing(by=officer, body=body)
    assert why_not_go_out(mailing) == []
    # As the form of pictures does.
    picture.renditions.all().delete()
    Image.objects.filter(pk=picture.pk).update(file=make_picture("Other").file.name, file_hash="another")
    (sentence,) = why_not_go_out(Mailing.objects.get(pk=mailing.pk))
    assert "was exchanged after the mailing was sent in" in sentence


STAYS = "“Newsletter, Campaign no-place” went out with this or is about to"


@pytest.fixture
def boss(client, officer):
    """Return an officer who may delete what others added, signed in."""
    officer.is_superuser = True
    officer.save()
    client.force_login(officer)
    return officer


@pytest.fixture
def sent_in(boss, body):
    return make_submitted_mailing(by=boss, body=body)


def be_in(state):
    Mailing.objects.update(state=state, digest="0" * 64, approved_at="2026-10-01T00:00Z")


@pytest.mark.usefixtures("sent_in")
@pytest.mark.parametrize("state", ["pushing", "ready", "send_requested", "scheduled", "sending", "sent", "unknown"])
@pytest.mark.parametrize("in_bulk", [False, True])
def test_a_picture_that_people_fetch_from_us_is_not_deleted(client, picture, state, in_bulk):
    be_in(state)
    single = reverse("wagtailimages:delete", args=[picture.pk])
    bulk = reverse("wagtail_bulk_action", args=["core", "image", "delete"])
    asked = f"{bulk}?id={picture.pk}&next={reverse('wagtailimages:index')}" if in_bulk else single
    assert STAYS in client.post(asked, follow=True).content.decode()
    assert Image.objects.filter(pk=picture.pk).exists()


@pytest.mark.usefixtures("sent_in")
def test_nor_is_its_file_exchanged_while_its_title_may_change(client, picture):
    be_in("sent")
    address = reverse("wagtailimages:edit", args=[picture.pk])
    record = {"source": "Ours", "licence": "own", "people": "none", "collection": picture.collection_id, "tags": ""}
    other = make_picture("Other")
    with other.file.open() as content:
        file = SimpleUploadedFile("other.png", content.read())
    assert STAYS in client.post(address, {"title": "A", "file": file, **record}, follow=True).content.decode()
    before = picture.file.name
    client.post(address, {"title": "Another title", **record})
    picture.refresh_from_db()
    assert (picture.title, picture.file.name) == ("Another title", before)


@pytest.mark.usefixtures("sent_in")
def test_one_that_nobody_may_see_any_more_is_withdrawn_and_then_deleted(client, picture, boss):
    be_in("sent")
    withdraw(picture=picture, by=boss, reason="Permission was taken back.")
    client.post(reverse("wagtailimages:delete", args=[picture.pk]))
    assert not Image.objects.filter(pk=picture.pk).exists()


@pytest.mark.usefixtures("sent_in")
def test_one_of_a_mailing_that_is_still_here_may_go(client, picture):
    client.post(reverse("wagtailimages:delete", args=[picture.pk]))
    assert not Image.objects.filter(pk=picture.pk).exists()
