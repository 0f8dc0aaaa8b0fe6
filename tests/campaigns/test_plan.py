"""The plan of a campaign: its rows, the page that shows them, and the year that plans make together."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from campaigns.actions import close_campaign
from campaigns.models import Activity, Audience, CampaignObjective, Input, Insight, Message, Risk
from campaigns.queries.plan import year_of
from core.enums import Strand
from core.models import Ward
from indicators.models import Strategy, Target
from tests.factories.campaigns import make_objective, unsaved_campaign
from tests.factories.indicators import indicator, measurement

pytestmark = pytest.mark.django_db
ALL = [strand.value for strand in Strand]


@pytest.fixture
def campaign():
    campaign = unsaved_campaign()
    campaign.save()
    return campaign


@pytest.fixture(autouse=True)
def signed_in(client, officer):
    client.force_login(officer)


AUDIENCE = {"name": "People on evening buses"}
OBJECTIVE = {
    "what": "More people know where to report",
    "whom": "Adults in Kirklees",
    "how_much": "5 points more",
    "due": "2026-12-31",
}
ROWS = {
    "objectives": OBJECTIVE,
    "audiences": AUDIENCE,
    "insight": {"finding": "Few know.", "source": "Survey 2025", "found_on": "2025-06-01"},
    "messages": {"words": "You will be believed."},
    "channels": {"channel": "outdoor", "what": "Posters in bus shelters"},
    "inputs": {
        "what": "Printing",
        "kind": "cost",
        "amount": "120.50",
        "state": "planned",
        "who": "Safer team",
        "day": "2026-09-01",
    },
    "risks": {
        "what": "Posters torn down",
        "likelihood": "2",
        "impact": "1",
        "response": "Spare copies",
        "owner": "Press officer",
    },
}


def send(client, campaign, part, *rows, kept=0, **more):
    """Send the form of ``part``; ``kept`` of the rows stand already, and say their key as ``id``."""
    if part == "objectives":
        rows = [{"serves": campaign.objective_id, **row} for row in rows]
    sent = {f"{part}-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
    management = {f"{part}-TOTAL_FORMS": len(rows), f"{part}-INITIAL_FORMS": kept}
    return client.post(reverse("campaigns:plan_part", args=[campaign.pk, part]), {**management, **sent, **more})


def problems(response):
    assert response.status_code == 422
    return [dict(form.errors) for form in response.context["rows"]]


def made(**given):
    """Return a row of an audience's values; for breaking rules in the database."""
    return {"name": "A", **given}


@pytest.mark.parametrize("part", ROWS)
def test_each_kind_of_row_is_kept_and_shown_on_the_page_of_the_plan(client, campaign, part):
    response = send(client, campaign, part, ROWS[part])
    assert response.status_code == 302
    words = client.get(response.url).content.decode()
    first = next(value for name, value in ROWS[part].items() if name != "channel")
    assert first in words
    assert len(client.get(reverse("campaigns:plan", args=[campaign.pk])).context["lacking"]) == 6


def test_an_empty_plan_says_what_it_lacks(client, campaign):
    answer = client.get(reverse("campaigns:plan", args=[campaign.pk]))
    assert len(answer.context["lacking"]) == 7
    assert "It has no objective yet" in answer.content.decode()


def test_a_row_is_changed_and_deleted_in_one_go(client, campaign):
    rows = [Risk.objects.create(campaign=campaign, what=what, response="r", owner="o") for what in ("one", "two")]
    risk = ROWS["risks"]
    sent = {**risk, "id": rows[0].pk, "what": "new"}, {**risk, "id": rows[1].pk, "DELETE": "on"}
    response = send(client, campaign, "risks", *sent, kept=2)
    assert response.status_code == 302
    assert [row.what for row in campaign.risks.all()] == ["new"]


def test_nothing_is_kept_while_one_row_is_wrong_and_nothing_typed_is_lost(client, campaign):
    response = send(client, campaign, "inputs", ROWS["inputs"], {**ROWS["inputs"], "amount": "-3", "who": ""})
    assert problems(response)[1] == {
        "amount": ["Give an amount above zero."],
        "who": ["Fill this in, or delete the row."],
    }
    assert "Nothing is saved yet" in response.content.decode()
    assert response.context["rows"][0]["what"].value() == "Printing"
    assert not Input.objects.exists()


@pytest.mark.parametrize(
    ("part", "wrong", "field"),
    [
        ("audiences", {"is_targeted": "on"}, "reason"),
        ("audiences", {"strands": ["race"]}, "omits"),
        ("audiences", {"strands": ["green"]}, "strands"),
        ("audiences", {"youngest": "30", "oldest": "20"}, "oldest"),
        ("audiences", {"oldest": "200"}, "oldest"),
        ("audiences", {"name": "x" * 151}, "name"),
        ("audiences", {"name": "a\0b"}, "name"),
        ("insight", {"source": ""}, "source"),
        ("insight", {"found_on": "31 February"}, "found_on"),
        ("messages", {"audience": "999999"}, "audience"),
        ("channels", {"channel": "pigeon"}, "channel"),
        ("inputs", {"amount": "12345678901"}, "amount"),
        ("inputs", {"amount": "NaN"}, "amount"),
        ("inputs", {"kind": "gold"}, "kind"),
        ("risks", {"likelihood": "9"}, "likelihood"),
        ("objectives", {"how_much": ""}, "how_much"),
        ("objectives", {"due": ""}, "due"),
        ("objectives", {"indicator": "999999"}, "indicator"),
    ],
)
def test_bad_input_is_answered_beside_its_field(client, campaign, part, wrong, field):
    assert list(problems(send(client, campaign, part, {**ROWS[part], **wrong}))[0]) == [field]


def test_places_are_offered_where_there_are_any_by_the_campaigns_dates(client, campaign):
    Ward.objects.create(key="old", name="Old", valid_from=date(2004, 6, 1), valid_to=date(2026, 5, 6))
    new = Ward.objects.create(key="new", name="New", valid_from=date(2026, 5, 7))
    answer = client.get(reverse("campaigns:plan_part", args=[campaign.pk, "audiences"]))
    assert list(answer.context["rows"].forms[0].fields["wards"].queryset) == [new]
    assert "areas" not in answer.context["rows"].forms[0].fields
    assert send(client, campaign, "audiences", {**AUDIENCE, "wards": [new.pk]}).status_code == 302
    assert "New" in client.get(reverse("campaigns:plan", args=[campaign.pk])).content.decode()


def test_some_strands_are_named_with_what_is_left_out_and_always_in_one_order(client, campaign):
    send(
        client, campaign, "audiences", {**AUDIENCE, "strands": ["religion", "race"], "omits": "The rest: asked alone."}
    )
    send(client, campaign, "audiences", {**AUDIENCE, "strands": ALL[::-1]})
    assert [audience.strands for audience in Audience.objects.all()] == [["race", "religion"], ALL]
    words = client.get(reverse("campaigns:plan", args=[campaign.pk])).content.decode()
    assert "Race, Religion. Left out: The rest: asked alone." in words
    assert "All five" in words


def test_a_form_without_its_own_count_of_rows_is_refused(client, campaign):
    assert client.post(reverse("campaigns:plan_part", args=[campaign.pk, "risks"]), {}).status_code == 422


def test_an_audience_of_another_campaign_is_not_offered(client, campaign):
    other = unsaved_campaign("other")
    other.save()
    audience = Audience.objects.create(campaign=other, name="Theirs")
    assert list(problems(send(client, campaign, "messages", {"words": "w", "audience": audience.pk}))[0]) == [
        "audience"
    ]


def test_an_audience_that_a_message_speaks_to_is_not_deleted_and_says_why(client, campaign):
    audience = Audience.objects.create(campaign=campaign, name="Bus users")
    Message.objects.create(campaign=campaign, audience=audience, words="Hello")
    response = send(client, campaign, "audiences", {"id": audience.pk, "name": "Bus users", "DELETE": "on"}, kept=1)
    assert "because a message speaks to it" in response.content.decode()
    assert Audience.objects.exists()


def test_a_row_that_somebody_else_deleted_meanwhile_is_answered_in_words(client, campaign):
    response = send(client, campaign, "risks", {**ROWS["risks"], "id": "999999"}, kept=1)
    assert response.status_code == 422
    assert "Somebody else has deleted" in response.content.decode()


def test_a_plan_goes_with_its_campaign(campaign):
    audience = Audience.objects.create(campaign=campaign, name="Bus users")
    Message.objects.create(campaign=campaign, audience=audience, words="Hello")
    campaign.delete()
    assert not Message.objects.exists()


class TestObjectivesWithAnIndicator:
    @pytest.fixture(autouse=True)
    def _in_force(self, campaign):
        Strategy.objects.update(status="current")

    def send(self, client, campaign, of, **given):
        return send(client, campaign, "objectives", {**OBJECTIVE, "how_much": "", "indicator": of.pk, **given})

    def test_baseline_and_target_are_taken_from_the_indicator(self, client, campaign):
        of = indicator("B5")
        measurement(
            of, period_start=date(2025, 4, 1), period_end=date(2026, 3, 31), value=41.4, n=400, lower=38.0, upper=45.0
        )
        measurement(
            of, period_start=date(2026, 4, 1), period_end=date(2027, 3, 31), value=70.0, n=400, lower=60.0, upper=75.0
        )
        Target.objects.create(indicator=of, value=55, due=date(2028, 3, 31))
        assert self.send(client, campaign, of, due="").status_code == 302
        row = CampaignObjective.objects.get()
        assert (row.baseline, row.baseline_on, row.target, row.due) == (41, date(2026, 3, 31), 55, date(2028, 3, 31))
        assert row.baseline_source
        assert "from 41% to 55%" in client.get(reverse("campaigns:plan", args=[campaign.pk])).content.decode()

    def test_what_is_typed_wins(self, client, campaign):
        typed = {"baseline": "10", "baseline_on": "2026-01-01", "baseline_source": "A report", "target": "20"}
        assert self.send(client, campaign, indicator("B5"), **typed).status_code == 302
        assert CampaignObjective.objects.get().target == 20

    def test_without_any_value_or_target_both_have_to_be_typed(self, client, campaign):
        assert set(problems(self.send(client, campaign, indicator("B5")))[0]) == {"baseline", "target"}

    def test_a_value_that_is_withheld_from_the_public_is_not_taken(self, client, campaign):
        of = indicator("B5")
        measurement(
            of, period_start=date(2025, 4, 1), period_end=date(2026, 3, 31), value=41.4, n=4, lower=8.0, upper=75.0
        )
        assert "baseline" in problems(self.send(client, campaign, of, target="50"))[0]

    def test_a_number_that_takes_no_target_is_not_offered(self, client, campaign):
        of = indicator("A1", polarity="none")
        assert "indicator" in problems(self.send(client, campaign, of, target="50"))[0]

    def test_a_percentage_over_100_is_refused(self, client, campaign):
        typed = {"baseline": "10", "baseline_on": "2026-01-01", "baseline_source": "A report", "target": "120"}
        assert list(problems(self.send(client, campaign, indicator("B5"), **typed))[0]) == ["target"]

    def test_due_before_the_baseline_is_refused(self, client, campaign):
        typed = {"baseline": "10", "baseline_on": "2027-01-01", "baseline_source": "A report", "target": "20"}
        assert list(problems(self.send(client, campaign, indicator("B5"), **typed))[0]) == ["due"]


@pytest.mark.parametrize(
    ("model", "broken"),
    [
        (Audience, {"name": "A", "is_targeted": True}),
        (Audience, {"name": "A", "strands": ["race"]}),
        (Audience, {"name": "A", "youngest": 30, "oldest": 20}),
        (Insight, {"finding": "F", "source": "", "found_on": date(2026, 1, 1)}),
        (Activity, {"channel": "pigeon", "what": "w"}),
        (Input, {"what": "w", "kind": "cost", "amount": 0, "who": "w", "day": date(2026, 1, 1)}),
        (Input, {"what": "w", "kind": "gold", "amount": 1, "who": "w", "day": date(2026, 1, 1)}),
        (Input, {"what": "w", "kind": "cost", "amount": 1, "state": "x", "who": "w", "day": date(2026, 1, 1)}),
        (Risk, {"what": "w", "likelihood": 9, "response": "r", "owner": "o"}),
        (Risk, {"what": "w", "impact": 0, "response": "r", "owner": "o"}),
    ],
)
def test_the_database_refuses_what_the_forms_do(campaign, model, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(campaign=campaign, **broken)


@pytest.mark.parametrize(
    "broken", [{"how_much": ""}, {"target": None}, {"baseline_source": ""}, {"baseline_on": date(2028, 1, 1)}]
)
def test_the_database_refuses_an_objective_that_is_not_whole(campaign, broken):
    claim = {
        "indicator": indicator("B5"),
        "baseline": 1,
        "baseline_on": date(2026, 1, 1),
        "baseline_source": "s",
        "target": 2,
    }
    given = {"how_much": "", "indicator": None} if "how_much" in broken else {**claim, **broken}
    with pytest.raises(IntegrityError), transaction.atomic():
        CampaignObjective.objects.create(
            campaign=campaign, what="w", whom="w", serves=make_objective(), due=date(2027, 1, 1), **given
        )


def test_a_closed_campaign_s_plan_stays_as_it_is(client, campaign, officer):
    close_campaign(campaign=campaign, by=officer)
    response = send(client, campaign, "risks", ROWS["risks"])
    assert response.status_code == 422
    assert "This campaign was closed on" in response.content.decode()
    assert response.context["rows"][0]["what"].value() == "Posters torn down"
    assert not Risk.objects.exists()
    assert "Add<" not in client.get(reverse("campaigns:plan", args=[campaign.pk])).content.decode()


def test_costs_and_hours_planned_and_spent_are_never_added_together(client, campaign):
    for kind, amount, state in (
        ("cost", 1000, "planned"),
        ("cost", "250.5", "planned"),
        ("cost", 7, "spent"),
        ("hours", 1, "spent"),
    ):
        Input.objects.create(
            campaign=campaign, what="w", kind=kind, amount=amount, state=state, who="w", day=date(2026, 1, 1)
        )
    shown = client.get(reverse("campaigns:plan", args=[campaign.pk])).content.decode()
    assert "Together: £1,250.50 planned; £7.00 spent; 1 hour spent." in shown


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_plan_asks_as_often_for_any_number(client, campaign, django_assert_num_queries, rows):
    of = indicator("B5")
    for number in range(rows):
        audience = Audience.objects.create(campaign=campaign, name=f"A{number}")
        Message.objects.create(campaign=campaign, audience=audience, words="w")
        CampaignObjective.objects.create(
            campaign=campaign, what="w", whom="w", serves=make_objective(), due=date(2027, 1, 1), indicator=of,
            baseline=1, baseline_on=date(2026, 1, 1), baseline_source="s", target=2,
        )  # fmt: skip
    address = reverse("campaigns:plan", args=[campaign.pk])
    client.get(address)
    with django_assert_num_queries(33):
        client.get(address)


class TestTheYear:
    def campaign(self, code, strands, starts=date(2026, 3, 14), ends=date(2026, 4, 2)):
        campaign = unsaved_campaign(code, starts=starts, ends=ends)
        campaign.save()
        Audience.objects.create(
            campaign=campaign, name="A", strands=strands, omits="" if strands in ([], ALL) else "Why"
        )
        return campaign

    def test_all_five_strands_stand_side_by_side_in_order_though_one_alone_is_named(self, client):
        self.campaign("one", ["disability"])
        answer = client.get(reverse("campaigns:year") + "?year=2026")
        words = answer.content.decode()
        places = [words.index(f'<th scope="col">{strand.label}</th>') for strand in Strand]
        assert places == sorted(places)
        assert [len(rows) for _, rows in answer.context["year"].by_strand] == [0, 0, 0, 1, 0]
        assert "the strands are not named alike" in words

    def test_a_general_campaign_counts_for_all_alike(self):
        self.campaign("none", [])
        self.campaign("all", ALL)
        year = year_of(2026)
        assert [row.campaign.code for row in year.general] == ["all", "none"]
        assert year.is_alike

    def test_a_campaign_stands_in_each_month_that_it_runs_in_and_in_each_year(self):
        self.campaign("winter", ["race"], starts=date(2026, 11, 30), ends=date(2027, 1, 1))
        months = {
            number: [month.month for month, strands, _ in year_of(number).months if strands[0]]
            for number in (2025, 2026, 2027)
        }
        assert months == {2025: [], 2026: [11, 12], 2027: [1]}

    @pytest.mark.parametrize("asked", ["", "0", "99999999999", "two", "٢٠٢٦", "-2026"])
    def test_what_is_no_year_shows_this_one(self, client, asked):
        assert client.get(reverse("campaigns:year"), {"year": asked}).status_code == 200

    @pytest.mark.parametrize("rows", [1, 3])
    def test_it_asks_as_often_for_any_number(self, client, django_assert_num_queries, rows):
        for number in range(rows):
            self.campaign(f"one-{number}", ["race"])
        client.get(reverse("campaigns:year") + "?year=2026")
        with django_assert_num_queries(14):
            client.get(reverse("campaigns:year") + "?year=2026")


@pytest.mark.parametrize("name", ["plan", "plan_part", "year"])
def test_plans_are_for_those_who_run_campaigns(client, campaign, make_user, name):
    client.force_login(make_user("anna", "Survey analysts"))
    arguments = {"plan": [campaign.pk], "plan_part": [campaign.pk, "risks"], "year": []}[name]
    assert client.get(reverse(f"campaigns:{name}", args=arguments)).status_code == 302
