"""The choice not to be counted."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ChoiceForm(forms.Form):
    """Whether this visitor's pages may be counted; the two buttons of templates/reach/choice.html."""

    YES, NO = "yes", "no"

    count = forms.ChoiceField(
        choices=[(YES, _("Count my visits")), (NO, _("Do not count my visits"))],
        error_messages={
            "required": _("Choose whether your visits are counted: use one of the two buttons."),
            "invalid_choice": _("That is not one of the choices. Use one of the two buttons."),
        },
    )
