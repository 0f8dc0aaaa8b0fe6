"""What is printed of placements: their codes as pictures, and sheets of labels."""

from campaigns.printed.codes import KINDS, picture_of
from campaigns.printed.labels import SHEETS, labels_pdf

__all__ = ["KINDS", "SHEETS", "labels_pdf", "picture_of"]
