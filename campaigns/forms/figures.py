"""The forms of figures from elsewhere: a new one, and taking one back."""

from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput
from wagtail.documents.widgets import AdminDocumentChooser

from campaigns.models import Campaign
from core.models import Ward
from reach.enums import CONFIDENCE_MEANS, Confidence
from reach.models import OfflineFigure
from reach.models.offline import MOST

TOO_MANY = "This is more than can be true. Look at the number again: a nought too many?"
CONFIDENCES = [(value, f"{Confidence(value).label}. {words}") for value, words in CONFIDENCE_MEANS.items()]


class FigureForm(forms.ModelForm):
    """One figure of ``campaign``: what was counted elsewhere, by whom, and how sure that is."""

    placement_code = forms.ChoiceField(
        label="Placement", required=False, help_text="Only copies distributed and times shown belong to one."
    )
    ward_key = forms.ChoiceField(
        label="Ward", required=False, help_text="Where it happened, if that was in one ward. A placement knows its own."
    )
    confidence = forms.ChoiceField(
        choices=CONFIDENCES, widget=forms.RadioSelect, error_messages={"required": "Choose how sure the figure is."}
    )

    class Meta:
        model = OfflineFigure
        fields = (
            "metric",
            "quantity",
            "method",
            "channel",
            "placement_code",
            "ward_key",
            "starts",
            "ends",
            "source",
            "confidence",
            "evidence_document",
            "evidence_address",
        )
        widgets = {"starts": AdminDateInput, "ends": AdminDateInput, "evidence_document": AdminDocumentChooser}
        help_texts = {
            "metric": "What this site counts itself (views, visitors, arrivals and downloads) is not entered here.",
            "quantity": "A whole number of 1 or more.",
            "evidence_document": "What others can check it by; needed where the confidence is high.",
            "evidence_address": "Or where it can be read.",
        }
        error_messages = {
            "metric": {"required": "Choose what was counted."},
            "quantity": {"required": "Say how many.", "max_value": TOO_MANY},
            "method": {"required": "Choose whether it was reported to us or estimated."},
            "channel": {"required": "Choose how people came across it."},
            "starts": {"required": "Give the first day that it is about."},
            "ends": {"required": "Give the last day that it is about; one day stands in both."},
            "source": {"required": "Say who or what says so, such as “Delivery note of the printer”."},
        }

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        """Take the campaign that the figure belongs to."""
        super().__init__(*args, **kwargs)
        self.instance.campaign_code = campaign.code
        self.fields["starts"].help_text = f"The campaign runs from {campaign.dates}."
        placements = [(row.code, f"{row.title} ({row.code})") for row in campaign.placements.order_by("title")]
        wards = Ward.objects.in_force(timezone.localdate()).order_by("name")
        self._offer("placement_code", "None", placements)
        self._offer("ward_key", "No ward, or several", [(ward.key, ward.name) for ward in wards])

    def _offer(self, name: str, none: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", none), *choices]


class TakeBackForm(forms.Form):
    """Why a figure is taken back, and the right number if there is one."""

    reason = forms.CharField(
        label="Why is it taken back?",
        max_length=300,
        help_text="One sentence, such as: A nought too many.",
        error_messages={"required": "Say in a sentence why it is taken back."},
    )
    right_quantity = forms.IntegerField(
        label="The right number",
        required=False,
        min_value=1,
        max_value=MOST,
        error_messages={"max_value": TOO_MANY},
        help_text="It is entered with the same details. Leave it empty if something else is wrong, or nothing happened "
        "at all, and enter the figure anew if need be.",
    )
