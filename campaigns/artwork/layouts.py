"""The layouts that officers choose from: one small file each in layouts/, in the shape of layouts.schema.json."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from campaigns.artwork.boxes import Box

HERE = Path(__file__).parent
FOLDER, SCHEMA = HERE / "layouts", HERE / "layouts.schema.json"


class LayoutFileError(Exception):
    """A file of a layout has a mistake; the sentence names the file, the place in it and the mend."""

    def __init__(self, file: Path, place: str, mend: str) -> None:
        super().__init__(f"The layout file {file.name} has a mistake{place and f' at {place}'}: {mend}")


@dataclass(frozen=True)
class Shape:
    """A layout in one proportion: boxes as fractions, and the headline's largest letters by the shorter side."""

    words: Box
    headline: float
    picture: Box | None = None


@dataclass(frozen=True)
class Layout:
    """Where picture and words stand. ``advised`` says how many characters of each look well."""

    key: str
    label: str
    description: str
    ground: str
    advised: dict[str, int]
    shapes: dict[str, Shape]
    scrim: bool = False
    stand: str = "top"

    @property
    def needs_picture(self) -> bool:
        """Whether it shows a picture. A QR code stands in each of them where there is an address for it."""
        return self.shapes["square"].picture is not None


@cache
def layouts() -> dict[str, Layout]:
    """Return the layouts by their keys, which are the names of their files.

    Raises:
        LayoutFileError: one of the files has a mistake.
    """
    return {file.stem: read(file) for file in sorted(FOLDER.glob("*.json"))}


def read(file: Path) -> Layout:
    """Read one layout.

    Raises:
        LayoutFileError: it has a mistake.
    """
    try:
        body = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise LayoutFileError(file, "", f"it is no JSON ({error}). Correct it there.") from error
    schema = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
    if fault := jsonschema.exceptions.best_match(schema.iter_errors(body)):
        raise LayoutFileError(file, _place(fault.absolute_path), f"{fault.message}. Correct it there.")
    shapes = {name: _shape(file, name, shape) for name, shape in body.pop("shapes").items()}
    if len({shape.picture is None for shape in shapes.values()}) > 1:
        raise LayoutFileError(file, "shapes", "some have a picture and some have none. Give all of them one, or none.")
    if (body["ground"] == "picture" or body.get("scrim")) and shapes["square"].picture is None:
        raise LayoutFileError(
            file, "ground", "words cannot stand on a picture that no shape has. Add it, or say paper."
        )
    for name, shape in shapes.items():
        if body["ground"] == "picture" and shape.picture and not shape.words.lies_in(shape.picture):
            raise LayoutFileError(
                file,
                f"shapes / {name} / words",
                "they reach beyond the picture that they stand on. Make the box smaller.",
            )
    return Layout(key=file.stem, shapes=shapes, **body)


def _shape(file: Path, name: str, shape: dict[str, Any]) -> Shape:
    boxes = {key: Box(*shape[key]) for key in ("words", "picture") if key in shape}
    for key, box in boxes.items():
        place = f"shapes / {name} / {key}"
        if box.right > 1 or box.bottom > 1:
            raise LayoutFileError(
                file, place, "the box reaches beyond the sheet. Left and width make 1 at most, as do top and height."
            )
        if min(box.width, box.height) <= 0:
            raise LayoutFileError(file, place, "the box is empty. Give it a width and a height.")
    return Shape(headline=shape["headline"], **boxes)


def _place(path: Any) -> str:
    return " / ".join(str(step + 1) if isinstance(step, int) else step for step in path)
