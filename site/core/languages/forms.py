"""The form with which a speaker says that the words of a language are right."""

from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict

from core.languages.models import CatalogueCheck


class CheckForm(forms.ModelForm):
    """Who says so, how they checked, and for exactly which words (``digest``, as the page showed them)."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    confirm = forms.BooleanField(
        label="I speak this language, I have read every one of these words, and they are right",
        error_messages={"required": "Tick the box to say that you have read every word. Nothing is recorded yet."},
    )

    class Meta:
        model = CatalogueCheck
        fields = ("organisation", "note")
        labels: ClassVar = {"organisation": "Organisation", "note": "Note"}
        help_texts: ClassVar = {
            "organisation": "Whose speaker read the words. If it is not in the list, ask a coordinator to add it.",
        }
        widgets: ClassVar = {"note": forms.Textarea(attrs={"rows": 3})}

    def refuse(self, why: str, *, digest: str) -> None:
        """Put ``why`` beside the box and untick it; what is read from now on are the words of ``digest``."""
        self.add_error("confirm", why)
        data: Any = cast("QueryDict", self.data).copy()
        data.pop("confirm", None)
        data["digest"] = digest
        self.data = data
