"""Tables that people open in a spreadsheet: no cell of them runs."""

from datetime import date, datetime
from typing import Any

from django.utils.encoding import force_str
from wagtail.admin.views.mixins import SpreadsheetExportMixin, list_to_str

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def disarmed(cell: Any) -> Any:
    """Return ``cell`` with an apostrophe before it if it is text that a spreadsheet would take for a formula.

    Text that begins so after apostrophes of its own gets one too, so that :func:`rearmed` gives back what was there.
    """
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip("'").startswith(FORMULA_STARTS) else cell


def rearmed(cell: Any) -> Any:
    """Return ``cell`` as it was before :func:`disarmed`."""
    stood = isinstance(cell, str) and cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS)
    return cell[1:] if stood else cell


def disarm_exports() -> None:
    """Let every export of the admin disarm its cells: Wagtail does so in its XLSX files and not in its CSV files."""
    csv = SpreadsheetExportMixin.FORMAT_CSV
    known = SpreadsheetExportMixin.custom_value_preprocess
    SpreadsheetExportMixin.custom_value_preprocess = {
        **known,
        (date, datetime): {**known.get((date, datetime), {}), csv: str},
        list: {**known[list], csv: lambda parts: disarmed(list_to_str(parts))},
        object: {csv: lambda cell: disarmed(force_str(cell, strings_only=True))},
    }
