"""The share kit: written, approved by a second person, given to partners with their own links, and counted."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Locale

from campaigns import tasks
from campaigns.actions import drawing
from campaigns.actions.kits import approve_kit, begin_kit, digest_of, submit_kit
from campaigns.actions.worker import make_next
from campaigns.artwork.sizes import SIZES
from campaigns.kits.channels import CHANNELS
from campaigns.kits.words import NAMES
from campaigns.languages import languages
from campaigns.models import ArtworkVersion, Kit, KitArchive, KitText
from core.models import Image, User
from core.waiting import for_user
from reach.actions.waiting import write_waiting
from reach.models import Count
from tests.factories.artwork import make_artwork, make_picture, make_version
from tests.factories.campaigns import make_live_page
from tests.factories.placements import make_placement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    every = drawing.wanted()
    monkeypatch.setattr(drawing, "wanted", lambda: every[:2])


@pytest.fixture
def page(campaign_index):
    return make_live_page("no-place-for-hate", title="No place for hate")


@pytest.fixture
def partner(page):
    return make_placement("mosque", page=page, channel="partner", title="Central mosque")


def at(name, page):
    return reverse(f"campaigns:{name}", args=[page.campaign_id])


def words(response):
    return response.content.decode()


def sent_rows(*texts, **more):
    sent = {"texts-TOTAL_FORMS": len(texts), "texts-INITIAL_FORMS": 0, "hashtags": "#NoPlaceForHate"}
    for number, (channel, language, text) in enumerate(texts):
        sent |= {f"texts-{number}-channel": channel, f"texts-{number}-language": language}
        sent[f"texts-{number}-text"] = text
    return sent | more


@pytest.fixture
def kit(page, officer, manager):
    kit = begin_kit(campaign=page.campaign, by=officer)
    KitText.objects.create(kit=kit, channel="x", language="en", text="You are not alone. {link}")
    KitText.objects.create(kit=kit, channel="whatsapp", language="ur", text="آپ اکیلے نہیں ہیں {link}")
    Kit.objects.update(hashtags="#NoPlaceForHate")
    kit = submit_kit(kit=kit, by=officer)
    return approve_kit(kit=kit, by=manager, seen=digest_of(kit.frozen))


def worked():
    while make_next():
        pass


def unpacked(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return ZipFile(BytesIO(b"".join(response)))


def test_the_way_from_the_first_text_to_the_partner(client, page, partner, officer, manager):
    client.force_login(officer)
    assert client.post(at("begin_kit", page)).url == at("write_kit", page)
    client.post(at("write_kit", page), sent_rows(("x", "en", "You are not alone. {link}"), ("", "en", "")))
    assert "42 of 280, with the link." in words(client.get(at("write_kit", page)))  # 19 letters, and 23 for any link
    client.post(at("submit_kit", page))
    assert client.get("/campaigns/no-place-for-hate/kit/").status_code == 404
    client.force_login(manager)
    assert at("approve_kit", page) in [thing.url for thing in for_user(manager)]
    shown = client.get(at("approve_kit", page))
    assert "You are not alone. " in words(shown)
    client.post(at("approve_kit", page), {"looked": "on", "seen": shown.context["form"]["seen"].value()})
    assert "/campaigns/no-place-for-hate/kit/mosque/" in words(client.get(at("kit", page)))
    client.logout()
    answer = client.get("/campaigns/no-place-for-hate/kit/mosque/")
    assert 'You are not alone. <bdi dir="ltr">http://testserver/go/mosque/</bdi>' in words(answer)
    assert "Central mosque" not in words(answer)  # what staff call it
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.usefixtures("partner", "kit")
def test_page_and_zip_hold_the_same_and_each_partner_s_have_its_link(client, page, officer, manager):
    for code, headline in (("en", "No place for hate"), ("ur", "نفرت کی کوئی جگہ نہیں")):
        artwork = make_artwork(page.campaign, officer, language=code, headline=headline)
        make_version(artwork, sent_by=officer, approved_by=manager)
    address = "/campaigns/no-place-for-hate/kit/"
    assert "being packed anew" in words(client.get(address))
    assert client.get(f"{address}all.zip").status_code == 404
    worked()
    shown = words(client.get(address))
    archive = unpacked(client, f"{address}all.zip")
    assert sorted(archive.namelist()) == [
        "artwork/en/no-place-for-hate-poster-en-open-graph-v1.png",
        "artwork/en/no-place-for-hate-poster-en-square-v1.png",
        "artwork/ur/no-place-for-hate-poster-ur-open-graph-v1.png",
        "artwork/ur/no-place-for-hate-poster-ur-square-v1.png",
        "readme.html", "readme.txt", "texts/en-x.txt", "texts/ur-whatsapp.txt",
    ]  # fmt: skip
    for name in archive.namelist():
        if name.startswith("artwork/"):
            assert name.rpartition("/")[2] in shown
    text = archive.read("texts/ur-whatsapp.txt").decode().strip()
    alternative = ArtworkVersion.objects.get(artwork__language="ur").alternative_text
    readme = archive.read("readme.txt").decode()
    plain = strip_tags(shown)
    for said in (text, alternative, "#NoPlaceForHate", "10 to 17 October 2026"):
        assert said in plain
        assert said in readme
    assert text.endswith("/campaigns/no-place-for-hate/")
    partners = unpacked(client, f"{address}mosque/all.zip")
    assert partners.read("texts/en-x.txt").decode() == "You are not alone. http://testserver/go/mosque/\n"
    page.copy_for_translation(Locale.objects.get(language_code="ur"), copy_parents=True, alias=True)
    urdu = words(client.get("/ur/campaigns/no-place-for-hate/kit/"))
    assert 'dir="rtl"' in urdu
    assert urdu.index("نفرت کی") < urdu.index("You are not alone")  # the visitor's language first
    assert 'id="kit-en">انگریزی</h2>' in urdu


def test_a_withdrawn_picture_is_gone_from_page_and_zip_at_once(client, page, kit, officer, manager):
    picture = make_picture()
    given = {"picture": picture, "layout": "words-on-picture", "picture_alternative": "A wave"}
    make_version(make_artwork(page.campaign, officer, **given), sent_by=officer, approved_by=manager)
    worked()
    address = "/campaigns/no-place-for-hate/kit/"
    held = client.get(address)
    file = held.context["parts"][0].posters[0].shown
    at_file = reverse("campaign_kits:file", args=[page.slug, file.uuid])
    assert client.get(at_file).status_code == 200
    assert file.name in str(unpacked(client, f"{address}all.zip").namelist())
    Image.objects.filter(pk=picture.pk).update(withdrawn_at=timezone.now(), withdrawn_because="Asked.")
    assert file.name not in words(client.get(address))
    assert [client.get(at).status_code for at in (at_file, f"{address}all.zip")] == [404, 404]
    tasks.make_files()
    assert file.name not in str(unpacked(client, f"{address}all.zip").namelist())
    assert KitArchive.objects.count() == 1


@pytest.mark.usefixtures("partner", "kit")
def test_downloads_are_counted_for_the_campaign_and_shown_pictures_are_not(client, page, officer, manager):
    make_version(make_artwork(page.campaign, officer), sent_by=officer, approved_by=manager)
    worked()
    browser = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "HTTP_REFERER": "http://testserver/"}
    shown = client.get("/campaigns/no-place-for-hate/kit/mosque/", **browser)
    file = shown.context["parts"][0].posters[0].shown
    at_file = reverse("campaign_kits:partner_file", args=[page.slug, "mosque", file.uuid])
    assert f"{at_file}?show" in words(shown)
    client.get(f"{at_file}?show", **browser)
    client.get(at_file, **browser)
    client.get("/campaigns/no-place-for-hate/kit/all.zip", **browser)
    write_waiting()
    downloads = Count.objects.filter(metric="downloads", campaign_code="no-place-for-hate")
    assert sorted(downloads.values_list("channel", "quantity")) == [("partner", 1), ("web", 1)]


@pytest.mark.parametrize(
    "wrong",
    [
        ("x", "a" * 259 + "{link}", "282 letters with the link, and X takes 280: shorten it by 2"),
        ("x", "🙂" * 141, "282 letters"),
        ("sms", "a" * 161, "shorten it by 1"),
        ("sms", "ب" * 71, "71 letters with the link, and SMS takes 70"),
        ("sms", "€" * 81, "162 letters"),
        ("email-subject", "a" * 61, "shorten it by 1"),
        ("newsletter", "a" * 601, "shorten it by 1"),
        ("x", "", "Write the text."),
        ("", "x", "Choose a channel."),
        ("no-such", "x", "Select a valid choice"),
    ],
)
def test_a_text_too_long_for_its_channel_is_refused_beside_its_field(client, page, officer, wrong):
    channel, text, said = wrong
    begin_kit(campaign=page.campaign, by=officer)
    client.force_login(officer)
    answer = client.post(at("write_kit", page), sent_rows((channel, "en", text)))
    assert answer.status_code == 422
    assert said in words(answer)
    assert not KitText.objects.exists()


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ("NoHash", "is no hashtag"),
        ("#a-b", "is no hashtag"),
        ("#noplaceforhate", "Begin each word"),
        ("#A #B #C #D #E #F", "These are 6 hashtags"),
    ],
)
def test_hashtags_that_nobody_could_read_or_hear_are_refused(client, page, officer, tags, said):
    begin_kit(campaign=page.campaign, by=officer)
    client.force_login(officer)
    answer = client.post(at("write_kit", page), sent_rows(("x", "en", "Fine"), hashtags=tags))
    assert answer.status_code == 422
    assert said in words(answer)
    assert not KitText.objects.exists()


def test_nothing_is_public_that_is_not_approved_or_no_partner_s(client, page, kit, officer):
    make_placement("bus-42", page=page)
    base = "/campaigns/no-place-for-hate/kit/"
    for address in (f"{base}bus-42/", f"{base}nobody/", f"{base}bus-42/all.zip", "/campaigns/other/kit/"):
        assert client.get(address).status_code == 404, address
    later = begin_kit(campaign=page.campaign, by=officer)
    assert [text.channel for text in later.texts.all()] == ["x", "whatsapp"]  # it begins with those that are out
    later.texts.update(text="Not approved")
    assert "Not approved" not in words(client.get(base))
    page.unpublish()
    assert client.get(base).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.usefixtures("kit")
def test_the_page_asks_as_often_for_any_number(rows, client, page, manager, django_assert_num_queries):
    officer = User.objects.get(username="olive")
    for number in range(rows):
        artwork = make_artwork(page.campaign, officer, title=f"Poster {number}", picture=make_picture(f"p{number}"))
        make_version(artwork, sent_by=officer, approved_by=manager)
        make_placement(f"partner-{number}", page=page, channel="partner")
    worked()
    for address, queries in ((at("kit", page), 22), ("/campaigns/no-place-for-hate/kit/", 10)):
        client.force_login(officer)
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)


def test_what_data_files_call_sizes_channels_and_languages_is_marked_to_be_translated():
    called = {size.label for size in SIZES.values()} | {channel.label for channel in CHANNELS.values()}
    assert called | {*languages().values()} == NAMES


def test_the_database_refuses_what_no_screen_offers(page, kit, partner):
    worked()
    for rows, wrong in (
        (Kit, {"state": "gone"}),
        (Kit, {"digest": ""}),
        (Kit, {"state": "submitted", "frozen": {}}),
        (KitText, {"text": ""}),
        (KitText, {"channel": "x", "language": "en"}),
        (KitArchive, {"placement": partner}),
        (KitArchive, {"placement": None}),
        (KitArchive, {"making": "odd"}),
        (KitArchive, {"file": ""}),
        (KitArchive, {"making": "refused", "problem": ""}),
        (KitArchive, {"making": "making", "claim": None}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.objects.update(**wrong)
    Kit.objects.create(campaign=page.campaign)
    with pytest.raises(IntegrityError), transaction.atomic():
        Kit.objects.create(campaign=page.campaign)


def test_every_channel_says_what_it_counts():
    assert all(channel.length_of("abc", "").used == 3 and channel.about for channel in CHANNELS.values())
