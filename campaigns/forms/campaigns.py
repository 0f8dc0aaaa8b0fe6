"""The form of a campaign, in the admin."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm

from campaigns.actions import address_is_taken, refuse_if_closed
from campaigns.models import Campaign, CampaignIndexPage
from core.demonstration import typed_code


class CampaignForm(WagtailAdminModelForm):
    """A campaign's row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objective"].empty_label = "Choose an objective"

    def clean_code(self) -> str:
        """Keep short names in lower case; refuse the demonstration's, and one whose address another page has."""
        code = typed_code(self).lower()
        if self.instance.pk is None and address_is_taken(code):
            raise ValidationError(
                f"Another page already stands at /campaigns/{code}/. Choose a short name that no page has.",
                code="address_taken",
            )
        return code

    def clean(self) -> dict[str, Any]:
        """Refuse to change a closed campaign, and to begin where there is no place for the page."""
        cleaned = super().clean()
        if self.instance.pk:
            refuse_if_closed(self.instance)
        if self.instance.pk is None and not CampaignIndexPage.objects.exists():
            raise ValidationError(
                "This site has no list of campaigns yet, so the page would have no place. Ask an administrator to set "
                "the site up (setup_council), then save again.",
                code="no_index",
            )
        return cleaned

    class Meta:
        model = Campaign
        fields = ("title", "code", "objective", "aim", "starts", "ends")
        error_messages = {
            "title": {"required": "Give the campaign a title."},
            "code": {
                "required": "Give it a short name, such as no-place-for-hate.",
                "invalid": "Write letters and digits with hyphens between words, such as no-place-for-hate.",
            },
            "objective": {"required": "Choose the objective that it serves."},
            "aim": {"required": "Say in a sentence or two what should change, and for whom."},
            "starts": {"required": "Give its first day."},
            "ends": {"required": "Give its last day."},
        }
