"""The forms of an evaluation: its lessons."""

from django import forms

from campaigns.models import Lesson


class LessonForm(forms.ModelForm):
    """One lesson."""

    class Meta:
        model = Lesson
        fields = ("kind", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
