"""What the schools room can be measured by."""

from schools.measures import downloads, schools

__all__ = ["downloads", "schools"]
