"""What somebody typed, as words to look for."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST_QUERY = 200
MOST_TERMS = 10

# Words that say nothing about what is wanted. PostgreSQL's English passes these over too; SQLite has to be told.
EMPTY = """
a about above after again against all am an and any anybody anyone are as at be because been before being below
between both but by can could did do does doing don down during each few for from further get had has have having he
her here hers him his how i if in into is it its just me more most my near no nor not now of off on once only or
other our ours out over own please same she should so some somebody someone something such than that the their
theirs them then there these they this those through to too under until up us very was we were what when where which
while who whom why will with would you your yours
"""
EMPTY_WORDS = frozenset(EMPTY.split())

# Everyday words and the words that our pages use for the same thing. Each of the five strands has its line.
SAME_MEANING = (
    ("racism", "racist", "race", "racial"),
    ("islamophobia", "islamophobic", "antisemitism", "antisemitic", "faith", "religion", "religious"),
    ("homophobia", "homophobic", "gay", "lesbian", "bisexual", "orientation"),
    ("disabled", "disablist", "ableism", "disability"),
    ("transphobia", "transphobic", "trans", "transgender"),
    ("shouted", "shouting", "insulted", "insults", "yelled", "swore", "verbal", "abuse", "abused", "abusive"),
    ("attacked", "assaulted", "hit", "violence", "violent"),
    ("train", "trains", "station", "stations", "railway", "tram"),
    ("lesson", "lessons", "class", "teach", "teaching", "classroom", "worksheet"),
    ("primary", "ks2", "infants", "juniors"),
    ("secondary", "ks3", "ks4"),
    ("questionnaire", "survey", "consultation"),
    ("online", "internet", "facebook", "social", "posts", "web"),
    ("child", "children", "kids", "family", "families"),
    ("phone", "telephone", "ring", "call", "helpline"),
    ("complain", "complaint", "report"),
    ("anonymous", "anonymously", "name"),
    ("confidence", "trust"),
    ("progress", "results", "figures", "statistics", "indicator"),
)


@dataclass(frozen=True)
class Term:
    """One word that was typed, and the words that would do as well."""

    word: str
    same: tuple[str, ...] = ()


def split(text: str) -> list[str]:
    """Return the words of ``text`` in lower case: runs of letters, digits and the marks that Indic scripts need."""
    kept = (c if unicodedata.category(c)[0] in "LNM" else " " for c in unicodedata.normalize("NFC", text.casefold()))
    return "".join(kept).split()


def terms(typed: str) -> list[Term]:
    """Return what to look for in what somebody typed: at most ten terms, none twice, empty words left out."""
    found = dict.fromkeys(split(typed[:LONGEST_QUERY]))
    telling = [word for word in found if word not in EMPTY_WORDS and (len(word) > 1 or not re.match("[a-z]", word))]
    return [Term(word, _same(word)) for word in telling[:MOST_TERMS]]


def _same(word: str) -> tuple[str, ...]:
    return tuple(other for group in SAME_MEANING if word in group for other in group if other != word)
