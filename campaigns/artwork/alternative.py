"""What artwork says to who cannot see it."""

from campaigns.artwork.designs import Design
from campaigns.artwork.lines import tidy

ENDS = ".!?…:;।॥۔؟。"  # noqa: RUF001  (Urdu's own full stop is one of them)


def alternative_text(design: Design) -> str:
    """Return all that can be read on it, and what its picture shows, in one paragraph in the design's language."""
    said = (design.headline, design.text, design.action, design.picture_alternative, design.council)
    sentences = [" ".join(tidy(words).replace("\u00a0", " ").split()) for words in said]
    whole = " ".join(words if words[-1] in ENDS else f"{words}." for words in sentences if words)
    return f"{whole} {design.address_in_words}".strip()
