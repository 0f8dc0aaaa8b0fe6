"""The campaigns' share of the demonstration: three campaigns around real dates, in words a council could use."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils import timezone

from campaigns.actions import start_campaign
from campaigns.demo import (  # noqa: F401  (their chapters register themselves)
    artwork,
    calendar,
    kit,
    mailing,
    placements,
    sent_mailing,
    updates,
)
from campaigns.demo import plan as plan
from campaigns.demo.languages import TRANSLATED
from campaigns.demo.languages import WORDS as IN_LANGUAGES
from campaigns.demo.pictures import CREDIT, picture
from campaigns.demo.words import CAMPAIGNS, Words
from campaigns.models import Campaign, CampaignIndexPage, CampaignPage, Evaluation
from core.approvals.keeping import publish_laid
from core.demonstration import Chapter, chapters
from core.languages.trees import in_english
from core.models import Image, SupportService
from core.translations.actions import forget, publish_words
from indicators.models import Objective

CODES = [words.code for words in CAMPAIGNS]
TURN_TO = ("Police, fire or ambulance", "True Vision", "Victim Support")


def load(done: Callable[[str], None]) -> None:
    """Make each campaign with its live page, and leave alone the one that stands already."""
    today = timezone.localdate()
    for words in CAMPAIGNS:
        if not Campaign.objects.filter(code=words.code).exists():
            _make(words, today)
        done(words.title)


@transaction.atomic
def _make(words: Words, today: date) -> None:
    starts, ends = words.when(today)
    objective = Objective.objects.filter(code__contains=words.objective).first() or Objective.objects.first()
    if objective is None or not CampaignIndexPage.objects.exists():
        return
    campaign = Campaign(
        code=words.code, title=words.title, objective=objective, aim=words.aim, starts=starts, ends=ends
    )
    page = start_campaign(by=None, campaign=campaign)
    page.body = [("text", words.body)]
    page.hero_image = picture(words.code, words.colours)
    page.hero_decorative = True
    publish_laid(page)


def add_support(done: Callable[[str], None]) -> None:
    """Point each campaign's page to the support directory, which a higher room loads after the campaigns."""
    services = list(SupportService.objects.filter(name__in=TURN_TO))
    for page in in_english(CampaignPage.objects).filter(campaign__code__in=CODES, live=True) if services else ():
        if all(block.block_type != "support" for block in page.body):
            page.body.append(("support", {"heading": "Where to turn", "services": services}))
            publish_laid(page)
    done("Where to turn")


def translate(done: Callable[[str], None]) -> None:
    """Publish one campaign's page in Urdu and in Polish, once its English one is as the demonstration leaves it."""
    page = in_english(CampaignPage.objects).filter(campaign__code=TRANSLATED, live=True).first()
    for code, words in IN_LANGUAGES.items() if page else ():
        publish_words(english=page, code=code, words=words)
    done("Urdu and Polish")


def remove() -> None:
    """Take away the three campaigns with their pages and pictures, and nothing else."""
    for page in in_english(CampaignPage.objects).filter(campaign__code__in=CODES):
        forget(english=page)
        page.delete()
    Evaluation.objects.filter(campaign__code__in=CODES).delete()
    Campaign.objects.filter(code__in=CODES).delete()
    Image.objects.filter(title__in=CODES, credit=CREDIT).delete()


def _leave(*_: object) -> None:
    """Keep: the pages go with their campaigns."""


chapters.offer("campaigns")(Chapter(order=30, steps=len(CAMPAIGNS), load=load, remove=remove))
chapters.offer("campaigns-support")(Chapter(order=61, steps=1, load=add_support, remove=_leave))
chapters.offer("campaigns-languages")(Chapter(order=62, steps=1, load=translate, remove=_leave))
