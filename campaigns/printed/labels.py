"""A sheet of labels of one placement: on each its code, and its short address in words."""

from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation

from campaigns.models import CampaignPage, Placement
from campaigns.printed.codes import symbol_svg
from core.approvals.showing import as_approved
from core.languages.addresses import spoken
from core.languages.marks import direction
from core.languages.trees import in_language
from core.printing import pdf

STYLE = Path(__file__).parent / "labels.css"


@dataclass(frozen=True)
class Sheet:
    """A sheet of A4 as stationers sell it: three labels across, so many down, sizes in millimetres."""

    down: int
    height: float
    width: float = 63.5
    gap: float = 2.5

    @property
    def labels(self) -> int:
        """How many labels it has."""
        return 3 * self.down

    @property
    def style(self) -> str:
        """Its measures, for the stylesheet; what is left of the paper stands around the labels, half on each side.

        A little less below them, so that no fraction of a point sends the last row to another sheet.
        """
        top, side = (297 - self.down * self.height) / 2, (210 - 3 * self.width - 2 * self.gap) / 2
        return (
            f"@page {{ size: A4; margin: {top:.2f}mm {side:.2f}mm {top - 1:.2f}mm; }}\n"
            f".sheet {{ grid-template-columns: repeat(3, {self.width}mm); grid-auto-rows: {self.height}mm; "
            f"column-gap: {self.gap}mm; }}\n"
            f".code {{ width: {self.height - 6:.2f}mm; height: {self.height - 6:.2f}mm; }}\n"
        )


SHEETS = {sheet.labels: sheet for sheet in (Sheet(down=7, height=38.1), Sheet(down=8, height=33.9))}


def labels_pdf(placement: Placement, labels: int) -> bytes:
    """Return one of :data:`SHEETS` full of labels of ``placement``, its words in the language that it leads to.

    Raises:
        CannotPrintError: this machine cannot make PDF files.
    """
    sheet = SHEETS[labels]
    with translation.override(placement.language):
        title, language = _title(placement)
        context = {
            "placement": placement,
            "title": title,
            "title_language": language,
            "title_direction": direction(language),
            "language": spoken(),
            "direction": direction(spoken()),
            "symbol": symbol_svg(placement),
            "labels": range(sheet.labels),
        }
        html = render_to_string("campaigns/printed/labels.html", context)
    return pdf(html, stylesheet=sheet.style + STYLE.read_text(encoding="utf-8"))


def _title(placement: Placement) -> tuple[str, str]:
    """Return what its campaign is called in its language, and the language of those words."""
    pages = in_language(CampaignPage.objects.live(), placement.language)
    page = next(iter(as_approved(pages.filter(campaign=placement.campaign, alias_of=None)[:1])), None)
    return (page.title, placement.language) if page else (placement.campaign.title, "en")
