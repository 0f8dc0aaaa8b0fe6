"""What each sort of request adds: forty of them, one after another, as browsers and programs send them."""

import pytest
from django.core.cache import caches
from django.db.models import Sum
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from config.urls import urlpatterns as addresses
from core.enums import Channel
from core.models.pages import CountedPage
from reach.actions import count_visit
from reach.enums import Metric
from reach.models import Count

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)
DESKTOP = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
PAGE = CountedPage(page_key="page-a", campaign_code="stand-up")


def page(request):
    request.counted_page = PAGE
    return HttpResponse("<p>Hello")


def preview(request):
    request.is_preview = True
    return page(request)


def help_page(request):
    request.counted_page = None
    return HttpResponse("<p>Help")


def poster(request, code):
    channel = Channel.EMAIL if code == "newsletter" else Channel.OUTDOOR
    count_visit(request=request, page=PAGE, metric=Metric.ARRIVALS, channel=channel, placement_code=code)
    return HttpResponse(status=302, headers={"Location": "/page/"})


def file(request, name):
    count_visit(request=request, page=PAGE, metric=Metric.DOWNLOADS)
    return HttpResponse("file", content_type="application/pdf")


def sign_in(request):
    from django.contrib.auth import login

    from core.models import User

    login(request, User.objects.get())
    return HttpResponse("")


urlpatterns = [
    path("page/", page),
    path("preview/", preview),
    path("help/", help_page),
    path("poster/<code>/", poster),
    path("file/<name>/", file),
    path("sign-in/", sign_in),
    *addresses,
]

VIEW, VISITOR, ARRIVAL, DOWNLOAD = "views", "daily_visitors", "arrivals", "downloads"
NEW = {VIEW: 1, VISITOR: 1}
HOME, WORK = "203.0.113.9", "203.0.113.10"
GOES = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
FROM_HERE = {"sec-fetch-site": "same-origin"}

# What is asked for, from where, with which headers beside a telephone's, and what that adds.
REQUESTS = [
    ("a visitor", "get", "/page/", HOME, {}, NEW),
    ("the same visitor again", "get", "/page/", HOME, {}, {VIEW: 1}),
    ("the browser of today, which says that it goes there", "get", "/page/", HOME, GOES, {VIEW: 1}),
    ("another address", "get", "/page/", WORK, {}, NEW),
    ("another browser at that address", "get", "/page/", WORK, {"user-agent": DESKTOP}, NEW),
    ("a household by one of its addresses", "get", "/page/", "2001:db8:1:2::5", {}, NEW),
    ("and by another of them", "get", "/page/", "2001:db8:1:2::9", {}, {VIEW: 1}),
    ("Global Privacy Control", "get", "/page/", "203.0.113.20", {"sec-gpc": "1"}, {}),
    ("Do Not Track", "get", "/page/", "203.0.113.21", {"dnt": "1"}, {}),
    ("who asked not to be counted", "get", "/page/", "203.0.113.22", {"cookie": "do_not_count=1"}, {}),
    ("a browser that fetches ahead", "get", "/page/", "203.0.113.23", {"sec-purpose": "prefetch"}, {}),
    ("one that draws ahead", "get", "/page/", "203.0.113.24", {"sec-purpose": "prefetch;prerender"}, {}),
    ("an older one that fetches ahead", "get", "/page/", "203.0.113.25", {"x-moz": "prefetch"}, {}),
    ("HEAD", "head", "/page/", "203.0.113.26", {}, {}),
    ("OPTIONS", "options", "/page/", "203.0.113.26", {}, {}),
    ("a robot", "get", "/page/", HOME, {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, {}),
    ("a robot that learns", "get", "/page/", HOME, {"user-agent": "Mozilla/5.0 (compatible; GPTBot/1.2)"}, {}),
    ("a program", "get", "/page/", HOME, {"user-agent": "curl/8.5.0"}, {}),
    ("a browser without a head", "get", "/page/", HOME, {"user-agent": DESKTOP.replace("Chr", "HeadlessChr")}, {}),
    ("nobody in particular", "get", "/page/", HOME, {"user-agent": ""}, {}),
    ("a scanner of links", "get", "/page/", HOME, {"user-agent": f"{DESKTOP} Mimecast"}, {}),
    ("a mail program's look ahead", "get", "/page/", HOME, {"user-agent": "Mozilla/4.0 (ms-office; MSOffice 16)"}, {}),
    ("a messenger's picture of the page", "get", "/page/", HOME, {"user-agent": "WhatsApp/2.23.20.0"}, {}),
    ("a picture on another site", "get", "/page/", HOME, {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"}, {}),
    ("a frame on another site", "get", "/page/", HOME, GOES | {"sec-fetch-dest": "iframe"}, {}),
    ("a preview", "get", "/preview/", "203.0.113.27", {}, {}),
    ("a page about help", "get", "/help/", "203.0.113.28", {}, {}),
    ("a page that is not there", "get", "/nowhere/", "203.0.113.29", {}, {}),
    ("who scans a poster", "get", "/poster/bus/", HOME, {}, {ARRIVAL: 1}),
    ("and scans it twice", "get", "/poster/bus/", HOME, {}, {}),
    ("and another poster", "get", "/poster/library/", HOME, {}, {ARRIVAL: 1}),
    ("the next person at the stop", "get", "/poster/bus/", WORK, {}, {ARRIVAL: 1}),
    ("a scanner of links in a mail", "get", "/poster/newsletter/", HOME, {}, {}),
    ("a person who follows it", "get", "/poster/newsletter/", HOME, GOES, {ARRIVAL: 1}),
    ("HEAD of a poster", "head", "/poster/bus/", "203.0.113.30", {}, {}),
    ("who takes a file", "get", "/file/plan/", HOME, FROM_HERE, {DOWNLOAD: 1}),
    ("and clicks twice", "get", "/file/plan/", HOME, FROM_HERE, {}),
    ("and takes the other file", "get", "/file/slides/", HOME, FROM_HERE, {DOWNLOAD: 1}),
    ("a link to a file in a mail", "get", "/file/plan/", WORK, {"sec-fetch-site": "none"}, {}),
    ("a scanner that follows it", "get", "/file/plan/", WORK, {}, {}),
]


@pytest.fixture(autouse=True)
def _pages(db):
    with override_settings(ROOT_URLCONF=__name__, SECURE_SSL_REDIRECT=False):
        yield


def counted() -> dict[str, int]:
    return dict(Count.objects.values_list("metric").annotate(Sum("quantity")).order_by())


def ask(method, address, come_from=HOME, headers=None, client=None):
    caller = client or Client()
    return getattr(caller, method)(address, headers={"user-agent": PHONE} | (headers or {}), REMOTE_ADDR=come_from)


def test_forty_requests_add_exactly_what_each_should():
    assert len(REQUESTS) == 40
    before: dict[str, int] = {}
    for name, method, address, come_from, headers, adds in REQUESTS:
        ask(method, address, come_from, headers)
        after = counted()
        added = {metric: after[metric] - before.get(metric, 0) for metric in after}
        assert (name, {metric: many for metric, many in added.items() if many}) == (name, adds)
        before = after
    assert before == {VIEW: 7, VISITOR: 4, ARRIVAL: 4, DOWNLOAD: 2}


def test_staff_add_nothing_until_they_sign_out(make_user):
    make_user("amina")
    staff = Client(headers={"user-agent": PHONE})
    staff.get("/sign-in/")
    for address in ("/page/", "/poster/bus/"):
        ask("get", address, client=staff)
    assert counted() == {}

    staff.logout()
    ask("get", "/page/", client=staff)
    assert counted() == NEW


def test_a_visitor_is_new_to_each_page_and_again_the_next_day(time_machine):
    time_machine.move_to("2026-11-02 12:00")
    ask("get", "/page/")
    time_machine.move_to("2026-11-02 23:00")
    ask("get", "/page/")
    assert counted() == {VIEW: 2, VISITOR: 1}

    time_machine.move_to("2026-11-03 00:30")
    ask("get", "/page/")
    assert counted() == {VIEW: 3, VISITOR: 2}


def test_a_click_counts_again_once_half_a_minute_has_passed_since_the_last(settings, tmp_path, time_machine):
    # Redis has a clock of its own, which a test cannot move.
    files = {"BACKEND": "core.caches.DayFileCache", "LOCATION": tmp_path / "visitors"}
    settings.CACHES = settings.CACHES | {"visitors": files}
    time_machine.move_to("2026-11-02 12:00", tick=False)
    for seconds, arrivals in ((0, 1), (20, 1), (29, 1), (31, 2)):
        time_machine.shift(seconds)
        ask("get", "/poster/bus/")
        assert counted()[ARRIVAL] == arrivals


def test_nothing_of_a_visitor_is_kept_but_a_digest_in_a_cache_that_forgets(monkeypatch, time_machine):
    time_machine.move_to("2026-11-02 12:00", tick=False)
    kept = []
    store = caches["visitors"]
    add = store.add
    monkeypatch.setattr(store, "add", lambda *given, **named: kept.append((given, named)) or add(*given, **named))
    response = ask("get", "/page/", HOME)

    (((name, value), named),) = kept
    assert HOME not in name
    assert value == 1
    assert named == {"timeout": 12 * 3600 + 60}
    assert not response.cookies
    said = " ".join(str(value) for row in Count.objects.values_list() for value in row)
    assert HOME not in said
    assert "iPhone" not in said
    assert name.removeprefix("day-") not in said


def test_while_the_cache_is_down_views_and_arrivals_count_and_no_visitor_does(monkeypatch):
    for name in ("add", "touch"):
        monkeypatch.setattr(caches["visitors"], name, lambda *_, **__: False)
    ask("get", "/page/")
    ask("get", "/poster/bus/")

    assert counted() == {VIEW: 1, ARRIVAL: 1}
