"""How teachers find a pack: the list narrowed down by an address alone, with the number behind each answer."""

import pytest

from core.enums import Strand
from schools.actions import classify
from tests.factories.calendar import make_awareness_date
from tests.factories.schools import make_file, make_pack, make_pack_page, make_schools_index

pytestmark = pytest.mark.django_db


def titles(response):
    return [item.title for item in response.context["page_obj"]]


def counted(response):
    """Return the answers that lead somewhere, each with its number of packs, by question."""
    return {facet.name: {o.value: o.count for o in facet.options if o.count} for facet in response.context["facets"]}


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
        ("topic=law&topic=online", ["A", "C"]),
        ("strand=disability", ["B"]),
        ("strand=race&topic=law", ["A"]),
        ("language=ur", ["B"]),
        ("language=en&language=ur", ["A", "B"]),
        ("language=xx&awareness=no-such-week&topic=magic&strand=0", ["A", "B", "C"]),
        ("awareness=refugee-week", ["B", "C"]),
        ("awareness=refugee-week&strand=race", ["B"]),
    ],
)
def test_choices_narrow_the_list_and_nonsense_is_passed_over(client, query, expected):
    week = make_awareness_date("Refugee Week")
    a = make_pack(title="A", topics=["law"], strands=["race"])
    b = make_pack(title="B", subjects=["english"], strands=list(Strand), awareness_dates=[week])
    c = make_pack(title="C", key_stages=["ks3"], duration=30, topics=["online"], awareness_dates=[week])
    for pack in (a, b, c):
        make_pack_page(pack)
    make_file(a)
    make_file(b, language="ur")
    response = client.get(f"{make_schools_index().url}?{query}")
    assert response.status_code == 200
    assert titles(response) == expected


def test_each_answer_says_how_many_packs_it_leads_to(client):
    make_pack_page(make_pack(key_stages=["ks2", "ks3"], subjects=["pshe"]))
    make_pack_page(make_pack(key_stages=["ks2"], subjects=["english"], duration=20))
    response = client.get(f"{make_schools_index().url}?subject=english")
    assert counted(response) == {"stage": {"ks2": 1}, "subject": {"english": 1, "pshe": 1}, "length": {"30": 1}}
    ticked = [o.value for facet in response.context["facets"] for o in facet.options if o.checked]
    assert ticked == ["english"]


def test_a_pack_counts_once_for_each_answer_however_many_files_it_has(client):
    week = make_awareness_date("Refugee Week")
    pack = make_pack(topics=["law", "online"], strands=list(Strand), awareness_dates=[week])
    make_pack_page(pack)
    for language in ("en", "en", "ur"):
        make_file(pack, language=language)
    other = make_pack_page(make_pack(key_stages=["ks4"], topics=["law"])).pack
    make_file(other, language="pl")
    counts = counted(client.get(f"{make_schools_index().url}?stage=ks2&topic=online"))
    assert counts["topic"] == {"law": 1, "online": 1}
    assert counts["strand"] == dict.fromkeys(map(str, Strand), 1)
    assert counts["language"] == {"en": 1, "ur": 1}
    assert counts["awareness"] == {"refugee-week": 1}
    assert counts["stage"] == {"ks2": 1}


def test_all_five_strands_stand_in_sight_and_what_leads_nowhere_stands_aside(client):
    make_pack_page(make_pack(strands=["race"], topics=["law"]))
    facets = {facet.name: facet for facet in client.get(make_schools_index().url).context["facets"]}
    assert [option.value for option in facets["strand"].leading] == list(Strand)
    assert [option.value for option in facets["topic"].leading] == ["law"]
    assert "history" in [option.value for option in facets["topic"].empty]
    assert "language" not in facets
    assert "awareness" not in facets


def test_what_only_drafts_have_is_not_told(client):
    make_pack_page(make_pack())
    draft = make_pack(awareness_dates=[make_awareness_date("Refugee Week")])
    make_pack_page(draft, live=False)
    make_file(draft, language="so")
    html = client.get(make_schools_index().url).content.decode()
    assert "Refugee Week" not in html
    assert "Somali" not in html


def test_an_address_holds_when_its_awareness_date_is_renamed(client):
    week = make_awareness_date("Refugee Week")
    make_pack_page(make_pack(title="Welcome", awareness_dates=[week]))
    week.name = "Week of refugees"
    week.save()
    make_awareness_date("Refugee Week")
    response = client.get(f"{make_schools_index().url}?awareness=refugee-week")
    assert titles(response) == ["Welcome"]
    assert "<strong>Week of refugees</strong>" in response.content.decode()


def test_an_address_holds_when_no_pack_fits_it_any_more(client):
    page = make_pack_page(make_pack(awareness_dates=[make_awareness_date("Refugee Week")]))
    make_file(page.pack, language="so")
    make_pack_page(make_pack(title="Another"))
    page.unpublish()
    response = client.get(f"{make_schools_index().url}?awareness=refugee-week&language=so")
    assert titles(response) == []
    assert "<strong>Somali, Refugee Week</strong>" in response.content.decode()


def test_a_pack_that_is_classified_anew_is_found_at_once(client, settings, django_capture_on_commit_callbacks):
    """The list is kept for visitors, so what it is made of must make it forgotten."""
    settings.PAGES_KEPT_FOR = 300
    address = f"{make_schools_index().url}?topic=law"
    with django_capture_on_commit_callbacks(execute=True):
        page = make_pack_page(make_pack(title="Fair play", topics=["online"]))
    assert "Fair play" not in client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        classify(pack=page.pack, key_stages=["ks2"], subjects=["pshe"], topics=["law"])
    assert "Fair play" in client.get(address).content.decode()


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
    assert one == 22
