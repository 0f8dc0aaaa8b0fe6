"""The support directory: narrowing it down, and services that confirm their entries."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from core.enums import Strand, SupportKind
from core.models import Area, CouncilSettings, Organisation, OutboxMessage, SupportService
from home import actions
from home.models import EntryCheck
from home.tasks import ask_services
from home.waiting import entries, statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(home) -> Organisation:
    return Organisation.objects.create(code="team", name="Strategy team")


@pytest.fixture
def make_service(owner):
    """Return a function that makes a support service."""

    def make(name: str = "Lantern", **fields) -> SupportService:
        given = {"description": "Listens.", "telephone": "0800 000 000", "last_checked": timezone.localdate()} | fields
        return SupportService.objects.create(name=name, **{"owner": owner} | given)

    return make


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def names(response) -> list[str]:
    return re.findall(r"<h4>(.*?)</h4>", response.content.decode())


# Narrowing down


@pytest.fixture
def directory(make_service):
    """Make a service of each kind that tells the choices apart."""
    make_service("Police", kind=SupportKind.EMERGENCY, telephone="999")
    make_service("Everybody's line", helps_with=["talk"], languages=["en", "ur"])
    make_service("Two strands", strands=["sexual-orientation", "transgender"], helps_with=["talk", "advice"])
    make_service("With interpreters", helps_with=["advice"], languages=["en", "interpreter"])
    north = Area.objects.create(code="north", name="North", order=1)
    Area.objects.create(code="south", name="South", order=2)
    make_service("Up north", helps_with=["home"], languages=["en", "bfi"]).areas.add(north)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Everybody's line", "Two strands", "Up north", "With interpreters"]),
        ("help=talk", ["Everybody's line", "Two strands"]),
        ("strand=race", ["Everybody's line", "Up north", "With interpreters"]),
        ("strand=transgender", ["Everybody's line", "Two strands", "Up north", "With interpreters"]),
        ("language=ur", ["Everybody's line", "With interpreters"]),
        ("language=bfi", ["Up north"]),
        ("area=south", ["Everybody's line", "Two strands", "With interpreters"]),
        ("help=advice&strand=disability", ["With interpreters"]),
        ("help=home&area=south", []),
    ],
)
def test_the_directory_is_narrowed_down_in_the_address_and_emergency_always_stays(directory, client, query, found):
    response = client.get(f"/support/?{query}")
    shown = [name.replace("&#x27;", "'") for name in names(response)]
    assert shown == ["Police", *found]
    assert f"{len(found) + 1} service" in text(response)


@pytest.mark.parametrize(
    "junk",
    ["help=nonsense", "strand=%F0%9F%98%80", "area=" + "x" * 5000, "page=-1&language=", "help=talk&help=zz", "a=b"],
)
def test_junk_in_the_address_is_no_choice(directory, client, junk):
    assert len(names(client.get(f"/support/?{junk}"))) == 5


def test_options_say_how_many_they_would_leave_and_all_strands_stand_alike(directory, client):
    html = text(client.get("/support/?help=talk"))
    assert '<option value="talk" selected>Somebody to talk to (3)</option>' in html
    assert '<option value="">Any (5)</option> <option value="talk"' in html
    assert '<option value="race">Race (2)</option>' in html
    strands = re.findall(r'<option value="([\w-]+)"', html[html.index('id="by-strand"') :])[:5]
    assert strands == Strand.values


def test_999_and_101_stand_first_whatever_is_chosen(directory, client):
    for query in ("", "?help=home&area=south"):
        main = client.get(f"/support/{query}").content.decode().partition("<main")[2]
        assert main.index("tel:999") < main.index("tel:101") < main.index("<form")


def test_an_entry_says_for_whom_where_and_who_keeps_it(make_service, client):
    make_service(
        strands=["race"], languages=["pl"], address="1 High Street\nTown", access_notes="One step.", hours="Mondays."
    )
    html = text(client.get("/support/"))
    for words in (
        "<dd>Race. Not for: Religion, Sexual orientation, Disability, Transgender identity</dd>",
        "<dd>Polish</dd>",
        "<dd>1 High Street<br>Town</dd>",
        "<dd>One step.</dd>",
        "Mondays.",
        "Kept by Strategy team.",
    ):
        assert words in html


def test_support_pages_share_nothing_are_kept_nowhere_and_let_people_leave(make_service, client):
    make_service()
    for address in ("/support/", "/support/?help=talk", "/safety/"):
        response = client.get(address)
        html = response.content.decode()
        assert "no-store" in response["Cache-Control"]
        assert "og:" not in html
        assert "application/ld+json" not in html
        assert 'href="/exit/"' in html
        assert not response.cookies


# Asking


def test_a_service_is_asked_once_for_each_review(make_service):
    today = timezone.localdate()
    near = make_service("Near", email="near@example.org", last_checked=today - timedelta(days=160))
    make_service("Far", email="far@example.org", last_checked=today)
    make_service("Without address", last_checked=today - timedelta(days=160))
    make_service("Own", email="a@example.org", confirmation_email="b@example.org", review_by=today + timedelta(days=1))

    ask_services()
    ask_services()

    assert {tuple(row.recipients) for row in OutboxMessage.objects.all()} == {("near@example.org",), ("b@example.org",)}
    check = EntryCheck.objects.get(service=near)
    mail = OutboxMessage.objects.get(recipients=["near@example.org"]).mime.decode()
    assert "Is your entry still right? Near" in mail
    assert "/support/confirm/" in mail
    with pytest.raises(IntegrityError):
        EntryCheck.objects.create(service=near, review_by=check.review_by)


def test_a_demonstration_writes_to_nobody_who_exists(make_service, home):
    CouncilSettings.for_site(home.get_site())
    CouncilSettings.objects.update(demonstration=True)
    old = timezone.localdate() - timedelta(days=300)
    make_service("Real", email="help@service.org.uk", last_checked=old)
    make_service("Invented", email="help@example.org", last_checked=old)

    assert actions.ask_due_services() == 1
    assert OutboxMessage.objects.get().recipients == ["help@example.org"]


# Answering


@pytest.fixture
def asked(make_service):
    """Return a check of an old entry whose service has been asked."""
    service = make_service(email="lantern@example.org", last_checked=timezone.localdate() - timedelta(days=200))
    check = actions.ask(service=service)
    assert check
    return check


@pytest.fixture
def link(asked) -> str:
    return actions.link_of(asked).removeprefix("http://testserver")


def form(client, link) -> dict[str, str]:
    html = client.get(link).content.decode()
    return {"seen": re.search(r'name="seen" value="(\w+)"', html)[1]}


def test_opening_the_link_changes_nothing(asked, link, client):
    before = SupportService.objects.values().get()
    for _ in range(3):
        response = client.get(link)
        client.head(link)
    assert SupportService.objects.values().get() == before
    assert EntryCheck.objects.get().state == "asked"
    assert "Lantern" in text(response)
    assert ("no-store" in response["Cache-Control"], response["Referrer-Policy"]) == (True, "same-origin")
    assert '<meta name="robots" content="noindex">' in text(response)


def test_a_service_confirms_its_entry_without_an_account(asked, link, client):
    response = client.post(link, {**form(client, link), "answer": "right"}, follow=True)
    assert "It now says that it was checked." in text(response)
    service = SupportService.objects.get()
    today = timezone.localdate()
    assert (service.last_checked, service.review_by) == (today, today + timedelta(days=183))
    assert EntryCheck.objects.get().state == "confirmed"
    assert f"Checked {today:%-d %B %Y}." in text(client.get("/support/"))


def test_a_link_is_answered_once(asked, link, client):
    sent = form(client, link)
    client.post(link, {**sent, "answer": "right"})
    SupportService.objects.update(last_checked=timezone.localdate() - timedelta(days=9))
    response = client.post(link, {**sent, "answer": "wrong", "said": "No"})
    assert "You told us that the entry of Lantern is right." in text(response)
    assert SupportService.objects.get().last_checked == timezone.localdate() - timedelta(days=9)
    assert EntryCheck.objects.get().said == ""
    with pytest.raises(actions.AnsweredError):
        actions.say_wrong(check=asked, words="No")


def test_what_a_service_says_is_wrong_waits_for_the_keeper_and_the_entry_stays(asked, link, client, make_user, owner):
    keeper = make_user("kim", "Coordinators", organisation=owner)
    before = SupportService.objects.values().get()
    response = client.post(link, {**form(client, link), "answer": "wrong", "said": "We moved."}, follow=True)
    assert "Whoever keeps it will mend it." in text(response)
    assert SupportService.objects.values().get() == before

    [wrong, old] = entries(keeper)
    assert (wrong.title, wrong.when, old.url) == ("Lantern", "the service says that something is wrong", wrong.url)
    client.force_login(keeper)
    assert "We moved." in text(client.get(wrong.url))
    client.post(wrong.url, {"checked": ""})
    assert [*entries(keeper)] == []
    assert SupportService.objects.get().last_checked == timezone.localdate()
    assert EntryCheck.objects.get().state == "settled"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"answer": "wrong"}, "Say what is wrong, in a sentence or two."),
        ({"answer": "wrong", "said": "x" * 501}, "Shorten it to 500 characters or fewer. It has 501."),
        ({"answer": "right", "said": "We moved."}, "You wrote that something is wrong."),
        ({}, "press one of the two buttons"),
        ({"answer": "right", "seen": "another"}, "The entry was changed while you looked at it."),
        ({"answer": "wrong", "said": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_an_answer_that_says_nothing_is_refused_with_what_was_typed(asked, link, client, sent, words):
    response = client.post(link, form(client, link) | sent)
    html = text(response)
    assert words in html
    assert "<title>Error: " in html
    assert "We moved." in html or sent.get("said") != "We moved."
    assert EntryCheck.objects.get().state == "asked"


def test_nobody_confirms_what_they_did_not_see(asked, link, client):
    seen = form(client, link)
    SupportService.objects.update(telephone="0800 111 111")
    assert "Look at it once more." in text(client.post(link, {**seen, "answer": "right"}))
    assert EntryCheck.objects.get().state == "asked"


def test_a_link_that_is_old_forged_or_of_another_purpose_is_gone(asked, link, client):
    other = signing.dumps(asked.pk, salt="another.purpose")
    for token in (other, "nonsense", link.split("/")[-2][:-1] + "x", "a" * 3000):
        response = client.get(f"/support/confirm/{token}/")
        assert response.status_code == 410
        assert "This link no longer works" in text(response)
    with time_machine.travel(timezone.now() + timedelta(days=61)):
        assert client.post(link, {"answer": "right"}).status_code == 410
    asked.service.delete()
    assert client.get(link).status_code == 410


def test_the_answer_needs_the_form_s_own_token(link):
    assert Client(enforce_csrf_checks=True).post(link, {"answer": "right"}).status_code == 403


def test_what_was_said_is_blanked_after_a_year(asked):
    actions.say_wrong(check=asked, words="Ask for Jo.")
    assert EntryCheck.Privacy.purge(timezone.now() + timedelta(days=365)) == 0
    assert EntryCheck.Privacy.purge(timezone.now() + timedelta(days=366)) == 1
    assert EntryCheck.objects.get().said == ""


@pytest.mark.parametrize(
    "fields", [{"state": "junk"}, {"state": "confirmed", "answered": None}, {"answered": timezone.now().date()}]
)
def test_the_database_refuses_a_check_that_cannot_be(asked, fields):
    with pytest.raises(IntegrityError):
        EntryCheck.objects.update(**fields)


# Keeping


def test_an_old_entry_stands_on_its_owners_admin_home(make_service, make_user, owner, client):
    checked = timezone.localdate() - timedelta(days=200)
    service = make_service(last_checked=checked)
    make_service("Fresh")
    colleague, stranger = make_user("kim", "Partners", organisation=owner), make_user("sam", "Coordinators")

    [waiting] = entries(colleague)
    assert (waiting.title, waiting.when, waiting.is_late) == ("Lantern", f"not checked since {checked:%B %Y}", True)
    assert [*entries(stranger)] == []
    client.force_login(colleague)
    assert f"not checked since {checked:%B %Y}" in text(client.get("/admin/"))
    client.logout()
    assert f"Not checked since {checked:%B %Y}: ring before you travel." in text(client.get("/support/"))

    service.keeper = stranger
    service.save()
    assert ([*entries(colleague)], len([*entries(stranger)])) == ([], 1)
    stranger.is_active = False
    stranger.save()
    assert len([*entries(colleague)]) == 1


def test_an_entry_that_is_nobodys_waits_for_whoever_keeps_the_directory(make_service, make_user):
    make_service(last_checked=timezone.localdate() - timedelta(days=200))
    assert len([*entries(make_user("sam", "Coordinators"))]) == 1
    assert [*entries(make_user("olive", "Communications officers"))] == []


def test_an_owner_who_may_not_edit_says_that_it_was_checked(make_service, make_user, owner, client):
    service = make_service(last_checked=timezone.localdate() - timedelta(days=200))
    client.force_login(make_user("kim", "Partners", organisation=owner))
    address = f"/admin/support/entries/{service.pk}/"
    html = text(client.get(address))
    assert "I checked every line today" in html
    assert "Edit the entry" not in html
    client.post(address, {"checked": ""})
    assert SupportService.objects.get().last_checked == timezone.localdate()


def test_an_entry_is_nobody_elses_business(make_service, make_user, client):
    service = make_service()
    client.force_login(make_user("olive", "Communications officers"))
    assert client.get(f"/admin/support/entries/{service.pk}/").status_code == 302
    client.post(f"/admin/support/entries/{service.pk}/", {"checked": ""})
    assert not EntryCheck.objects.exists()


def test_a_coordinator_asks_a_service_now_and_is_told_where_that_is_no_use(make_service, make_user, client):
    service = make_service(email="lantern@example.org")
    client.force_login(make_user("sam", "Coordinators"))
    address = f"/admin/support/entries/{service.pk}/"
    assert "is asked by email" in text(client.post(address, {"ask": ""}, follow=True))
    assert "was not asked" in text(client.post(address, {"ask": ""}, follow=True))
    assert OutboxMessage.objects.count() == 1
    assert "Edit the entry" in text(client.get(address))
    assert client.get("/admin/snippets/core/supportservice/").status_code == 200
    assert address in text(client.get("/admin/snippets/core/supportservice/"))


def test_the_statement_waits_a_year_after_its_review_for_whoever_keeps_the_settings(home, make_user):
    administrator, officer = make_user("ada", "Administrators"), make_user("olive", "Communications officers")
    council = CouncilSettings.for_site(home.get_site())
    assert [found.title for found in statement(administrator)] == ["Accessibility statement"]
    council.accessibility_reviewed = timezone.localdate()
    council.save()
    assert [*statement(administrator), *statement(officer)] == []
