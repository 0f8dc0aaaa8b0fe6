"""Pictures with an honest record, and files to make them of."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image as Canvas

from core.models import Image

RECORD = {"source": "Drawn for a test", "licence": "own", "people": "none"}
OF_PEOPLE = {
    **RECORD,
    "people": "recognisable",
    "children_shown": True,
    "permission_given": True,
    "carers_agreed": True,
    "permission_held": "Shared drive, Permissions, 2026-14",
}


def png(size: tuple[int, int] = (40, 30), colour: str = "red") -> bytes:
    """Return a small PNG of one colour."""
    whole = BytesIO()
    Canvas.new("RGB", size, colour).save(whole, "PNG")
    return whole.getvalue()


def picture(title: str = "A wave", *, content: bytes = b"", **fields: object) -> Image:
    """Return a picture of the library with a whole record, unless ``fields`` say otherwise."""
    file = ContentFile(content or png(), name=f"{title}.png")
    made = Image(**{"title": title, "description": f"{title} in words", "file": file} | RECORD | fields)
    made._set_image_file_metadata()
    made.save()
    return made
