"""What search answers."""

import difflib
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from home.search.engines import BEGIN, END, Hit, engine
from home.search.enums import Kind, Place
from home.search.models import SearchEntry
from home.search.words import EMPTY_WORDS, Term, split, terms

RESULTS_A_PAGE = 10
MOST_ENTRIES = 2_000
MOST_WORDS = 120  # asked for in four places each: SQLite joins at most 500 queries into one
WEIGHTS: Mapping[Place, float] = {Place.TITLE: 8, Place.SUMMARY: 4, Place.ALSO: 3, Place.BODY: 1}
ANOTHER_WORD = 0.5  # what a word of the same meaning counts beside the word itself
WHOLE_TITLE = 8  # what a title counts in which nothing but the words typed stands
ONE_OF = {
    Kind.SUPPORT: gettext_lazy("Support service"),
    Kind.INFORMATION: gettext_lazy("Information"),
    Kind.INDICATOR: gettext_lazy("Indicator"),
}  # what one thing without a page is called
LIKE = 0.75  # how much alike a suggested spelling is


@dataclass(frozen=True)
class Result:
    """One result, ready to draw; ``extract`` has the words that were found in <mark>."""

    entry: SearchEntry
    extract: SafeString

    @property
    def kind(self) -> str:
        """What it is, in words."""
        page = self.entry.page.specific_class if self.entry.page else None
        return str(page.listed_as if page else ONE_OF[Kind(self.entry.kind)])


@dataclass(frozen=True)
class Facet:
    """One kind of result with the number found; ``kind`` is empty for all of them."""

    kind: str
    label: str
    count: int


@dataclass(frozen=True)
class Found:
    """What search found. ``some_words``: nothing has all the words, and these have some of them."""

    page: ListPage
    facets: list[Facet]
    results: list[Result]
    some_words: bool = False
    suggestion: str = ""


@dataclass(frozen=True)
class Match:
    """An entry with how well it fits: the terms it has, and a score for the order."""

    pk: int
    kind: str
    title: str
    terms: int
    score: float


def search(typed: str, *, language: str, kind: str = "", page: str | None = None) -> Found:
    """Return what fits ``typed`` among what anybody may open in the tree of ``language``, best first.

    ``kind`` keeps one kind of result; one that we do not know keeps all. Two queries, a third for the extracts
    or, where nothing is found, for a suggestion.
    """
    asked = terms(typed)
    matches = _matches(asked, language) if asked else []
    whole = [match for match in matches if match.terms == len(asked)]
    shown = whole or matches
    kept = [match for match in shown if match.kind == kind] if kind in Kind.values else shown
    list_page = Paginator(kept, RESULTS_A_PAGE).get_page(page)
    return Found(
        page=list_page,
        facets=_facets(shown),
        results=_results(list(list_page), asked),
        some_words=bool(shown and not whole),
        suggestion="" if shown or not asked else _suggestion(asked, language),
    )


def _words(asked: Sequence[Term]) -> list[tuple[str, int, float]]:
    """Return (word, number of its term, how much it counts) for the words that will do, those asked for first."""
    own = [(term.word, number, 1.0) for number, term in enumerate(asked)]
    others = [(other, number, ANOTHER_WORD) for number, term in enumerate(asked) for other in term.same]
    return (own + others)[:MOST_WORDS]


def _matches(asked: Sequence[Term], language: str) -> list[Match]:
    words = _words(asked)
    hits: dict[int, list[Hit]] = defaultdict(list)
    for hit in engine().hits([word for word, *_ in words]):
        hits[hit.entry].append(hit)
    seen = SearchEntry.objects.visible(language).filter(pk__in=hits).values_list("pk", "kind", "title", "worth")
    entries = list(seen[:MOST_ENTRIES])
    points = {pk: _points(hits[pk], words) for pk, *_ in entries}
    rarity = _rarity(points.values())
    found = [
        Match(pk, kind, title, len(points[pk]), worth * _score(title, points[pk], rarity, hits[pk], words))
        for pk, kind, title, worth in entries
    ]
    order = Kind.values
    return sorted(found, key=lambda match: (-match.terms, -match.score, order.index(match.kind), match.title))


def _points(hits: Iterable[Hit], words: Sequence[tuple[str, int, float]]) -> dict[int, float]:
    """Return {term: how telling the best place is in which it, or a word of the same meaning, stands}."""
    best: dict[int, float] = {}
    for hit in hits:
        term, worth = words[hit.word][1:]
        best[term] = max(best.get(term, 0), worth * WEIGHTS[hit.place])
    return best


def _rarity(points: Iterable[Mapping[int, float]]) -> dict[int, float]:
    """Return {term: how much it tells things apart}: a word that stands everywhere tells little."""
    every = list(points)
    having: dict[int, int] = defaultdict(int)
    for one in every:
        for term in one:
            having[term] += 1
    return {term: math.log(1 + len(every) / number) for term, number in having.items()}


def _score(
    title: str,
    points: Mapping[int, float],
    rarity: Mapping[int, float],
    hits: Iterable[Hit],
    words: Sequence[tuple[str, int, float]],
) -> float:
    """Return how well an entry fits: its terms by place and rarity, and how much of its title was typed."""
    in_title = {words[hit.word][1] for hit in hits if hit.place == Place.TITLE and words[hit.word][2] == 1}
    telling = [word for word in split(title) if word not in EMPTY_WORDS] or split(title)
    share = min(1.0, len(in_title) / max(1, len(telling)))
    return sum(worth * rarity[term] for term, worth in points.items()) + WHOLE_TITLE * share


def _facets(matches: Sequence[Match]) -> list[Facet]:
    """Return every kind that was found with its number."""
    counts = {kind: sum(match.kind == kind for match in matches) for kind in Kind.values}
    return [Facet(kind, str(Kind(kind).label), count) for kind, count in counts.items() if count]


def _results(matches: Sequence[Match], asked: Sequence[Term]) -> list[Result]:
    if not matches:
        return []
    keys = [match.pk for match in matches]
    entries = SearchEntry.objects.select_related("page").in_bulk(keys)
    marked = engine().marked(keys, [word for word, *_ in _words(asked)])
    return [Result(entries[pk], _extract(entries[pk], *marked.get(pk, ("", "")))) for pk in keys if pk in entries]


def _extract(entry: SearchEntry, summary: str, body: str) -> SafeString:
    """Return the summary, or the piece of the body where only that has the words: escaped, the words marked."""
    text = body if BEGIN in body and BEGIN not in summary else summary or entry.summary
    return mark_safe(str(escape(text)).replace(BEGIN, "<mark>").replace(END, "</mark>"))  # noqa: S308  (escaped just before)


def _suggestion(asked: Sequence[Term], language: str) -> str:
    """Return the words typed with those that we never use exchanged for what they look like, or nothing."""
    seen = SearchEntry.objects.visible(language).values_list("title", "summary", "also")
    known = {word for texts in seen[:MOST_ENTRIES] for word in split(" ".join(texts))}
    nearest = [next(islice(difflib.get_close_matches(t.word, known, 1, LIKE), 1), t.word) for t in asked]
    return " ".join(nearest) if nearest != [term.word for term in asked] else ""
