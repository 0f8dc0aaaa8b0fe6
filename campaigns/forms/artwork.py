"""The forms of artwork: its name and language, what it looks and reads like, and which file to trace."""

from collections.abc import Collection
from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.images.widgets import AdminImageChooser

from campaigns.artwork.layouts import layouts
from campaigns.artwork.obstacles import obstacle
from campaigns.artwork.sizes import SIZES
from campaigns.forms.placements import KeysAlone
from campaigns.languages import direction, languages
from campaigns.models import Artwork
from campaigns.queries.artwork import what_is_wrong

SHOWN_FIRST = ("square", "a4")
WORDS = ("headline", "text", "action", "picture_alternative")  # what is in the language of the artwork
LARGEST_TRACED = 80_000_000  # bytes; an A3 with a photograph has some 30 million
TOO_LONG = "This has %(show_value)s letters. Write %(limit_value)s at most: fewer words are read by more people."
WRITTEN = ("layout", "picture", "picture_alternative", "headline", "text", "action", "placement")
BEGINS_WITH = (
    "It begins with the words of the campaign's approved page in this language, if there is one. Otherwise somebody "
    "who knows the language types them."
)


class PictureChooser(KeysAlone, AdminImageChooser):
    """The chooser of pictures."""


class BeginForm(forms.Form):
    """What a new artwork is called, and the language it speaks."""

    title = forms.CharField(
        label="Name",
        max_length=100,
        help_text="What staff call it, such as Poster. It stands in the names of its files, so it stays.",
        error_messages={"required": "Give it a name, such as Poster."},
    )
    language = forms.ChoiceField(
        choices=lambda: list(languages().items()),
        help_text=BEGINS_WITH,
    )


class AlikeForm(forms.Form):
    """The language of another artwork that looks the same: one of those that are not ``taken``."""

    language = forms.ChoiceField(help_text=BEGINS_WITH)

    def __init__(self, *args: Any, taken: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.fields["language"]
        if isinstance(language, forms.ChoiceField):
            language.choices = [(code, name) for code, name in languages().items() if code not in taken]


class ArtworkForm(forms.ModelForm):
    """Layout, picture, words and short address; every size is tried, and what does not fit is said beside its field."""

    sizes = forms.MultipleChoiceField(
        label="Show me",
        required=False,
        choices=[(key, size.label) for key, size in SIZES.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text="Every size is made in the end. These are drawn beside the form each time you save.",
    )

    class Meta:
        model = Artwork
        fields = WRITTEN
        widgets = {
            "layout": forms.RadioSelect,
            "picture": PictureChooser,
            "headline": forms.Textarea(attrs={"rows": 2}),
            "text": forms.Textarea(attrs={"rows": 4}),
        }
        labels = {"placement": "Short address and code"}
        help_texts = {
            "picture_alternative": "In the language of the artwork, for people who do not see it.",
            "headline": "A few words: what the campaign says.",
            "text": "One or two sentences, or nothing.",
            "action": "What people should do, such as: Tell somebody. You will be believed.",
            "placement": "The placement whose QR code and short address stand on it. Without one there is no code.",
        }
        error_messages = {name: {"max_length": TOO_LONG} for name in WORDS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["layout"] = forms.ChoiceField(
            choices=[(key, layout.label) for key, layout in layouts().items()],
            widget=forms.RadioSelect,
            error_messages={"required": "Choose a layout."},
        )
        for name in WORDS:
            self.fields[name].widget.attrs |= {
                "lang": self.instance.language,
                "dir": direction(self.instance.language),
            }
            self.fields[name].widget.attrs.pop("maxlength", None)  # a browser cuts off without a word what is pasted
        headline, placement = self.fields["headline"], self.fields["placement"]
        headline.required = True
        headline.error_messages["required"] = "Write a headline."
        if isinstance(placement, forms.ModelChoiceField):
            placement.queryset = self.instance.campaign.placements.all()
            placement.empty_label = "None: no code, and the address of the campaign's page"

    def clean(self) -> dict[str, Any]:
        """Try every size, and say beside each field what of it cannot be drawn."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors or obstacle():
            return cleaned
        tried = copy(self.instance)
        for name in WRITTEN:
            setattr(tried, name, cleaned.get(name))
        for problem in what_is_wrong(tried):
            self.add_error(problem.field if problem.field in self.fields else None, ValidationError(str(problem)))
        return cleaned

    @property
    def written(self) -> dict[str, Any]:
        """What is to be kept."""
        return {name: self.cleaned_data[name] for name in WRITTEN}


class TraceForm(forms.Form):
    """A file that somebody found, or its digest."""

    file = forms.FileField(
        label="The file", required=False, help_text="A PNG or PDF that you found. It is read and not kept."
    )
    sha256 = forms.CharField(
        label="Or its SHA-256", required=False, help_text="64 digits and letters from a to f, if you have no file."
    )

    def clean_sha256(self) -> str:
        """Return it in small letters, or say that it is none."""
        given = str(self.cleaned_data["sha256"]).strip().lower()
        if given and (len(given) != 64 or set(given) - set("0123456789abcdef")):
            raise ValidationError("Write all 64 digits and letters from a to f.", code="shape")
        return given

    def clean_file(self) -> Any:
        """Refuse a file that is larger than any of ours."""
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_TRACED:
            raise ValidationError("This file is larger than any artwork of this site, so it is none.", code="large")
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("sha256"):
            raise ValidationError("Choose a file, or write its SHA-256.", code="nothing")
        return cleaned
