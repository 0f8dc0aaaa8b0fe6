"""Who is counted, and that counting never costs anybody the page. Every exclusion stands beside a counted control."""

import pytest
from django.db import DatabaseError
from django.http import HttpResponse, JsonResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from config.urls import urlpatterns as addresses
from core.models.pages import CountedPage
from reach.models import Count

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)
DESKTOP = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


def counted(request):
    request.counted_page = CountedPage(page_key="page-a", campaign_code="stand-up")
    return HttpResponse("<p>Hello")


def previewed(request):
    request.is_preview = True
    return counted(request)


def uncounted(request):
    request.counted_page = None
    return HttpResponse("<p>Hello")


def data(request):
    counted(request)
    return JsonResponse({})


def gone(request):
    counted(request)
    return HttpResponse("<p>Gone", status=410)


def unchanged(request):
    counted(request)
    return HttpResponse(status=304)


def signed_in(request):
    from django.contrib.auth import login

    from core.models import User

    login(request, User.objects.get())
    return HttpResponse("")


urlpatterns = [
    path("counted/", counted),
    path("previewed/", previewed),
    path("uncounted/", uncounted),
    path("data/", data),
    path("gone/", gone),
    path("unchanged/", unchanged),
    path("sign-in/", signed_in),
    *addresses,
]


@pytest.fixture(autouse=True)
def _pages(db):
    with override_settings(ROOT_URLCONF=__name__, SECURE_SSL_REDIRECT=False):
        yield


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"user-agent": PHONE})


def views() -> int:
    return sum(Count.objects.filter(metric="views").values_list("quantity", flat=True))


def test_a_view_is_counted_by_day_page_and_campaign_and_nothing_else(visitor):
    response = visitor.get("/counted/")

    assert sorted(Count.objects.values_list("page_key", "campaign_code", "metric", "method", "quantity")) == [
        ("page-a", "stand-up", "daily_visitors", "counted", 1),
        ("page-a", "stand-up", "views", "counted", 1),
    ]
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("user_agent", [PHONE, DESKTOP])
def test_browsers_of_people_are_counted(visitor, user_agent):
    visitor.get("/counted/", headers={"user-agent": user_agent})

    assert views() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-gpc": "1"},
        {"dnt": "1"},
        {"sec-purpose": "prefetch"},
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
        {"x-moz": "prefetch"},
        {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
        {"sec-fetch-mode": "cors", "sec-fetch-dest": "empty"},
        {"sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"},
        {"user-agent": f"{DESKTOP} Mimecast"},
        {"user-agent": ""},
        {"user-agent": " "},
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"user-agent": "curl/8.5.0"},
        {"user-agent": DESKTOP.replace("Chrome", "HeadlessChrome")},
        {"cookie": "do_not_count=1"},
    ],
    ids=str,
)
def test_who_is_not_counted_is_not_beside_a_visitor_who_is(visitor, headers):
    assert visitor.get("/counted/", headers=headers).status_code == 200
    assert views() == 0

    visitor.get("/counted/")
    assert views() == 1


@pytest.mark.parametrize("headers", [{"sec-gpc": "0"}, {"dnt": "0"}, {"sec-purpose": ""}, {"cookie": "other=1"}])
def test_headers_that_ask_for_nothing_leave_the_view_counted(visitor, headers):
    visitor.get("/counted/", headers=headers)

    assert views() == 1


def test_no_user_agent_at_all_is_a_robot():
    Client().get("/counted/")

    assert views() == 0


def test_somebody_signed_in_is_not_counted_until_signed_out(visitor, make_user):
    make_user("amina")
    visitor.get("/sign-in/")
    visitor.get("/counted/")
    assert views() == 0

    visitor.logout()
    visitor.get("/counted/")
    assert views() == 1


def test_a_stale_session_cookie_is_a_visitor(visitor):
    visitor.cookies["sessionid"] = "gone"
    visitor.get("/counted/")

    assert views() == 1


@pytest.mark.parametrize("address", ["/previewed/", "/uncounted/", "/data/", "/gone/", "/nowhere/"])
def test_only_a_page_served_to_a_visitor_is_counted(visitor, address):
    visitor.get(address)
    assert views() == 0

    visitor.get("/counted/")
    assert views() == 1


def test_a_page_that_the_browser_has_already_is_seen_again(visitor):
    visitor.get("/unchanged/")

    assert views() == 1


@pytest.mark.parametrize("method", ["head", "post", "put", "options"])
def test_only_get_is_counted(visitor, method):
    getattr(visitor, method)("/counted/")

    assert views() == 0


def test_a_counter_that_fails_serves_the_page_and_says_so_in_the_log(visitor, monkeypatch, caplog):
    def broken(*_):
        raise DatabaseError("the database is locked")

    monkeypatch.setattr("reach.actions.waiting.write", broken)
    response = visitor.get("/counted/")

    assert (response.status_code, response.content) == (200, b"<p>Hello")
    assert "visit not counted" in caplog.text


def test_the_rule_works_without_a_user_on_the_request():
    from reach.queries import is_countable

    request = RequestFactory(headers={"user-agent": PHONE}).get("/", headers={"cookie": "sessionid=x"})
    assert is_countable(request)
