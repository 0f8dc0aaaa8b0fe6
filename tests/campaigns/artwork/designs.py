"""Designs to draw, with real sentences, and pictures made by code."""

import json
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from campaigns.artwork import Design

WORDS = json.loads((Path(__file__).parents[2] / "data" / "artwork" / "words.json").read_text(encoding="utf-8"))
ADDRESS = "https://groundswell.example.org/go/k7m2p"


def saved(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """Return ``picture`` as the bytes of a file."""
    made = BytesIO()
    picture.save(made, kind, **options)
    return made.getvalue()


@cache
def picture(width: int = 900, height: int = 600, seed: int = 7) -> bytes:
    """Return a picture of soft shapes in every brightness, as a JPEG."""
    dice = np.random.default_rng(seed)
    dots = Image.fromarray(dice.integers(0, 256, (4, 6, 3), dtype=np.uint8))
    return saved(dots.resize((width, height), Image.Resampling.BICUBIC))


def design(language: str = "en", layout: str = "words-on-picture", **changes: Any) -> Design:
    """Return a design in one language, with a picture where the layout shows one."""
    whole = Design(
        layout=layout,
        language=language,
        **WORDS[language],
        picture=None if layout == "words-alone" else picture(),
        focus=None,
        picture_alternative="Two neighbours at a market stall",
        main_colour="#55244f",
        second_colour="#ffb27d",
        address=ADDRESS,
        address_in_words=ADDRESS.removeprefix("https://"),
    )
    return replace(whole, **changes)
