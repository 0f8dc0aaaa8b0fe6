"""Rectangles, in pixels from the top left."""

from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends on the right."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.y + self.height

    @property
    def corners(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in whole pixels, as Pillow takes them."""
        return round(self.x), round(self.y), round(self.right), round(self.bottom)

    def lies_in(self, other: "Box") -> bool:
        """Tell whether no part of it is outside ``other``."""
        across = other.x <= self.x and self.right <= other.right
        return across and other.y <= self.y and self.bottom <= other.bottom

    def shared(self, other: "Box") -> float:
        """Return the area that it has in common with ``other``."""
        wide = min(self.right, other.right) - max(self.x, other.x)
        high = min(self.bottom, other.bottom) - max(self.y, other.y)
        return max(0.0, wide) * max(0.0, high)

    def inside(self, margin: float) -> "Box":
        """Return what is left of it within a margin."""
        return Box(self.x + margin, self.y + margin, self.width - 2 * margin, self.height - 2 * margin)

    def within(self, top: float, bottom: float) -> "Box":
        """Return the part of it that lies between two heights."""
        start, end = max(self.y, top), min(self.bottom, bottom)
        return Box(self.x, start, self.width, end - start)

    def moved(self, right: float, down: float) -> "Box":
        """Return it elsewhere, as large."""
        return Box(self.x + right, self.y + down, self.width, self.height)

    def mirrored(self, width: float) -> "Box":
        """Return where it stands on a page of that ``width`` that is read from the right."""
        return Box(width - self.right, self.y, self.width, self.height)

    def scaled(self, ratio: float) -> "Box":
        """Return it larger or smaller by ``ratio``, with all that surrounds it."""
        return Box(*(side * ratio for side in self))
