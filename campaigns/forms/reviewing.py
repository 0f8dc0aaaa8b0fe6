"""What a colleague says to what was sent in."""

from typing import Any

from django import forms


class ApproveForm(forms.Form):
    """That it was looked at; ``seen`` carries the digest of what was."""

    looked = forms.BooleanField(error_messages={"required": "Tick this once you have looked."})
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, statement: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["looked"].label = statement


class SendBackForm(forms.Form):
    """What is to be mended."""

    reason = forms.CharField(
        label="What is to be mended",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what is to be mended."},
    )
