"""What waits for somebody, whatever room it waits in."""

from core import waiting as room
from core.models import User
from core.registry import Registry
from core.waiting import Waiting, for_user


def test_what_is_urgent_stands_first_then_what_is_late_and_the_rest_follows_room_by_room(monkeypatch):
    offers = Registry("no_module_of_this_name")
    offers.offer("b")(lambda user: [Waiting(what="b", title=f"For {user}", url="/b/")])
    offers.offer("a")(lambda _: [Waiting(what="a", title="Soon", url="/a/")])
    offers.offer("c")(lambda _: [Waiting(what="c", title="Late", url="/c/", is_late=True)])
    offers.offer("d")(lambda _: [Waiting(what="d", title="Urgent", url="/d/", is_urgent=True)])
    monkeypatch.setattr(room, "waiting", offers)

    assert [found.title for found in for_user(User(username="amina"))] == ["Urgent", "Late", "Soon", "For amina"]
