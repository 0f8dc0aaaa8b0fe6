"""Documents that editors put on pages.

``stored_under`` is the folder, nobody else's, from which the sweep of ``core.storage`` clears what no row refers to.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument

from core.uploads import is_what_it_says


class Document(AbstractDocument):
    """A file that a page links to. Lesson files are not documents: they live on private storage."""

    stored_under = "documents"

    # Wagtail's own model of this name takes the default reverse names.
    tags = TaggableManager(blank=True, related_name="uploaded_documents")
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="uploaded_documents",
    )

    admin_form_fields = ("title", "file", "collection", "tags")

    def clean(self) -> None:
        """Refuse a new file whose content is not what its name says.

        Raises:
            ValidationError: Wagtail does not take its extension, or it is something else.
        """
        super().clean()
        if not self.file or self.file._committed:  # noqa: SLF001  (what storage holds was checked when it came)
            return
        extension = self.file.name.rpartition(".")[2].lower()
        if not is_what_it_says(extension, self.file.file):
            raise ValidationError(
                {
                    "file": f"This file is named .{extension} but its content is something else. Open it in the "
                    f"program it was made with and save it as .{extension}."
                },
                code="content",
            )
        self.file.seek(0)
