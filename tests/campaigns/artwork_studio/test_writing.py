"""Writing artwork: from the approved words to a version that a second person has approved."""

import re
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from campaigns.actions import close_campaign
from campaigns.actions.artwork import approve_artwork, make_again, save_artwork, send_back_artwork, submit_artwork
from campaigns.actions.kits import begin_kit
from campaigns.artwork.layouts import layouts
from campaigns.artwork.previewing import preview
from campaigns.models import Artwork, ArtworkVersion
from campaigns.queries.artwork import digest_of, is_intact
from core.waiting import for_user
from tests.factories.artwork import make_artwork, make_picture, make_version
from tests.factories.campaigns import make_live_page, unsaved_campaign
from tests.factories.placements import make_placement

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(campaign_index):
    campaign = unsaved_campaign()
    campaign.save()
    return campaign


def at(name, key, *more):
    return reverse(f"campaigns:{name}", args=[key, *more])


def words(response):
    return response.content.decode()


def test_from_approved_words_to_a_version_that_a_second_person_approved(client, officer, manager):
    page = make_live_page(title="No place for hate")
    placement = make_placement("bus-42", page=page)
    client.force_login(officer)
    begun = client.post(at("begin_artwork", page.campaign_id), {"title": "Poster", "language": "en"})
    artwork = Artwork.objects.get()
    assert begun.url == at("change_artwork", artwork.pk)
    assert (artwork.headline, artwork.text) == ("No place for hate", "Everybody knows where to turn.")

    sent = {"layout": "words-alone", "headline": "No place for hate", "text": "", "placement": placement.pk}
    saved = client.post(at("change_artwork", artwork.pk), sent | {"sizes": ["story"]}, follow=True)
    assert f"{at('drawn_artwork', artwork.pk, 'story')}?of=" in words(saved)
    assert "The approved page says:" in words(saved)
    drawn = client.get(at("drawn_artwork", artwork.pk, "story"))
    assert (drawn.status_code, drawn.headers["Content-Type"].partition("/")[0]) == (200, "image")
    assert client.get(at("artwork_in_layout", artwork.pk, "words-alone")).status_code == 200

    client.post(at("submit_artwork", artwork.pk))
    assert "You had a hand in this artwork" not in words(client.get(at("artwork", artwork.pk)))
    client.force_login(manager)
    assert at("approve_artwork", artwork.pk) in [thing.url for thing in for_user(manager)]
    shown = client.get(at("approve_artwork", artwork.pk))
    assert "Everybody knows where to turn." in words(shown)
    assert "bus-42" in words(shown)
    looked = {"looked": "on", "seen": shown.context["form"]["seen"].value()}
    assert client.post(at("approve_artwork", artwork.pk), looked).url == at("artwork", artwork.pk)

    version = ArtworkVersion.objects.get()
    assert (version.number, version.approved_by, version.making) == (1, manager, "waiting")
    assert version.design["address"].endswith("/go/bus-42/")
    assert "No place for hate" in version.alternative_text
    assert is_intact(version)


def test_a_language_that_the_site_is_not_in_begins_empty_and_the_approver_is_told(client, officer, manager, campaign):
    client.force_login(officer)
    client.post(at("begin_artwork", campaign.pk), {"title": "Poster", "language": "pa"})
    artwork = Artwork.objects.get()
    assert artwork.headline == ""
    assert "This site has no pages in this language" in words(client.get(at("change_artwork", artwork.pk)))
    artwork = save_artwork(
        artwork=artwork, changed={"headline": "ਨਫ਼ਰਤ ਲਈ ਕੋਈ ਥਾਂ ਨਹੀਂ", "layout": "words-alone"}, by=officer
    )
    submit_artwork(artwork=artwork, by=officer)
    client.force_login(manager)
    assert "No page in Punjabi (Gurmukhi) stands behind these words." in words(
        client.get(at("approve_artwork", artwork.pk))
    )


@pytest.mark.parametrize(
    "wrong",
    [
        ({"headline": ""}, "headline", "Write a headline."),
        ({"headline": "hate " * 80}, "headline", "This has 399 letters. Write 255 at most"),
        ({"headline": "hate" * 40}, "headline", ""),
        ({"layout": ""}, "layout", "Choose a layout."),
        ({"layout": "no-such"}, "layout", "Select a valid choice"),
        ({"layout": "picture-above-words"}, "picture", ""),
        ({"picture": "http://x"}, "layout", "Choose a layout."),
        ({"placement": "999999"}, "placement", "Select a valid choice"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_said_beside_its_field_and_nothing_typed_is_lost(wrong, client, officer, campaign):
    given, field, said = wrong
    artwork = make_artwork(campaign, officer)
    client.force_login(officer)
    sent = {"layout": "words-alone", "headline": "Fine", "text": "Kept words"} | given
    if "picture" in given:
        sent["layout"] = ""
    answer = client.post(at("change_artwork", artwork.pk), sent)
    assert answer.status_code == 422
    assert [*answer.context["form"].errors] == [field]
    assert said in str(answer.context["form"].errors)
    assert "Kept words" in words(answer)
    artwork.refresh_from_db()
    assert artwork.headline == "No place for hate"


def test_a_word_too_wide_for_every_size_is_said_in_one_sentence(client, officer, campaign):
    artwork = make_artwork(campaign, officer)
    client.force_login(officer)
    answer = client.post(at("change_artwork", artwork.pk), {"layout": "words-alone", "headline": "hate" * 40})
    said = answer.context["form"].errors["headline"]
    assert len(said) == 1
    assert said[0].count("too long for a line") == 1
    assert said[0].endswith("Other sizes refuse it too.")


def test_a_browser_cuts_nothing_off_that_is_pasted(client, officer, campaign):
    client.force_login(officer)
    studio = words(client.get(at("change_artwork", make_artwork(campaign, officer).pk)))
    begin_kit(campaign=campaign, by=officer)
    kit = words(client.get(at("write_kit", campaign.pk)))
    for name, screen in (("headline", studio), ("text", studio), ("action", studio), ("texts-0-text", kit)):
        box = re.search(f'<(input|textarea)[^>]* name="{name}"[^>]*>', screen)[0]
        assert "maxlength" not in box


def test_a_picture_that_is_shown_is_told_of_in_words(client, officer, campaign):
    """Beside its field in the studio, and by who sends in what no form was saved for; not where no picture is shown."""
    artwork = make_artwork(campaign, officer, picture=make_picture(), layout="picture-above-words")
    client.force_login(officer)
    sent = {"layout": "picture-above-words", "picture": artwork.picture_id, "headline": "Fine"}
    answer = client.post(at("change_artwork", artwork.pk), sent)
    assert [*answer.context["form"].errors] == ["picture_alternative"]
    assert "Say what the picture shows" in words(client.post(at("submit_artwork", artwork.pk), follow=True))
    assert client.post(at("change_artwork", artwork.pk), sent | {"layout": "words-alone"}).status_code == 302


def test_the_same_name_in_the_same_language_is_refused_and_another_language_looks_the_same(client, officer, campaign):
    artwork = make_artwork(campaign, officer, picture=make_picture(), picture_alternative="A wave")
    client.force_login(officer)
    answer = client.post(at("begin_artwork", campaign.pk), {"title": "poster", "language": "en"})
    assert "This campaign has an artwork of this name in this language already." in words(answer)
    assert "at least one letter from a to z" in words(
        client.post(at("begin_artwork", campaign.pk), {"title": "پوسٹر", "language": "ur"})
    )
    client.post(at("alike_artwork", artwork.pk), {"language": "ar"})
    alike = Artwork.objects.get(language="ar")
    assert (alike.code, alike.layout, alike.picture) == ("poster", artwork.layout, artwork.picture)
    assert "Arabic" not in str(client.get(at("alike_artwork", artwork.pk)).context["form"]["language"])


def test_what_does_not_look_well_is_told_to_officer_and_approver_and_stays_with_the_version(
    client, officer, manager, campaign
):
    picture = make_picture(focal_point_x=30, focal_point_y=20, focal_point_width=58, focal_point_height=38)
    artwork = make_artwork(
        campaign, officer, layout="words-on-picture", picture=picture, picture_alternative="A wave", language="en"
    )
    said = "A4 poster and A3 poster in English: the picture is too small for the paper."
    client.force_login(officer)
    studio = words(client.get(at("change_artwork", artwork.pk)))
    assert "Whoever approves is told:" in studio
    assert said in studio
    client.post(at("submit_artwork", artwork.pk))
    client.force_login(manager)
    shown = client.get(at("approve_artwork", artwork.pk))
    assert "Look at these before you decide." in words(shown)
    assert said in words(shown)
    client.post(at("approve_artwork", artwork.pk), {"looked": "on", "seen": shown.context["form"]["seen"].value()})
    kept = ArtworkVersion.objects.get().concerns
    assert [sentence.partition(":")[2][:12] for sentence in kept] == [" words lie o", " the picture"]
    assert kept[1] in words(client.get(at("artwork", artwork.pk)))


def test_nobody_approves_what_they_wrote_or_sent_in_nor_something_else_than_they_saw(officer, manager, campaign):
    own = submit_artwork(artwork=make_artwork(campaign, manager), by=officer)
    with pytest.raises(ValidationError, match="You had a hand in this artwork"):
        approve_artwork(artwork=own, by=manager, seen=digest_of(own.frozen))
    other = submit_artwork(artwork=make_artwork(campaign, officer, language="pl"), by=officer)
    with pytest.raises(ValidationError, match="Only managers approve artwork"):
        approve_artwork(artwork=other, by=officer, seen=digest_of(other.frozen))
    with pytest.raises(ValidationError, match="sent in anew"):
        approve_artwork(artwork=other, by=manager, seen="0" * 64)
    assert not ArtworkVersion.objects.exists()


def test_one_that_is_sent_back_can_be_mended_and_a_later_version_supersedes(client, officer, manager, campaign):
    artwork = submit_artwork(artwork=make_artwork(campaign, officer), by=officer)
    client.force_login(manager)
    client.post(at("send_back_artwork", artwork.pk), {"reason": "Name somebody to turn to."})
    assert [thing.when for thing in for_user(officer) if thing.what == "Artwork sent back"] == [
        "Name somebody to turn to."
    ]
    artwork.refresh_from_db()
    first = make_version(artwork, sent_by=officer, approved_by=manager)
    again = save_artwork(artwork=artwork, changed={"headline": "Tell somebody"}, by=manager)
    assert list(again.writers.all()) == [manager]
    second = make_version(again, sent_by=manager, approved_by=_another_manager(officer))
    assert (first.number, second.number) == (1, 2)
    assert list(ArtworkVersion.objects.current()) == [second]
    assert "superseded by version 2" in words(client.get(at("artwork", artwork.pk)))


def _another_manager(officer):
    officer.groups.set([*officer.groups.all(), *officer.groups.model.objects.filter(name="Communications managers")])
    return type(officer).objects.get(pk=officer.pk)


def test_a_closed_campaign_s_artwork_stays_as_it_is(client, officer, manager, campaign):
    artwork = make_artwork(campaign, officer)
    waiting = submit_artwork(artwork=make_artwork(campaign, officer, language="pl"), by=officer)
    with pytest.raises(ValidationError, match="The artwork “Poster” in Polish waits for approval"):
        close_campaign(campaign=campaign, by=officer)
    send_back_artwork(artwork=waiting, by=manager, reason="Later.")
    close_campaign(campaign=campaign, by=officer)
    client.force_login(officer)
    for name, sent in (
        ("change_artwork", {"layout": "words-alone", "headline": "x"}),
        ("submit_artwork", {}),
        ("delete_artwork", {}),
    ):
        answer = client.post(at(name, artwork.pk), sent, follow=True)
        assert "so nothing of it can be changed" in words(answer)
    assert "so nothing of it can be changed" in words(
        client.post(at("begin_artwork", campaign.pk), {"title": "New", "language": "en"})
    )
    artwork.refresh_from_db()
    assert (artwork.state, artwork.headline, Artwork.objects.count()) == ("draft", "No place for hate", 2)


def test_who_may_not_comes_nowhere(client, make_user, officer, campaign):
    artwork = make_artwork(campaign, officer)
    client.force_login(make_user("sandra", "Schools leads"))
    for name, key in (
        ("artworks", campaign.pk),
        ("begin_artwork", campaign.pk),
        ("artwork", artwork.pk),
        ("change_artwork", artwork.pk),
        ("alike_artwork", artwork.pk),
    ):
        assert client.get(at(name, key)).status_code == 302, name
    assert client.get(reverse("campaigns:trace_file")).status_code == 302
    client.post(at("delete_artwork", artwork.pk))
    assert Artwork.objects.exists()


def test_only_one_that_nobody_approved_is_deleted(client, officer, manager, campaign):
    approved = make_artwork(campaign, officer)
    make_version(approved, sent_by=officer, approved_by=manager)
    save_artwork(artwork=approved, changed={}, by=officer)
    draft = make_artwork(campaign, officer, language="pl")
    client.force_login(officer)
    assert "may hang somewhere" in words(client.post(at("delete_artwork", approved.pk), follow=True))
    client.post(at("delete_artwork", draft.pk))
    assert list(Artwork.objects.all()) == [approved]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_ask_as_often_for_any_number(rows, client, officer, manager, django_assert_num_queries):
    campaign = unsaved_campaign()
    campaign.save()
    for number in range(rows):
        artwork = make_artwork(campaign, officer, title=f"Poster {number}", picture=make_picture(f"p{number}"))
        make_version(artwork, sent_by=officer, approved_by=manager)
    client.force_login(officer)
    client.get(at("artworks", campaign.pk))
    with django_assert_num_queries(16):
        client.get(at("artworks", campaign.pk))
    for _ in range(rows - 1):
        artwork = save_artwork(artwork=artwork, changed={}, by=officer)
        make_version(artwork, sent_by=officer, approved_by=manager)
    with django_assert_num_queries(17):
        client.get(at("artwork", artwork.pk))


def test_the_database_refuses_what_no_screen_offers(officer, manager, campaign):
    artwork = make_artwork(campaign, officer)
    version = make_version(artwork, sent_by=officer, approved_by=manager)
    for rows, wrong in (
        (Artwork, {"code": ""}),
        (Artwork, {"state": "gone"}),
        (Artwork, {"state": "submitted", "frozen": {}}),
        (ArtworkVersion, {"number": 0}),
        (ArtworkVersion, {"making": "odd"}),
        (ArtworkVersion, {"making": "refused", "problem": ""}),
        (ArtworkVersion, {"making": "making", "claim": None}),
        (ArtworkVersion, {"digest": ""}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.objects.update(**wrong)
    twice = {"campaign": campaign, "code": "poster", "language": "en", "title": "x"}
    for make in (
        lambda: Artwork.objects.create(**twice),
        lambda: ArtworkVersion.objects.create(artwork=artwork, number=1, design={}, digest="d", alternative_text="a"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make()
    with pytest.raises(ValidationError, match="waits for the worker, is being made, or is ready"):
        make_again(version=version, by=officer)


@pytest.mark.parametrize("layout", layouts())
def test_a_layout_that_the_words_do_not_fit_shows_a_specimen_that_says_so(layout, client, officer, campaign):
    artwork = make_artwork(campaign, officer)
    Artwork.objects.update(headline="w" * 200)
    client.force_login(officer)
    with mock.patch("campaigns.staff_views.artwork_files.preview", wraps=preview) as drawn:
        answer = client.get(at("artwork_in_layout", artwork.pk, layout))
    assert answer.headers["Content-Type"] == "image/jpeg"
    design = drawn.call_args.args[0]
    assert (design.headline, design.text) == ("Specimen", "What you wrote does not fit here yet.")
