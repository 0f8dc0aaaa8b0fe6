"""The form of a survey's words in another language: a field for each piece, below its English."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language_info

from core.models import Organisation, User
from surveys import actions
from surveys.models.pieces import Piece
from surveys.models.translations import LanguageVersion
from surveys.runner.answers import TURNING, UNKEPT


class PieceField(forms.CharField):
    """What is written for one piece; empty where nothing is yet."""

    def __init__(self, piece: Piece, *, code: str) -> None:
        """Ask for ``piece`` in the language ``code``."""
        marks = {"lang": code, "dir": "rtl" if get_language_info(code)["bidi"] else "ltr"}
        widget = forms.Textarea(attrs={"rows": min(8, 1 + len(piece.english) // 70), **marks})
        super().__init__(required=False, label=piece.where, max_length=piece.longest, widget=widget)

    def clean(self, value: Any) -> str:
        """Return what is typed.

        Raises:
            ValidationError: it is too long, or holds a character that people could not read as it stands.
        """
        typed = super().clean(value).replace("\r\n", "\n")
        if UNKEPT.search(typed):
            raise forms.ValidationError("It holds a character that cannot be kept. Type it again.")
        if TURNING.search(typed):
            raise forms.ValidationError("It holds a hidden character that turns the writing around. Type it again.")
        return typed


@dataclass(frozen=True)
class Row:
    """One piece on the page: its English, its field, and the English that it was made of where that has changed."""

    piece: Piece
    field: forms.BoundField
    said: str
    was: str


class WordsForm(forms.Form):
    """Every piece of some versions. A field is named by its English too: what is typed never meets other words."""

    translated_by = forms.ModelChoiceField(
        queryset=Organisation.objects.all(),
        required=False,
        label="Translated by",
        help_text="Whose translator wrote what you type now.",
        empty_label="Not said",
    )

    def __init__(self, data: Any = None, *, versions: Sequence[LanguageVersion], code: str, **kwargs: Any) -> None:
        """Ask for the pieces of ``versions``, with what is written."""
        super().__init__(data, **kwargs)
        self.versions = versions
        self.named: dict[str, tuple[LanguageVersion, Piece]] = {}
        for version in versions:
            for piece in version.original.said():
                name = _name(version, piece)
                self.named[name] = (version, piece)
                self.fields[name] = PieceField(piece, code=code)
                self.initial[name] = version.words.get(piece.name, "")

    def groups(self) -> Iterator[tuple[LanguageVersion, bool, list[Row]]]:
        """Go through the versions, each with whether it is frozen, and its rows."""
        for version in self.versions:
            rows = [self._row(name, piece) for name, (owner, piece) in self.named.items() if owner is version]
            yield version, version.is_frozen(), rows

    def _row(self, name: str, piece: Piece) -> Row:
        version, _ = self.named[name]
        was = version.made_of.get(piece.name, "") if version.words.get(piece.name) else ""
        said = version.words.get(piece.name, "")
        return Row(piece, self[name], said, was if was != piece.english else "")

    def keep(self, *, by: User) -> int:
        """Keep what was typed; return how many pieces changed.

        Raises:
            ValidationError: a wave that has opened asks some of the words that changed.
        """
        changed = 0
        for version in self.versions:
            typed = {
                piece.name: self.cleaned_data[name]
                for name, (owner, piece) in self.named.items()
                if owner is version and name in self.data
            }
            changed += actions.write_words(
                version=version, words=typed, by=by, translated_by=self.cleaned_data["translated_by"]
            )
        return changed

    def left_over(self) -> list[str]:
        """Return what was typed for pieces whose English is no longer so."""
        return [
            str(typed)
            for name, typed in self.data.items()
            if name.startswith("piece-") and name not in self.named and str(typed).strip()
        ]


def _name(version: LanguageVersion, piece: Piece) -> str:
    told = f"{version.owner} {version.original.pk} {piece.name} {piece.english}"
    return f"piece-{hashlib.sha256(told.encode()).hexdigest()[:20]}"


class CheckForm(forms.Form):
    """Who says that the words are right, and which words: those that ``digest`` names."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.all(), help_text="Whose speaker read the words.", empty_label="Choose one"
    )
    confirm = forms.BooleanField(
        label="I speak this language, I have read every one of these words, and they are right",
        error_messages={"required": "Tick the box to say that you have read every word. Nothing is recorded yet."},
    )

    def refuse(self, why: str, *, digest: str) -> None:
        """Put ``why`` beside the box and untick it; what is read from now on are the words of ``digest``."""
        self.add_error("confirm", why)
        data: Any = cast("QueryDict", self.data).copy()
        data.pop("confirm", None)
        data["digest"] = digest
        self.data = data
