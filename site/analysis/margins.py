"""The population that weights are made to match: how many people are in each category of age, sex and so on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analysis.categories import LARGEST, Categorical, Floats, binned
from analysis.weights import checked

CLOSE = 1e-9


@dataclass(frozen=True, kw_only=True, eq=False)
class Margin:
    """One property, its categories among the rows, and how many people the population has in each, shape (size,)."""

    name: str
    categories: Categorical
    targets: Floats

    @property
    def total(self) -> float:
        """The population, in people."""
        return float(self.targets.sum())

    def damage(self, weights: Floats) -> dict[str, float]:
        """Return how far ``weights``, shape (n,), miss the target of each category: 0.02 is 2 % too many."""
        missed = binned(self.categories.codes, weights, self.categories.size) / self.targets - 1
        return dict(zip(self.categories.labels, missed.tolist(), strict=True))


def margin(name: str, categories: Categorical, targets: Mapping[str, float]) -> Margin:
    """Return the margin ``name`` with its ``targets``, in people, by category.

    Raises:
        ValueError: a row has no category, a category has no target, a target has no respondents, or a target is no
            number above zero.
    """
    if not categories.known.all():
        raise ValueError(f"In {name} row {int(np.argmin(categories.known)) + 1} has no category: give every row one.")
    n = np.bincount(categories.codes, minlength=categories.size)
    present = {label: int(count) for label, count in zip(categories.labels, n, strict=True) if count}
    for label in present:
        if label not in targets:
            raise ValueError(f"In {name} the category {label} has respondents and no target.")
    for label, target in targets.items():
        if label not in present:
            raise ValueError(f"In {name} the category {label} has a target and no respondents: join it to another one.")
        if not 0 < target < LARGEST:
            raise ValueError(f"In {name} the target of {label} must be a number above zero, and of people.")
    kept = Categorical(labels=tuple(present), codes=(np.cumsum(n > 0) - 1)[categories.codes])
    return Margin(name=name, categories=kept, targets=np.array([targets[label] for label in present], dtype=float))


def with_not_said(
    targets: Mapping[str, float], categories: Categorical, weights: ArrayLike, *, label: str
) -> dict[str, float]:
    """Return ``targets`` with one for those who did not say, for example "Prefer not to say".

    The population's tables know no such category, so it keeps the share that it has in the sample by the base
    ``weights``, shape (n,), and the other targets are scaled to the rest; their total stays. Where nobody has the
    ``label`` the targets stay as they are.

    Raises:
        ValueError: the weights cannot be used, there is not one for each row, or the targets name the ``label``.
    """
    array = checked(weights)
    if array.shape != categories.codes.shape:
        raise ValueError("There must be one weight for each row.")
    if label in targets:
        raise ValueError(f"{label} has a target already.")
    unsaid = categories.equals(label) == 1 if label in categories.labels else np.zeros(array.size, dtype=bool)
    if not unsaid.any():
        return dict(targets)
    share = float(array[unsaid].sum() / array.sum())
    return {name: target * (1 - share) for name, target in targets.items()} | {label: share * sum(targets.values())}


def refuse_unequal(margins: Sequence[Margin]) -> None:
    """Refuse margins that speak of different numbers of people.

    Raises:
        ValueError: two totals differ by more than a billionth.
    """
    for other in margins[1:]:
        if abs(other.total / margins[0].total - 1) > CLOSE:
            raise ValueError(
                f"The margins speak of different numbers of people: {margins[0].name} of {margins[0].total:,.6g} and "
                f"{other.name} of {other.total:,.6g}."
            )
