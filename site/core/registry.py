"""How a lower room hears from higher ones: it keeps a registry, and they offer.

A room that wants offers makes a ``Registry`` with the name of the module that others write
(``measures``, ``demo``). The first look finds that module in every installed app, the way Django
finds ``admin.py``; importing it runs the ``@registry.offer(...)`` lines in it.
"""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from django.utils.module_loading import autodiscover_modules

T = TypeVar("T")


class Registry(Generic[T]):
    """Named offers from other rooms, found on first use."""

    def __init__(self, module: str) -> None:
        """Collect offers from ``<app>/<module>.py`` of every installed app."""
        self._module = module
        self._offers: dict[str, T] = {}
        self._looked = False

    def offer(self, key: str) -> Callable[[T], T]:
        """Return a decorator that offers its function or class under ``key``.

        Raises:
            ValueError: another offer already has this key.
        """

        def keep(offered: T) -> T:
            if self._offers.get(key, offered) is not offered:
                raise ValueError(f"{self._module}: {key!r} is offered twice")
            self._offers[key] = offered
            return offered

        return keep

    def _look(self) -> dict[str, T]:
        if not self._looked:
            autodiscover_modules(self._module)
            self._looked = True
        return self._offers

    def __getitem__(self, key: str) -> T:
        """Return the offer named ``key``; KeyError where there is none."""
        return self._look()[key]

    def __contains__(self, key: str) -> bool:
        """Tell whether somebody offers ``key``."""
        return key in self._look()

    def __iter__(self) -> Iterator[str]:
        """Go through the keys in alphabetical order."""
        return iter(sorted(self._look()))

    def items(self) -> list[tuple[str, T]]:
        """Return (key, offer) pairs in alphabetical order of key."""
        return sorted(self._look().items(), key=lambda pair: pair[0])
