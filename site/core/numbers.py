"""Numbers as the language of the page writes them, and never turned around by the words beside them.

The digits are Western in every language, as they are on public sites in Britain: a figure looks the same on the page,
in its chart and in its file.
"""

import re
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language_bidi

LEFT_TO_RIGHT, END = "\u2066", "\u2069"  # Unicode's isolate: what is between keeps its order, what is around too
# As people write one in Britain: 0 or + first, then eight digits or more, in groups.
TELEPHONE = re.compile(r"(?<![\d+])(?:\+|\(?0)(?:[ ()-]{0,2}\d){8,14}")
TAG = re.compile(r"(<[^>]*>)")


def number(value: float, decimals: int = 0) -> str:
    """Return ``value`` rounded to ``decimals``: 1,250.5 in English, 1 250,5 in Polish."""
    return number_format(Decimal(f"{value:.{decimals}f}"), decimals, use_l10n=True, force_grouping=True)


def in_order(text: str) -> str:
    """Return ``text``, a number with signs, kept from left to right among words that are not: 54%, -3.4.

    Without it the sign changes its side with the letter before it.
    """
    return f"{LEFT_TO_RIGHT}{text}{END}" if get_language_bidi() else text


def telephones_in_order(html: str) -> str:
    """Return ``html`` with the telephone numbers in its words kept from left to right.

    Among words from right to left the groups of one change places, and 0800 138 1625 is read as 1625 138 0800.
    """
    if not get_language_bidi():
        return html
    parts = TAG.split(html)
    parts[::2] = [TELEPHONE.sub(r'<bdi dir="ltr">\g<0></bdi>', words) for words in parts[::2]]
    return "".join(parts)
