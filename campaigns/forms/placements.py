"""The forms of placements: what one is, and where it leads."""

import re
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from wagtail.admin.widgets import AdminDateInput, AdminPageChooser
from wagtail.models import Page

from campaigns.models import Placement
from core.demonstration import typed_code

FIELDS = ("title", "code", "channel", "language", "place", "ward", "starts", "ends", "copies")
MISSING = {
    "title": "Give it a name that staff know it by, such as: Poster in Dewsbury bus station.",
    "code": "Give it a code, such as bus-42.",
    "channel": "Choose how people come across it.",
    "place": "Say where it hangs, lies or is posted.",
    "starts": "Give its first day.",
    "ends": "Give its last day.",
}
TOO_FEW = "Plan one copy or more, or leave the number empty."


class CodeField(forms.CharField):
    """A code as people type it: capitals and spaces around it are no mistake."""

    def to_python(self, value: Any) -> Any:
        """Return it in small letters."""
        return (super().to_python(value) or "").strip().lower()


class KeysAlone(forms.Widget):
    """A chooser that takes whatever is no row's key, such as an address, for nothing chosen."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the key of the page that was chosen, if any."""
        value = super().value_from_datadict(data, files, name)
        return value if isinstance(value, str) and re.fullmatch("[0-9]{1,9}", value) else None


class PageChooser(KeysAlone, AdminPageChooser):
    """The chooser of pages."""


class PageField(forms.ModelChoiceField):
    """A page of this site, picked in the tree: no other address can be given."""

    widget = PageChooser
    default_error_messages = {
        "required": "Choose the page that it leads to.",
        "invalid_choice": "This page is not there any more. Choose another.",
    }

    def __init__(self) -> None:
        """Offer every page; which of them are fit is asked when it is kept."""
        super().__init__(
            Page.objects.filter(depth__gt=1),
            label="Leads to",
            help_text="A page of this site. You can choose another at any time, after printing too.",
        )


class PlacementForm(forms.ModelForm):
    """A placement. A new one says where it leads as well; the code of one that stands is not asked again."""

    page = PageField()

    class Meta:
        model = Placement
        fields = FIELDS
        field_classes = {"code": CodeField}
        widgets = {"starts": AdminDateInput, "ends": AdminDateInput}
        error_messages = {name: {"required": sentence} for name, sentence in MISSING.items()} | {
            "copies": {"min_value": TOO_FEW}
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ward = self.fields["ward"]
        if isinstance(ward, forms.ModelChoiceField):
            ward.empty_label = "None, or several"
        if self.instance.pk:
            del self.fields["code"], self.fields["page"]

    def clean_code(self) -> str:
        """Refuse what would mark the placement as invented."""
        return typed_code(self)


class GoalForm(forms.Form):
    """Where a placement leads from now on."""

    page = PageField()


def refuse(form: forms.BaseForm, refused: ValidationError) -> None:
    """Show in ``form`` why something was not kept."""
    said = refused.error_dict if hasattr(refused, "error_dict") else {NON_FIELD_ERRORS: refused.error_list}
    for name, errors in said.items():
        form.add_error(name if name in form.fields else None, ValidationError(errors))
