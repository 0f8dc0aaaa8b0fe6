"""What the demonstration survey knows of a campaign: a wave before it, one after, and who came across it. Invented."""

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from campaigns.models import Campaign
from surveys import actions
from surveys.models import Question, Survey

CAMPAIGN = "no-place-for-hate"
QUESTION, CAME_ACROSS = "CMP01", "yes"
WEEKS = timedelta(days=41)
BEFORE, PAUSE, SHORTEST = timedelta(days=14), timedelta(days=2), timedelta(days=14)
USUAL = (timedelta(days=400), timedelta(days=200))

# How likely each answer is, in the order of the options, in the wave before the campaign and in the one after it.
CHANCES = ((17, 73, 10), (44, 46, 10))
# And to the questions that the campaign is about, of those who came across it.
OF_THEM: Mapping[str, tuple[int, ...]] = {"HC07": (22, 43, 19, 8, 8)}


def dates(today: date, *, until: date) -> Iterator[tuple[date, date]]:
    """Go through the days of the two closed waves: around the campaign, where a wave after it could close by ``until``.

    Where it could not, and where there is no such campaign, they lie where they would in any year.
    """
    campaign = Campaign.objects.filter(code=CAMPAIGN).first()
    if campaign is None or campaign.ends + PAUSE + SHORTEST > until:
        yield from ((today - begins, today - begins + WEEKS) for begins in USUAL)
        return
    last = campaign.starts - BEFORE
    yield last - WEEKS, last
    first = campaign.ends + PAUSE
    yield first, min(first + WEEKS, until)


def given(items: list[Mapping[str, Any]], number: int, chance: random.Random) -> dict[str, str]:
    """Return what one person answers about the campaign in wave ``number``, and about what it is about."""
    by_code = {item["question"]: item for item in items}
    recalled = _one(by_code[QUESTION], CHANCES[number - 1], chance)
    found = {by_code[QUESTION]["key"]: recalled}
    if number > 1 and recalled == CAME_ACROSS:
        found |= {by_code[code]["key"]: _one(by_code[code], weights, chance) for code, weights in OF_THEM.items()}
    return found


def _one(item: Mapping[str, Any], weights: tuple[int, ...], chance: random.Random) -> str:
    return str(chance.choices([option["code"] for option in item["options"]], weights=weights)[0])


def mark(*, survey: Survey) -> None:
    """Say that the survey asks about the campaign, if there is one."""
    campaign = Campaign.objects.filter(code=CAMPAIGN).first()
    if campaign is not None:
        actions.mark_recall(
            survey=survey,
            campaign=campaign,
            question=Question.objects.get(code=QUESTION),
            answers=[CAME_ACROSS],
        )
