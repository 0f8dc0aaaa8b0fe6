"""What is asked before a closed campaign is opened again."""

from django import forms


class ReopenForm(forms.Form):
    """The reason, which stays in the campaign's history."""

    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Your colleagues read it in the campaign's history.",
        error_messages={"required": "Say why the campaign is opened again, in a few words."},
    )
