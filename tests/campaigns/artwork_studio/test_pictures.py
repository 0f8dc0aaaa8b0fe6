"""What comes of artwork when a picture is given up, or another takes its place."""

import pytest
from django.utils import timezone

from campaigns.actions import drawing
from campaigns.actions.artwork import submit_artwork
from campaigns.actions.kits import put_in_force
from campaigns.actions.worker import make_next
from campaigns.models import ArtworkVersion, Kit
from campaigns.picture_uses import exchange, uses
from campaigns.tracing import traced
from core.models import Image
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


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    every = drawing.wanted()
    monkeypatch.setattr(drawing, "wanted", lambda: every[:1])


def test_artwork_and_kits_stand_among_the_uses_of_a_picture(artworks, picture, campaign):
    frozen = {"texts": [], "hashtags": "", "of": "test"}
    put_in_force(Kit.objects.create(campaign=campaign, frozen=frozen, submitted_at=timezone.now()), by=None)
    assert [(use.title, use.standing, use.language) for use in uses(picture)] == [
        ("Poster, Campaign no-place", "approved, version 1", "en"),
        ("Poster, Campaign no-place", "waits for a colleague", "pl"),
        ("Poster, Campaign no-place", "being written", "ur"),
        ("Campaign no-place", "approved", ""),
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


def test_files_that_show_a_picture_that_was_given_up_are_deleted_and_can_still_be_traced(
    artworks, picture, django_capture_on_commit_callbacks
):
    version = ArtworkVersion.objects.get()
    while make_next():
        pass
    file = version.files.first()
    storage, stored = file.file.storage, file.file.name
    ArtworkVersion.Privacy.purge(timezone.now())
    assert storage.exists(stored)
    Image.objects.filter(pk=picture.pk).update(withdrawn_at=timezone.now(), withdrawn_because="Asked.")
    picture.refresh_from_db()
    exchange(Exchange(picture=picture, by=None))
    assert list(uses(picture)) == []
    with django_capture_on_commit_callbacks(execute=True):
        ArtworkVersion.Privacy.purge(timezone.now())
    assert not storage.exists(stored)
    assert traced(None, file.sha256).version.why_not_given_out() == "Its picture was given up."


def test_words_that_cannot_be_read_on_the_other_picture_are_told(artworks, picture, officer, manager):
    english, *_ = artworks
    type(english).objects.update(layout="words-on-plain-picture")
    light = make_picture("Light", "#f0f0f0")
    asked = Exchange(picture=picture, by=light, words={"en": "Snow"}, asked_by=officer, confirmed_by=manager)
    exchange(asked)
    english.refresh_from_db()
    assert (english.state, ArtworkVersion.objects.count()) == ("draft", 1)
    assert "is replaced, but: The words " in english.sent_back
