"""Two classes that differ in their answers alone look alike to everybody, until both times are closed with ten each."""

import re

import pytest
from django.apps import apps
from django.core.cache import caches
from django.urls import reverse

from core.refreshing import refresh_pages
from schools.actions.classes import close_wave, combine, open_wave
from schools.models import ClassAnswer, ClassPhase, ClassResult, ClassSession
from tests.factories.classes import answer, make_class, make_class_pack, run
from tests.factories.schools import make_pack_page

pytestmark = pytest.mark.django_db
LOT, UNSURE = 1, 5
# What differs from one drawing of a page to the next: random numbers of pages and forms.
RANDOM = re.compile(
    r'(name="(?:sheet|csrfmiddlewaretoken)" value=|nonce=)"[^"]*"|"CSRF_TOKEN": ?"[^"]*"|data-csrf[^ >]*'
)


@pytest.fixture
def made():
    lesson = make_pack_page(make_class_pack())
    return (lesson, *make_class(lesson.pack))


def after_and_before(session, phase, count):
    """Let ``count`` pupils answer in ``phase``, after twelve before it if it is the second; the last stays open."""
    if phase == ClassPhase.AFTER:
        open_wave(session=session, phase=ClassPhase.BEFORE)
        for number in range(12):
            answer(session, ClassPhase.BEFORE, LOT if number % 2 else UNSURE)
        close_wave(session=session, phase=ClassPhase.BEFORE)
    open_wave(session=session, phase=phase)
    for _pupil in range(count):
        answer(session, phase, LOT)


def addresses(lesson, session, token):
    private = reverse("classes:session", args=[token])
    codes = [wave.code for wave in session.waves.all()]
    return [
        lesson.url, f"{lesson.url}class/", private,
        *(f"{private}{name}/" for name in ("codes", "parents", "safeguarding")),
        f"/ur{private}", f"/ur{lesson.url}",
        "/class/", *(f"/class/{code}/" for code in codes), *(f"/class/{code}/thanks/" for code in codes),
        "/", "/schools/", "/privacy/", "/indicators/", "/sitemap.xml", "/search/?q=pupils",
        "/api/v1/openapi.json", "/api/v1/indicators", "/api/v1/reach",
        "/admin/", reverse("class_sessions:index"), f"{reverse('class_sessions:index')}?export=csv",
        reverse("class_sessions:inspect", args=[session.pk]), reverse("class_pools"), reverse("pack_feedback"),
        reverse("wagtailsnippets_schools_classquestion:list"),
        "/admin/reports/site-history/",
    ]  # fmt: skip


def everything(client, staff, made):
    """Return all that can be had, by address: as anybody, and as somebody who may do everything."""
    caches["default"].clear()
    caches["limits"].clear()
    refresh_pages()
    found = {}
    for address in addresses(*made):
        client.logout()
        for who in ("anybody", "staff"):
            response = client.get(address)
            content = b"".join(response) if response.streaming else response.content
            found[who, address] = (response.status_code, RANDOM.sub("", content.decode("utf-8", "replace")))
            client.force_login(staff)
    return found


def answer_otherwise():
    """Let every pupil have chosen the last option in place of what they did."""
    ClassAnswer.objects.update(answer_1=UNSURE, answer_2=UNSURE, answer_3=UNSURE)


@pytest.mark.parametrize(
    "shape",
    [
        (ClassPhase.BEFORE, 14, False),  # the first is open
        (ClassPhase.AFTER, 14, False),  # the second is open, and the first had enough
        (ClassPhase.AFTER, 9, True),  # both are closed, and the second had nine
    ],
)
def test_nothing_but_the_count_can_be_had(client, make_user, made, shape):
    (phase, count, close), session = shape, made[1]
    staff = make_user("root", is_superuser=True)
    after_and_before(session, phase, count)
    if close:
        close_wave(session=session, phase=phase)
    seen = everything(client, staff, made)
    assert {status for status, _ in seen.values()} <= {200, 302, 403, 404, 410}
    assert f"{count} answers so far" in seen["anybody", reverse("classes:session", args=[made[2]])][1]
    assert seen["staff", reverse("class_sessions:inspect", args=[session.pk])][0] == 200

    answer_otherwise()
    if close:
        assert session.result is None
    different = [place for place, page in everything(client, staff, made).items() if page != seen[place]]

    assert different == []
    assert not ClassResult.objects.exists()


def test_what_was_told_does_not_move_with_the_rows_behind_it(client, make_user, made):
    session = run(made[1], [LOT, UNSURE] * 6, [LOT, UNSURE] * 6)
    staff = make_user("root", is_superuser=True)
    seen = everything(client, staff, made)
    assert "50" in seen["anybody", reverse("classes:session", args=[made[2]])][1]
    answer_otherwise()
    assert everything(client, staff, made) == seen
    assert ClassSession.objects.get(pk=session.pk).result.figures == session.result.figures


def test_no_model_shown_by_the_admin_or_the_api_is_of_single_answers():
    from wagtail.snippets.models import get_snippet_models

    shown = {model._meta.label for model in get_snippet_models()}
    assert not shown & {"schools.ClassAnswer", "schools.SentSheet", "schools.ClassResult", "schools.ClassWave"}
    assert apps.get_model("schools.ClassAnswer").objects.count() == 0


def test_two_small_classes_together_tell_neither_alone(made):
    lesson, one, _token = made
    first = run(one, [LOT] * 5 + [UNSURE] * 4, [LOT] * 9)
    second = run(make_class(lesson.pack)[0], [LOT, UNSURE], [UNSURE] * 5)
    result = combine(sessions=[first, second])
    groups = result.figures["items"][0]["groups"]
    assert [(group["before"], group["after"]) for group in groups] == [(55, 64), (45, 36)]
