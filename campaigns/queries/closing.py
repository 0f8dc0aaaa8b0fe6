"""What keeps a campaign from being closed."""

from campaigns.enums import MailingState, ReviewState
from campaigns.languages import language_name
from campaigns.models import Campaign, CampaignPage

ON_THEIR_WAY = (
    MailingState.SUBMITTED,
    MailingState.APPROVED,
    MailingState.PUSHING,
    MailingState.READY,
    MailingState.SEND_REQUESTED,
    MailingState.SENDING,
    MailingState.UNKNOWN,
)
HAVE_IT_ENDED = "Have it sent, sent back or cancelled, then close."


def what_is_on_its_way(campaign: Campaign) -> list[str]:
    """Return a sentence for each page, artwork, kit and mailing of ``campaign`` that waits for approval or its time."""
    pages = CampaignPage.objects.filter(campaign=campaign, alias_of=None).select_related("locale").order_by("pk")
    found = []
    for page in pages.defer_streamfields().annotate_approved_schedule():
        named = f"The page “{page.get_admin_display_title()}” in {page.locale.get_display_name()}"
        if page.workflow_in_progress:
            found.append(f"{named} waits for approval. Have it approved, or cancel the approval, then close.")
        elif page.approved_schedule:
            found.append(f"{named} is to be published later. Take it down, then close.")
    for artwork in campaign.artworks.filter(state=ReviewState.SUBMITTED):
        named = f"The artwork “{artwork}” in {language_name(artwork.language)}"
        found.append(f"{named} waits for approval. Have it approved or sent back, then close.")
    if campaign.kits.filter(state=ReviewState.SUBMITTED).exists():
        found.append("The share kit waits for approval. Have it approved or sent back, then close.")
    found += [
        f"The mailing “{mailing}” is on its way ({mailing.get_state_display().lower()}). {HAVE_IT_ENDED}"
        for mailing in campaign.mailings.filter(state__in=ON_THEIR_WAY)
    ]
    return found
