"""The demonstration's classes: every state can be looked at, all of it says "Sample data", and all of it goes again."""

import csv
import io

import pytest
from django.urls import reverse

from indicators.registry import measures
from schools import demo_classes, demo_schools
from schools.demo_classes import TAUGHT, sample_link
from schools.models import ClassAnswer, ClassPool, ClassQuestion, ClassResult, ClassSession, ClassVersion, LessonPack
from surveys.models import Instrument
from tests.factories.classes import LIKERT
from tests.factories.schools import make_pack, make_pack_page, make_schools_index
from tests.factories.surveys import make_wording

pytestmark = pytest.mark.django_db
WOULD = tuple((name, name) for name in ("definitely", "probably", "probably-not", "definitely-not", "not-sure"))
YES = tuple((name, name) for name in ("yes", "no", "not-sure"))


def lay():
    make_schools_index()
    for code, options in (("PUP01", LIKERT), ("PUP02", WOULD), ("PUP05", WOULD), ("PUP06", YES)):
        make_wording(code, theme="pupil", text=f"Text of {code}", options=options)
    make_pack_page(make_pack(code=TAUGHT, key_stages=("ks3",)))
    demo_schools.load(lambda _: None)
    demo_classes.load(lambda _: None)


@pytest.fixture(scope="module", autouse=True)
def laid_classes(lay_once):
    lay_once(lay)


@pytest.fixture
def seen(client):
    """Return a function that returns the page of the sample class with this name."""
    return lambda name: client.get(reverse("classes:session", args=[sample_link(name)])).content.decode()


def test_the_page_of_a_teacher_stands_in_every_state(seen):
    told = seen("with-result")
    assert "9 days lay between" in told
    assert "Sample data" in told
    assert "Not shown: too few pupils" in told
    assert "Not enough answers" in seen("small")
    assert "9 answers so far. Open now." in " ".join(seen("open").split())
    assert "%" not in seen("open").partition("<h1>")[2]


def test_what_the_classes_say_together_is_published_as_sample_data(client, make_user):
    shown = client.get(LessonPack.objects.get(code=TAUGHT).pages.get().url).content.decode()
    assert "5 classes of 4 schools, about 120 answers before and 120 after" in shown
    assert "indicative: higher" in shown
    assert "no clear change" in shown
    assert shown.count("Sample data") >= 2
    client.force_login(make_user("anna", "Survey analysts"))
    content = client.get(reverse("export_class_pool", args=[ClassPool.objects.get().pk])).content.decode()
    assert {row["source"] for row in csv.DictReader(io.StringIO(content))} == {"Sample data"}


@pytest.mark.parametrize("name", ["schools.classes", "schools.pupils"])
def test_measures_say_that_it_is_invented(name):
    (reading,) = measures[name].read({})
    assert (reading.is_sample, reading.value) == (True, {"schools.classes": 6, "schools.pupils": 127}[name])


def test_the_change_of_the_sample_says_so_too():
    accepted = {"pack": TAUGHT, "question": "PUP01", "accept_draft": True}
    (reading,) = measures["schools.class_change"].read(accepted)
    assert reading.is_sample


def test_loading_twice_changes_nothing_and_removing_leaves_nothing():
    demo_classes.load(lambda _: None)
    assert ClassSession.objects.count() == 7
    demo_classes.remove()
    for model in (ClassSession, ClassAnswer, ClassPool, ClassResult, ClassVersion, ClassQuestion, Instrument):
        assert not model.objects.exists()
