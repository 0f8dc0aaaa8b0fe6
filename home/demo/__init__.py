"""The home room's share of the demonstration: who runs the site, its first words, and where people turn."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from wagtail.models import Page, Site

from core.approvals.keeping import publish_laid
from core.demonstration import Chapter, chapters
from core.languages.trees import in_english, lay_trees
from core.models import CouncilSettings, Organisation, SupportService
from core.translations.actions import forget, publish_words
from home.demo.words import (
    EASY_READ,
    EASY_READ_SLUG,
    FICTIONAL,
    HOME,
    HOME_IN,
    NOT_CONFIRMED,
    ORGANISATIONS,
    PAGES,
    READ,
    SENSITIVE,
    SERVICES,
    SETTINGS,
)
from home.models import ContentPage, HomePage
from home.setup import HOME_WORDS, publish_below


def load(tell: Callable[[str], None]) -> None:
    """Make what is not there yet; what a person changed since stays as it is."""
    owner = _organisations()
    tell("organisations")
    for order, service in enumerate(SERVICES, start=1):
        _service(order=order, owner=owner, **service | {"description": f"{service['description']} {NOT_CONFIRMED}"})
    for order, service in enumerate(FICTIONAL, start=len(SERVICES) + 1):
        _service(order=order, owner=owner, **service)
    tell("support services")
    _council()
    tell("settings")
    _home_words(HOME_WORDS, HOME)
    _home_in_other_languages()
    tell("home page")
    _pages()
    tell("information pages")


def _organisations() -> Organisation:
    """Make the fictional organisations and return the one that keeps the directory."""
    made = [Organisation.objects.get_or_create(code=code, defaults={"name": name})[0] for code, name in ORGANISATIONS]
    return made[0]


def _service(*, name: str, **fields: Any) -> None:
    SupportService.objects.get_or_create(name=name, defaults={"last_checked": READ, **fields})


def _settings() -> CouncilSettings:
    return CouncilSettings.for_site(Site.objects.get(is_default_site=True))


def _council() -> None:
    council = _settings()
    if not council.demonstration:
        for name, value in SETTINGS.items():
            setattr(council, name, getattr(council, name) or value)
        council.demonstration = True
        council.save()


def _home_words(before: dict[str, str], after: dict[str, str]) -> None:
    """Change the home page's words, unless somebody has written others."""
    home = in_english(HomePage.objects).get()
    if {"title": home.title, "summary": home.summary} == before:
        home.title, home.summary = after["title"], after["summary"]
        publish_laid(home)


def _home_in_other_languages() -> None:
    lay_trees()
    home = in_english(HomePage.objects).get()
    for code, words in HOME_IN.items():
        publish_words(english=home, code=code, words=words)


def _pages() -> None:
    home = in_english(HomePage.objects).get()
    for slug, title, summary, blocks in PAGES:
        if not home.get_children().filter(slug=slug).exists():
            page = ContentPage(slug=slug, title=title, summary=summary, sensitive=slug in SENSITIVE)
            _publish(home, page, blocks)
    _easy_read(ContentPage.objects.child_of(home).get(slug="what-is-hate-crime"))


def _easy_read(page: ContentPage) -> None:
    """Give ``page`` its Easy Read version, unless it has one."""
    if page.versions or page.get_children().filter(slug=EASY_READ_SLUG).exists():
        return
    easy = ContentPage(slug=EASY_READ_SLUG, title="What is hate crime? Easy Read", summary="The same in easy words.")
    _publish(page, easy, EASY_READ)
    page.refresh_from_db()
    page.versions = [("easy_read", {"page": easy, "document": None})]
    publish_laid(page)


def _publish(parent: Page, page: ContentPage, blocks: list[tuple[str, Any]]) -> None:
    page.show_in_menus = False
    page.body = [(kind, _with_site(value, settings.SITE_URL)) for kind, value in blocks]
    publish_below(parent, page)


def _with_site(value: Any, site: str) -> Any:
    """Return a block's value with ``{site}`` in its address filled in."""
    if isinstance(value, dict) and "address" in value:
        return value | {"address": value["address"].format(site=site)}
    return value


def remove() -> None:
    """Take all of it away again; words that somebody wrote since stay."""
    home = in_english(HomePage.objects).first()
    if home is not None:
        for page in ContentPage.objects.child_of(home).filter(slug__in=[slug for slug, *_ in PAGES]):
            page.delete()
        forget(english=home)
        _home_words(HOME, HOME_WORDS)
    SupportService.objects.filter(
        owner__code="demo-strategy-team", name__in=[service["name"] for service in (*SERVICES, *FICTIONAL)]
    ).delete()
    _forget_council()
    for organisation in Organisation.objects.filter(code__in=[code for code, _ in ORGANISATIONS]):
        if not organisation.users.exists() and not organisation.support_services.exists():
            organisation.delete()


def _forget_council() -> None:
    council = _settings()
    for name, value in SETTINGS.items():
        if getattr(council, name) == value:
            setattr(council, name, getattr(CouncilSettings(), name))
    council.demonstration = False
    council.save()


chapters.offer("home")(Chapter(order=60, steps=5, load=load, remove=remove))
