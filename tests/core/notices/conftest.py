"""A site with pages, a manager at the form, and a service to lead to."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from config.roles import lay_roles
from core.models import Organisation, SupportService, UrgentNotice
from core.notices.actions import put_up
from tests.pages.conftest import make_every_page


@pytest.fixture(scope="module")
def laid_pages(laid_tree, lay_once) -> None:
    """Lay a site with a page of every kind."""
    lay_once(make_every_page)


@pytest.fixture
def service(db) -> SupportService:
    owner = Organisation.objects.create(code="team", name="Strategy team")
    return SupportService.objects.create(
        name="Lantern", owner=owner, description="Listens.", telephone="0800 000 000", last_checked=timezone.localdate()
    )


@pytest.fixture
def martha(laid_pages, make_user):
    """Return a communications manager."""
    lay_roles()
    return make_user("martha", "Communications managers", first_name="Martha", last_name="Mills")


@pytest.fixture
def notice(martha, service) -> UrgentNotice:
    """Return a notice that is on for three hours, in English and Urdu."""
    words = {"en": ("Attack in Dewsbury", "Stay away."), "ur": ("ڈیوزبری میں حملہ", "دور رہیں۔")}  # noqa: RUF001  (Urdu's own full stop)
    return put_up(words=words, services=[service], ends=timezone.now() + timedelta(hours=3), by=martha)


@pytest.fixture
def send(client, martha):
    """Return a function that sends the form as the manager, with what a test changes in it."""
    client.force_login(martha)

    def post(**changes):
        given = {"heading_en": "Attack in Dewsbury", "text_en": "Stay away.", "ends": in_hours(3), "instead_of": ""}
        return client.post(reverse("urgent_notice"), {**given, **changes})

    return post


def in_hours(hours: float) -> str:
    """Return the time ``hours`` from now, as a browser sends it."""
    return f"{timezone.localtime() + timedelta(hours=hours):%Y-%m-%dT%H:%M}"
