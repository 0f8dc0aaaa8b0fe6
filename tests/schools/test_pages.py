"""The list of packs and the page of a pack, as visitors and editors meet them."""

import pytest
from django.test import RequestFactory
from wagtail.models import Page

from home.models import HomePage
from schools.models import LessonPackPage, SchoolsIndexPage
from tests.factories.schools import make_file, make_pack, make_pack_page, make_schools_index

pytestmark = pytest.mark.django_db


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
    assert [item.title for item in response.context["page_obj"]] == ["Fair play"]
    assert "1 lesson pack</h2>" in response.content.decode()
    assert not response.cookies


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
    for careful in ("Talks about insults.", "A teacher who has read everything first leads it."):
        assert text.index(careful) < text.index(page.download_address(file))
        assert careful in client.get(page.inside_address(file)).content.decode()


def test_where_there_is_nothing_to_warn_of_a_teacher_is_told_so_and_how_closely_to_look_after_pupils(client):
    text = client.get(make_pack_page(make_pack(supervision="alone")).url).content.decode()
    assert "We looked, and found nothing that you must be warned of." in text
    assert "Pupils can use it on their own." in text


def test_a_pack_page_says_where_it_meets_the_curriculum_and_what_strands_it_leaves_out(client):
    pack = make_pack(curriculum="Citizenship: the law.\n\nPSHE: respect.", strands=["race"], strands_left_out="Others.")
    text = client.get(make_pack_page(pack).url).content.decode()
    for words in ("<li>Citizenship: the law.</li>", "<li>PSHE: respect.</li>", "Left out: <bdi>Others.</bdi>"):
        assert words in text


def test_packs_about_the_same_stand_on_the_page_the_closest_first(client):
    page = make_pack_page(make_pack(title="This", topics=["law", "online", "history"]))
    for title, topics in {"One": ["law"], "Two": ["law", "online"], "None": ["belonging"]}.items():
        make_pack_page(make_pack(title=title, topics=topics))
    make_pack_page(make_pack(title="Draft", topics=["law"]), live=False)
    assert [other.title for other in client.get(page.url).context["alike"]] == ["Two", "One"]


def test_the_page_of_a_pack_takes_as_many_queries_beside_three_packs_alike_as_beside_one(
    client, django_assert_max_num_queries
):
    page = make_pack_page(make_pack(topics=["law"]))

    def queries() -> int:
        make_pack_page(make_pack(topics=["law"]))
        client.get(page.url)
        with django_assert_max_num_queries(100) as seen:
            client.get(page.url)
        return len(seen)

    assert queries() == queries() == queries()


def test_a_preview_shows_the_files_without_addresses():
    page = make_pack_page(live=False)
    file = make_file(page.pack, title="Lesson plan")
    response = page.make_preview_request(RequestFactory().get("/"), "")
    response.render()
    text = response.content.decode()
    assert "Lesson plan" in text
    assert str(file.uuid) not in text
