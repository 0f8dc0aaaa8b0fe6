"""An evaluation as a PDF that can be read aloud."""

from functools import lru_cache
from pathlib import Path

from django.template.loader import render_to_string
from wagtail.models import Site

from campaigns.evaluation.lines import Report
from core.models import CouncilSettings
from core.printing import pdf

STYLE = Path(__file__).parent / "evaluation.css"


def evaluation_pdf(report: Report, *, state: str) -> bytes:
    """Return ``report`` as a tagged PDF; ``state`` says whether it is approved.

    Raises:
        CannotPrintError: this machine cannot make PDF files.
    """
    return pdf(evaluation_html(report, state=state), stylesheet=_style())


def evaluation_html(report: Report, *, state: str) -> str:
    """Return the same as HTML, which is what the PDF is made of."""
    council = CouncilSettings.for_site(Site.objects.get(is_default_site=True))
    return render_to_string("campaigns/evaluation/paper.html", {"report": report, "state": state, "council": council})


@lru_cache(maxsize=1)
def _style() -> str:
    return STYLE.read_text(encoding="utf-8")
