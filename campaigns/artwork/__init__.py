"""Artwork: approved words, a picture and a brand made into every size of poster and post, in every script.

It draws, and knows neither database nor models. ``compose`` lays a design out once; ``paint``, ``png`` and ``pdf`` put
the same composition on the same spots.
"""

from campaigns.artwork.alternative import alternative_text
from campaigns.artwork.composing import compose
from campaigns.artwork.compositions import Composition
from campaigns.artwork.designs import Design
from campaigns.artwork.errors import ArtworkError
from campaigns.artwork.layouts import Layout, layouts
from campaigns.artwork.obstacles import obstacle
from campaigns.artwork.painting import paint, png
from campaigns.artwork.previewing import check, preview
from campaigns.artwork.printing import pdf
from campaigns.artwork.sizes import SIZES, Size

__all__ = [
    "SIZES",
    "ArtworkError",
    "Composition",
    "Design",
    "Layout",
    "Size",
    "alternative_text",
    "check",
    "compose",
    "layouts",
    "obstacle",
    "paint",
    "pdf",
    "png",
    "preview",
]
