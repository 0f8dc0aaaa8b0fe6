"""What visitors ask for in the schools room that is no page."""

from schools.views.downloads import download

__all__ = ["download"]
