"""The process that draws a set: `python -m campaigns.artwork FOLDER`. :mod:`campaigns.artwork.apart` starts it.

It knows no database, and imports as little as drawing needs: what it holds before the first pixel is what a set costs
on top of its pixels.
"""

import os
import shutil
import sys
from itertools import groupby
from pathlib import Path

from campaigns.artwork.apart import REFUSED, Order, named
from campaigns.artwork.composing import compose
from campaigns.artwork.errors import ArtworkError
from campaigns.artwork.painting import png
from campaigns.artwork.printing import pdf
from campaigns.artwork.sizes import SIZES
from core.making.apart import write_whole
from core.printing import CannotPrintError

DRAW = {
    "png": lambda composition, about: png(composition, about=about),
    "pdf": lambda composition, about: pdf(composition, title=about["Title"], about=about),
}


def main(folder: Path) -> int:
    """Draw what is ordered in ``folder`` into it, and return the exit status."""
    worker = os.getppid()
    order = Order.read(folder)
    try:
        for size, files in groupby(order.files, lambda file: file[0]):
            _draw(order, size, [kind for _, kind in files], folder)
            if os.getppid() != worker:  # it was killed, so that nobody waits or clears up
                shutil.rmtree(folder)
                return 1
    except (ArtworkError, CannotPrintError) as refused:
        write_whole(folder / REFUSED, str(refused).encode())
        return 1
    return 0


def _draw(order: Order, size: str, kinds: list[str], folder: Path) -> None:
    """Draw the files of one size, which is laid out once; nothing of it is held when the next begins."""
    composition = compose(order.design, SIZES[size])
    for kind in kinds:
        write_whole(folder / named(size, kind), DRAW[kind](composition, order.about))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
