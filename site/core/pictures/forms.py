"""Pictures and documents on their way in.

What cannot be read, or would fill the memory, is refused beside its field. What an approved page shows stays as it is.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image as Picture
from PIL import UnidentifiedImageError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core.approvals.files import why_not_change
from core.models.pictures import Image
from core.pictures.record import ASKED, RECORD, what_is_missing

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
        with Picture.open(data) as picture:  # Reads the head alone.
            pixels = picture.width * picture.height
    except (Picture.DecompressionBombError, Picture.DecompressionBombWarning):
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
    """The form of a picture: its file, whose it is, and who is shown.

    Where several are uploaded at once the first step sends files alone; the record is asked for in the next. What was
    not asked is not refused: a picture that stays without a record keeps its pages from approval (``obstacles.py``).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take our field in place of Wagtail's, and ask for the record."""
        super().__init__(*args, **kwargs)
        self.asks_for_record = not self.is_bound or any(self.add_prefix(name) in self.data for name in ASKED)
        for name in RECORD if not self.asks_for_record else ():
            del self.fields[name]  # or what is not sent would be taken for empty
        for name, sentence in what_is_missing(Image()).items() if self.asks_for_record else ():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = sentence
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureField(label=given.label, widget=given.widget, required=given.required)

    def clean(self) -> dict[str, Any]:
        """Say all that is wrong with a file sent alone beside it: nothing else is there to show it, or to mend."""
        cleaned = super().clean()
        if not (self.asks_for_record or self.instance.pk or "file" in self.errors):
            for sentence in [sentence for sentences in self.errors.values() for sentence in sentences]:
                self.add_error("file", sentence)
        return cleaned
