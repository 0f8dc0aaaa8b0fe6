"""The list of packs and the page of a pack, as visitors and editors meet them."""

import pytest
from django.test import RequestFactory
from wagtail.models import Page

from home.models import HomePage
from schools.models import LessonPackPage, SchoolsIndexPage
from tests.factories.schools import make_file, make_pack, make_pack_page, make_schools_index

pytestmark = pytest.mark.django_db


def titles(response):
    return [item.title for item in response.context["page_obj"]]


def test_the_pages_stand_where_they_belong():
    assert SchoolsIndexPage.allowed_parent_page_models() == [HomePage]
    assert SchoolsIndexPage.allowed_subpage_models() == [LessonPackPage]
    assert LessonPackPage.allowed_parent_page_models() == [SchoolsIndexPage]
    assert LessonPackPage.allowed_subpage_models() == []
    assert SchoolsIndexPage.max_count == 1
    assert Page not in SchoolsIndexPage.allowed_parent_page_models()


def test_the_list_shows_live_public_packs_with_their_number(client):
    make_pack_page(make_pack(title="Fair play"))
    make_pack_page(make_pack(title="Hidden"), live=False)
    response = client.get(make_schools_index().url)
    assert titles(response) == ["Fair play"]
    assert "1 lesson pack</h2>" in response.content.decode()
    assert not response.cookies


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("stage=ks2", ["A", "B"]),
        ("stage=ks2&stage=ks3", ["A", "B", "C"]),
        ("stage=ks2&subject=english", ["B"]),
        ("length=30", ["C"]),
        ("length=longer", []),
        ("stage=banana&subject=&length=-1&page=zz&stage=ks3", ["C"]),
        ("page=99", ["A", "B", "C"]),
        ("stage=%27%22%3Cscript%3E", ["A", "B", "C"]),
    ],
)
def test_choices_narrow_the_list_and_nonsense_is_passed_over(client, query, expected):
    make_pack_page(make_pack(title="A", key_stages=["ks2"], subjects=["pshe"]))
    make_pack_page(make_pack(title="B", key_stages=["ks2"], subjects=["english"]))
    make_pack_page(make_pack(title="C", key_stages=["ks3"], subjects=["pshe"], duration=30))
    response = client.get(f"{make_schools_index().url}?{query}")
    assert response.status_code == 200
    assert titles(response) == expected


def test_each_answer_says_how_many_packs_it_leads_to(client):
    make_pack_page(make_pack(key_stages=["ks2", "ks3"], subjects=["pshe"]))
    make_pack_page(make_pack(key_stages=["ks2"], subjects=["english"], duration=20))
    response = client.get(f"{make_schools_index().url}?subject=english")
    counts = {facet.name: {o.value: o.count for o in facet.options if o.count} for facet in response.context["facets"]}
    assert counts == {"stage": {"ks2": 1}, "subject": {"english": 1, "pshe": 1}, "length": {"30": 1}}
    ticked = [o.value for facet in response.context["facets"] for o in facet.options if o.checked]
    assert ticked == ["english"]


def test_choices_are_named_and_can_be_cleared_at_once(client):
    make_pack_page(make_pack(key_stages=["ks2"]))
    address = make_schools_index().url
    html = client.get(f"{address}?stage=ks2&length=60").content.decode()
    assert "<strong>Key stage 2, 31 to 60 minutes</strong>" in html
    assert '<a href="/schools/">Clear filters</a>' in html
    assert "Clear filters" not in client.get(address).content.decode()


def queries_of(client, django_assert_max_num_queries, address):
    client.get(address)
    with django_assert_max_num_queries(100) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_list_takes_as_many_queries_for_three_packs_as_for_one(client, django_assert_max_num_queries):
    make_file(make_pack_page().pack)
    address = make_schools_index().url
    one = queries_of(client, django_assert_max_num_queries, address)
    make_file(make_pack_page().pack)
    make_file(make_pack_page().pack)
    assert queries_of(client, django_assert_max_num_queries, address) == one
    assert one == 16


def test_a_pack_page_says_what_a_teacher_needs_before_the_files(client):
    pack = make_pack(content_guidance="Talks about insults.", learning="Name one thing.\nSay why.")
    page = make_pack_page(pack)
    file = make_file(pack, title="Lesson plan")
    text = client.get(page.url).content.decode()
    for words in (
        "Key stage 2 (years 3 to 6, ages 7 to 11)",
        "45 minutes",
        "Open Government Licence v3.0",
        "<li>Say why.</li>",
        "For teachers",
        "PDF, 30",
        page.download_address(file),
    ):
        assert words in text
    assert text.index("Talks about insults.") < text.index(page.download_address(file))


def test_a_preview_shows_the_files_without_addresses():
    page = make_pack_page(live=False)
    file = make_file(page.pack, title="Lesson plan")
    response = page.make_preview_request(RequestFactory().get("/"), "")
    response.render()
    text = response.content.decode()
    assert "Lesson plan" in text
    assert str(file.uuid) not in text
