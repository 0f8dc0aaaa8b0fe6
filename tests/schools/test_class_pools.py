"""Many classes together: which count, what is published, and that anybody can reckon it again."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.models import User
from indicators.registry import measures
from schools.actions.classes import start_class
from schools.actions.pools import approve_pool, confirm_school, send_back_pool, work_out_pool
from schools.classes.pooling import Answered, change
from schools.models import ClassPool, ClassSession
from tests.analysis import golden
from tests.factories.classes import make_class_pack, run
from tests.factories.register import follow
from tests.factories.register import make_school as make_registered
from tests.factories.schools import make_pack_page

pytestmark = pytest.mark.django_db
LOT, UNSURE = 1, 5


def make_school(number):
    return make_registered(urn=f"10000{number}", name=f"School {number}")


@pytest.fixture
def pack():
    return make_class_pack()


@pytest.fixture
def lead(make_user):
    return make_user("lead", "Schools leads")


@pytest.fixture
def manager(make_user):
    return make_user("manager", "Communications managers")


def a_class(pack, lead, school, shares, of=14):
    """Let a class of ``school`` answer: so many of ``of`` pupils choose what the lesson hopes for."""
    session, _ = start_class(pack=pack, year_group=5, size=30, school=school)
    session = run(session, *([LOT] * hoped + [UNSURE] * (of - hoped) for hoped in shares))
    return confirm_school(session=session, by=lead)


def classes_of_three_schools(pack, lead):
    return [a_class(pack, lead, make_school(number), shares) for number, shares in enumerate([(5, 9), (6, 8), (7, 11)])]


def test_classes_of_three_schools_are_published_once_a_second_person_approves(client, pack, lead, manager):
    page = make_pack_page(pack)
    classes_of_three_schools(pack, lead)
    pool = work_out_pool(pack=pack, by=lead)
    item = pool.figures["items"][0]
    assert (item["classes"], item["schools"], item["answers"]) == (3, 3, [40, 40])
    assert (item["before"], item["after"], item["change"]) == (43, 67, 24)
    assert item["verdict"] == "too few answers to say"
    assert "points" not in client.get(page.url).content.decode()
    with pytest.raises(ValidationError, match="Only communications managers"):
        approve_pool(pool=pool, by=lead)

    approve_pool(pool=pool, by=manager)

    shown = client.get(page.url).content.decode()
    assert "3 classes of 3 schools, about 40 answers before and 40 after" in shown
    assert "24 points" in shown
    (reading,) = measures["schools.class_change"].read({"pack": pack.code, "question": "PUP01"})
    assert (reading.value, reading.lower, reading.upper, reading.n) == (24, item["lower"], item["upper"], 40)


@pytest.fixture
def approved(pack, lead, manager):
    classes_of_three_schools(pack, lead)
    return approve_pool(pool=work_out_pool(pack=pack, by=lead), by=manager)


@pytest.fixture
def analysed(tmp_path, capsys):
    """Return a function that has `analyse_survey` reckon the contrast of one question in a file of answers."""

    def analyse(content, question):
        (tmp_path / "answers.csv").write_text(content)
        spec = {
            "data": "answers.csv", "where": {"question": question}, "design": {"clusters": "class"},
            "estimates": [{"id": "d", "kind": "contrast", "y": "hoped", "by": "phase",
                           "coefficients": {"after": 1, "before": -1}}],
        }  # fmt: skip
        (tmp_path / "spec.json").write_text(json.dumps(spec))
        call_command("analyse_survey", tmp_path / "spec.json")
        (found,) = json.loads(capsys.readouterr().out)["estimates"]
        return [round(100 * found[name]) for name in ("estimate", "lower", "upper")]

    return analyse


def test_the_published_numbers_come_out_of_the_exported_rows_again(client, approved, make_user, analysed):
    pool = approved
    address = reverse("export_class_pool", args=[pool.pk])
    client.force_login(make_user("other", "Schools leads"))
    assert client.get(address).status_code == 302  # away: leads take no answers
    client.force_login(make_user("anna", "Survey analysts"))
    content = client.get(address).content.decode()
    rows = list(csv.DictReader(io.StringIO(content)))
    assert list(rows[0]) == ["question", "hoped_for", "class", "phase", "hoped", "source"]
    assert {row["class"] for row in rows} == {"1", "2", "3"}
    item = pool.figures["items"][0]
    assert analysed(content, "PUP01.1") == [item["change"], item["lower"], item["upper"]]


def test_the_change_of_classes_agrees_with_r():
    keys, counts = {}, {}
    for row in golden.rows("dpup"):
        if row["score"]:
            key = keys.setdefault(row["class_code"], len(keys))
            side = 0 if float(row["score"]) >= 4 else 1
            counts.setdefault(key, {"pre": [0, 0], "post": [0, 0]})[row["phase"]][side] += 1
    classes = [Answered(key, key, tuple(pairs["pre"]), tuple(pairs["post"])) for key, pairs in counts.items()]
    found, expected = change(classes), golden.cases()["pupils.unlinked_hi"]["contrasts"][0]
    assert found.value / 100 == pytest.approx(expected["estimate"], rel=1e-8)
    assert found.se / 100 == pytest.approx(expected["se"], rel=1e-6)


@pytest.mark.parametrize(
    ("schools", "of"),
    [
        (2, 20),  # two schools
        (3, 9),  # 27 answers, and classes of nine
    ],
)
def test_two_schools_or_too_few_answers_are_not_published(pack, lead, schools, of):
    for number in range(schools):
        a_class(pack, lead, make_school(number), (of // 2, of // 2), of=of)
    with pytest.raises(ValidationError, match="Not enough answers"):
        work_out_pool(pack=pack, by=lead)


def test_29_answers_are_not_published_and_30_are(pack, lead):
    for number, shares in enumerate([(5, 6), (4, 7)]):
        a_class(pack, lead, make_school(number), shares, of=10)
    short = a_class(pack, lead, make_school(2), (4, 5), of=9)
    with pytest.raises(ValidationError, match="Not enough answers"):
        work_out_pool(pack=pack, by=lead)
    assert short.result is None
    a_class(pack, lead, make_school(3), (5, 6), of=10)
    assert work_out_pool(pack=pack, by=lead).figures["items"][0]["answers"] == [30, 30]


def test_a_class_counts_only_once_its_school_is_confirmed(client, pack, lead):
    for number in range(3):
        session, _ = start_class(pack=pack, year_group=5, size=30, school=make_school(number))
        run(session, [LOT] * (5 + number) + [UNSURE] * 8, [LOT] * (8 - number) + [UNSURE] * 7)
    with pytest.raises(ValidationError, match="Not enough answers"):
        work_out_pool(pack=pack, by=lead)
    client.force_login(lead)
    for session in ClassSession.objects.all():
        client.post(reverse("confirm_class_school", args=[session.pk]))
    client.post(reverse("work_out_class_pool", args=[pack.pk]))
    assert ClassPool.objects.count() == 1
    assert "Waiting for a colleague" in client.get(reverse("class_pools")).content.decode()
    nowhere, _ = start_class(pack=pack, year_group=5, size=30)
    with pytest.raises(ValidationError, match="names no school"):
        confirm_school(session=nowhere, by=lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassSession.objects.filter(pk=nowhere.pk).update(confirmed_on=timezone.localdate())


def test_everybody_alike_is_not_published(pack, lead):
    for number in range(3):
        a_class(pack, lead, make_school(number), (14, 14))
    with pytest.raises(ValidationError, match="Not enough answers"):
        work_out_pool(pack=pack, by=lead)


def test_a_school_and_the_academy_that_it_became_are_one_school(pack, lead):
    school, academy, other = map(make_school, (1, 2, 3))
    for one, shares in ((school, (5, 9)), (academy, (6, 8)), (other, (7, 11))):
        a_class(pack, lead, one, shares)
    type(school).objects.filter(pk=school.pk).update(status="closed", closed_on="2026-08-31")
    follow(school, academy)
    with pytest.raises(ValidationError, match="three schools or more"):
        work_out_pool(pack=pack, by=lead)


def test_other_answers_hoped_for_are_another_figure(pack, lead, manager):
    classes_of_three_schools(pack, lead)
    pack.class_questions.filter(wording__question__code="PUP01").update(hoped="agree-a-lot")
    for number, shares in enumerate([(4, 8), (5, 9), (6, 7)], start=4):
        a_class(pack, lead, make_school(number), shares)
    items = approve_pool(pool=work_out_pool(pack=pack, by=lead), by=manager).figures["items"]
    told = {(item["question"], item["hoped"]): item["classes"] for item in items}
    assert told["PUP01", "Agree a lot"] == 3
    assert told["PUP01", "Agree a lot / Agree a little"] == 3
    assert told["PUP02", "Agree a lot / Agree a little"] == 6


def test_what_was_published_taken_from_what_is_later_tells_of_no_class(pack, lead, manager, approved):
    a_class(pack, lead, make_school(8), (14, 14))
    for number, shares in enumerate([(6, 8), (5, 9)], start=4):
        with pytest.raises(ValidationError, match="add to what is published"):
            work_out_pool(pack=pack, by=lead)
        a_class(pack, lead, make_school(number), shares)
    second = approve_pool(pool=work_out_pool(pack=pack, by=lead), by=manager)
    assert second.figures["items"][0]["answers"] == [85, 85]
    with pytest.raises(ValidationError, match="add to what is published"):
        work_out_pool(pack=pack, by=lead)


def test_once_a_published_class_is_deleted_the_next_figure_is_of_other_classes_alone(pack, lead, manager):
    gone, *_ = classes_of_three_schools(pack, lead)
    approve_pool(pool=work_out_pool(pack=pack, by=lead), by=manager)
    gone.delete()
    with pytest.raises(ValidationError, match="add to what is published"):
        work_out_pool(pack=pack, by=lead)
    others = [a_class(pack, lead, make_school(number), (number, number + 3)) for number in (4, 5, 6)]
    pool = approve_pool(pool=work_out_pool(pack=pack, by=lead), by=manager)
    assert pool.figures["items"][0]["of"] == [session.pk for session in others]
    more = [a_class(pack, lead, make_school(number), (number - 2, number)) for number in (7, 8, 9)]
    pool = work_out_pool(pack=pack, by=lead)
    assert pool.figures["items"][0]["of"] == [session.pk for session in others + more]


def test_nobody_approves_their_own_and_what_is_sent_back_is_gone(client, pack, lead, manager):
    classes_of_three_schools(pack, lead)
    pool = work_out_pool(pack=pack, by=manager)
    with pytest.raises(ValidationError, match="A second person approves"):
        approve_pool(pool=pool, by=manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassPool.objects.filter(pk=pool.pk).update(approved_by=manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassPool.objects.create(pack=pack, figures={})
    other = User.objects.create_user("other", "other@example.org")
    other.groups.set(manager.groups.all())
    client.force_login(other)
    assert "This is what everybody would read" in client.get(reverse("class_pool", args=[pool.pk])).content.decode()
    send_back_pool(pool=pool, by=other)
    assert not ClassPool.objects.exists()


def test_classes_and_their_pupils_are_counted_by_period(pack, lead):
    a_class(pack, lead, make_school(1), (5, 9))
    start_class(pack=pack, year_group=5, size=30)
    value = {
        name: measures[name].read(parameters)[0].value
        for name, parameters in (("schools.classes", {}), ("schools.pupils", {}))
    }
    assert value == {"schools.classes": 1, "schools.pupils": 14}
    assert measures["schools.pupils"].read({"method": "reported"})[0].value == 30
    with pytest.raises(ValueError, match="counted or reported"):
        measures["schools.pupils"].read({"method": "guessed"})


def test_a_wording_that_leaves_strands_out_or_was_not_piloted_feeds_no_indicator(pack, lead, manager):
    classes_of_three_schools(pack, lead)
    approve_pool(pool=work_out_pool(pack=pack, by=lead), by=manager)
    wording = pack.class_questions.first().wording
    type(wording).objects.filter(pk=wording.pk).update(status="drafted")
    read = measures["schools.class_change"].read
    with pytest.raises(ValueError, match="is a draft"):
        read({"pack": pack.code, "question": "PUP01"})
    assert read({"pack": pack.code, "question": "PUP01", "accept_draft": True})
    with pytest.raises(ValueError, match="no lesson pack"):
        read({"pack": "nowhere", "question": "PUP01"})
    with pytest.raises(ValueError, match="no question"):
        read({"pack": pack.code, "question": "PUP99"})


def test_a_pool_older_than_its_answers_keeps_its_figures(pack, lead, manager):
    from core.privacy import purge_all

    classes_of_three_schools(pack, lead)
    pool = approve_pool(pool=work_out_pool(pack=pack, by=lead), by=manager)
    purge_all(timezone.now() + timedelta(days=365 * 3 + 2))
    assert not ClassSession.objects.exists()
    assert ClassPool.objects.get().figures == pool.figures
