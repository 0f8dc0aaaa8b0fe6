"""What surveys know of a campaign: how many came across it, what changed since before it, and how the two go together.

Only approved results are read, as the public reads them: nothing here is rounded or withheld anew. A survey speaks of a
campaign where it belongs to it, or where one of its questions asks whether people came across it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from campaigns.enums import Level
from campaigns.models import Campaign
from campaigns.registry import Correction, Evidence, corrections, evidence
from core.languages.trees import in_english
from core.sharing import address
from surveys.enums import ResultState
from surveys.models import Recall, ResultSet, Survey, SurveyPage
from surveys.models.results import STRAND_OF
from surveys.publishing import Public
from surveys.publishing.method import INTERVAL_NAMES, NOT_PROOF
from surveys.publishing.protecting import ABOUT_PEOPLE
from surveys.publishing.table import SAMPLE
from surveys.publishing.trends import MEAN, Point, Trend, followed, trends_of
from surveys.queries.published import approved_results
from surveys.results.change import Trend as Comparison
from surveys.results.contrasts import JOINED
from surveys.results.material import compared

PUBLISHED = "surveys.results:"  # what the name of one published set begins with
PERCENT, POINTS, MEAN_SCORE = "%", "points", "mean score"


@dataclass(frozen=True)
class Waves:
    """The published results of a survey around a campaign.

    ``before`` are those of the last wave that closed before the campaign's first day; ``after`` of the first that
    opened after its last day, or where there is none of the last that ran on after it.
    """

    survey: Survey
    before: ResultSet | None
    after: ResultSet
    still_running: bool


@evidence.offer("surveys")
def of_campaign(campaign: Campaign) -> Iterator[Evidence]:
    """Go through what the surveys that speak of ``campaign`` found."""
    recalls = {one.survey_id: one for one in Recall.objects.filter(campaign=campaign).select_related("question")}
    surveys = Survey.objects.filter(Q(campaign=campaign) | Q(pk__in=recalls)).order_by("title", "pk")
    for survey in surveys:
        waves = waves_around(campaign, survey)
        if waves is None:
            continue
        told = _Told(waves, recalls.get(survey.pk))
        yield from told.recall()
        yield from told.changes()
        yield from told.contrasts()


def waves_around(campaign: Campaign, survey: Survey) -> Waves | None:
    """Return the results before and after ``campaign``; None where no published wave came after."""
    published = list(reversed(approved_results(survey)))  # the earliest first
    before = [one for one in published if one.wave.closes < campaign.starts]
    after = [one for one in published if one.wave.opens > campaign.ends]
    during = [one for one in published if one.wave.opens <= campaign.ends < one.wave.closes]
    if not after and not during:
        return None
    return Waves(survey, before[-1] if before else None, after[0] if after else during[-1], still_running=not after)


class _Told:
    """What is told of one survey's waves around a campaign."""

    def __init__(self, waves: Waves, recall: Recall | None) -> None:
        self.waves, self.asked = waves, recall
        self.after = waves.after
        wave = self.after.wave
        self.page = in_english(SurveyPage.objects.live()).filter(survey=waves.survey).first()
        self.about: dict[str, Any] = {
            "source": f"{SAMPLE}. {wave}" if wave.is_sample else str(wave),
            "is_sample": wave.is_sample,
        }

    def recall(self) -> Iterator[Evidence]:
        """Tell how many say that they came across the campaign."""
        item = self._item(self.asked.question.code) if self.asked else None
        if self.asked is None or item is None:
            return
        shown = _share_of(item, self.asked.codes)
        labels = " or ".join(shown["label"].splitlines())
        yield self._line(
            Level.OUTTAKE,
            item,
            label=f"Came across it: said “{labels}” when asked: {item['text']}",
            shown=shown,
            unit=PERCENT,
            n=item["base"],
            sentence=self._when("People say it of themselves, and some forget."),
            rests_on=[self.after],
        )

    def changes(self) -> Iterator[Evidence]:
        """Tell what changed since before the campaign, of each question that both waves asked."""
        before = self.waves.before
        for trend in trends_of([before, self.after]) if before else ():
            earlier, later = trend.points
            if not self._is_outcome(later.item):
                continue
            yield self._line(
                Level.OUTCOME,
                later.item,
                label=f"{trend.label}: {trend.text}" if trend.label else trend.text,
                shown=later.shown,
                unit=trend.unit or MEAN_SCORE,
                n=later.item["base"],
                sentence=self._when(self._change(trend, earlier, later)),
                rests_on=[earlier.results, later.results],
            )

    def contrasts(self) -> Iterator[Evidence]:
        """Tell how those who came across the campaign differ from those who did not."""
        code = self.asked.question.code if self.asked else ""
        for item in self.after.public["items"]:
            for contrast in item.get("contrasts", ()):
                if contrast["question"] == code and self._is_outcome(item):
                    yield from self._of_contrast(item, contrast)

    def _of_contrast(self, item: Public, contrast: Public) -> Iterator[Evidence]:
        """Tell of the one thing that is followed of a question: of many answers many differences say less than one."""
        columns = zip(contrast["columns"], *(group["options"] for group in contrast["groups"]), strict=True)
        followed_code, *_ = followed(item)
        for (column, first, second), found in zip(columns, contrast["differences"], strict=True):
            if len(contrast["columns"]) > 1 and column["code"] != followed_code:
                continue
            is_mean = column["code"] == MEAN
            unit = "" if is_mean else PERCENT
            sides = [
                f"{one['value']}{unit}" if one["value"] is not None else f"[{one['marker']}]" for one in (first, second)
            ]
            said = f" Difference: {found['verdict']}." if found["verdict"] else ""
            bases = [group["base"] for group in contrast["groups"]]
            yield self._line(
                Level.OUTCOME,
                item,
                label=f"Those who came across it less those who did not: {column['label']}: {item['text']}",
                shown=found,
                unit=MEAN_SCORE if is_mean else POINTS,
                n=sum(bases) if None not in bases and found["value"] is not None else None,
                sentence=f"{sides[0]} of those who came across it, {sides[1]} of the others.{said} {NOT_PROOF}",
                rests_on=[self.after],
            )

    def _change(self, trend: Trend, earlier: Point, later: Point) -> str:
        shown, number = earlier.shown, earlier.results.wave.number
        unit = "" if trend.unit != PERCENT else PERCENT
        was = f"{shown['value']}{unit}" if shown["value"] is not None else f"[{shown['marker']}]"
        between = f" ({shown['lower']}{unit} to {shown['upper']}{unit})" if shown["lower"] is not None else ""
        said = f"Wave {number}, before the campaign: {was}{between}."
        if later.is_break:
            return f"{said} Not compared: a break in the series [b]."
        verdict = self._verdict(earlier, later, trend)
        return f"{said} Since then: {verdict}." if verdict else said

    def _verdict(self, earlier: Point, later: Point, trend: Trend) -> str:
        """Return what the results say of the change, or where they compare other waves, what the same rules say now."""
        item, since = later.item, earlier.results.wave.number
        change = next((one for one in item["change"] if one["since"] == since), None)
        code = JOINED.join(item["top"]["codes"]) if item["top"] else later.shown.get("code", "")
        if change is not None:
            return str(change["top"] if item["top"] else change["options"].get(code, ""))
        found = [row.results for row in (earlier, later) if row.results.figures]
        if len(found) < 2 or not trend.unit or later.shown["value"] is None or earlier.shown["value"] is None:
            return ""
        then, now = (compared(row) for row in found)
        moved = Comparison(now, [then]).changes(item["key"])
        said: dict[str, str] = {}
        for one in moved:
            said |= {row["code"]: row["verdict"] for row in (*one["options"], one["top"]) if row}
        return said.get(code, "")

    def _is_outcome(self, item: Public) -> bool:
        """Tell whether a question asks neither about the person nor about the campaign."""
        about = {*self.after.record.get("breakdowns", ()), *STRAND_OF}
        recalled = {one["question"] for one in self.after.record.get("recalled", ())}
        return item["question"] not in about | recalled and not item["question"].startswith(ABOUT_PEOPLE)

    def _when(self, said: str) -> str:
        ran_on = " People began to answer before the campaign had ended." if self.waves.still_running else ""
        return f"{said}{ran_on}"

    def _item(self, code: str) -> Public | None:
        return next((item for item in self.after.public["items"] if item["question"] == code), None)

    def _line(
        self, level: Level, item: Public, *, shown: Public, rests_on: Sequence[ResultSet], **said: Any
    ) -> Evidence:
        numbers = {name: shown[name] for name in ("value", "lower", "upper")}
        numbers["marker"] = f"[{shown['marker']}]" if shown["marker"] else ""
        names = tuple(name for one in rests_on for name in (taken_from(one.wave_id), f"{PUBLISHED}{one.pk}"))
        made: dict[str, Any] = {"method": self._method(), "url": self._url(item), "rests_on": names}
        return Evidence(level=level, **numbers, **said, **self.about, **made)

    def _method(self) -> str:
        public = self.after.public
        whom = "Random sample" if public["is_random"] else "Open survey, not representative: of those who answered"
        weighted = ", weighted" if public["is_weighted"] else ""
        return f"{whom}{weighted}; {INTERVAL_NAMES[public['is_random']]}"

    def _url(self, item: Public) -> str:
        if self.page is None:
            return ""
        address = reverse("surveys:wave_results", args=[self.page.slug, self.after.wave.number])
        return f"{address}#{item['key']}"


def taken_from(wave_id: int) -> str:
    """Return what the results of a wave are called where somebody keeps a number of them."""
    return f"surveys.wave:{wave_id}"


@corrections.offer("surveys")
def corrected(names: Collection[str]) -> dict[str, Correction]:
    """Return which of the published sets among ``names`` were replaced by a correction that the public reads now."""
    keys = [int(name.removeprefix(PUBLISHED)) for name in names if name.startswith(PUBLISHED)]
    replaced = list(ResultSet.objects.filter(pk__in=keys, state=ResultState.REPLACED).values_list("pk", "wave"))
    of_waves = ResultSet.objects.approved().filter(wave__in=[wave for _, wave in replaced])
    newer = {one.wave_id: one for one in of_waves.select_related("wave").defer("figures", "public", "record")}
    surveys = {one.wave.survey_id for one in newer.values()}
    slugs = dict(in_english(SurveyPage.objects.live()).filter(survey__in=surveys).values_list("survey", "slug"))
    return {f"{PUBLISHED}{pk}": _correction(newer[wave], slugs) for pk, wave in replaced if wave in newer}


def _correction(newer: ResultSet, slugs: Mapping[int, str]) -> Correction:
    assert newer.approved_on is not None  # noqa: S101  (a constraint of what is approved)
    slug = slugs.get(newer.wave.survey_id)
    return Correction(
        newer.approved_on, address(reverse("surveys:wave_results", args=[slug, newer.wave.number])) if slug else ""
    )


def _share_of(item: Public, answers: list[str]) -> Public:
    """Return the share of those who gave one of ``answers`` as it is published; withheld where it is by itself not."""
    options = [*item["options"], *([item["recalled"]] if item.get("recalled") else [])]
    labels = " or ".join(option["label"] for option in item["options"] if {*option["codes"]} & {*answers})
    found = next((option for option in options if {*option["codes"]} == {*answers}), None)
    return found or {"label": labels, "value": None, "lower": None, "upper": None, "marker": item["marker"] or "c"}
