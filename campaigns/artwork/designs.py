"""What somebody chose and wrote, from which every size is drawn."""

from dataclasses import dataclass

Fractions = tuple[float, float, float, float]


@dataclass(frozen=True)
class Design:
    """Words, a picture and a brand. The same design makes the same pixels.

    ``picture`` is the file's bytes; ``focus`` the box in it that must stay in sight (left, top, width and height as
    fractions of the picture). ``address`` is what the QR code holds, empty where there is none, and
    ``address_in_words`` what stands beside it. Colours are "#rrggbb".
    """

    layout: str
    language: str
    headline: str
    text: str
    action: str
    picture: bytes | None
    focus: Fractions | None
    picture_alternative: str
    main_colour: str
    second_colour: str
    council: str
    address: str
    address_in_words: str
