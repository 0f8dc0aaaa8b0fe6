"""What comes of mailings when a picture in them gives way to another."""

import pytest

from campaigns.models import Mailing
from campaigns.picture_uses import exchange, uses
from campaigns.queries.mailings import why_not_go_out
from core.models import Image
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
