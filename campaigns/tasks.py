"""What the worker does for campaigns."""

from celery import shared_task

from campaigns.actions.audiences import keep_account, refresh_account
from campaigns.actions.sending.carrying import carry_on
from campaigns.actions.updates.handing_over import hand_over_waiting
from campaigns.actions.updates.hearing import work_on_heard
from campaigns.actions.worker import make_next
from campaigns.charts import draw
from campaigns.models import Campaign
from campaigns.queries.sending import to_carry_on


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


# Taken from the queue before it begins and never put back: what a killed worker left, the sweeper finds.
ONCE = {"acks_late": False, "max_retries": 0}


@shared_task(name="campaigns.carry_mailing", **ONCE)
def carry_mailing(mailing_id: int) -> None:
    """Do what is next for one mailing."""
    carry_on(mailing_id)


@shared_task(name="campaigns.sweep_mailings")
def sweep_mailings() -> None:
    """Have every mailing carried on that there is something to do for, whatever was forgotten or killed."""
    for mailing_id in to_carry_on():
        carry_mailing.delay(mailing_id)


@shared_task(name="campaigns.hand_over")
def hand_over() -> None:
    """Hand over to Mailchimp what people signed up to or changed; beat comes for what was forgotten."""
    hand_over_waiting()


@shared_task(name="campaigns.hear")
def hear() -> None:
    """Let our evidence hear of what Mailchimp told; beat comes for what was forgotten."""
    work_on_heard()
