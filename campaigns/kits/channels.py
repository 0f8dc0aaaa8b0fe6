"""The channels that partners post in: how long a text may be there, counted as the channel counts.

They stand in channels.json, since platforms change their limits more often than we do. X counts by code points with
weights (https://docs.x.com/fundamentals/counting-characters); SMS has 160 letters of GSM 03.38 (3GPP TS 23.038), of
which some take two places, or 70 UTF-16 units where one letter is not among them.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

LINK = "{link}"
ADDRESS = re.compile(r"https?://\S+")
LINK_ON_X = 23
SINGLE_ON_X = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_DOUBLE = frozenset("^{}\\[~]|€")
LONGEST_UNICODE_SMS = 70


@dataclass(frozen=True)
class Length:
    """How long a text is as its channel counts, and how long it may be."""

    used: int
    longest: int

    @property
    def excess(self) -> int:
        """By how much it is too long; 0 where it fits."""
        return max(0, self.used - self.longest)


def _on_x(text: str, longest: int) -> Length:
    without = ADDRESS.sub("", text)
    weights = (1 if any(low <= ord(one) <= high for low, high in SINGLE_ON_X) else 2 for one in without)
    return Length(sum(weights) + LINK_ON_X * len(ADDRESS.findall(text)), longest)


def _in_sms(text: str, longest: int) -> Length:
    if set(text) <= GSM | GSM_DOUBLE:
        return Length(sum(2 if one in GSM_DOUBLE else 1 for one in text), longest)
    return Length(len(text.encode("utf-16-le")) // 2, LONGEST_UNICODE_SMS)


def _in_letters(text: str, longest: int) -> Length:
    return Length(len(text), longest)


COUNTS: dict[str, Callable[[str, int], Length]] = {"x": _on_x, "sms": _in_sms, "letters": _in_letters}


@dataclass(frozen=True)
class KitChannel:
    """One channel, and what to mind there."""

    key: str
    label: str
    longest: int
    counts: str
    about: str

    def length_of(self, text: str, link: str) -> Length:
        """Return how long ``text`` is here once ``link`` stands in it."""
        return COUNTS[self.counts](text.replace(LINK, link), self.longest)


CHANNELS = {
    key: KitChannel(key=key, **given)
    for key, given in json.loads((Path(__file__).parent / "channels.json").read_text(encoding="utf-8")).items()
}
