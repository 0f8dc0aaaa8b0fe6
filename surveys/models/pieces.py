"""What is translated: piece by piece."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """A piece of English words: its name in language versions, where it stands, and how long words there may be."""

    name: str
    where: str
    english: str
    longest: int


def written_once(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces with any words, each name once; where it stands twice, the shorter space counts."""
    found: dict[str, Piece] = {}
    for piece in pieces:
        if piece.english and (piece.name not in found or piece.longest < found[piece.name].longest):
            found[piece.name] = piece
    return list(found.values())
