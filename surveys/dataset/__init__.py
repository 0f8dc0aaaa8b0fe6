"""A closed wave as arrays: what everybody answered, by which way they came, and why an answer is not there."""

from surveys.dataset.arrays import BESIDE_THE_BASE, Answers, Asked, Dataset, Missing, Option, Way
from surveys.dataset.reading import dataset_of

__all__ = ["BESIDE_THE_BASE", "Answers", "Asked", "Dataset", "Missing", "Option", "Way", "dataset_of"]
