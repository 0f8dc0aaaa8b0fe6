"""What is asked before a page is taken down."""

from django import forms


class UnpublishForm(forms.Form):
    """The reason, which stays in the page's history."""

    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Your colleagues read it in the page's history. Visitors do not see it.",
        error_messages={"required": "Say why the page is taken down, in a few words."},
    )
