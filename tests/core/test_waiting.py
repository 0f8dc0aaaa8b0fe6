"""What waits for somebody, whatever room it waits in."""

from datetime import date

from core import waiting as room
from core.models import User
from core.registry import Registry
from core.waiting import Waiting, waiting_for


def test_what_is_due_stands_first_and_the_rest_follows(monkeypatch):
    offers = Registry("no_module_of_this_name")
    offers.offer("b")(lambda user: [Waiting(title=f"For {user}", url="/b/", count=2)])
    offers.offer("a")(lambda _: [Waiting(title="Later", url="/a/", due=date(2026, 2, 1))])
    offers.offer("c")(lambda _: [Waiting(title="Soon", url="/c/", due=date(2026, 1, 1))])
    monkeypatch.setattr(room, "waiting", offers)

    assert [found.title for found in waiting_for(User(username="amina"))] == ["Soon", "Later", "For amina"]
