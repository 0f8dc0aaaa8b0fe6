"""How a lower room hears from higher ones."""

import sys

import pytest

from core.registry import Registry


@pytest.fixture
def registry() -> Registry:
    return Registry("a_module_that_no_room_has")


def test_offers_are_found_by_key_and_listed_in_order(registry):
    registry.offer("views")("V")
    registry.offer("downloads")("D")

    assert registry["views"] == "V"
    assert list(registry) == ["downloads", "views"]
    assert registry.items() == [("downloads", "D"), ("views", "V")]
    assert "views" in registry
    assert "attendance" not in registry
    with pytest.raises(KeyError):
        registry["attendance"]


def test_an_offer_is_returned_so_that_it_decorates(registry):
    @registry.offer("one")
    def one() -> int:
        return 1

    assert one() == registry["one"]() == 1


def test_a_key_offered_twice_is_refused_and_the_same_offer_twice_is_not(registry):
    offer = object()
    registry.offer("views")(offer)
    registry.offer("views")(offer)

    with pytest.raises(ValueError, match="'views' is offered twice"):
        registry.offer("views")(object())


def test_the_first_look_finds_the_module_of_every_room(tmp_path, monkeypatch):
    """A room's module is imported by looking, and only then."""
    import reach

    (tmp_path / "offers_for_a_test.py").write_text("from tests.core.test_registry import found\nfound.offer('x')(1)\n")
    monkeypatch.setattr(reach, "__path__", [*reach.__path__, str(tmp_path)])
    monkeypatch.delitem(sys.modules, "reach.offers_for_a_test", raising=False)

    assert list(found) == ["x"]


found: Registry = Registry("offers_for_a_test")
