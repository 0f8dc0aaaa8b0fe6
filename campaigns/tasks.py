"""What the worker does for campaigns."""

from celery import shared_task

from campaigns.charts import draw
from campaigns.models import Campaign


@shared_task(name="campaigns.draw_reach")
def draw_reach(campaign_id: int) -> None:
    """Draw the picture of one campaign's reach; whoever looks at it next nudges again where this was forgotten."""
    campaign = Campaign.objects.filter(pk=campaign_id).first()
    if campaign:
        draw(campaign)
