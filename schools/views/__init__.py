"""What visitors ask for in the schools room that is no page."""

from schools.views.downloads import download, download_pack
from schools.views.inside import inside, leaf

__all__ = ["download", "download_pack", "inside", "leaf"]
