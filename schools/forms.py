"""The form that schools leads fill in for a pack."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from campaigns.models import AwarenessDate
from core.demonstration import typed_code
from core.enums import Strand
from schools.actions import classify, tell_version
from schools.actions.nudging import nudge
from schools.enums import KeyStage, Subject, Topic
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
    topics = forms.MultipleChoiceField(
        choices=Topic.choices, required=False, widget=forms.CheckboxSelectMultiple, help_text="What it is about."
    )
    strands = forms.MultipleChoiceField(
        choices=Strand.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The strands of hate crime that the lesson speaks of. Tick all five where it speaks of all alike, "
        "and none where it speaks of none by name.",
    )
    awareness_dates = forms.ModelMultipleChoiceField(
        queryset=AwarenessDate.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The days, weeks and months that it fits well. They come from the calendar of campaigns.",
    )
    what_changed = forms.CharField(
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only where you raise the version: one or two sentences for teachers who have the version before.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Tick what the pack already says."""
        super().__init__(*args, **kwargs)
        self.version_before = self.instance.version if self.instance.pk else None
        if self.instance.pk:
            self.initial["key_stages"] = [stage.value for stage in self.instance.key_stages]
            self.initial["subjects"] = [subject.value for subject in self.instance.subjects]
            self.initial["topics"] = [topic.value for topic in self.instance.topics]
            self.initial["strands"] = [strand.value for strand in self.instance.strands]
            self.initial["awareness_dates"] = self.instance.awareness_dates

    def clean_code(self) -> str:
        """Refuse what would mark it as invented."""
        return typed_code(self)

    def clean_strands_left_out(self) -> str:
        """Refuse some strands without a word on the others, and such words where nothing is left out."""
        words: str = self.cleaned_data["strands_left_out"]
        named = len(self.cleaned_data.get("strands", ()))
        if 0 < named < len(Strand) and not words:
            raise forms.ValidationError("Some strands are ticked and not all five. Say which it leaves out, and why.")
        if named in {0, len(Strand)} and words:
            raise forms.ValidationError("Nothing is left out where all five strands are ticked, or none. Empty this.")
        return words

    def clean_nothing_to_warn_of(self) -> bool:
        """Refuse it beside guidance that warns."""
        nothing: bool = self.cleaned_data["nothing_to_warn_of"]
        if nothing and self.cleaned_data.get("content_guidance"):
            raise forms.ValidationError("There is content guidance above. Take this tick out, or take that away.")
        return nothing

    def clean_what_changed(self) -> str:
        """Refuse a new version without words, and words without a new version."""
        words: str = self.cleaned_data["what_changed"]
        now, before = self.cleaned_data.get("version"), self.version_before
        if now is None:
            return words
        if before is not None and now < before:
            raise forms.ValidationError(f"Teachers have version {before} already. Give that, or {before + 1}.")
        if before is not None and now > before and not words:
            raise forms.ValidationError(f"Say what changed in version {now}, or leave the version at {before}.")
        if words and (before is None or now == before):
            raise forms.ValidationError(
                "A first version changes nothing: take these words out."
                if before is None
                else f"Raise the version to {before + 1}, or take these words out."
            )
        return words

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
            said = ("key_stages", "subjects", "topics", "strands", "awareness_dates")
            classify(pack=pack, **{name: self.cleaned_data[name] for name in said})
            if words := self.cleaned_data["what_changed"]:
                tell_version(pack=pack, what_changed=words)
            nudge()
        return pack
