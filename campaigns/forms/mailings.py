"""The forms of a mailing: its name and language, what it says and to whom, and whether opens and clicks are counted."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from campaigns.languages import direction
from campaigns.models import MailchimpAudience, MailchimpSegment, Mailing
from campaigns.queries.audiences import audiences
from core.models.accounts import languages

WORDS = ("subject", "preview_text")
WRITTEN = ("name", "subject", "preview_text", "body", "ceiling")
WHOLE, PART = "audience", "segment"
MOST = 10_000_000  # people: more than any council has, and a number that every database keeps
NO_NUMBER = f"Write a whole number from 1 to {MOST:,}, such as 500."
TOO_LONG = "This has %(show_value)s letters, and Mailchimp takes %(limit_value)s at most. Shorten it."


class BeginMailingForm(forms.Form):
    """What a new mailing is called, and the language it is in."""

    name = forms.CharField(
        max_length=100,
        help_text="What staff call it, such as: Newsletter, October. It stands in the address of its web version.",
        error_messages={"required": "Give it a name, such as: Newsletter, October."},
    )
    language = forms.ChoiceField(
        choices=languages,
        help_text="The language that all of it is in. It stays: begin another one for another language.",
    )


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def recipient_choices() -> list[tuple[str, Any]]:
    """Return who may be chosen, by name and number, from what Mailchimp said last: no page asks it."""
    choices: list[tuple[str, Any]] = [("", "Choose who gets it")]
    for audience in audiences():
        parts = [
            (f"{PART}-{segment.pk}", f"{segment.name}: {_people(segment.member_count)}")
            for segment in audience.segments.all()
        ]
        whole = (f"{WHOLE}-{audience.pk}", f"Everybody in “{audience.name}”: {_people(audience.member_count)}")
        choices.append((audience.name, [*parts, whole]))
    return choices


class MailingForm(forms.ModelForm):
    """What a mailing says, and to whom it goes. A draft may lack anything but its name: what it lacks stands below."""

    recipients = forms.ChoiceField(
        label="Who gets it",
        required=False,
        choices=recipient_choices,
        help_text="The numbers are those that Mailchimp gave last. Everybody in an audience is a choice of its own.",
        error_messages={"invalid_choice": "This is no longer at Mailchimp. Choose again who gets it."},
    )

    ceiling = forms.IntegerField(
        label="Never to more than",
        required=False,
        min_value=1,
        max_value=MOST,
        help_text="If Mailchimp finds more people than this, nothing goes out.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), NO_NUMBER),
    )

    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Mailing
        fields = WRITTEN
        help_texts = {
            "subject": "What people see first. It is also the heading of the email.",
            "preview_text": "What stands beside the subject line in a list of emails: a sentence that goes on from it.",
        }
        error_messages = {
            "name": {"required": "Give it a name that staff know it by."},
            **{name: {"max_length": TOO_LONG} for name in WORDS},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in WORDS:
            self.fields[name].widget.attrs |= {"lang": self.instance.language, "dir": direction(self.instance.language)}
        self.initial["recipients"] = self._chosen()
        self.initial["opened"] = self.instance.stamp
        self.order_fields(("name", "recipients", "ceiling", "subject", "preview_text", "body"))

    def _chosen(self) -> str:
        if self.instance.segment_id:
            return f"{PART}-{self.instance.segment_id}"
        return f"{WHOLE}-{self.instance.audience_id}" if self.instance.to_whole_audience else ""

    def clean_subject(self) -> str:
        """Return it on one line."""
        return " ".join(str(self.cleaned_data["subject"]).split())

    def take_note_of(self, saved: Mailing) -> None:
        """Let whoever read that somebody else had ``saved`` it save this in its place."""
        data: Any = self.data
        self.data = data = data.copy()  # what was sent is never changed itself
        data["opened"] = saved.stamp

    @property
    def written(self) -> dict[str, Any]:
        """What is to be kept."""
        kind, _, key = self.cleaned_data["recipients"].partition("-")
        segment = MailchimpSegment.objects.select_related("audience").filter(pk=key).first() if kind == PART else None
        audience = MailchimpAudience.objects.filter(pk=key).first() if kind == WHOLE else None
        return {name: self.cleaned_data[name] for name in WRITTEN} | {
            "segment": segment,
            "audience": segment.audience if segment else audience,
            "to_whole_audience": audience is not None,
        }


class TrackingForm(forms.ModelForm):
    """Whether opens and clicks are counted, and why."""

    class Meta:
        model = Mailing
        fields = ("track_opens", "track_clicks", "tracking_reason")
        labels = {"track_opens": "Count opens", "track_clicks": "Count clicks"}
        help_texts = {
            "track_opens": "An invisible picture tells Mailchimp who opened the email, when and where.",
            "track_clicks": "Each link leads through Mailchimp, which then knows who followed it. Arrivals at pages of "
            "ours are counted without this, and without knowing who came.",
            "tracking_reason": "What you will do with the numbers that you could not do without them.",
        }
        widgets = {"tracking_reason": forms.Textarea(attrs={"rows": 3})}

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where something is to be counted."""
        cleaned: dict[str, Any] = super().clean() or {}
        if (cleaned.get("track_opens") or cleaned.get("track_clicks")) and not cleaned.get("tracking_reason"):
            self.add_error("tracking_reason", ValidationError("Say why: whoever gets the email may ask."))
        return cleaned
