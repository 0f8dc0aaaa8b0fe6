"""Loading and removing the demonstration, and setting up an empty site."""

import json
import stat
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from wagtail.models import Page

from config import demonstration
from config.roles import ROLES
from core.approvals.content import all_in_force, is_approved
from core.approvals.records import Approval
from core.demonstration import Chapter, chapters
from core.languages.trees import in_english
from core.models import CouncilSettings, SupportService, User
from home.models import HomePage
from home.setup import lay_tree
from tests.factories.artwork import make_picture

pytestmark = pytest.mark.django_db

# Traces that Wagtail keeps of what was done, and lists it makes for itself.
KEPT = {"wagtailcore", "wagtailsearch", "modelsearch", "contenttypes", "sessions", "django_tasks_database"}


@pytest.fixture(autouse=True)
def var(settings, tmp_path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture
def home_chapter_alone(monkeypatch):
    """Leave the other rooms' chapters to their own tests: this one is quick."""
    home = [pair for pair in demonstration.in_order() if pair[0] == "home"]
    monkeypatch.setattr(demonstration, "in_order", lambda: home)


def load(*arguments: str) -> None:
    call_command("load_demo", *arguments, verbosity=0)


def accounts(var: Path) -> dict:
    return json.loads((var / "demo-accounts.json").read_text())


def rows() -> dict[str, int]:
    """Return how many rows there are of each model; of approvals those in force, since each version keeps its own."""
    counted = {
        model._meta.label: model.objects.count()
        for model in apps.get_models()
        if model._meta.app_label not in KEPT and model._meta.managed
    }
    return counted | {Approval._meta.label: all_in_force().filter(ended=None).count()}


def test_an_account_for_each_role_that_signs_in_and_a_second_analyst_who_types_papers_again(
    var, home_chapter_alone, client
):
    load()
    assert set(accounts(var)) == {*ROLES, "Survey analysts (second)", demonstration.EMERGENCIES}
    for role, account in accounts(var).items():
        assert client.login(**account), role
        groups = list(User.objects.get(username=account["username"]).groups.values_list("name", flat=True))
        assert groups == [role.removesuffix(" (second)")] * (role != demonstration.EMERGENCIES)
    assert User.objects.filter(is_superuser=True).count() == 1


def test_passwords_are_for_whoever_runs_the_site_alone(var, home_chapter_alone):
    load()
    assert stat.S_IMODE((var / "demo-accounts.json").stat().st_mode) == 0o600


def test_passwords_differ_between_roles(var, home_chapter_alone):
    load()
    passwords = {account["password"] for account in accounts(var).values()}
    assert len(passwords) == len(accounts(var))
    assert min(map(len, passwords)) >= 16


def test_loading_again_changes_nothing(var, home_chapter_alone):
    load()
    before = rows(), accounts(var), list(Page.objects.order_by("pk").values()), list(User.objects.values())
    load()
    assert (rows(), accounts(var), list(Page.objects.order_by("pk").values()), list(User.objects.values())) == before


def test_a_lost_password_file_is_made_anew(var, home_chapter_alone, client):
    load()
    (var / "demo-accounts.json").unlink()
    load()
    assert all(client.login(**account) for account in accounts(var).values())


def test_words_that_a_person_wrote_stay(home_chapter_alone):
    load()
    SupportService.objects.filter(name="Crimestoppers").update(telephone="0800 000 000")
    HomePage.objects.update(title="Our words")
    load()
    assert SupportService.objects.get(name="Crimestoppers").telephone == "0800 000 000"
    load("--remove")
    assert in_english(HomePage.objects).get().title == "Our words"


def test_removing_leaves_the_site_as_setup_made_it(var):
    call_command("setup_council")
    before, pages = rows(), set(Page.objects.values_list("url_path", "title"))
    load()
    assert rows() != before
    load("--remove")
    assert rows() == before
    assert set(Page.objects.values_list("url_path", "title")) == pages
    assert [page.url_path for page in Page.objects.filter(live=True, depth__gt=1) if not is_approved(page)] == []
    assert not (var / "demo-accounts.json").exists()
    assert not CouncilSettings.objects.get().demonstration


def test_removing_twice_is_no_fault(home_chapter_alone):
    load()
    load("--remove")
    load("--remove")


def test_a_broken_part_ends_in_one_sentence_with_nothing_half_made(var, monkeypatch):
    def broken(tell) -> None:
        raise ValueError("lesson.pdf is\nno PDF")

    order = [*demonstration.in_order(), ("last", Chapter(order=99, steps=1, load=broken, remove=lambda: None))]
    monkeypatch.setattr(demonstration, "in_order", lambda: [pair for pair in order if pair[0] in {"home", "last"}])
    before = rows()
    with pytest.raises(CommandError, match=r"^Nothing was changed, because a part is broken: lesson\.pdf is no PDF$"):
        load()
    assert rows() == before
    assert not (var / "demo-accounts.json").exists()


@pytest.mark.parametrize(
    ("fault", "told", "words"),
    [
        (ValueError("broken"), CommandError, "a part is broken"),
        (KeyboardInterrupt("Ctrl-C"), KeyboardInterrupt, "Ctrl-C"),
    ],
)
def test_a_load_that_breaks_off_leaves_no_file_of_the_parts_before_it(monkeypatch, fault, told, words):
    def broken(tell) -> None:
        seen.append(_files())
        raise fault

    before, seen = _files(), []
    order = [*demonstration.in_order(), ("last", Chapter(order=99, steps=1, load=broken, remove=lambda: None))]
    wanted = {"home", "indicators", "campaigns", "schools", "last"}
    monkeypatch.setattr(demonstration, "in_order", lambda: [pair for pair in order if pair[0] in wanted])
    with pytest.raises(told, match=words):
        load()
    [made] = [files - before for files in seen]
    assert {file.suffix for file in made} > {".png", ".pdf"}
    assert _files() == before


def test_what_fails_once_the_rows_are_committed_leaves_their_files_where_they_are():
    """Lesson files are looked through after the commit: who stops the load then keeps what stands."""
    made = []

    def stopped() -> None:
        with demonstration._files_of_failure_removed() as keep:
            made.append(make_picture().file)
            keep()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert made[0].storage.exists(made[0].name)


def _files() -> set[Path]:
    """Return every file on public and private storage."""
    places = [Path(storages[name].location) for name in ("default", "private")]
    return {file for place in places for file in place.rglob("*") if file.is_file()}


@pytest.mark.parametrize("arguments", [(), ("--remove",)])
def test_settings_that_do_not_allow_it_refuse_it(settings, arguments):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="no place for the demonstration"):
        load(*arguments)
    assert not HomePage.objects.exists()


def test_settings_refuse_it_unless_they_say_otherwise():
    from config.settings import base

    assert base.DEMO_ALLOWED is False


def test_every_chapter_calls_tell_as_often_as_it_says():
    lay_tree()
    said: list[str] = []
    chapter = chapters["home"]
    chapter.load(said.append)
    assert len(said) == chapter.steps


def test_setup_makes_an_empty_site_ready(capsys, client):
    call_command("setup_council", "--council-name", "Anytown Council", "--administrator", "ada@example.org")
    assert client.get("/").status_code == 200
    assert CouncilSettings.objects.get().council_name == "Anytown Council"
    password = capsys.readouterr().out.split("password ")[1].split(" ")[0]
    assert client.login(username="ada@example.org", password=password)
    assert User.objects.get().groups.get().name == "Administrators"
    assert not User.objects.get().is_superuser


def test_setup_again_changes_nothing(capsys):
    call_command("setup_council", "--council-name", "Anytown Council", "--administrator", "ada@example.org")
    before = rows(), list(User.objects.values())
    call_command("setup_council", "--administrator", "ada@example.org")
    assert (rows(), list(User.objects.values())) == before
    assert CouncilSettings.objects.get().council_name == "Anytown Council"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--administrator", "ada"), "no email address"),
        (("--council-name", "a" * 121), "at most 120 characters"),
    ],
)
def test_setup_with_a_wrong_word_makes_nothing(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("setup_council", *arguments)
    assert not HomePage.objects.exists()
