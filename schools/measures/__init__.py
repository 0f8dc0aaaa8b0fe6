"""What the schools room can be measured by."""

from schools.measures import classes, downloads, feedback, schools

__all__ = ["classes", "downloads", "feedback", "schools"]
