"""Pictures and documents on their way in.

What cannot be read, or would fill the memory, is refused beside its field. What an approved page shows stays as it is.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image, UnidentifiedImageError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core.approvals.files import why_not_change

BROKEN = "This picture cannot be read. Open it in the program it was made with, save it again and choose it again."


class PictureField(WagtailImageField):
    """Wagtail's field reads all of a picture before it counts its pixels, and does not catch what that raises."""

    def to_python(self, data: Any) -> Any:
        """Return the file, or say in a sentence what is wrong with it.

        Raises:
            ValidationError: it is no picture that we take.
        """
        if data:
            _refuse_too_large(data)
        try:
            return super().to_python(data)
        except (OSError, SyntaxError, ValueError) as error:  # What Pillow raises at a damaged file.
            raise ValidationError(BROKEN, code="broken") from error


def _refuse_too_large(data: Any) -> None:
    largest: int = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    try:
        with Image.open(data) as picture:  # Reads the head alone.
            pixels = picture.width * picture.height
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        pixels = largest + 1
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        pixels = 0  # Wagtail's field says what it is not.
    data.seek(0)
    if pixels > largest:
        raise ValidationError(
            f"This picture has more than {largest // 1_000_000} million pixels. Make it smaller and choose it again.",
            code="pixels",
        )


class KeepsWhatIsApproved:
    """Refuses to change what visitors get of a file that an approved page shows. Mixed into the forms of files."""

    seen_by_visitors = frozenset({"file", "title", "description", "credit"})

    def clean(self) -> dict[str, Any]:
        """Name the pages that need it as it is."""
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]  # mixed into Wagtail's forms
        form: Any = self
        if self.seen_by_visitors & set(form.changed_data) and (sentence := why_not_change(form.instance)):
            form.add_error(None, sentence)
        return cleaned


class DocumentForm(KeepsWhatIsApproved, BaseDocumentForm):
    """The form of a document."""


class PictureForm(KeepsWhatIsApproved, BaseImageForm):
    """The form of a picture, with a field that catches what is broken."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take our field in place of Wagtail's."""
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureField(label=given.label, widget=given.widget, required=given.required)
