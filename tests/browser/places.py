"""Every kind of public page, and how to come to it in a browser, in any language, with or without JavaScript."""

from collections.abc import Callable

from playwright.sync_api import Page, Response

from schools.demo_classes import sample_link
from surveys.views import thanks

SURVEY = "/surveys/your-voice-on-hate-crime/"
CLASS = f"/schools/classes/{sample_link('open')}/"
LANGUAGES = {"en": "", "ur": "/ur", "gu": "/gu", "pl": "/pl"}

ADDRESSES = {
    "home": "/",
    "list of campaigns": "/campaigns/",
    "campaigns narrowed to nothing": "/campaigns/?when=past&objective=O4",
    "campaign": "/campaigns/five-days-one-message/",
    "share kit of a partner": "/campaigns/no-place-for-hate/kit/demo-urdu-poster/",
    "list of lesson packs": "/schools/",
    "lesson pack": "/schools/being-an-upstander/",
    "school of a lesson pack": "/schools/being-an-upstander/school/?q=sample",
    "school told": "/schools/being-an-upstander/school/thanks/",
    "feedback on a lesson pack": "/schools/being-an-upstander/feedback/",
    "feedback kept": "/schools/being-an-upstander/feedback/thanks/",
    "class to be made": "/schools/being-an-upstander/class/",
    "class that is open": CLASS,
    "class with its result": f"/schools/classes/{sample_link('with-result')}/",
    "class too small to tell": f"/schools/classes/{sample_link('small')}/",
    "codes of a class": f"{CLASS}codes/",
    "letter to parents": f"{CLASS}parents/",
    "safeguarding of a class": f"{CLASS}safeguarding/",
    "list of events": "/events/",
    "event": "/events/talk-together-an-open-afternoon/",
    "list of surveys": "/surveys/",
    "survey": SURVEY,
    "survey that ended": f"{SURVEY}?ended",
    "survey sent": thanks("your-voice-on-hate-crime"),
    "results of a wave": f"{SURVEY}results/2/",
    "results over time": f"{SURVEY}results/",
    "survey to come back to": f"{SURVEY}come-back/",
    "content": "/what-is-hate-crime/",
    "sensitive content": "/how-to-report/",
    "dashboard": "/indicators/",
    "indicator with chart": "/indicators/B2/",
    "indicator without": "/indicators/D1/",
    "support": "/support/",
    "support narrowed": "/support/?help=talk&strand=disability",
    "entry whose link is old": "/support/confirm/gone/",
    "safety": "/safety/",
    "search": "/search/",
    "search with results": "/search/?q=hate",
    "search without": "/search/?q=zzzz",
    "privacy": "/privacy/",
    "counting": "/privacy/counting/",
    "signing up": "/updates/",
    "preferences": "/updates/preferences/",
    "preferences asked for": "/updates/preferences/sent/",
    "signed up": "/updates/sent/",
    "accessibility": "/accessibility/",
    "nowhere": "/nowhere/",
    "address that makes no sense": "/?a=%00",
    "address too long": f"/search/?q={'a' * 9000}",
}
STATUSES = {"nowhere": 404, "address that makes no sense": 400, "address too long": 414, "entry whose link is old": 410}


def _send(page: Page) -> None:
    """Press the button that goes on: it has no name, which others beside it have."""
    _press(page, "main form[method=post] button:not([name])")


def _press(page: Page, button: str) -> None:
    """Press a button and wait for the page that it leads to: a click returns before that is there."""
    with page.expect_navigation():
        page.locator(button).click()


def _first_question(page: Page, prefix: str) -> Response | None:
    return page.goto(f"{prefix}{SURVEY}start/")


def _answered(page: Page, prefix: str) -> None:
    _first_question(page, prefix)
    page.get_by_role("radio").first.check()
    _send(page)


def _unanswered(page: Page, prefix: str) -> None:
    _first_question(page, prefix)
    _send(page)


def _several(page: Page, prefix: str) -> None:
    _answered(page, prefix)
    page.goto(f"{prefix}{SURVEY}hc08/")


def _several_that_clash(page: Page, prefix: str) -> None:
    _several(page, prefix)
    page.get_by_label("I would not be believed").check()
    page.get_by_label("Nothing would stop me").check()
    _send(page)


def _own_words(page: Page, prefix: str) -> None:
    _answered(page, prefix)
    page.goto(f"{prefix}{SURVEY}demo01/")


def _too_many_words(page: Page, prefix: str) -> None:
    _own_words(page, prefix)
    page.get_by_role("textbox").last.fill("Our street is dark. " * 101)
    _send(page)


def _check(page: Page, prefix: str) -> None:
    _answered(page, prefix)
    page.goto(f"{prefix}{SURVEY}check/")


def _check_unfinished(page: Page, prefix: str) -> None:
    _check(page, prefix)
    _send(page)


def _saved_for_later(page: Page, prefix: str) -> None:
    _answered(page, prefix)
    _press(page, "button[name=later]")


def _form_that_expired(page: Page, prefix: str) -> None:
    _first_question(page, prefix)
    page.context.clear_cookies()
    _send(page)


def _inside_a_file(page: Page, prefix: str) -> Response | None:
    page.goto(f"{prefix}/schools/being-an-upstander/")
    return page.goto(page.locator("a[href*='/inside/']").first.get_attribute("href"))


def _pupils_enter(page: Page, _prefix: str) -> Response | None:
    """Pupils have one short address in every language."""
    return page.goto("/class/")


def _code_of_nobody(page: Page, prefix: str) -> None:
    _pupils_enter(page, prefix)
    page.get_by_role("textbox").fill("nobody-has-this")
    _send(page)


def _class_at(page: Page, prefix: str, *, ended: str = "") -> Response | None:
    """Go to the page of the open class, or to one ``ended`` that lies behind it."""
    page.goto(CLASS)
    code = page.locator("p.code").last.inner_text().strip()
    return page.goto(f"/class/{code}/{ended}{prefix.removeprefix('/')}{'/' if prefix else ''}")


def _pupil(page: Page, prefix: str) -> Response | None:
    return _class_at(page, prefix)


def _next_pupil(page: Page, prefix: str) -> Response | None:
    return _class_at(page, prefix, ended="thanks/")


STEPS: dict[str, Callable[[Page, str], Response | None]] = {
    "survey question": _first_question,
    "survey question without an answer": _unanswered,
    "survey question with several answers": _several,
    "survey answers that clash": _several_that_clash,
    "survey question in own words": _own_words,
    "survey answer too long": _too_many_words,
    "survey check": _check,
    "survey check unfinished": _check_unfinished,
    "survey saved for later": _saved_for_later,
    "form that expired": _form_that_expired,
    "inside a lesson file": _inside_a_file,
    "pupils enter a code": _pupils_enter,
    "code of nobody": _code_of_nobody,
    "pupil's questions": _pupil,
    "next pupil": _next_pupil,
}
WRONG = (
    "survey question without an answer",
    "survey answers that clash",
    "survey answer too long",
    "survey check unfinished",
    "code of nobody",
)
PLACES = (*ADDRESSES, *STEPS)


def visit(page: Page, name: str, language: str = "en") -> None:
    """Bring ``page`` to the place ``name`` in ``language``; where an address leads there, make sure of its status."""
    prefix = LANGUAGES[language]
    if name in STEPS:
        STEPS[name](page, prefix)
        return
    answer = page.goto(prefix + ADDRESSES[name])
    assert answer is not None
    assert answer.status == STATUSES.get(name, 200)
