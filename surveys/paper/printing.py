"""The questionnaire of a wave as a PDF in large print."""

from functools import lru_cache
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Site

from core.enums import SupportKind
from core.languages.addresses import spoken
from core.languages.marks import direction
from core.languages.queries import checked_words
from core.models import CouncilSettings, SupportService
from core.printing import pdf
from surveys.models import Collector
from surveys.paper.layout import parts_of
from surveys.queries import asked_by, version_of
from surveys.runner.languages import in_language

STYLE = Path(__file__).parent / "paper.css"


def paper_pdf(*, collector: Collector, language: str) -> bytes:
    """Return the questionnaire of a wave that has opened, to be filled in on paper, in ``language``.

    Raises:
        CannotPrintError: this machine cannot make PDF files.
        ValueError: the wave has not opened, so nothing is frozen yet.
    """
    return pdf(paper_html(collector=collector, language=language), stylesheet=_style())


def paper_html(*, collector: Collector, language: str) -> str:
    """Return the same as HTML, which is what the PDF is made of."""
    wave = collector.wave
    instrument = asked_by(wave, language)
    body = in_language(wave.body, language)
    with translation.override(language), checked_words():
        notice = wave.survey.notice_in(language)
        context = {
            "wave": wave,
            "notice": notice,
            "notice_direction": direction(notice.language),
            "collector": collector,
            "version": version_of(wave, wave.asks),
            "title": body["title"],
            "introduction": body["introduction"],
            "parts": parts_of(instrument),
            "language": instrument.language,
            "direction": direction(instrument.language),
            "frame": spoken(),
            "frame_direction": direction(spoken()),
            "services": SupportService.objects.exclude(kind=SupportKind.SUPPORT),
            "council": CouncilSettings.for_site(Site.objects.get(is_default_site=True)),
        }
        return render_to_string("surveys/paper/paper.html", context)


@lru_cache(maxsize=1)
def _style() -> str:
    return STYLE.read_text(encoding="utf-8")
