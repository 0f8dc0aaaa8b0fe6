"""What artwork says to who cannot see it."""

from unicodedata import category

from campaigns.artwork.designs import Design
from campaigns.artwork.fonts import script_of
from campaigns.artwork.lines import tidy

ENDS = ("Po", "Pe", "Pf")  # Unicode's kinds of marks that a sentence ends with, in any script
STOPS = {
    "nastaliq": "\N{ARABIC FULL STOP}",
    **dict.fromkeys(("bengali", "devanagari", "gurmukhi"), "\N{DEVANAGARI DANDA}"),
}


def alternative_text(design: Design) -> str:
    """Return all that can be read on it, and what its picture shows, in one paragraph in the design's language."""
    said = (design.headline, design.text, design.action, design.picture_alternative, design.council)
    sentences = [" ".join(tidy(words).replace("\u00a0", " ").split()) for words in said]
    stop = STOPS.get(script_of(design.language), ".")
    whole = " ".join(words if category(words[-1]) in ENDS else words + stop for words in sentences if words)
    return f"{whole} {design.address_in_words}".strip()
