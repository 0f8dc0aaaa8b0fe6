"""What is translated: piece by piece."""

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_WORDS = 2000  # as the published schema has it


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


class InPieces:
    """A row whose words are translated piece by piece."""

    def said(self) -> list[Piece]:
        """Return what it says, piece by piece."""
        raise NotImplementedError

    def pieces(self) -> dict[str, str]:
        """Return the English of each piece, by the name that language versions use."""
        return {piece.name: piece.english for piece in self.said()}
