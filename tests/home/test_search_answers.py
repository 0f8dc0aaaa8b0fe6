"""What residents type, and what comes first: on the whole demonstration, the same on both databases."""

import pytest
from django.db import transaction

from config import demonstration
from home.search.actions import refresh_search
from home.search.models import SearchEntry
from home.setup import lay_tree

# In one process, which loads the demonstration once.
pytestmark = pytest.mark.xdist_group("demonstration-searched")

NUMBERS = "Numbers and statistics: how we are doing"
SEARCHES = [
    ("999", "Police, fire or ambulance"),
    ("emergency", "Police, fire or ambulance"),
    ("report hate crime", "Kirklees: reporting hate"),
    ("report anonymously", "Crimestoppers"),
    ("someone shouted at me on the bus", "Get help"),
    ("I was abused on a train", "British Transport Police"),
    ("victim support phone number", "Victim Support"),
    ("what counts as a hate crime", "What is hate crime?"),
    ("how to help if I see racist abuse", "Safe ways to help"),
    ("hate crime awareness week", "No place for hate"),
    ("lesson for year 8 about racism", "Being an upstander"),
    ("primary school lessons on prejudice", "What is prejudice?"),
    ("hateful posts online", "Words online"),
    ("events in Huddersfield", "Talk together: an open afternoon"),
    ("picnic for families", "Walk and picnic in the park"),
    ("survey about the police", "Your voice on hate crime"),
    ("is it getting better", NUMBERS),
    ("are things improving", NUMBERS),
    ("is hate crime going up", NUMBERS),
    ("hate crime numbers", NUMBERS),
    ("hate crime statistics in Kirklees", NUMBERS),
    ("statistics", NUMBERS),
    ("progress", NUMBERS),
    ("how many hate crimes are reported", "Reporting levels"),
    ("detection rate", "Detection rates"),
    ("hate crime", "What is hate crime?"),
    ("about the strategy", "About the strategy"),
    ("do you use cookies", "Privacy and cookies"),
]


@pytest.fixture(scope="module")
def demonstration_loaded(django_db_setup, django_db_blocker):
    """Load the whole demonstration once for this file, and take it away after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        lay_tree()
        for _, chapter in demonstration.in_order():
            chapter.load(str)
        refresh_search()
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(("typed", "first"), SEARCHES)
def test_what_a_resident_looks_for_comes_first(demonstration_loaded, db, client, typed, first):
    response = client.get("/search/", {"q": typed})
    assert response.context["found"].results[0].entry.title == first


def test_every_result_leads_somewhere_that_answers(demonstration_loaded, db, client):
    for entry in SearchEntry.objects.select_related("page"):
        address = entry.page.url if entry.page else entry.address
        assert client.get(address.partition("#")[0]).status_code == 200, address
