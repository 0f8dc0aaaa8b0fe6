"""Pictures and documents on their way in.

What cannot be read, or would fill the memory, is refused beside its field. What an approved page shows stays as it is,
and so does the file that a record rests on.
"""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import FileField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core.approvals.files import why_not_change, why_not_lose
from core.models.pictures import Image
from core.pictures.arriving import arrive
from core.pictures.record import ASKED, RECORD, what_is_missing


class PictureField(WagtailImageField):
    """Wagtail's field takes a file as it is, and some of what it takes cannot be shown or tells where it was taken."""

    def to_python(self, data: Any) -> Any:
        """Return the file as it is kept, or say in a sentence what is wrong with it.

        Raises:
            ValidationError: it is no picture that we take.
        """
        if FileField.to_python(self, data) is None:
            return None
        arrived = arrive(data.name, data)
        kept = SimpleUploadedFile(data.name, arrived.content)
        kept.changed_on_arrival = " ".join(arrived.done)  # type: ignore[attr-defined]  # ours, read by the form
        return super().to_python(kept)


class KeepsWhatIsApproved:
    """Refuses to change what visitors get of a file that an approved page shows. Mixed into the forms of files."""

    seen_by_visitors = frozenset({"file", "title", "description", "credit"})

    def clean(self) -> dict[str, Any]:
        """Name the pages that need it as it is, and the records that rest on what it holds."""
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]  # mixed into Wagtail's forms
        form: Any = self
        changed = self.seen_by_visitors & set(form.changed_data) if form.instance.pk else set()
        why_not = why_not_lose if "file" in changed else why_not_change
        if changed and (sentence := why_not(form.instance)):
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
        self.fields[
            "description"
        ].help_text = "What it shows, for people who do not see it. Pages that are shared say it."
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureField(label=given.label, widget=given.widget, required=given.required)

    def clean(self) -> dict[str, Any]:
        """Say all that is wrong with a file sent alone beside it: nothing else is there to show it, or to mend."""
        cleaned = super().clean()
        if "file" in self.changed_data:
            self.instance.changed_on_arrival = getattr(cleaned.get("file"), "changed_on_arrival", "")
        if not (self.asks_for_record or self.instance.pk or "file" in self.errors):
            for sentence in [sentence for sentences in self.errors.values() for sentence in sentences]:
                self.add_error("file", sentence)
        return cleaned
