"""What was found in a lesson file, as the process that looked at it tells whoever started it."""

import json
from dataclasses import asdict, dataclass, field

CLEAN = "clean"  # what the file that is passed on is called in the folder that the two speak through

HEADING, TEXT, ITEM = "heading", "text", "item"
Piece = tuple[str, str]  # one of the three, and its words
Found = tuple[str, str]  # what it is, and what it says


@dataclass(frozen=True)
class Leaf:
    """One page or slide: its pieces, and the width and height of its picture in pixels, if it has one."""

    pieces: list[Piece]
    size: tuple[int, int] | None = None


@dataclass(frozen=True)
class Looked:
    """What was found in a file that may be passed on: details taken out, what to think about, and its leaves.

    A PDF is tagged where it says in which order and as what its words are read aloud; nothing else has such tags.
    """

    found: list[Found] = field(default_factory=list)
    noticed: list[str] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    is_tagged: bool | None = None

    def as_json(self) -> str:
        """Return it as text."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> "Looked":
        """Return what :meth:`as_json` wrote."""
        told = json.loads(text)
        leaves = [
            Leaf([(kind, said) for kind, said in leaf["pieces"]], tuple(leaf["size"]) if leaf["size"] else None)
            for leaf in told["leaves"]
        ]
        return cls([(what, said) for what, said in told["found"]], told["noticed"], leaves, told["is_tagged"])
