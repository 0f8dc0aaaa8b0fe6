"""No role changes what its pages do not offer: forms sent by hand to every address of the admin that changes a row."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.urls import NoReverseMatch, get_resolver, resolve, reverse

from campaigns.models import CampaignPage
from config.roles import ROLES
from tests.factories.rows import make_one_of_each

pytestmark = pytest.mark.django_db

VERBS = {"add": "add", "edit": "change", "copy": "add", "delete": "delete"}  # with the permission each needs
REFUSED = {302, 403, 404, 405}
# Wagtail's actions on a page, and ours, by the address that does each.
OF_PAGES = (
    *(f"wagtailadmin_pages:{verb}" for verb in ("edit", "delete", "unpublish", "copy", "move", "convert_alias")),
    *(f"wagtailadmin_pages:{verb}" for verb in ("lock", "unlock", "set_privacy", "confirm_workflow_cancellation")),
)
# Signing in and being seen leave rows of their own.
OWN = ("django_session", "core_user", "wagtailusers_userprofile", "wagtailadmin_editingsession")


def places() -> Iterator[tuple[str, str, str]]:
    """Yield what can be sent to: the name of each form, where it stands for a row that there is, and the permission."""
    for space, (_, inner) in sorted(get_resolver().namespace_dict.items()):
        for verb in VERBS.keys() & inner.reverse_dict.keys():
            if found := _place(f"{space}:{verb}"):
                address, model = found
                needed = f"{model._meta.app_label}.{VERBS[verb]}_{model._meta.model_name}"
                yield f"{space}:{verb}", address, needed
    page = CampaignPage.objects.get()
    yield from ((name, reverse(name, args=[page.pk]), "") for name in OF_PAGES)


def _place(name: str) -> tuple[str, type[Model]] | None:
    for arguments in ([], [1]):
        with suppress(NoReverseMatch, AttributeError, KeyError):
            address = reverse(name, args=arguments)
            model = resolve(address).func.view_initkwargs["model"]
            row = model._default_manager.order_by("pk").first() if arguments else None
            if row or not arguments:
                return reverse(name, args=[row.pk] if row else []), model
    return None


@contextmanager
def writes():
    """Give a list that fills with the tables written to; whatever is written is taken back at the end."""
    written: list[str] = []

    def note(execute: Callable, sql: str, *rest: Any) -> Any:
        verb, _, after = sql.lstrip().partition(" ")
        if verb in {"INSERT", "UPDATE", "DELETE"} and not any(f'"{table}"' in after[:80] for table in OWN):
            written.append(sql[:80])
        return execute(sql, *rest)

    point = transaction.savepoint()
    with connection.execute_wrapper(note):
        yield written
    transaction.savepoint_rollback(point)


def test_no_role_changes_what_its_pages_do_not_offer(client, make_user, campaign_index):
    """An empty form is enough: who is refused gets neither the form back with its errors, nor anything written.

    What a role may do by the table of roles is left out; what it does without that, its page must offer.
    """
    make_one_of_each()
    client.raise_request_exception = False
    found = list(places())
    let_in, refused = {}, 0
    for number, role in enumerate(ROLES):
        client.force_login(user := make_user(f"someone-{number}", role))
        for name, address, needed in found:
            if needed and user.has_perm(needed):
                continue
            with writes() as written:
                status = client.post(address).status_code
            if status in REFUSED and not written:
                refused += 1
            elif client.get(address).status_code != 200:
                let_in[role, name] = (status, written)
    assert let_in == {}
    assert len(found) > 60
    assert refused > 500
