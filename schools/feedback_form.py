"""What teachers are asked about a pack that they used."""

from django import forms
from django.utils.translation import gettext_lazy as _

from schools.enums import Useful
from schools.models.feedback import LONGEST_COMMENT, MOST_PUPILS

IN_DIGITS = _("Give the number of pupils in digits, such as 28, or leave it empty.")


class FeedbackForm(forms.Form):
    """How useful it was, with how many pupils, and what to change: only the first is asked of everybody."""

    useful = forms.ChoiceField(
        label=_("How useful was this lesson pack?"),
        choices=Useful,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say how useful it was."),
            "invalid_choice": _("Choose an answer from the list."),
        },
    )
    pupils = forms.IntegerField(
        label=_("With how many pupils did you use it? (optional)"),
        required=False,
        min_value=1,
        max_value=MOST_PUPILS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "code"}),
        error_messages={"invalid": IN_DIGITS, "min_value": IN_DIGITS, "max_value": IN_DIGITS},
    )
    would_change = forms.CharField(
        label=_("What would you change? (optional)"),
        help_text=_("Name no pupil, no colleague and no school. We read it first, and may then show it on this site."),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "max_length": _("You wrote %(show_value)d letters. Say it in %(limit_value)d or fewer."),
        },
    )
