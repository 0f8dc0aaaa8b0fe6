# ruff: noqa: RUF001  (Urdu letters)
"""The share kit of the demonstration: texts that partners could post in the awareness week."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from campaigns.actions.kits import put_in_force
from campaigns.demo.placements import WEEK
from campaigns.demo.words import CAMPAIGNS
from campaigns.models import Campaign, Kit, KitArchive, KitText
from core.demonstration import Chapter, chapters

HASHTAGS = "#NoPlaceForHate"
TEXTS = (
    ("x", "en", "Nobody should have to change their walk home because of who they are. {link} #NoPlaceForHate"),
    ("whatsapp", "en", "If it happens to you, tell somebody. You will be believed. Who can help is here: {link}"),
    ("sms", "en", "If it happens to you, tell somebody. Who can help: {link}"),
    ("email-subject", "en", "There is no place for hate here: who can help"),
    (
        "newsletter",
        "en",
        "For one week in October, people across Kirklees say that there is no place for hate. Where help is: {link}",
    ),
    ("whatsapp", "ur", "اگر آپ کے ساتھ ایسا ہو تو کسی کو بتائیں۔ آپ کی بات پر یقین کیا جائے گا۔ مدد یہاں ہے: {link}"),
)


@transaction.atomic
def load(done: Callable[[str], None]) -> None:
    """Put the kit in force, unless there is one or the campaign is closed."""
    campaign = Campaign.objects.filter(code=WEEK, closed_on=None, kits=None).first()
    if campaign:
        kit = Kit.objects.create(campaign=campaign, hashtags=HASHTAGS)
        rows = [KitText(kit=kit, channel=channel, language=code, text=text) for channel, code, text in TEXTS]
        KitText.objects.bulk_create(rows)
        texts = list(kit.texts.values("channel", "language", "text"))
        kit.frozen, kit.submitted_at = {"texts": texts, "hashtags": HASHTAGS}, timezone.now()
        put_in_force(kit, by=None)
    done("Share kit")


def remove() -> None:
    """Take away every kit of the three campaigns, which go too."""
    codes = [words.code for words in CAMPAIGNS]
    KitArchive.objects.filter(campaign__code__in=codes).delete()
    Kit.objects.filter(campaign__code__in=codes).delete()


chapters.offer("campaigns-kit")(Chapter(order=65, steps=1, load=load, remove=remove))
