"""The screen of the hold: who sees it, what it lists, and what its buttons do."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.approvals.rota import DutyOfficer
from core.hold.models import Hold, Switch
from core.hold.queries import BANNER
from core.tasks import publish_scheduled
from tests.core.hold.conftest import message, page_to_expire, page_to_go_live
from tests.factories.surveys import make_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_manager(client, martha):
    client.force_login(martha)
    return client


@pytest.fixture
def on(as_manager):
    """Hold everything by the form."""
    as_manager.post(reverse("hold"), {"reason": "An attack in Dewsbury."})
    return Hold.objects.get()


def screen(client) -> str:
    return client.get(reverse("hold")).content.decode()


def test_a_manager_holds_everything_with_a_reason_and_lets_it_go_again(as_manager, on, martha):
    assert (on.reason, on.by, Switch.objects.get().hold) == ("An attack in Dewsbury.", martha, on)
    assert "Martha Mills: “An attack in Dewsbury.”" in screen(as_manager)
    answer = as_manager.post(reverse("end_hold"), follow=True).content.decode()
    assert "The hold is over." in answer
    on.refresh_from_db()
    assert on.ended_by == martha
    assert list(ModelLogEntry.objects.order_by("timestamp").values_list("action", flat=True)) == [
        "core.hold.start",
        "core.hold.end",
    ]


def test_without_a_reason_nothing_is_held(as_manager):
    response = as_manager.post(reverse("hold"), {"reason": " "})
    assert "Say why everything is held, in a few words." in response.content.decode()
    assert not Hold.objects.exists()


def test_it_lists_all_that_will_happen_by_itself_with_its_time_and_a_button_each(as_manager, soon):
    page_to_go_live(soon)
    page_to_expire(soon)
    wave = make_wave(opens_itself=True, opens_in=3)
    message(due=soon)
    before = screen(as_manager)
    for what in ("Page goes live", "Page is taken down", "Wave of a survey opens", "Message to the public"):
        assert f"<td>{what}</td>" in before
    assert before.count(f"{timezone.localtime(soon):%H:%M}</td>") == 3
    assert f"{wave.opens:%-d %B %Y}, 00:00" in before
    assert reverse("release_from_hold") not in before
    assert "a@example.org" not in before

    as_manager.post(reverse("hold"), {"reason": "An attack."})
    assert screen(as_manager).count(f'action="{reverse("release_from_hold")}"') == 4


def test_a_thing_is_let_go_by_its_button_and_again_only_says_so(as_manager, on, soon):
    row = message(due=soon)
    sent = {"kind": "core.mail", "key": str(row.pk)}
    for _ in range(2):
        assert (
            "Released: it goes at its time"
            in as_manager.post(reverse("release_from_hold"), sent, follow=True).content.decode()
        )
    assert on.releases.count() == 1
    assert "Released by Martha Mills" in screen(as_manager)
    gone = as_manager.post(reverse("release_from_hold"), {"kind": "core.mail", "key": "0"}, follow=True)
    assert "This is no longer scheduled" in gone.content.decode()


def test_every_page_of_the_admin_says_that_a_hold_is_on(
    as_manager, officer, client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        as_manager.post(reverse("hold"), {"reason": "An attack."})
    assert "“An attack.”" in as_manager.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(officer)
    seen = client.get(reverse("campaigns:index")).content.decode()
    assert "“An attack.”" in seen
    assert reverse("hold") not in seen

    cache.clear()  # a cache that lost it: the minute brings it back
    publish_scheduled()
    assert cache.get(BANNER) == "An attack."


def test_it_goes_from_the_admin_with_the_hold(as_manager, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        as_manager.post(reverse("hold"), {"reason": "An attack."})
        as_manager.post(reverse("end_hold"))
    assert "hold-banner" not in as_manager.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("role", ["Communications officers", "Administrators", "Survey analysts"])
def test_others_neither_see_it_nor_press_its_buttons(client, make_user, on, role):
    client.force_login(make_user("other", role))
    assert reverse("hold") not in client.get(reverse("wagtailadmin_home")).content.decode()
    for method, name in (("get", "hold"), ("post", "hold"), ("post", "end_hold"), ("post", "release_from_hold")):
        assert getattr(client, method)(reverse(name)).status_code in {302, 403}
    assert Switch.objects.get().hold == on


def test_a_duty_officer_holds_alone_today_and_finds_it_on_the_first_screen(client, make_user, martha):
    olive, today = make_user("olive", "Communications officers"), timezone.localdate()
    DutyOfficer.objects.create(user=olive, first_day=today, last_day=today)
    client.force_login(olive)
    assert reverse("hold") in client.get(reverse("wagtailadmin_home")).content.decode()
    client.post(reverse("hold"), {"reason": "An attack."})
    assert Hold.objects.get().by == olive


QUERIES_OF_THE_SCREEN = 19


@pytest.mark.parametrize("count", [1, 3])
def test_the_screen_asks_as_often_for_three_of_each_kind_as_for_one(
    as_manager, on, soon, count, django_assert_num_queries
):
    for n in range(count):
        page_to_go_live(soon, f"New{n}")
        page_to_expire(soon, f"Old{n}")
        row = message(due=soon)
        as_manager.post(reverse("release_from_hold"), {"kind": "core.mail", "key": str(row.pk)})
    screen(as_manager)
    with django_assert_num_queries(QUERIES_OF_THE_SCREEN):
        screen(as_manager)
