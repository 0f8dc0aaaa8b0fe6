"""A population's numbers as a CSV file, read into tables that agree about how many people there are.

The columns are ``population, question, option, people, year, source`` and, if wanted, ``sample_data`` (yes or no). A
row says how many people of the population would choose one option of a question. A file is about one population, and
a question's rows have one year and one source.

``not-answered`` in the place of an option is what a census calls "not answered". The analyst says what it means:

- ``spread``: those people are like the others, so the other rows are raised to the table's full total;
- ``own``: they would choose the option "prefer-not-to-say" here, which the question then has to have.

The tables of a census are perturbed, so that each has another total. Totals that differ from the first table's by up to
0.5 % are scaled to it; a larger difference means another population, and is refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.tables import Problems, Rows
from surveys.actions.bank_faults import fault_of_characters
from surveys.enums import Kind
from surveys.models import Option, Question, Wording

COLUMNS = ("population", "question", "option", "people", "year", "source")
SAMPLE = "sample_data"
LONGEST = {"population": 120, "question": 10, "option": 60, "source": 200}  # as the columns of Margin are
NOT_ANSWERED, REFUSED_TO_SAY = "not-answered", "prefer-not-to-say"
LARGEST_DIFFERENCE = 0.005
LARGEST_NUMBER = 10_000_000_000  # more than all people
FIRST_YEAR, LAST_YEAR = 1991, 2100
YES_NO = {"yes": True, "no": False, "": False}


class NotAnswered(StrEnum):
    """What the analyst says about those whom a census counted without an answer."""

    SPREAD = "spread"
    OWN = "own"


@dataclass(frozen=True)
class Table:
    """One question's numbers: people by the code of the option, with the line that each stands on."""

    question: Question
    people: dict[str, int]
    year: int
    source: str
    is_sample: bool
    line: int
    raised_by: float = 1.0

    @property
    def total(self) -> int:
        """How many people there are in all."""
        return sum(self.people.values())

    def scaled_to(self, total: int) -> "Table":
        """Return the table with ``total`` people in all: whole numbers, each as near its share as they can be."""
        return self._with(apportioned(self.people, total), total / self.total)

    def _with(self, people: dict[str, int], factor: float = 1.0) -> "Table":
        return Table(self.question, people, self.year, self.source, self.is_sample, self.line, self.raised_by * factor)

    def treating(self, not_answered: NotAnswered | None) -> "Table":
        """Return the table with those counted without an answer treated as the analyst says."""
        if NOT_ANSWERED not in self.people:
            return self
        if not_answered == NotAnswered.SPREAD:
            others = {code: people for code, people in self.people.items() if code != NOT_ANSWERED}
            return self._with(apportioned(others, self.total))
        own = REFUSED_TO_SAY
        return self._with({own if code == NOT_ANSWERED else code: people for code, people in self.people.items()})


def apportioned(people: dict[str, int], total: int) -> dict[str, int]:
    """Return whole numbers in the proportions of ``people`` that make ``total``: by largest remainders (Hamilton)."""
    whole = sum(people.values())
    shares = {code: divmod(count * total, whole) for code, count in people.items()}
    left = total - sum(number for number, _ in shares.values())
    first = sorted(shares, key=lambda code: (-shares[code][1], code))[:left]
    return {code: number + (code in first) for code, (number, _) in shares.items()}


def tables_in(rows: Rows, problems: Problems, *, not_answered: NotAnswered | None) -> tuple[str, list[Table]]:
    """Return the population that ``rows`` are about, and its tables in the order of the file, scaled to one total.

    What is wrong is added to ``problems``; the tables then make no sense.
    """
    for line, row in rows:
        _look_at(line, row, problems)
    if problems.said:
        return "", []
    population = _population(rows, problems)
    known = {
        question.code: question for question in Question.objects.filter(code__in={row["question"] for _, row in rows})
    }
    by_question: dict[str, Rows] = {}
    for line, row in rows:
        by_question.setdefault(row["question"], []).append((line, row))
    found = [_table(known.get(code), code, rows, problems) for code, rows in by_question.items()]
    tables = [table for table in found if table]
    _look_at_those_without_answer(tables, not_answered, problems)
    if problems.said:
        return "", []
    return population, _agreeing([table.treating(not_answered) for table in tables], problems)


def _look_at(line: int, row: dict[str, str], problems: Problems) -> None:
    """Add what is wrong with one row by itself."""
    hidden = fault_of_characters(row)
    if hidden:
        problems.add(line, hidden)
        return
    for column, longest in LONGEST.items():
        if not row[column]:
            problems.add(line, f"{column} is empty. Fill it in.")
        elif len(row[column]) > longest:
            problems.add(line, f"{column} is longer than {longest} characters. Shorten it.")
    if not _is_whole(row["people"], 1, LARGEST_NUMBER):
        said = row["people"][:30]
        problems.add(line, f"people is “{said}”. Write how many in digits alone, 1 or more, such as 51000.")
    if not _is_whole(row["year"], FIRST_YEAR, LAST_YEAR):
        problems.add(line, f"year is “{row['year'][:30]}”. Write the year that the numbers describe, such as 2021.")
    if row.get(SAMPLE, "") not in YES_NO:
        problems.add(line, f"{SAMPLE} is “{row[SAMPLE][:30]}”. Write yes or no.")


def _is_whole(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 19 and least <= int(text) <= most


def _population(rows: Rows, problems: Problems) -> str:
    first_line, first = rows[0]
    for line, row in rows[1:]:
        if row["population"] != first["population"]:
            problems.add(
                line,
                f"the population is “{row['population']}”, and on line {first_line} “{first['population']}”. A file is "
                "about one population and one base. Make a file for each.",
            )
    return first["population"]


def _table(question: Question | None, code: str, rows: Rows, problems: Problems) -> Table | None:
    """Return the table of one question; None where something is wrong with it."""
    before, (first_line, first) = len(problems.said), rows[0]
    if question is None:
        problems.add(first_line, f"there is no question {code[:30]} in the bank. Mend the code, or add the question.")
        return None
    options = _options(question)
    if not options:
        problems.add(first_line, f"people give no one answer to {code} out of a list, so it cannot be weighted by.")
        return None
    seen: dict[str, int] = {}
    for line, row in rows:
        option = row["option"]
        if option in seen:
            problems.add(line, f"{code} {option} stands on line {seen[option]} already. Remove one.")
        elif option not in options and option != NOT_ANSWERED:
            problems.add(line, f"{code} has no option {option[:60]}. It has {', '.join(sorted(options))}.")
        seen.setdefault(option, line)
        for column in ("year", "source", SAMPLE):
            if row.get(column) != first.get(column):
                problems.add(line, f"the {column} of {code} is another than on line {first_line}. A table has one.")
    if len(problems.said) > before:
        return None
    people = {row["option"]: int(row["people"]) for _, row in rows}
    is_sample = YES_NO[first.get(SAMPLE, "")]
    return Table(question, people, int(first["year"]), first["source"], is_sample, first_line)


def _options(question: Question) -> set[str]:
    """Return the codes of the options of every wording of ``question`` that takes one answer."""
    wordings = Wording.objects.filter(question=question, kind__in=Kind.one_of)
    return set(Option.objects.filter(wording__in=wordings).values_list("code", flat=True))


def _look_at_those_without_answer(
    tables: Iterable[Table], not_answered: NotAnswered | None, problems: Problems
) -> None:
    for table in tables:
        code = table.question.code
        if NOT_ANSWERED not in table.people:
            continue
        if not_answered is None:
            problems.add(
                table.line,
                f"{code} counts people who did not answer. Say what becomes of them: spread (they are like the others) "
                "or own (they would prefer not to say here).",
            )
        elif not_answered == NotAnswered.SPREAD and len(table.people) == 1:
            problems.add(table.line, f"{code} has nobody but those who did not answer.")
        elif not_answered == NotAnswered.OWN and REFUSED_TO_SAY not in _options(table.question):
            problems.add(
                table.line, f"{code} has no option {REFUSED_TO_SAY}, so those who did not answer can only be spread."
            )
        elif not_answered == NotAnswered.OWN and REFUSED_TO_SAY in table.people:
            problems.add(table.line, f"{code} has rows for {NOT_ANSWERED} and for {REFUSED_TO_SAY}. Keep one of them.")


def _agreeing(tables: list[Table], problems: Problems) -> list[Table]:
    """Return ``tables`` scaled to the total of the first; a difference of more than 0.5 % is a problem."""
    first = tables[0]
    for table in tables[1:]:
        difference = abs(table.total - first.total) / first.total
        if difference > LARGEST_DIFFERENCE:
            problems.add(
                table.line,
                f"{table.question.code} counts {table.total:,} people and {first.question.code} {first.total:,}: "
                f"{100 * difference:.1f} % apart. More than 0.5 % is another population or base, not perturbation. "
                "Take both tables of the same people.",
            )
    scaled = [table.scaled_to(first.total) if table.total != first.total else table for table in tables]
    for table in scaled:
        for option in (option for option, people in table.people.items() if people < 1):
            problems.add(table.line, f"{table.question.code} {option} has nobody left once scaled. Leave its row out.")
    return scaled
