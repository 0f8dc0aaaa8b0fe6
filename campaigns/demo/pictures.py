"""The pictures of the demonstration, drawn here so that nobody's rights are touched."""

import math
from io import BytesIO

from django.core.files.images import ImageFile
from PIL import Image as Canvas
from PIL import ImageDraw

from core.models import Image
from core.pictures.enums import Licence, People

CREDIT = "Drawn by this site for its demonstration"
RECORD = {
    "description": "Five waves, all of one height",
    "source": CREDIT,
    "licence": Licence.OWN,
    "people": People.NONE,
}
WIDTH, HEIGHT, FINER = 1600, 900, 2
STRANDS = 5


def picture(title: str, colours: tuple[str, ...]) -> Image:
    """Return the picture named ``title``, drawing it the first time: five swells, all of one height."""
    found = Image.objects.filter(title=title, credit=CREDIT).first()
    if found:
        return found
    file = ImageFile(BytesIO(drawn(colours)), name=f"{title}.png")
    image = Image(title=title, credit=CREDIT, file=file, width=WIDTH, height=HEIGHT, **RECORD)
    image.save()
    return image


def drawn(colours: tuple[str, ...]) -> bytes:
    """Return a PNG of five equal waves over the first colour; the rest colour the waves, from the back to the front."""
    size = (WIDTH * FINER, HEIGHT * FINER)
    canvas = Canvas.new("RGB", size, colours[0])
    pen = ImageDraw.Draw(canvas)
    for wave in range(STRANDS):
        pen.polygon(_swell(wave, *size), fill=colours[1 + wave % (len(colours) - 1)])
    kept = BytesIO()
    canvas.resize((WIDTH, HEIGHT), Canvas.Resampling.LANCZOS).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _swell(wave: int, width: int, height: int) -> list[tuple[float, float]]:
    """Return the outline of one wave: each begins a sixth of the height below the one behind it."""
    top, rise = height * (wave + 1) / (STRANDS + 1), height / 14
    crest = [
        (x, top + rise * math.sin(2 * math.pi * (x / width * 1.5 + wave / STRANDS))) for x in range(0, width + 1, 8)
    ]
    return [*crest, (width, height), (0, height)]
