"""The form of a translation: a field for each piece of the English page."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language_info
from wagtail.models import Page

from core.models.accounts import Organisation
from core.translations.pieces import Piece

LONGEST = 20_000
LONGEST_TITLE = Page._meta.get_field("title").max_length  # a title is copied into the page as soon as it is kept


class PieceField(forms.CharField):
    """What is written for one piece; empty where nothing is yet."""

    def __init__(self, piece: Piece, *, code: str) -> None:
        """Ask for ``piece`` in the language ``code``."""
        self.piece = piece
        marks = {"lang": code, "dir": "rtl" if get_language_info(code)["bidi"] else "ltr"}
        widget = forms.Textarea(attrs={"rows": min(12, 2 + len(piece.data) // 80), **marks})
        longest = LONGEST_TITLE if piece.path == "title" else LONGEST
        super().__init__(required=False, label=piece.where, max_length=longest, widget=widget)

    def clean(self, value: Any) -> str:
        """Return what is typed the way it is kept.

        Raises:
            ValidationError: the marks differ from the English ones.
        """
        typed = super().clean(value)
        try:
            return self.piece.kept(typed) if typed else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class TranslationForm(forms.Form):
    """All pieces of a page, each below its English."""

    def __init__(self, data: Any = None, *, pieces: list[Piece], written: Mapping[str, str], code: str) -> None:
        """Show ``written``, or what is typed in its place."""
        initial = {piece.name: piece.shown(written[piece.name]) for piece in pieces if piece.name in written}
        super().__init__(data, initial=initial)
        self.pieces = pieces
        self.fields = {piece.name: PieceField(piece, code=code) for piece in self.pieces}

    def rows(self) -> list[tuple[Piece, str, forms.BoundField]]:
        """Return (piece, its English for people, field) in order."""
        return [(piece, piece.shown(piece.data), self[piece.name]) for piece in self.pieces]

    def left_over(self) -> list[str]:
        """Return what was typed for pieces that the English page no longer has."""
        names = {piece.name for piece in self.pieces}
        return [
            str(typed) for name, typed in self.data.items() if name.startswith("piece-") and name not in names and typed
        ]


class CheckForm(forms.Form):
    """Who says that a translation is right."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.all(), help_text="Whose speaker read the words.", empty_label="Choose one"
    )
    confirm = forms.BooleanField(
        label="I speak this language, I have read the whole page, and its words are right",
        error_messages={"required": "Tick the box to say that you have read the whole page. Nothing is recorded yet."},
    )


class TakeDownForm(forms.Form):
    """Why a translation goes."""

    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Your colleagues read it in the page's history. Visitors do not see it.",
        error_messages={"required": "Say why the translation is taken down, in a few words."},
    )
