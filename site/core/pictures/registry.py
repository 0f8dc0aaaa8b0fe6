"""What uses a picture beside pages, and what replacing it does there.

A room that keeps pictures in rows of its own (artwork, kits) offers, in its ``picture_uses.py``, a ``PictureUses``
under its name. Whether a picture may be used at all it asks of the picture (``Image.may_be_used``) each time before
it draws it or hands out a file that shows it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from core.models.accounts import User
from core.models.pictures import Image
from core.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Use:
    """One thing that shows a picture: what it is, its title, where it stands in the admin, and how it stands."""

    what: str  # "Page", "Artwork"
    title: str
    url: str = ""
    standing: str = ""  # "live", "draft", "approved, version 3"
    language: str = ""  # the code of the language that its words are in
    says: bool = False  # whether it says in words what the picture shows, so that another needs words too
    is_out: bool = False  # whether people have it, or are about to, and fetch this picture from us when they look


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """What takes the place of a picture: another, with what it shows in each language, or none.

    In a language without words a picture that must say what it shows is left away.
    """

    picture: Image
    by: Image | None
    words: Mapping[str, str] = field(default_factory=dict)  # the code of a language -> alternative text
    asked_by: User | None = None
    confirmed_by: User | None = None


@dataclass(frozen=True, kw_only=True)
class PictureUses:
    """One kind of use. ``exchange`` runs in the transaction in which pages change, and undoes all of it by raising.

    ``of`` lists the uses of a picture. ``exchange`` puts the other picture in its place, in drafts and in what is
    approved; it raises ValidationError with one sentence where it cannot.
    """

    of: Callable[[Image], Iterable[Use]]
    exchange: Callable[[Exchange], None]


picture_uses: Registry[PictureUses] = Registry("picture_uses")
