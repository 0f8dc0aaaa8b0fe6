"""A full set of artwork: six sizes in three scripts, against bare Pillow drawing the same pixels with no layout.

Neither side encodes PNG, which would take most of the time on both. The peer is told everything that layout finds out:
which runs stand where, in which face and size, which part of the picture is shown, how strong the scrim is, and the
code's picture. Both decode the picture, resize that part of it, and draw.
"""

import statistics
import time
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw

from campaigns.artwork import SIZES, Composition, Design, compose, paint, runs
from campaigns.artwork.contrast import mask_of
from campaigns.artwork.cropping import crop
from campaigns.artwork.fonts import opened
from campaigns.artwork.painting import drawn_code
from campaigns.artwork.stacking import Words
from campaigns.demo.pictures import drawn

ROUNDS = 3
ROUNDING = 8  # of 255, at hard edges: ours resizes the picture in bands
WORDS = {
    "en": ("Hate has no place here", "Tell us in your own language, without giving your name.", "Call 0800 138 1625"),
    "ur": ("یہاں نفرت کی کوئی جگہ نہیں", "اپنا نام بتائے بغیر اپنی زبان میں ہمیں بتائیں", "کال کریں 0800 138 1625"),
    "pa": ("ਇੱਥੇ ਨਫ਼ਰਤ ਲਈ ਕੋਈ ਥਾਂ ਨਹੀਂ", "ਆਪਣਾ ਨਾਮ ਦੱਸੇ ਬਿਨਾਂ ਆਪਣੀ ਭਾਸ਼ਾ ਵਿੱਚ ਸਾਨੂੰ ਦੱਸੋ।", "ਕਾਲ ਕਰੋ 0800 138 1625"),
}
PICTURE = ("#fbe3c4", "#55244f", "#ffb27d", "#1d4f91", "#7a9e7e")


def measure() -> None:
    """Print the line `artwork`: sets a minute, painted and not encoded."""
    picture = drawn(PICTURE)
    designs = _designs(picture)
    composed = [compose(design, size) for design in designs for size in SIZES.values()]
    for composition in composed:
        apart = ImageChops.difference(paint(composition), _bare(composition, picture)).getextrema()
        if max(most for _, most in apart) > ROUNDING:
            raise SystemExit("The peer draws other pixels, so nothing was measured")

    def ours() -> None:
        for remembered in vars(runs).values():  # a worker meets these words for the first time
            getattr(remembered, "cache_clear", int)()
        for design in designs:
            for size in SIZES.values():
                paint(compose(design, size))

    def peer() -> None:
        for composition in composed:
            _bare(composition, picture)

    times = [(_seconds(ours), _seconds(peer)) for _ in range(ROUNDS)]
    our_time, peer_time = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"artwork | {60 / our_time:.0f} sets/min | {60 / peer_time:.0f} sets/min | {peer_time / our_time:.2f}")


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _designs(picture: bytes) -> list[Design]:
    return [
        Design(
            layout="words-on-picture",
            language=language,
            headline=headline,
            text=text,
            action=action,
            picture=picture,
            focus=None,
            picture_alternative="Five waves",
            main_colour="#55244f",
            second_colour="#ffb27d",
            council="Kirklees Council",
            address="https://groundswell.example.org/go/k7m2p",
            address_in_words="groundswell.example.org/go/k7m2p",
        )
        for language, (headline, text, action) in WORDS.items()
    ]


def _bare(composition: Composition, data: bytes) -> Image.Image:
    """Draw what ours draws, as somebody would who knows where everything stands."""
    colours, picture, scrim, code = composition.colours, composition.picture, composition.scrim, composition.code
    canvas = Image.new("RGB", (composition.size.width, composition.size.height), colours.ground)
    if not (picture and scrim and code):
        raise SystemExit("A design has no picture, scrim or code, so nothing was measured")
    with Image.open(BytesIO(data)) as source:
        box = crop(*source.size, None, picture.box.width / picture.box.height)
        size = (round(picture.box.width), round(picture.box.height))
        corners = (box.x, box.y, box.right, box.bottom)
        pixels = source.convert("RGB").resize(size, Image.Resampling.BICUBIC, box=corners)
    canvas.paste(pixels, picture.box.corners[:2])
    full = mask_of(scrim.percent)
    left, top, right, bottom = scrim.box.corners
    canvas.paste(colours.veil, (left, top, right, bottom), Image.new("L", (right - left, bottom - top), full))
    start = max(0, top - round(scrim.fade))
    if start < top:
        ramp = Image.linear_gradient("L").resize((right - left, top - start)).point(lambda value: value * full / 255)
        canvas.paste(colours.veil, (left, start, right, top), ramp)
    pen = ImageDraw.Draw(canvas)
    for words in composition.words:
        if words.labelled:
            pen.rectangle(words.box.corners, fill=colours.label)
        _bare_words(pen, words, composition.colour(words))
    canvas.paste(drawn_code(code), code.box.corners[:2])
    return canvas


def _bare_words(pen: ImageDraw.ImageDraw, words: Words, colour: str) -> None:
    for line in words.lines:
        for placed in line.runs:
            run = placed.run
            font = opened(run.face, words.letters)
            spot, language = (placed.x, line.baseline), words.setting.language
            pen.text(spot, run.text, colour, font, anchor="ls", direction=run.direction, language=language)
