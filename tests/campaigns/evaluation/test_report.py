"""What the evaluation of a campaign says."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from campaigns.actions import close_campaign, take_out
from campaigns.actions.evaluating import begin_evaluation, submit_evaluation
from campaigns.enums import LessonKind, Level
from campaigns.evaluation import report_of
from campaigns.evaluation.change import value_of
from campaigns.evaluation.printing import evaluation_html
from campaigns.models import CampaignObjective, Input, Lesson
from campaigns.registry import Evidence, evidence
from indicators.models import Strategy
from reach.actions import add
from reach.models import OfflineFigure
from tests.factories.campaigns import make_objective
from tests.factories.indicators import indicator, measurement

pytestmark = pytest.mark.django_db


def lines(campaign, level):
    return [line for line in report_of(campaign).lines if line.level == level]


def figure(**given):
    """Make a figure from elsewhere."""
    days = {"starts": date(2026, 10, 10), "ends": date(2026, 10, 12)}
    kind = {"channel": "print", "metric": "distributed", "method": "reported", "confidence": "high"}
    known = {"source": "Delivery note", "evidence_address": "https://example.org/note"}
    return OfflineFigure.objects.create(campaign_code="no-place", **{**days, **kind, **known, **given})


class TestWhatItSays:
    def test_inputs_come_from_the_plan_planned_and_spent_apart(self, campaign):
        for state, amount in (("planned", 100), ("spent", 90), ("spent", 5)):
            Input.objects.create(
                campaign=campaign, what=f"Posters {amount}", kind="cost", amount=amount, state=state, who="w",
                day=date(2026, 9, 1),
            )  # fmt: skip
        found = {line.label: (line.value, line.shown) for line in lines(campaign, Level.INPUT)}
        assert found == {"Cost in pounds, planned": (100, "£100.00"), "Cost in pounds, spent": (95, "£95.00")}
        assert [line.is_sample for line in lines(campaign, Level.INPUT)] == [False, False]
        assert "Posters 90: £90.00" in lines(campaign, Level.INPUT)[1].about

    def test_every_output_stands_by_itself_with_its_method_and_source(self, campaign):
        today = timezone.localdate()
        add(day=today, page_key="campaign-1", campaign_code="no-place", metric="views", quantity=7)
        add(day=today, page_key="campaign-1", campaign_code="no-place", metric="downloads", quantity=3)
        figure(quantity=4003)
        found = [(line.label, line.shown, line.method) for line in lines(campaign, Level.OUTPUT)]
        assert found == [
            ("Page views: Website", "7", "Counted"),
            ("Downloads: Website", "3", "Counted"),
            ("Copies distributed: Print", "4,005", "Reported to us, high confidence"),
        ]
        assert lines(campaign, Level.OUTPUT)[2].source == "Delivery note"

    def test_small_figures_are_withheld_and_the_others_to_the_nearest_five(self, campaign):
        today = timezone.localdate()
        for code, channel, quantity in (("one", "outdoor", 9), ("two", "print", 57)):
            given = {"metric": "arrivals", "placement_code": code, "channel": channel, "quantity": quantity}
            add(day=today, page_key="c", campaign_code="no-place", **given)
        figure(metric="attendance", channel="event", quantity=8)
        found = {line.label: (line.value, line.shown) for line in lines(campaign, Level.OUTPUT)}
        assert found == {
            "Arrivals by a link or code: Print": (55, "55"),
            "Arrivals by a link or code: Outdoor": (None, "[c] withheld, fewer than 10"),
            "Attendance: Event": (None, "[c] withheld, fewer than 10"),
        }
        assert '"value": 9' not in str(report_of(campaign).as_json())
        rules = [what for what, _ in report_of(campaign).rules]
        assert rules == ["Arrivals by a link or code", "Attendance"]
        paper = evaluation_html(report_of(campaign), state="")
        for _, rule in report_of(campaign).rules:
            assert paper.count(escape(rule)) == 1

    def test_what_was_counted_after_closing_is_not_in_it(self, closed):
        add(
            day=closed.closed_on + timedelta(days=1), page_key="c", campaign_code="no-place", metric="views", quantity=7
        )
        assert lines(closed, Level.OUTPUT) == []

    def test_another_campaign_s_figures_are_not_in_it(self, campaign):
        add(day=timezone.localdate(), page_key="c", campaign_code="other", metric="views", quantity=7)
        assert lines(campaign, Level.OUTPUT) == []

    def test_what_other_rooms_know_stands_under_its_level_in_the_words_of_the_room(self, campaign, monkeypatch):
        def known(asked):
            said = {"sentence": "It is no proof.", "method": "Survey.", "source": "Wave 2"}
            yield Evidence(
                level=Level.OUTTAKE, label="Recall", value=34, lower=30, upper=38, unit="%", n=250, marker="[u]", **said
            )
            yield Evidence(level=Level.OUTCOME, label="Confidence", marker="[c]", **said)

        monkeypatch.setattr(evidence, "_look", lambda: {"test": known})
        recall, confidence = lines(campaign, Level.OUTTAKE)[0], lines(campaign, Level.OUTCOME)[0]
        assert (recall.shown, recall.interval, recall.base) == ("34% [u]", "Range: 30% to 38%", "250 answers")
        assert recall.known == "Survey. Source: Wave 2."
        assert [marker for marker, _ in report_of(campaign).markers] == ["[c]", "[u]"]
        assert (confidence.value, confidence.shown, confidence.about) == (None, "[c] withheld", "It is no proof.")

    def test_reach_moves_no_outcome(self, campaign):
        before = lines(campaign, Level.OUTCOME)
        add(day=timezone.localdate(), page_key="c", campaign_code="no-place", metric="views", quantity=7_000_000)
        assert lines(campaign, Level.OUTCOME) == before


class TestOutcomesOfThePlan:
    def objective(self, campaign, of, **given):
        known = {"baseline": 41, "baseline_on": date(2025, 12, 31), "baseline_source": "Residents survey", "target": 55}
        fields = {"what": "More are confident", "whom": "Adults", "serves": make_objective(), "due": date(2028, 3, 31)}
        return CampaignObjective.objects.create(campaign=campaign, indicator=of, **{**fields, **known, **given})

    def line(self, campaign):
        (line,) = lines(campaign, Level.OUTCOME)
        return line

    @pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 12, 31)])
    def test_a_value_that_is_taken_back_goes_from_what_was_sent_in(self, campaign, officer, day):
        of = indicator("B5")
        measurement(of, 2025, value=41.37, lower=37.2, upper=45.6, se=2.1)
        measurement(of, 2026, value=54.321)
        self.objective(campaign, of)
        evaluation = begin_evaluation(campaign=close_campaign(campaign=campaign, by=officer), by=officer)
        for kind in LessonKind:
            Lesson.objects.create(evaluation=evaluation, kind=kind, text="t")
        evaluation = submit_evaluation(evaluation=evaluation, by=officer)
        take_out([value_of(of, day - timedelta(days=1))])
        evaluation.refresh_from_db()
        assert "54%" in str(evaluation.frozen)
        take_out([value_of(of, day)])
        evaluation.refresh_from_db()
        assert "54%" not in str(evaluation.frozen)

    def test_a_clear_change_since_the_baseline_is_told_in_words_and_only_rounded_values_leave(self, campaign):
        of = indicator("B5")
        measurement(of, 2025, value=41.37, lower=37.2, upper=45.6, se=2.1)
        measurement(of, 2026, value=54.321)
        self.objective(campaign, of)
        line = self.line(campaign)
        assert (line.value, line.shown) == (54, "54%")
        assert "Since then: higher." in line.about
        assert "from 41% to 55%" in line.about
        assert "37.2" not in str(line)

    def test_what_was_measured_otherwise_is_not_compared(self, campaign):
        of = indicator("B5")
        measurement(of, 2025, value=41.37, lower=37.2, upper=45.6, se=2.1, wording_id="OTHER")
        measurement(of, 2026)
        self.objective(campaign, of)
        assert "Since then: not comparable: break in the series." in self.line(campaign).about

    def test_a_baseline_typed_by_hand_is_not_compared(self, campaign):
        of = indicator("B5")
        measurement(of, 2026)
        self.objective(campaign, of)
        assert "Since then" not in self.line(campaign).about
        assert "nothing is said of a change" in self.line(campaign).about

    def test_a_value_from_before_the_campaign_is_no_outcome_of_it(self, campaign):
        of = indicator("B5")
        measurement(of, 2025)
        self.objective(campaign, of)
        line = self.line(campaign)
        assert (line.value, line.shown) == (None, "No value from the campaign's days or later yet")

    def test_a_withheld_value_is_withheld_here_too(self, campaign):
        of = indicator("B5")
        measurement(of, 2025)
        measurement(of, 2026, n=12)
        self.objective(campaign, of)
        line = self.line(campaign)
        assert line.value is None
        assert line.shown.startswith("[c]")
        assert "54" not in line.shown + line.interval + line.base

    def test_an_indicator_of_a_strategy_still_being_written_shows_no_value(self, campaign):
        of = indicator("B5")
        measurement(of, 2026)
        self.objective(campaign, of)
        Strategy.objects.update(status="draft")
        assert self.line(campaign).value is None
