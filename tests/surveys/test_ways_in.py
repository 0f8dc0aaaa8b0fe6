"""Ways in to a wave in the admin: links, placements, paper and assisted, each with its sample."""

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.models import Organisation, User
from surveys import actions
from surveys.models import Collector, Tally
from tests.factories.surveys import (
    make_collector,
    make_draft,
    make_response,
    make_survey_page,
    make_wave,
    open_link,
)
from tests.surveys.browsing import text

POSTER = {"title": "Poster in the library", "code": "library", "sample_type": "open", "channel": "outdoor"}


@pytest.fixture
def analyst(client, db):
    """Sign a survey analyst in, and return the client."""
    council = Organisation.objects.create(code="council", name="Council")
    user = User.objects.create_user("analyst", "analyst@example.org", organisation=council)
    user.groups.add(Group.objects.get(name="Survey analysts"))
    client.force_login(user)
    return client


def add(client, wave, kind="placement", **data):
    return client.post(reverse("survey_add_collector", args=[wave.pk, kind]), {**POSTER, **data})


def change(client, way, **data):
    return client.post(reverse("survey_change_collector", args=[way.pk]), {**POSTER, **data})


def refuses(name, do):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        do()
    return True


def test_an_analyst_adds_a_placement_and_reads_its_address_in_every_language(analyst, wave):
    make_survey_page(wave.survey)
    assert add(analyst, wave).status_code == 302
    page = text(analyst.get(reverse("survey_ways_in", args=[wave.pk])))
    assert "Poster in the library" in page
    for address in ("/surveys/local-voice/via/library/", "/ur/surveys/local-voice/via/library/"):
        assert f"{address}</a>" in page
    assert "/surveys/local-voice/</a>" in page  # the open link, which opening made


@pytest.mark.parametrize("posters", [1, 3])
def test_the_list_of_ways_in_asks_the_database_no_more_for_more_of_them(
    analyst, wave, posters, django_assert_num_queries
):
    make_survey_page(wave.survey)
    for number in range(posters):
        make_collector(wave, f"poster-{number}", kind="placement", channel="outdoor")
    address = reverse("survey_ways_in", args=[wave.pk])
    analyst.get(address)
    with django_assert_num_queries(15):
        analyst.get(address)


def test_a_way_in_is_added_to_a_planned_wave_and_opening_adds_the_open_link(analyst, db):
    wave = make_wave()
    add(analyst, wave)
    actions.open_wave(wave=wave)
    assert set(wave.collectors.values_list("code", flat=True)) == {"library", "open-link"}


def test_paper_and_assisted_say_how_people_answer(analyst, wave):
    add(analyst, wave, "paper", code="paper", send_to="Freepost, 1 Town Hall")
    add(analyst, wave, "assisted", code="calls", mode="telephone")
    add(analyst, wave, "assisted", code="stalls", mode="face-to-face")
    modes = dict(wave.collectors.values_list("code", "mode"))
    assert modes == {"open-link": "online", "paper": "paper", "calls": "telephone", "stalls": "face-to-face"}


def test_a_random_sample_has_a_stratum_and_a_base_weight_and_an_open_one_has_neither(analyst, wave):
    sampled = {"sample_type": "random", "stratum": "North", "base_weight": "41.5"}
    assert add(analyst, wave, **sampled).status_code == 302
    assert str(wave.collectors.get(code="library").base_weight) == "41.5000"
    refused = add(analyst, wave, **sampled | {"code": "other", "sample_type": "open"})
    assert refused.status_code == 422
    assert "Only a random sample has a stratum and a base weight." in text(refused)
    assert 'value="North"' in text(refused)  # what was typed stays


def test_a_code_that_the_wave_has_already_is_refused_in_words(analyst, wave):
    add(analyst, wave)
    refused = add(analyst, wave, title="Another")
    assert "This wave has a way in with this code already. Give another." in text(refused)
    assert wave.collectors.count() == 2


def test_a_closed_wave_takes_no_way_in(analyst, wave):
    actions.close_wave(wave=wave)
    assert "This wave is closed, so its ways in stay as they are." in text(add(analyst, wave))
    assert wave.collectors.count() == 1


@pytest.mark.parametrize("make", [make_response, make_draft], ids=["an answer", "a form in progress"])
def test_a_way_in_with_answers_keeps_what_they_say_and_cannot_go(analyst, wave, make):
    way = make_collector(wave, "library")
    make(wave, collector=way)
    assert "so its code, mode and sample type stay" in text(change(analyst, way, sample_type="random"))
    assert "so its code, mode and sample type stay" in text(change(analyst, way, code="elsewhere"))
    assert change(analyst, way, title="Poster by the door").status_code == 302
    refused = analyst.post(reverse("survey_remove_collector", args=[way.pk]), follow=True)
    assert "cannot be removed. People have answered by this way in, or are answering now" in text(refused)
    assert Collector.objects.values_list("title", "code", "sample_type").get(pk=way.pk) == (
        "Poster by the door",
        "library",
        "open",
    )


def test_a_way_in_without_answers_can_go(analyst, wave):
    way = make_collector(wave, "library")
    assert analyst.get(reverse("survey_remove_collector", args=[way.pk])).status_code == 200
    analyst.post(reverse("survey_remove_collector", args=[way.pk]))
    assert list(wave.collectors.values_list("code", flat=True)) == ["open-link"]


def test_nobody_else_adds_a_way_in(client, wave):
    user = User.objects.create_user("officer", "o@example.org", organisation=Organisation.objects.create(code="c"))
    user.groups.add(Group.objects.get(name="Communications officers"))
    client.force_login(user)
    add(client, wave)
    assert wave.collectors.count() == 1


def test_the_database_holds_what_a_way_in_may_be(wave):
    assert refuses("collector_mode_fits_kind", lambda: make_collector(wave, "a", kind="paper", mode="online"))
    assert refuses("collector_mode_fits_kind", lambda: make_collector(wave, "a", mode="telephone"))
    assert refuses("collector_weight_only_if_random", lambda: make_collector(wave, "a", stratum="North"))
    random = {"sample_type": "random", "base_weight": 0}
    assert refuses("collector_weight_positive", lambda: make_collector(wave, "a", **random))
    assert refuses("collector_channel_where_placed", lambda: make_collector(wave, "a", channel=""))
    # SQLite names the column and not the constraint.
    once = r"collector_one_open_link_per_wave|surveys_collector\.wave_id"
    assert refuses(once, lambda: make_collector(wave, "a", kind="open-link"))


def test_the_tally_counts_each_answer_under_its_day_and_way_in(wave, django_assert_num_queries):
    link, day = open_link(wave), wave.opens
    for _ in range(3):
        actions.tally(collector=link, day=day)
    actions.tally(collector=make_collector(wave, "library"), day=day)
    assert set(Tally.objects.values_list("collector__code", "count")) == {("open-link", 3), ("library", 1)}
