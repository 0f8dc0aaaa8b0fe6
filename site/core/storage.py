"""Where files lie that no address leads to."""

from django.core.files.storage import FileSystemStorage


class PrivateFileSystemStorage(FileSystemStorage):
    """A folder whose files have no address: Django's own class would fall back on MEDIA_URL."""

    def url(self, name: str | None) -> str:
        """Refuse, always.

        Raises:
            ValueError: files here are given out by views that look at who may have them.
        """
        raise ValueError(f"{name!r} is private and has no address.")
