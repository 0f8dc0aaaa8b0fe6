"""The forms of a share kit: its hashtags, and a text for each channel and language."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from campaigns.kits.channels import CHANNELS, LINK, Length
from campaigns.kits.contents import page_link, partner_placements
from campaigns.languages import direction, languages
from campaigns.models import Campaign, Kit, KitText

HASHTAG = re.compile(r"#\w+")
MOST_HASHTAGS = 5


def links_of(campaign: Campaign) -> list[str]:
    """Return every address that may stand in a text: of the campaign's page, and of each partner."""
    return [page_link(campaign), *(placement.address for placement in partner_placements(campaign))]


class HashtagsForm(forms.ModelForm):
    """The hashtags of a kit."""

    class Meta:
        model = Kit
        fields = ("hashtags",)

    def clean_hashtags(self) -> str:
        """Refuse what is no hashtag, and words that a screen reader would read as one."""
        tags = str(self.cleaned_data["hashtags"]).split()
        if wrong := next((tag for tag in tags if not HASHTAG.fullmatch(tag)), ""):
            raise ValidationError(
                f"“{wrong}” is no hashtag. Write # and letters without spaces, such as #NoPlaceForHate."
            )
        if len(tags) > MOST_HASHTAGS:
            raise ValidationError(f"These are {len(tags)} hashtags. {MOST_HASHTAGS} are the most; fewer are better.")
        if flat := next((tag for tag in tags if tag == tag.lower() != tag.upper()), ""):
            raise ValidationError(
                f"Begin each word of “{flat}” with a capital, as in #NoPlaceForHate: a screen reader then reads words."
            )
        return " ".join(tags)


class KitTextForm(forms.ModelForm):
    """One text; its length is counted as its channel counts, with the longest link that it may carry."""

    channel = forms.ChoiceField(
        choices=[("", "Choose a channel"), *((key, channel.label) for key, channel in CHANNELS.items())],
        error_messages={"required": "Choose a channel."},
    )
    language = forms.ChoiceField(choices=lambda: list(languages().items()), initial="en")

    class Meta:
        model = KitText
        fields = ("channel", "language", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"text": f"Write {LINK} where the link goes: each partner gets their own there."}
        error_messages = {"text": {"required": "Write the text."}}

    def __init__(self, *args: Any, links: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.links = links
        self.fields["text"].widget.attrs.pop("maxlength", None)  # a browser cuts off without a word what is pasted
        if self.instance.pk and self.instance.channel in CHANNELS:
            said = self.fields["text"]
            said.widget.attrs |= {"lang": self.instance.language, "dir": direction(self.instance.language)}
            length = self._longest(self.instance.channel, self.instance.text)
            said.help_text = (
                f"{length.used} of {length.longest}, with the link. {CHANNELS[self.instance.channel].about}"
            )

    def _longest(self, channel: str, text: str) -> Length:
        lengths = [CHANNELS[channel].length_of(text, link) for link in (self.links or [""])]
        return max(lengths, key=lambda length: length.used)

    def clean(self) -> dict[str, Any]:
        """Refuse a text that is too long for its channel, and say by how much."""
        cleaned: dict[str, Any] = super().clean() or {}
        channel, text = cleaned.get("channel"), cleaned.get("text")
        if channel and text:
            length = self._longest(channel, text)
            if length.excess:
                known = CHANNELS[channel]
                self.add_error(
                    "text",
                    f"This has {length.used} letters with the link, and {known.label} takes {length.longest}: "
                    f"shorten it by {length.excess}. {known.about}",
                )
        return cleaned
