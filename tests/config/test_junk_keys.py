"""Forms of the admin sent with keys that no row has, or without their fields: tampered with. Never a 500."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.forms import BaseForm, ModelChoiceField
from django.http import HttpResponse
from django.urls import NoReverseMatch, get_resolver, resolve, reverse

from core.middleware import RefuseTamperedForms
from tests.factories.campaigns import make_live_page
from tests.factories.rows import make_one_of_each

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(client, make_user, campaign_index):
    """Sign somebody in who meets every form, with a row of everything to edit."""
    make_one_of_each()
    user = make_user("root", is_superuser=True)
    client.force_login(user)
    return user


def forms(client) -> Iterator[tuple[str, BaseForm]]:
    """Yield the address and the form of every view of a viewset that adds or edits."""
    for space, (_, inner) in sorted(get_resolver().namespace_dict.items()):
        for verb in {"add", "edit", "copy"} & {key for key in inner.reverse_dict if isinstance(key, str)}:
            if (address := address_of(f"{space}:{verb}")) is None:
                continue
            response = client.get(address)
            if response.status_code == 200 and "form" in (response.context or {}):
                yield address, response.context["form"]


def address_of(name: str) -> str | None:
    """Return where the view stands; one that changes a row stands at the first row of its model."""
    try:
        return reverse(name)
    except NoReverseMatch:
        pass
    try:
        model: type[Model] = resolve(reverse(name, args=[1])).func.view_initkwargs["model"]
    except (NoReverseMatch, AttributeError, KeyError):
        return None
    row = model._default_manager.order_by("pk").first()
    return reverse(name, args=[row.pk]) if row else None


def as_it_stands(form: BaseForm) -> dict[str, Any]:
    """Return what the form holds, without what none of its formsets has."""
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    for formset in getattr(form, "formsets", {}).values():
        data |= {f"{formset.prefix}-{key}": 0 for key in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return {name: value for name, value in data.items() if value is not None and not isinstance(value, FieldFile)}


def choices(form: BaseForm) -> list[str]:
    """Return the fields that take a row."""
    return [name for name, field in form.fields.items() if isinstance(field, ModelChoiceField)]


@pytest.mark.parametrize(
    ("junk", "fields"),
    [("not-a-number", choices), ("9" * 400, choices), ("9" * 5000, lambda form: form.fields)],
    ids=["a word for a row", "400 digits for a row", "5000 digits everywhere"],
)
def test_no_form_of_the_admin_breaks_at_junk(client, root, junk, fields):
    client.raise_request_exception = False
    answers = {
        address: client.post(address, as_it_stands(form) | dict.fromkeys(fields(form), junk)).status_code
        for address, form in forms(client)
    }
    assert {address: status for address, status in answers.items() if status not in {200, 302, 400}} == {}
    assert len(answers) > 50


def test_a_chooser_among_inline_rows_takes_no_junk_either(client, root):
    client.raise_request_exception = False
    data = {
        "title": "Your area",
        "code": "area",
        "sections-TOTAL_FORMS": 1,
        "sections-INITIAL_FORMS": 0,
        "sections-0-title": "One",
        "sections-0-items-TOTAL_FORMS": 1,
        "sections-0-items-INITIAL_FORMS": 0,
        "sections-0-items-0-wording": "not-a-number",
    }
    response = client.post(reverse("wagtailsnippets_surveys_questionnaire:add"), data)
    assert response.status_code == 400
    assert "We could not understand that" in response.content.decode()


def test_a_fault_of_ours_stays_a_fault(rf):
    middleware = RefuseTamperedForms(lambda _: HttpResponse())
    sent = rf.post("/admin/", {"survey": "12"})
    for fault in (
        ValueError("Field 'id' expected a number but got 'ours'."),
        OverflowError("too large"),
        KeyError("x"),
    ):
        assert middleware.process_exception(sent, fault) is None


def test_a_page_sent_without_its_body_is_refused(client, root, campaign_index):
    for address in (
        reverse("wagtailadmin_pages:add", args=["home", "contentpage", campaign_index.get_parent().pk]),
        reverse("wagtailadmin_pages:edit", args=[make_live_page("whole").pk]),
    ):
        assert client.post(address, {"title": "No body"}).status_code == 400
        assert client.get(address).status_code == 200
