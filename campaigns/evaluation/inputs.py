"""What went in, from the plan."""

from collections.abc import Iterator

from campaigns.enums import InputKind, InputState, Level
from campaigns.evaluation.lines import Line
from campaigns.models import Campaign, Input
from campaigns.queries.plan import input_sums

SOURCE = "The campaign's plan"
METHODS = {
    InputState.PLANNED: "Planned, as entered by those who run the campaign",
    InputState.SPENT: "Spent, as entered by those who run the campaign",
}


def input_lines(campaign: Campaign) -> Iterator[Line]:
    """Yield the sums of pounds and of hours, planned and spent apart, each with what it is made of."""
    rows = list(campaign.inputs.all())
    for found in input_sums(campaign):
        parts = [row for row in rows if (row.kind, row.state) == (found.kind, found.state)]
        yield Line(
            level=Level.INPUT,
            label=f"{found.kind.label}, {found.state.label.lower()}",
            value=float(found.amount),
            shown=found.in_words,
            unit="pounds" if found.kind == InputKind.COST else "hours",
            method=METHODS[found.state],
            source=SOURCE,
            about=_made_of(parts),
            is_sample=any(row.is_sample for row in parts),
        )


def _made_of(rows: list[Input]) -> str:
    return "; ".join(f"{row.what}: {row.in_words}" for row in rows)
