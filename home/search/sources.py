"""What can be found, read anew from every room: words as they are live now."""

import re
from collections.abc import Iterator

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail.search import index

from campaigns.models import CampaignIndexPage, CampaignPage
from campaigns.queries.updates import is_open as updates_are_open
from core.approvals.showing import as_approved
from core.enums import Strand, SupportKind, SupportLanguage, SupportNeed
from core.models import BasePage, SupportService
from events.models import EventIndexPage, EventPage
from home.search.engines import BEGIN, END, LESS, MORE
from home.search.enums import Kind
from home.search.models import SearchEntry
from indicators.models import Strategy
from indicators.queries import public_indicators, strategy_in_force
from schools.models import LessonPackPage, SchoolsIndexPage
from surveys.models import SurveyIndexPage, SurveyPage

ENGLISH = "en"
HOME_DEPTH = 2
KINDS: dict[type[Page], Kind] = {
    CampaignIndexPage: Kind.CAMPAIGN,
    CampaignPage: Kind.CAMPAIGN,
    EventIndexPage: Kind.EVENT,
    EventPage: Kind.EVENT,
    LessonPackPage: Kind.LESSON,
    SchoolsIndexPage: Kind.LESSON,
    SurveyIndexPage: Kind.SURVEY,
    SurveyPage: Kind.SURVEY,
}
# What people call each kind of thing, whatever its own words say.
CALLED = {
    Kind.SUPPORT: "help support advice contact phone number",
    Kind.LESSON: "lesson pack school teacher pupils resources",
    Kind.EVENT: "event what is on near me",
    Kind.CAMPAIGN: "campaign",
    Kind.SURVEY: "survey have your say",
    Kind.INFORMATION: "",
    Kind.INDICATOR: "indicator number figures strategy progress",
}
# What people write when it has just happened to them, or to somebody near them.
HAPPENED = "report abuse attack threats insults harassment bullying graffiti spat followed"
WHERE = "street bus train shop pub school work home neighbour online"
# What people write who want to know how it is going.
ASKED = """
is it getting better or worse, are things improving, progress, going up or down, rising or falling, more, less or fewer,
changed over time, trend, how many hate crimes, hate crime numbers, statistics, figures, data, results, dashboard
"""
# Where help is comes first, and numbers about the strategy come last.
WORTH = {SupportKind.EMERGENCY: 10.0, SupportKind.REPORT: 1.5, SupportKind.SUPPORT: 1.5}
WORTH_OF_A_NUMBER = 0.8
WORTH_OF_ALL_NUMBERS = 2.0  # who asks for numbers in so many words is led to all of them before any one
UNSEEN = re.compile(f"[\\x00-\\x1f\\x7f{BEGIN}{END}{LESS}{MORE}]+|\\s+")


def everything() -> Iterator[SearchEntry]:
    """Go through all that can be found, as entries that are not saved."""
    yield from _pages()
    strategy = strategy_in_force()
    takes_sign_ups = updates_are_open()
    for language in Locale.objects.values_list("language_code", flat=True):
        with translation.override(language):
            yield from _plain_addresses(language)
            if takes_sign_ups:
                yield _updates(language)
            yield from _services(language)
            if strategy:
                yield _dashboard(strategy, language)
            yield from _indicators(language)


def _plain(*texts: str) -> str:
    """Return texts as one line without control characters."""
    return UNSEEN.sub(" ", " ".join(text for text in texts if text)).strip()


def _pages() -> Iterator[SearchEntry]:
    """Every live page but the front doors, as approved; whether it is public is asked when somebody searches."""
    live = Page.objects.live().filter(depth__gt=HOME_DEPTH)
    # Asked of all at once: ``specific`` fetches every page anew, and nothing that was fetched along with it stays.
    asked = live.values_list("pk", "locale__language_code", "alias_of__locale__language_code")
    languages = {pk: (own, source or own) for pk, own, source in asked}
    whole = [page for page in live.specific() if isinstance(page, BasePage) and page.pk in languages]
    for page in as_approved(whole):
        yield _page(page, *languages[page.pk])


def _page(page: BasePage, language: str, words_in: str) -> SearchEntry:
    """Return the entry of ``page``, which stands in the tree of ``language`` and has its words in ``words_in``."""
    kind = KINDS.get(type(page), Kind.INFORMATION)
    return SearchEntry(
        key=f"page-{page.translation_key}",
        language=language,
        words_in=words_in,
        kind=kind,
        page_id=page.pk,
        title=_plain(page.title),
        summary=_plain(page.summary),
        also=_plain(page.listing_title, page.search_description, page.search_words(), CALLED[kind]),
        body=_body(page),
    )


def _body(page: BasePage) -> str:
    """Return the words of every field that the page lets search read, less those that have their own place."""
    own_place = {"title", "summary"}
    fields = [f for f in page.get_search_fields() if isinstance(f, index.SearchField) and f.field_name not in own_place]
    values = [field.get_value(page) for field in fields]
    return _plain(*(text for value in values for text in ([value] if isinstance(value, str) else value or [])))


def _plain_addresses(language: str) -> Iterator[SearchEntry]:
    """The pages that are not written in the admin."""
    said = (
        ("support", Kind.SUPPORT, _("Get help"), _("Who can help if you, or somebody you know, was targeted.")),
        ("privacy", Kind.INFORMATION, _("Privacy and cookies"), _("What is kept about people, why, and for how long.")),
        (
            "safety",
            Kind.INFORMATION,
            _("If somebody might look at this device"),
            _("Leaving this site quickly, private windows, and clearing the history."),
        ),
        ("accessibility", Kind.INFORMATION, _("Accessibility"), _("How accessible this site is, and whom to tell.")),
    )
    for name, kind, title, summary in said:
        yield SearchEntry(
            key=f"address-{name}",
            language=language,
            words_in=language,
            kind=kind,
            address=reverse(f"home:{name}"),
            title=title,
            summary=summary,
            also=_plain(CALLED[kind], HAPPENED, WHERE) if kind == Kind.SUPPORT else "",
        )


def _updates(language: str) -> SearchEntry:
    """Return the entry of the form to sign up for news."""
    return SearchEntry(
        key="address-updates",
        language=language,
        words_in=language,
        kind=Kind.INFORMATION,
        address=reverse("updates:sign_up"),
        title=_("Get our news by email"),
        summary=_("News about what we do against hate, by email. You can stop at any time."),
        also=_plain("newsletter", _("Sign up")),
    )


def _services(language: str) -> Iterator[SearchEntry]:
    address = reverse("home:support")
    for service in SupportService.objects.prefetch_related("areas"):
        yield SearchEntry(
            key=f"service-{service.pk}",
            language=language,
            words_in=ENGLISH,
            kind=Kind.SUPPORT,
            address=f"{address}#service-{service.pk}",
            title=_plain(service.name),
            summary=_plain(service.description),
            also=_service_words(service),
            body=_plain(service.hours),
            worth=WORTH[SupportKind(service.kind)],
        )


def _service_words(service: SupportService) -> str:
    """Return what it helps with, whom, where and in which languages: what the directory is narrowed by."""
    happened = HAPPENED if service.kind == SupportKind.REPORT else ""
    named = [(SupportNeed, service.helps_with), (Strand, service.strands), (SupportLanguage, service.languages)]
    chosen = [str(codes(code).label) for codes, several in named for code in several]
    areas = [area.name for area in service.areas.all()]
    reached = [service.telephone, service.text_number, service.address, service.access_notes]
    kind = str(SupportKind(service.kind).label)
    return _plain(kind, *chosen, *areas, *reached, CALLED[Kind.SUPPORT], happened)


def _dashboard(strategy: Strategy, language: str) -> SearchEntry:
    """Return the entry of the page that shows all numbers of ``strategy``."""
    return SearchEntry(
        key="address-dashboard",
        language=language,
        words_in=language,
        kind=Kind.INDICATOR,
        address=reverse("indicators:dashboard"),
        title=_("Numbers and statistics: how we are doing"),
        summary=_("Every indicator of the strategy with its target, its direction and its source."),
        also=_plain(strategy.title, ASKED, CALLED[Kind.INDICATOR]),
        worth=WORTH_OF_ALL_NUMBERS,
    )


def _indicators(language: str) -> Iterator[SearchEntry]:
    for indicator in public_indicators():
        yield SearchEntry(
            key=f"indicator-{indicator.pk}",
            language=language,
            words_in=ENGLISH,
            kind=Kind.INDICATOR,
            address=reverse("indicators:indicator", args=[indicator.code]),
            title=_plain(indicator.title),
            summary=_plain(indicator.definition),
            also=_plain(indicator.code, indicator.objective.title, CALLED[Kind.INDICATOR]),
            body=_plain(indicator.rationale),
            worth=WORTH_OF_A_NUMBER,
        )
