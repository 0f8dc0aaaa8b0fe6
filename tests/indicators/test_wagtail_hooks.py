"""The menu Strategy, as a coordinator sees it."""

import pytest
from django.urls import reverse

from indicators.models import Definition, Indicator, Measurement, Objective, Refresh, Strategy, Target
from tests.factories import indicators as make

pytestmark = pytest.mark.django_db

LISTINGS = ("strategy", "objective", "indicator", "target", "measurement", "definition")


@pytest.fixture
def coordinator(client, make_user):
    from config.roles import lay_roles

    lay_roles()
    user = make_user("coordinator", "Coordinators")
    client.force_login(user)
    return client


@pytest.mark.parametrize("listing", LISTINGS)
def test_a_coordinator_sees_every_listing_and_a_form_to_add(coordinator, listing):
    indicator = make.indicator()
    make.measurement(indicator)
    assert coordinator.get(reverse(f"{listing}:index")).status_code == 200
    assert coordinator.get(reverse(f"{listing}:add")).status_code == 200


def post_number(client, **fields):
    given = {
        "indicator": Indicator.objects.get().pk,
        "period_start": "2025-01-01",
        "period_end": "2025-12-31",
        "value": "",
        "numerator": "",
        "denominator": "",
        "lower": "",
        "upper": "",
        "n": "",
        "se": "",
        "sample_type": "",
        "population": "",
        "wording_id": "",
        "area_code": "",
        "area_name": "",
        "marker": "",
        "source": "Police",
    }
    return client.post(reverse("measurement:add"), given | fields)


def errors(response):
    return response.context["form"].errors


def test_a_percentage_typed_as_two_numbers_gets_wilsons_interval(coordinator):
    make.indicator(kind="proportion")
    response = post_number(coordinator, numerator="81", denominator="263")
    assert response.status_code == 302
    stored = Measurement.objects.get()
    assert [round(x, 2) for x in (stored.value, stored.lower, stored.upper)] == [30.80, 25.53, 36.62]
    assert (stored.n, stored.revision, stored.source) == (263, 1, "Police")


def test_a_corrected_number_is_a_new_revision(coordinator):
    make.indicator(kind="count", unit="reports")
    post_number(coordinator, value="100")
    post_number(coordinator, value="110")
    post_number(coordinator, value="110")
    found = list(Measurement.objects.order_by("revision").values_list("value", "revision", "marker"))
    assert found == [(100.0, 1, ""), (110.0, 2, "r")]


@pytest.mark.parametrize(
    ("kind", "fields", "field", "sentence"),
    [
        ("proportion", {"numerator": "5"}, "numerator", "Give both the numerator and the denominator"),
        ("proportion", {"numerator": "9", "denominator": "5"}, "numerator", "between zero and the denominator"),
        ("count", {"value": "1.5"}, "value", "whole number"),
        ("count", {}, "value", "Enter the value."),
        ("survey", {"value": "50"}, "lower", "both limits of its interval, and its base"),
        ("plain", {"value": "5", "period_end": "2024-01-01"}, "__all__", "Put the later day last"),
        ("plain", {"value": "lots"}, "value", "Enter a number"),
    ],
)
def test_a_number_that_cannot_be_is_refused_beside_its_field(coordinator, kind, fields, field, sentence):
    make.indicator(kind=kind)
    response = post_number(coordinator, **fields)
    assert response.status_code == 200
    assert sentence in " ".join(errors(response)[field])
    assert Measurement.objects.count() == 0


def test_a_computed_indicator_is_not_offered_for_typing(coordinator):
    make.indicator(measure="campaigns.page_views", kind="plain")
    response = post_number(coordinator, value="5")
    assert "indicator" in errors(response)


@pytest.mark.parametrize("verb", ["edit", "delete"])
def test_nobody_changes_or_deletes_a_measurement_not_even_a_superuser(client, admin_user, verb):
    measurement = make.measurement(make.indicator())
    client.force_login(admin_user)
    address = reverse(f"measurement:{verb}", args=[measurement.pk])
    assert client.post(address, {}).status_code == 302
    assert Measurement.objects.get().value == 54.321


def test_an_indicator_with_numbers_cannot_be_deleted(coordinator):
    indicator = make.indicator()
    make.measurement(indicator)
    coordinator.post(reverse("indicator:delete", args=[indicator.pk]))
    assert Indicator.objects.filter(pk=indicator.pk).exists()


def test_a_coordinator_makes_an_indicator_with_a_measure_from_the_list(coordinator):
    given = {
        "objective": make.objective().pk,
        "code": "C1",
        "title": "Views",
        "definition": "Views of campaign pages.",
        "rationale": "",
        "measure": "campaigns.page_views",
        "parameters": '{"period": "month"}',
        "kind": "survey",
        "unit": "%",
        "per": "1",
        "polarity": "none",
        "source": "This site",
        "frequency": "monthly",
        "order": "0",
        "baseline_start": "",
        "baseline_end": "",
    }
    response = coordinator.post(reverse("indicator:add"), given)
    assert response.status_code == 302, response.context["form"].errors
    made = Indicator.objects.get()
    assert (made.kind, made.unit, made.parameters) == ("plain", "views", {"period": "month"})


def test_a_plain_indicator_refuses_a_target_beside_the_field(coordinator):
    indicator = make.indicator(kind="plain")
    given = {"indicator": indicator.pk, "value": "5", "due": "2027-03-31"}
    response = coordinator.post(reverse("target:add"), given)
    assert "take no target" in " ".join(errors(response)["indicator"])
    assert Target.objects.count() == 0


def test_refresh_now_asks_for_a_round_and_shows_how_the_last_one_went(coordinator, django_capture_on_commit_callbacks):
    make.indicator(problem="There is no survey.")
    address = reverse("indicators_refresh")
    page = coordinator.get(address).content.decode()
    assert "There has been no round yet." in page
    assert "There is no survey." in page
    assert coordinator.post(address).status_code == 302
    assert Refresh.objects.get().state == "waiting"
    assert "Last round: Waiting" in coordinator.get(address).content.decode()


def test_others_may_not_refresh(client, make_user):
    client.force_login(make_user("officer", "Communications officers"))
    assert client.post(reverse("indicators_refresh")).status_code in {302, 403}
    assert Refresh.objects.count() == 0


def test_the_strategic_group_reads_and_changes_nothing(client, make_user):
    from config.roles import lay_roles

    lay_roles()
    client.force_login(make_user("member", "Strategic group"))
    make.measurement(make.indicator())
    before = [model.objects.count() for model in (Strategy, Objective, Indicator, Target, Measurement, Definition)]
    for listing in LISTINGS:
        # Measurements stand there unrounded, with counts of a few people: those who enter them see them, nobody else.
        seen = 302 if listing == "measurement" else 200
        assert client.get(reverse(f"{listing}:index")).status_code == seen
        assert client.get(reverse(f"{listing}:add")).status_code == 302
    after = [model.objects.count() for model in (Strategy, Objective, Indicator, Target, Measurement, Definition)]
    assert before == after
