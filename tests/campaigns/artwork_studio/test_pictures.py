"""What comes of artwork when a picture is given up, or another takes its place."""

import pytest

from campaigns.actions.artwork import submit_artwork
from campaigns.models import ArtworkVersion
from campaigns.picture_uses import exchange, uses
from core.pictures.registry import Exchange
from tests.factories.artwork import make_artwork, make_picture, make_version
from tests.factories.campaigns import unsaved_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(campaign_index):
    campaign = unsaved_campaign()
    campaign.save()
    return campaign


@pytest.fixture
def picture():
    return make_picture()


@pytest.fixture
def artworks(campaign, officer, manager, picture):
    """Return three with the picture: in English approved, in Polish sent in, in Urdu being written."""
    given = {"layout": "words-on-picture", "picture": picture, "picture_alternative": "A wave"}
    english, polish, urdu = (make_artwork(campaign, officer, language=code, **given) for code in ("en", "pl", "ur"))
    make_version(english, sent_by=officer, approved_by=manager)
    submit_artwork(artwork=polish, by=officer)
    return english, polish, urdu


def test_artwork_stands_among_the_uses_of_its_picture(artworks, picture):
    assert [(use.title, use.standing, use.language) for use in uses(picture)] == [
        ("Poster, Campaign no-place", "approved, version 1", "en"),
        ("Poster, Campaign no-place", "waits for a colleague", "pl"),
        ("Poster, Campaign no-place", "being written", "ur"),
    ]
    assert list(uses(make_picture("Other"))) == []


def test_another_picture_makes_a_new_version_of_what_is_out_and_drafts_of_the_rest(artworks, picture, officer, manager):
    english, polish, urdu = artworks
    other = make_picture("Other", "#402030")
    words = {"en": "A hill", "pl": "Wzgórze"}
    exchange(Exchange(picture=picture, by=other, words=words, asked_by=officer, confirmed_by=manager))
    for artwork in artworks:
        artwork.refresh_from_db()
    newest = ArtworkVersion.objects.current().get()
    assert (newest.number, newest.picture, newest.approved_by, newest.making) == (2, other, manager, "waiting")
    assert newest.design["picture_alternative"] == "A hill"
    assert (english.state, english.picture) == ("approved", other)
    assert (polish.state, polish.picture, polish.picture_alternative) == ("draft", other, "Wzgórze")
    assert "is replaced. Look at it" in polish.sent_back
    assert (urdu.picture, urdu.layout) == (None, "words-alone")  # nobody said in Urdu what the other shows
    assert list(uses(picture)) == []


def test_without_another_or_where_it_does_not_fit_somebody_looks_first(artworks, picture, officer, manager):
    english, *_ = artworks
    exchange(Exchange(picture=picture, by=None, asked_by=officer, confirmed_by=manager))
    english.refresh_from_db()
    assert (english.state, english.layout, ArtworkVersion.objects.count()) == ("draft", "words-alone", 1)
    assert "is taken away. Look at it without" in english.sent_back


def test_words_that_cannot_be_read_on_the_other_picture_are_told(artworks, picture, officer, manager):
    english, *_ = artworks
    type(english).objects.update(layout="words-on-plain-picture")
    light = make_picture("Light", "#f0f0f0")
    asked = Exchange(picture=picture, by=light, words={"en": "Snow"}, asked_by=officer, confirmed_by=manager)
    exchange(asked)
    english.refresh_from_db()
    assert (english.state, ArtworkVersion.objects.count()) == ("draft", 1)
    assert "is replaced, but: The words cannot be read on this picture" in english.sent_back
