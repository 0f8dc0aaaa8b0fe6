"""What the schools room can be measured by."""

from schools.measures import downloads

__all__ = ["downloads"]
