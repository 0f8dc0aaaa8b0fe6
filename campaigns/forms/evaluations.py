"""The forms of an evaluation: its lessons, and what a colleague says to it."""

from django import forms

from campaigns.models import Lesson


class LessonForm(forms.ModelForm):
    """One lesson."""

    class Meta:
        model = Lesson
        fields = ("kind", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class ApproveForm(forms.Form):
    """That it was looked at; ``seen`` carries the digest of what was."""

    looked = forms.BooleanField(
        label="I have looked at the numbers, how each is known, and the lessons, and they may stand.",
        error_messages={"required": "Tick this once you have looked."},
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class SendBackForm(forms.Form):
    """What is to be mended."""

    reason = forms.CharField(
        label="What is to be mended",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what is to be mended."},
    )
