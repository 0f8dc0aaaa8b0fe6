"""An evaluation on paper: what stands on each of its sheets."""

import pypdfium2
import pytest

from campaigns.enums import Level
from campaigns.evaluation.lines import Line, Report
from campaigns.evaluation.printing import evaluation_pdf

pytestmark = pytest.mark.django_db
LONG = "What may be said of it takes several lines of the table on paper. "


def report(rows: int) -> Report:
    """Return an evaluation with so many rows in each of its tables."""
    given = {"shown": "55", "method": "Counted", "source": "Our own site"}
    lines = [
        Line(level=level, label=f"Row {row}", about=LONG * (1 + row % 2), **given)
        for level in Level.values
        for row in range(rows)
    ]
    said = {"title": "Autumn", "code": "autumn", "dates": "May 2026", "aim": LONG * rows, "serves": "Prevention"}
    when = {"counted_to": "1 May 2026", "made_on": "2 May 2026"}
    return Report(**said, **when, objectives=["More people know."] * rows, lines=lines, lessons=[])


def sheets(pdf: bytes) -> list[str]:
    """Return the words of each sheet without its foot."""
    foot = "Evaluation: Autumn "
    return [page.get_textpage().get_text_bounded().partition(foot)[0] for page in pypdfium2.PdfDocument(pdf)]


@pytest.mark.parametrize("rows", [1, 4, 5])
def test_no_heading_stands_at_the_foot_of_a_sheet_without_its_table(campaign_index, rows):
    for sheet in sheets(evaluation_pdf(report(rows), state="Approved.")):
        for level in Level:
            after = sheet.rpartition(f"\n{level.label}\r")[2] if f"\n{level.label}\r" in sheet else "How it is known"
            assert "How it is known" in after, (rows, level)
