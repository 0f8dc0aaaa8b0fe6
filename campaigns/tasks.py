"""What the worker does for campaigns."""

from celery import shared_task

from campaigns.actions.audiences import keep_account, refresh_account
from campaigns.actions.worker import make_next
from campaigns.charts import draw
from campaigns.models import Campaign


@shared_task(name="campaigns.draw_reach")
def draw_reach(campaign_id: int) -> None:
    """Draw the picture of one campaign's reach; whoever looks at it next nudges again where this was forgotten."""
    campaign = Campaign.objects.filter(pk=campaign_id).first()
    if campaign:
        draw(campaign)


@shared_task(name="campaigns.make_files")
def make_files() -> None:
    """Make the files of one row that waits for them, and come again for the next; beat comes for what was forgotten."""
    if make_next():
        make_files.delay()


@shared_task(name="campaigns.refresh_mailchimp")
def refresh_mailchimp() -> None:
    """Look at the account at Mailchimp because somebody asked."""
    refresh_account()


@shared_task(name="campaigns.keep_mailchimp")
def keep_mailchimp() -> None:
    """Look at the account at Mailchimp where that is due, and make the webhooks that were asked for."""
    keep_account()
