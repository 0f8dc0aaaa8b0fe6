"""The choice not to be counted."""

from django import forms


class ChoiceForm(forms.Form):
    """Whether this visitor's pages may be counted; the two buttons of templates/reach/choice.html."""

    YES, NO = "yes", "no"

    count = forms.ChoiceField(
        choices=[(YES, "Count my visits"), (NO, "Do not count my visits")],
        error_messages={
            "required": "Choose whether your visits are counted: use one of the two buttons.",
            "invalid_choice": "That is not one of the choices. Use one of the two buttons.",
        },
    )
