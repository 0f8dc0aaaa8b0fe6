"""The form that schools leads fill in for a pack."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from core.demonstration import typed_code
from schools.actions import classify
from schools.actions.nudging import nudge
from schools.enums import KeyStage, Subject
from schools.models import LessonPack, SchoolsIndexPage


class LessonPackForm(WagtailAdminModelForm):
    """A pack, whom it suits, and its files."""

    key_stages = forms.MultipleChoiceField(
        choices=lambda: [(stage.value, stage.in_full) for stage in KeyStage],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one key stage."},
    )
    subjects = forms.MultipleChoiceField(
        choices=Subject.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one subject."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Tick what the pack already says."""
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["key_stages"] = [stage.value for stage in self.instance.key_stages]
            self.initial["subjects"] = [subject.value for subject in self.instance.subjects]

    def clean_code(self) -> str:
        """Refuse what would mark it as invented."""
        return typed_code(self)

    def clean(self) -> dict[str, Any]:
        """Refuse a pack that could have no page: nobody would ever find it."""
        cleaned = super().clean()
        if not SchoolsIndexPage.objects.exists():
            raise forms.ValidationError(
                "This site has no schools page yet, so a pack would have nowhere to stand. Ask an administrator to "
                "add the schools page, then save again.",
                code="no_schools_page",
            )
        return cleaned

    def save(self, commit: bool = True) -> LessonPack:  # noqa: FBT001, FBT002  (Django's own signature)
        """Save the pack and whom it suits."""
        pack = super().save(commit=commit)
        if commit:
            classify(pack=pack, key_stages=self.cleaned_data["key_stages"], subjects=self.cleaned_data["subjects"])
            nudge()
        return pack
