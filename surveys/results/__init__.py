"""From a closed wave's answers to its figures. Nothing here rounds or withholds: that is `surveys.publishing`."""

from surveys.results.choices import CannotComputeError, Choices, NotSaid, Part, Variance
from surveys.results.computing import ENGINE, Material, compute, digest_of

__all__ = [
    "ENGINE",
    "CannotComputeError",
    "Choices",
    "Material",
    "NotSaid",
    "Part",
    "Variance",
    "compute",
    "digest_of",
]
