"""No role sees or changes what is not its own: every address of the admin is tried by hand, as no page offers it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from django.db.models import Model
from django.http import HttpResponse
from django.urls import NoReverseMatch, URLPattern, get_resolver, resolve, reverse
from wagtail import hooks
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page, Site

from campaigns.models import CampaignPage
from config.roles import EVERY_ROLE, ROLES, named, permissions
from core.languages.addresses import other_codes
from core.models import CouncilSettings
from tests.factories.rows import make_one_of_each

pytestmark = pytest.mark.django_db

VERBS = {"add": "add", "edit": "change", "copy": "add", "delete": "delete"}  # with the permission each needs
REFUSED = {403, 404, 405}
SENT_AWAY = "/admin/"  # where Wagtail sends whoever may not, with a sentence
# Wagtail's actions on a page, by the address that does each, with what must allow it.
OF_PAGES = {
    "edit": "can_edit",
    "delete": "can_delete",
    "unpublish": "can_unpublish",
    "copy": "can_copy",
    "move": "can_move",
    "convert_alias": "can_edit",
    "lock": "can_lock",
    "unlock": "can_unlock",
    "set_privacy": "can_set_view_restrictions",
}
# What Wagtail allows by the collection that a file lies in; the table of roles gives it with `files`.
OF_FILES = ("wagtailimages", "wagtaildocs")
# Signing in and being seen leave rows of their own.
OWN = ("django_session", "core_user", "wagtailusers_userprofile", "wagtailadmin_editingsession")


def forms() -> Iterator[tuple[str, str, str]]:
    """Yield each form of rows: its name, where it stands for a row that there is, and the permission it needs."""
    for space, (_, inner) in sorted(get_resolver().namespace_dict.items()):
        for verb in VERBS.keys() & inner.reverse_dict.keys():
            if found := _place(f"{space}:{verb}"):
                address, model = found
                needed = f"{model._meta.app_label}.{VERBS[verb]}_{model._meta.model_name}"
                yield f"{space}:{verb}", address, needed


def _place(name: str) -> tuple[str, type[Model]] | None:
    for arguments in ([], [1]):
        with suppress(NoReverseMatch, AttributeError, KeyError):
            address = reverse(name, args=arguments)
            model = resolve(address).func.view_initkwargs["model"]
            row = model._default_manager.order_by("pk").first() if arguments else None
            if row or not arguments:
                return reverse(name, args=[row.pk] if row else []), model
    return None


def views_of_ours() -> Iterator[tuple[str, str]]:
    """Yield each view that a room adds to the admin: its name, and where it stands for rows of the room.

    Which row an address means is for the view to say, so each is tried with the first key of every model.
    """
    of_hooks = [(hook.__module__, "", hook) for hook in hooks.get_hooks("register_admin_urls")]
    of_sets = [(type(one).__module__, f"{one.url_prefix}/", one.get_urlpatterns) for one in _sets()]
    for module, prefix, patterns in of_hooks + of_sets:
        room = apps.get_containing_app_config(module)
        if room is None or module.startswith("wagtail"):
            continue
        keys = {key for model in room.get_models() for key in _keys(model)} | set(_keys(Page))
        for pattern in patterns():
            for place in _addresses(pattern, keys):
                yield f"{prefix}{pattern.name}", f"/admin/{prefix}{place}"


def _sets() -> list[ModelViewSet]:
    """Return the lists of rows that our rooms add to the admin; Wagtail knows them once its addresses are loaded."""
    get_resolver().namespace_dict  # noqa: B018  (loads them)
    return [one for one in viewsets.viewsets if one.name and not type(one).__module__.startswith("wagtail")]


def _keys(model: type[Model]) -> list[int]:
    first = model._default_manager.order_by("pk").values_list("pk", flat=True)[:1]
    return [key for key in first if isinstance(key, int)]


def _addresses(pattern: URLPattern, keys: set[int]) -> Iterator[str]:
    route, named = str(pattern.pattern), pattern.pattern.converters
    choices = {name: keys if "Int" in type(kind).__name__ else other_codes() for name, kind in named.items()}
    for values in product(*choices.values()):
        address = route
        for (name, kind), value in zip(named.items(), values, strict=True):
            word = type(kind).__name__.removesuffix("Converter").lower().replace("string", "str")
            address = address.replace(f"<{word}:{name}>", str(value))
        yield address


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


def _is_refused(answer: HttpResponse) -> bool:
    return answer.status_code in REFUSED or (answer.status_code == 302 and answer["Location"] == SENT_AWAY)


@pytest.fixture
def let_in(client, campaign_index):
    """Return a function that says how an address lets whoever is signed in see or change it; empty where it does not.

    An empty form is enough: who is refused gets neither the form, with its errors or without, nor anything written.
    """
    make_one_of_each()
    CouncilSettings.for_site(Site.objects.get())  # made when a page first asks for it
    client.raise_request_exception = False

    def tried(address: str) -> list[str]:
        with writes() as written:
            answers = {verb: getattr(client, verb)(address) for verb in ("get", "post")}
        open_to = [verb for verb, answer in answers.items() if not _is_refused(answer)]
        return [f"{verb} {answers[verb].status_code}" for verb in open_to] + written

    return tried


def test_no_role_opens_a_form_that_the_table_does_not_give_it(client, make_user, let_in):
    """Tried by two roles that may not: the one that may do most else with such rows, and the one that may do least."""
    holders = {role: make_user(f"someone-{number}", role) for number, role in enumerate(ROLES)}
    found, holes = list(forms()), {}
    for name, address, needed in found:
        rows = needed.rpartition("_")[2]
        without = [
            (sum(held.endswith(f"_{rows}") for held in user.get_all_permissions()), role)
            for role, user in holders.items()
            if not user.has_perm(needed) and not (ROLES[role].files and name.startswith(OF_FILES))
        ]
        for _, role in {max(without), min(without)}:
            client.force_login(holders[role])
            if how := let_in(address):
                holes[role, name] = how
    assert holes == {}
    assert len(found) > 50


def test_no_role_does_with_a_page_what_it_is_not_allowed(client, make_user, let_in):
    page, holes, refused = CampaignPage.objects.get(), {}, 0
    for number, role in enumerate(ROLES):
        client.force_login(user := make_user(f"someone-{number}", role))
        for name, allowed in OF_PAGES.items():
            if getattr(page.permissions_for_user(user), allowed)():
                continue
            refused += 1
            if how := let_in(reverse(f"wagtailadmin_pages:{name}", args=[page.pk])):
                holes[role, name] = how
    assert holes == {}
    assert refused > 60


def test_who_may_only_sign_in_sees_and_changes_nothing(client, make_user, let_in):
    """What a room adds to the admin asks for a permission; which one, the tests of the room say."""
    group = Group.objects.create(name="Nothing but the door")
    group.permissions.set(permissions()[named(name, verb)] for name, verb in EVERY_ROLE.items())
    client.force_login(make_user("someone", group.name))
    assert Permission.objects.filter(group=group).count() == 1
    without_row = [one.model for one in _sets() if not one.model._default_manager.exists()]
    assert without_row == [], "No address of these can be tried: make one of each in tests/factories/rows.py."
    found = list(views_of_ours())
    holes = {address: how for _, address in found if (how := let_in(address))}
    assert holes == {}
    assert len({name for name, _ in found}) > 100
