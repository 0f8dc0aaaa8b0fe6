"""The demonstration's campaigns."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.actions.sending.carrying import carry_on
from campaigns.demo import CODES
from campaigns.demo.sent_mailing import SUBJECT
from campaigns.demo.words import CAMPAIGNS, awareness_week
from campaigns.models import Campaign, CampaignPage, Evaluation, MailchimpAudience, Mailing, Placement
from campaigns.queries import on_now
from campaigns.queries.plan import lacking
from campaigns.queries.sending import to_carry_on
from core.demonstration import chapters
from core.enums import Strand
from core.models import Image, Organisation, SupportService
from indicators.models import Strategy
from reach.models import Count, OfflineFigure
from tests.factories.campaigns import make_live_page, make_objective
from tests.factories.indicators import indicator, measurement
from tests.factories.placements import make_placement

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(campaign_index):
    make_objective()
    SupportService.objects.create(
        name="True Vision",
        description="Report online.",
        website="https://www.report-it.org.uk/",
        owner=Organisation.objects.create(code="team", name="Team"),
        last_checked=date(2026, 1, 1),
    )
    steps = []
    load(steps)
    assert len(steps) == 4


def load(steps):
    chapters["campaigns"].load(steps.append)
    chapters["campaigns-support"].load(steps.append)


def test_three_live_campaigns_with_a_picture_and_where_to_turn(client, loaded):
    pages = CampaignPage.objects.live().filter(campaign__code__in=CODES)
    assert pages.count() == 3
    for page in pages:
        words = client.get(page.url).content.decode()
        assert "Where to turn" in words
        assert "True Vision" in words
        assert 'alt=""' in words


def test_a_second_load_changes_nothing(loaded):
    def state():
        return sorted(CampaignPage.objects.values_list("pk", "latest_revision"))

    before = state()
    load([])
    assert state() == before


def test_removing_leaves_what_a_council_made(loaded):
    own = make_live_page("our-own")
    Evaluation.objects.create(campaign=Campaign.objects.get(code=CODES[0]))
    chapters["campaigns"].remove()
    chapters["campaigns-support"].remove()
    assert list(Campaign.objects.all()) == [own.campaign]
    assert list(CampaignPage.objects.all()) == [own]
    assert not Image.objects.exists()


def test_one_campaign_has_a_whole_plan_whose_invented_numbers_say_so(loaded):
    of = indicator("A4")
    Strategy.objects.update(status="past")
    measurement(of, 2024, is_sample=True)
    for _ in range(2):
        chapters["campaigns-plan"].load(lambda _: None)
    campaign = Campaign.objects.get(code="no-place-for-hate")
    assert lacking(campaign) == []
    assert campaign.plan_objectives.count() == 2
    assert all("Sample data" in row.how_much for row in campaign.plan_objectives.all())
    assert campaign.plan_objectives.get(indicator=of).baseline_source.startswith("Sample data")
    assert all(row.what.startswith("Sample data") for row in campaign.inputs.all())
    for rows in (campaign.plan_objectives, campaign.audiences, campaign.messages, campaign.inputs, campaign.risks):
        for row in rows.all():
            row.full_clean()
    figures = OfflineFigure.objects.filter(campaign_code=campaign.code)
    assert {(row.is_sample, row.source.startswith("Sample data")) for row in figures} == {(True, True)}
    chapters["campaigns-plan"].remove()
    assert not figures.all().exists()
    assert {row.source for row in campaign.insights.all()} > {"Mirfield Reporter, on figures for 2011/12"}


def test_the_week_runs_from_the_second_to_the_third_saturday_of_october():
    assert [awareness_week(year) for year in (2026, 2027, 2028)] == [
        (date(2026, 10, 10), date(2026, 10, 17)),
        (date(2027, 10, 9), date(2027, 10, 16)),
        (date(2028, 10, 14), date(2028, 10, 21)),
    ]


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 10, 12), date(2027, 1, 1), date(2027, 10, 9)])
def test_something_is_on_whatever_the_day_of_loading(day):
    spans = [words.when(day) for words in CAMPAIGNS]
    assert any(starts <= day <= ends for starts, ends in spans)
    assert all(starts <= ends for starts, ends in spans)


def test_something_is_on_now(loaded):
    assert on_now().exists()


def test_who_names_one_strand_names_all_five():
    for words in CAMPAIGNS:
        text = words.body.lower()
        assert {strand.label.lower() for strand in Strand if strand.label.lower() not in text} == set()


def test_three_placements_lead_on_and_show_arrivals_that_say_they_are_invented(client, loaded, officer):
    chapters["campaigns-placements"].load([].append)
    codes = sorted(Placement.objects.values_list("code", flat=True))
    assert codes == ["demo-bus-shelter", "demo-library-leaflet", "demo-urdu-poster"]
    assert client.get("/go/demo-library-leaflet/").headers["Location"] == "/campaigns/no-place-for-hate/"
    assert client.get("/go/demo-urdu-poster/").headers["Location"] == "/campaigns/five-days-one-message/"
    client.force_login(officer)
    campaign = Campaign.objects.get(code="no-place-for-hate")
    rows = client.get(reverse("campaigns:placements", args=[campaign.pk])).context["rows"]
    assert all(row["placement"].is_sample and row["arrivals"].is_sample for row in rows)
    assert all(row["arrivals"].quantity >= 10 for row in rows)


def test_placements_load_once_and_go_again_with_what_they_counted(loaded):
    for _ in range(2):
        chapters["campaigns-placements"].load([].append)
    assert Placement.objects.count() == 3
    counted = list(Count.objects.values_list("placement_code", "day", "quantity"))
    chapters["campaigns-placements"].load([].append)
    assert list(Count.objects.values_list("placement_code", "day", "quantity")) == counted
    make_placement("own-42", campaign=Campaign.objects.get(code="safe-ways-to-help"))
    chapters["campaigns-placements"].remove()
    chapters["campaigns"].remove()
    assert not Placement.objects.exists()
    assert not Count.objects.exists()
    assert not Campaign.objects.exists()


def load_sent_mailing() -> Mailing:
    chapters["campaigns-sent-mailing"].load([].append)
    return Mailing.objects.get()


def test_a_mailing_that_was_sent_shows_reports_that_say_they_are_invented(client, loaded, manager):
    load_sent_mailing()
    mailing = load_sent_mailing()
    assert [report.is_sample for report in mailing.reports.all()] == [True] * 3
    client.force_login(manager)
    shown = client.get(reverse("campaigns:mailing", args=[mailing.pk])).content.decode()
    assert "<strong>Sample data.</strong> It was sent on" in shown
    assert "Nothing of this was sent to anybody." in shown
    assert "(Sample data)" in client.get(reverse("campaigns:mailings", args=[mailing.campaign_id])).content.decode()
    assert SUBJECT in client.get(f"/campaigns/{mailing.campaign.code}/mailings/{mailing.code}/").content.decode()
    figures = OfflineFigure.objects.filter(channel="email")
    assert {(row.metric, row.quantity) for row in figures if row.corrects_id is None and not row.is_taken_back} == {
        ("opens", 377),
        ("clicks", 128),
    }
    assert all(row.is_sample and "Sample data" in row.source for row in figures)


def test_nobody_can_do_anything_about_the_mailing_that_was_sent_and_no_worker_does(client, loaded, manager):
    mailing = load_sent_mailing()
    client.force_login(manager)
    context = client.get(reverse("campaigns:mailing", args=[mailing.pk])).context
    names = context.keys()
    may = {name: context[name] for name in names if name.startswith("may_")}
    assert len(may) > 5
    assert not any(may.values())
    assert to_carry_on() == []
    before = Mailing.objects.values().get()
    carry_on(mailing.pk)
    assert Mailing.objects.values().get() == before
    assert mailing.reports.count() == 3


def test_the_mailing_that_was_sent_goes_again_with_its_audience_and_its_figures(loaded):
    load_sent_mailing()
    chapters["campaigns-sent-mailing"].remove()
    assert not any(model.objects.exists() for model in (Mailing, MailchimpAudience, OfflineFigure))
