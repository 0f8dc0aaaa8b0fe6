"""What is kept of answers: shuffled copies while a wave is open, and nothing once its years are over."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils import timezone

from indicators.actions import refresh_all
from indicators.models import Measurement
from surveys import actions
from surveys.actions.keeping import BATCH
from surveys.models import Collector, Instrument, Response, Wave
from surveys.tasks import rewrite
from tests.factories.indicators import indicator
from tests.factories.results import publish
from tests.factories.surveys import make_open_wave, make_response, make_survey, make_survey_page, make_wave
from tests.surveys.browsing import text

pytestmark = pytest.mark.django_db

SHARE = {"survey": "local-voice", "question": "CNF01", "answers": ["agree"]}

# The wave cannot be another: the rewriting is of one wave.
COPIED = [column for column in Response._meta.concrete_fields if column.name not in {"id", "rewritten", "wave"}]


def fresh(wave):
    return wave.responses.filter(rewritten=False).count()


def test_a_batch_of_new_answers_is_rewritten_at_the_next_sweep_while_the_wave_is_open(wave):
    before = {make_response(wave, cnf01="agree", opn01=f"Words {number}").pk for number in range(BATCH)}
    rewrite()

    responses = wave.responses.all()
    assert before.isdisjoint({response.pk for response in responses})
    assert all(response.rewritten and response.pk.version == 4 for response in responses)
    assert {response.answers["opn01"] for response in responses} == {f"Words {number}" for number in range(BATCH)}
    assert wave.state == "open"
    assert not Response.objects.readable().exists()


def test_fewer_new_answers_than_a_batch_wait_for_more_and_for_the_closing_at_the_latest(wave):
    for number in range(BATCH - 1):
        make_response(wave, opn01=f"Words {number}")
    rewrite()
    assert fresh(wave) == BATCH - 1

    actions.close_wave(wave=wave)
    assert fresh(wave) == 0
    assert Response.objects.readable().count() == BATCH - 1


def test_new_answers_of_two_waves_make_no_batch_together(wave):
    other = make_open_wave(survey=make_survey("other"), questionnaire=wave.questionnaire)
    for one in (wave, other):
        for _ in range(BATCH // 2):
            make_response(one, cnf01="agree")
    rewrite()

    assert fresh(wave) == fresh(other) == BATCH // 2


def test_a_second_sweep_finds_nothing_to_rewrite(wave):
    for _ in range(BATCH):
        make_response(wave, cnf01="agree")

    assert actions.rewrite_due() == BATCH
    written = set(wave.responses.values_list("pk", flat=True))
    assert actions.rewrite_due() == 0
    assert set(wave.responses.values_list("pk", flat=True)) == written


def test_each_batch_is_shuffled_with_those_before_it(wave):
    for _ in range(BATCH):
        make_response(wave, cnf01="agree")
    actions.rewrite_due()
    first = set(wave.responses.values_list("pk", flat=True))
    for _ in range(BATCH):
        make_response(wave, cnf01="disagree")
    actions.rewrite_due()

    assert first.isdisjoint(wave.responses.values_list("pk", flat=True))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM surveys_response")
            assert cursor.fetchone() == (1,)


def test_every_column_but_the_key_is_carried_over(wave):
    response = make_response(wave, cnf01="agree")
    given = {column.attname: unlike(column, getattr(response, column.attname)) for column in COPIED}
    assert [name for name, value in given.items() if value == getattr(response, name)] == []
    Response.objects.filter(pk=response.pk).update(**given)
    actions.rewrite_shuffled(wave=wave)

    assert Response.objects.values(*given).get() == given


def unlike(column, value):
    """Return another value that ``column`` may hold, of the same wave."""
    if isinstance(column, models.ForeignKey):
        return unlike_row(column, value)
    if isinstance(column, models.DateField):
        return date(2021, 3, 1)
    if isinstance(column, models.JSONField):
        return ["something"] if isinstance(value, list) else {"something": "else"}
    if isinstance(column, models.BooleanField):
        return not value
    if isinstance(column, models.CharField):
        return "x"
    raise AssertionError(f"Say what another {column.name} would be.")


def unlike_row(column, value):
    """Return the key of another row that ``column`` may point to."""
    row = column.related_model.objects.get(pk=value)
    row.pk, row._state.adding = None, True
    others = {Collector: {"code": "paper", "kind": "paper", "mode": "paper"}, Instrument: {"digest": "another"}}
    for name, other in others[column.related_model].items():
        setattr(row, name, other)
    row.save()
    return row.pk


def test_nothing_hangs_on_a_response_that_rewriting_would_lose():
    assert Response._meta.related_objects == ()
    assert list(Response._meta.many_to_many) == []


def test_the_time_of_keeping_is_said_before_the_first_question_and_stays_as_it_was_promised(client, wave):
    Wave.objects.update(years_kept=2)
    make_survey_page(wave.survey)
    assert "Your answers are deleted 2 years after the survey closes." in text(client.get("/surveys/local-voice/"))

    wave.refresh_from_db()
    wave.years_kept = 10
    with pytest.raises(ValidationError, match="its plan stays as it was signed off"):
        wave.full_clean()


@pytest.mark.parametrize("years", [0, 21])
def test_answers_are_kept_for_one_to_twenty_years(years):
    planned = make_wave()
    planned.years_kept = years
    with pytest.raises(ValidationError, match="1 to 20"):
        planned.full_clean()


def test_purge_keeps_what_was_published_with_its_error(wave):
    shown = indicator(measure="surveys.share", parameters=SHARE)
    for answer in ("agree", "agree", "disagree"):
        make_response(wave, cnf01=answer)
    publish(wave)
    refresh_all()
    published = Measurement.objects.filter(indicator=shown).values()
    before = list(published)
    assert (before[0]["n"], before[0]["se"] is None) == (3, False)

    assert Response.Privacy.purge(timezone.now() + timedelta(days=3 * 365 + 2)) == 3
    refresh_all()
    assert list(published.all()) == before


def test_the_years_are_counted_from_the_day_the_wave_closed_and_not_from_its_last_day_of_answering(wave):
    """Paper goes on coming by post: a wave may close weeks after its last day."""
    make_response(wave, cnf01="agree")
    days_later = 70  # forty after its last day
    actions.close_wave(wave=wave, day=timezone.localdate() + timedelta(days=days_later))
    closed_at = timezone.now() + timedelta(days=days_later)

    assert Response.Privacy.purge(closed_at + timedelta(days=3 * 365)) == 0
    assert Response.Privacy.purge(closed_at + timedelta(days=3 * 365 + 2)) == 1


def test_purge_deletes_the_answers_of_each_wave_when_its_own_years_are_over(wave):
    longer = make_open_wave(survey=make_survey("longer"), questionnaire=wave.questionnaire, years_kept=5)
    still_open = make_open_wave(survey=make_survey("open"), questionnaire=wave.questionnaire)
    for one in (wave, longer, still_open):
        make_response(one, cnf01="agree")
    for one in (wave, longer):
        actions.close_wave(wave=one)
    now = timezone.now()

    assert Response.Privacy.purge(now + timedelta(days=3 * 365)) == 0
    assert Response.Privacy.purge(now + timedelta(days=3 * 365 + 2)) == 1
    assert {response.wave for response in Response.objects.all()} == {longer, still_open}
    assert Response.Privacy.purge(now + timedelta(days=5 * 365 + 3)) == 1
    assert Response.objects.get().wave == still_open
