"""Codes that stand in addresses, files and figures stay; nothing is copied past what its room does with a new row."""

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, reverse

from core.models import LastingCode, User
from tests.factories.rows import make_one_of_each

pytestmark = pytest.mark.django_db

PLACES = {
    "campaigns.campaign": "campaigns",
    "core.area": "area",
    "core.organisation": "organisation",
    "core.ward": "ward",
    "events.event": "wagtailsnippets_events_event",
    "indicators.indicator": "indicator",
    "indicators.objective": "objective",
    "indicators.strategy": "strategy",
    "schools.lessonpack": "wagtailsnippets_schools_lessonpack",
    "surveys.question": "wagtailsnippets_surveys_question",
    "surveys.survey": "wagtailsnippets_surveys_survey",
}


@pytest.fixture
def root(client, make_user, campaign_index):
    """Sign in somebody who may do everything, with a row of everything."""
    make_one_of_each()
    client.force_login(user := make_user("root", is_superuser=True))
    return user


# The form of one that stands does not ask for its code again; tests/campaigns/test_placements.py holds the rule.
NOT_ASKED_AGAIN = {"campaigns.placement"}


def test_a_lasting_code_is_refused_where_somebody_changes_it(client, root):
    lasting = {model._meta.label_lower for model in apps.get_models() if issubclass(model, LastingCode)}
    assert lasting == PLACES.keys() | NOT_ASKED_AGAIN
    for label, space in PLACES.items():
        model = apps.get_model(label)
        row = model.objects.first()
        given = getattr(row, model.lasting)
        changed = "ZZZ99" if label == "surveys.question" else "changed"
        response = client.post(reverse(f"{space}:edit", args=[row.pk]), {model.lasting: changed})
        sentence = f"It stands in addresses, files and figures, so it cannot change. Write “{given}” again."
        assert sentence in response.context["form"].errors[model.lasting], label
        row.refresh_from_db()
        assert getattr(row, model.lasting) == given


def test_a_new_row_takes_any_code_that_is_free(client, root):
    client.post(reverse("organisation:add"), {"code": "new", "name": "New"})
    assert apps.get_model("core.organisation").objects.filter(code="new").exists()


@pytest.mark.parametrize(
    "space",
    [
        "campaigns",
        "wagtailsnippets_events_event",
        "wagtailsnippets_events_occurrence",
        "wagtailsnippets_schools_lessonpack",
        "wagtailsnippets_surveys_survey",
        "wagtailsnippets_surveys_wave",
        "wagtailsnippets_core_supportservice",
        "wagtailusers_users",
    ],
)
def test_what_brings_a_page_a_state_or_an_account_is_not_copied(space):
    with pytest.raises(NoReverseMatch):
        reverse(f"{space}:copy", args=[1])


def test_nobody_writes_over_an_account_through_the_address_for_copies(client, make_user, campaign_index):
    root = make_user("root", is_superuser=True)
    client.force_login(make_user("ada", "Administrators"))
    client.post(
        f"/admin/users/copy/{root.pk}/",
        {
            "username": "root",
            "email": "ada@example.org",
            "first_name": "A",
            "last_name": "B",
            "password1": "a-longer-password-9",
            "password2": "a-longer-password-9",
        },
    )
    assert User.objects.get(username="root").check_password("a-long-password")
