"""What is asked before a page is taken down, published alone or withdrawn, and by when a review is due."""

from django import forms
from wagtail.admin.widgets import AdminDateInput


class UnpublishForm(forms.Form):
    """The reason, which stays in the page's history."""

    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Your colleagues read it in the page's history. Visitors do not see it.",
        error_messages={"required": "Say why the page is taken down, in a few words."},
    )


class UrgentForm(forms.Form):
    """Why the page cannot wait, which its history and the mail to all who approve say."""

    reason = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="All who approve read it in their mail. Visitors do not see it.",
        error_messages={"required": "Say why this cannot wait for a colleague, in a few words."},
    )


class WithdrawForm(forms.Form):
    """Why it is withdrawn, which stays in the page's history."""

    reason = forms.CharField(
        label="Why it is withdrawn",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is withdrawn, in a few words."},
    )


class DueForm(forms.Form):
    """The day by which a review must be decided."""

    day = forms.DateField(
        label="To be decided by",
        widget=AdminDateInput,
        error_messages={"required": "Give a day.", "invalid": "Give a day such as 2026-12-03."},
    )
