"""What the schools room can be measured by."""

from schools.measures import classes, downloads, schools

__all__ = ["classes", "downloads", "schools"]
