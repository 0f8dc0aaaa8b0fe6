"""A mailing of the demonstration, as an officer has begun it: nobody has chosen yet who gets it."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from campaigns.actions.mailings import begin_mailing
from campaigns.demo.placements import WEEK
from campaigns.demo.words import CAMPAIGNS
from campaigns.models import Campaign, CampaignPage, Mailing
from core.demonstration import SAMPLE_PREFIX, Chapter, chapters
from core.languages.trees import in_english

CODE = f"{SAMPLE_PREFIX}newsletter"
SUBJECT = "No place for hate here: what is on, and who can help"
PREVIEW = "One week, one thing to say, and something that each of us can do."
BEGINS = """
<p>Nobody should have to change their walk home because of who they are. For one week people across Kirklees say so
together: at work, at school, after prayers and at the garden gate.</p>
"""
TO_DO = """
<ul>
<li><b>Talk about it once.</b> Ask what people around you would do if they saw somebody being abused.</li>
<li><b>Share where to turn.</b> Pass on our page rather than a telephone number from memory.</li>
<li><b>Say it out loud.</b> If somebody tells you: “I believe you. What would you like to do?”</li>
</ul>
<p>In an emergency call 999. We do not take reports by email.</p>
"""


def _body(page: CampaignPage) -> list[tuple[str, Any]]:
    picture = {"image": page.hero_image, "alternative_text": "", "decorative": True, "caption": ""}
    return [
        ("text", BEGINS),
        *([("picture", picture)] if page.hero_image else []),
        ("button", {"text": "See what is on, and who can help", "page": page, "address": ""}),
        ("heading", "Three things to do this week"),
        ("text", TO_DO),
    ]


@transaction.atomic
def load(done: Callable[[str], None]) -> None:
    """Begin the mailing, unless it stands or the campaign is closed."""
    campaign = Campaign.objects.filter(code=WEEK, closed_on=None).exclude(mailings__code=CODE).first()
    page = in_english(CampaignPage.objects.filter(campaign=campaign)).first() if campaign else None
    if campaign and page:
        mailing = begin_mailing(campaign=campaign, name="Newsletter (Sample data)", language="en", by=None, code=CODE)
        mailing.subject, mailing.preview_text, mailing.body = SUBJECT, PREVIEW, _body(page)
        mailing.save()
    done("Mailing")


def remove() -> None:
    """Take away every mailing of the three campaigns, which go too; their placements go with the others."""
    Mailing.objects.filter(campaign__code__in=[words.code for words in CAMPAIGNS]).delete()


chapters.offer("campaigns-mailing")(Chapter(order=66, steps=1, load=load, remove=remove))
