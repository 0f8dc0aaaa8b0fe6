"""Who may do what: one table, laid after every migrate.

A role is a group. Its row says what it may do with which model, under which page it may add and change pages, and
what it may do with pictures and documents. Nobody may publish a page: an approval publishes (core.approvals).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from core.approvals.actions import lay_workflow
from core.languages.trees import lay_locales

OFFICERS = "Communications officers"
MANAGERS = "Communications managers"
COORDINATORS = "Coordinators"
STRATEGIC_GROUP = "Strategic group"
SCHOOLS_LEADS = "Schools leads"
EVENTS_LEADS = "Events leads"
ANALYSTS = "Survey analysts"
PARTNERS = "Partners"
LANGUAGE_CHECKERS = "Language checkers"
ADMINISTRATORS = "Administrators"

APPROVERS = [MANAGERS]
READ, WRITE, KEEP = "view", "view add change", "view add change delete"


@dataclass(frozen=True, kw_only=True)
class Role:
    """What one role may do. Names are ``app.model``; verbs stand with spaces between them.

    A verb of ``models`` is view, add, change or delete, or the whole name of a permission of the model's own.
    ``pages`` names page types: the role may do these verbs with every page of the type and whatever is below it.
    ``files`` are verbs for pictures and documents.
    """

    models: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    files: str = ""


STRATEGY_READ = {
    "indicators.strategy": READ,
    "indicators.objective": READ,
    "indicators.indicator": READ,
    "indicators.target": READ,
    # Not measurements: the admin shows them unrounded, the public pages as anybody may see them.
    "indicators.definition": READ,
}

CALENDAR_READ = {"campaigns.restrictedperiod": "view_calendar"}

ROLES: dict[str, Role] = {
    OFFICERS: Role(
        models={
            "campaigns.artwork": WRITE,
            "campaigns.kit": WRITE,
            "campaigns.mailing": WRITE,
            "campaigns.mailchimpaudience": READ,
            "campaigns.evaluation": WRITE,
            "campaigns.campaign": KEEP,
            # Never deleted: it may be printed.
            "campaigns.placement": WRITE,
            "campaigns.placementtarget": "view add",
            "campaigns.awarenessdate": KEEP,
            "campaigns.restrictedperiod": f"{READ} view_calendar",
            "reach.count": READ,
            "reach.offlinefigure": "view add",
            "campaigns.signup": "view",
            "campaigns.consentwording": "view add",
        },
        pages={"campaigns.campaignindexpage": "add change", "home.contentpage": "add change"},
        files="add change choose",
    ),
    MANAGERS: Role(
        models={
            "campaigns.artwork": f"{WRITE} approve_artwork",
            "campaigns.kit": f"{WRITE} approve_kit",
            "campaigns.mailing": f"{WRITE} approve_mailing",
            "campaigns.mailchimpaudience": f"{READ} set_up_mailchimp",
            "campaigns.evaluation": f"{WRITE} approve_evaluation",
            "campaigns.campaign": f"{KEEP} reopen_campaign",
            "campaigns.placement": WRITE,
            "campaigns.placementtarget": "view add",
            "campaigns.awarenessdate": KEEP,
            "campaigns.restrictedperiod": f"{KEEP} view_calendar",
            "campaigns.decision": "add",
            "campaigns.signup": "view",
            "campaigns.consentwording": "view add approve_consentwording",
            "campaigns.updatessettings": "view change read_evidence",
            "reach.count": READ,
            "reach.offlinefigure": "view add",
            "core.peerapprovaltask": "unpublish_page",
            "core.dutyofficer": KEEP,
            "core.deputy": KEEP,
            "core.urgentnotice": "add",
            "core.hold": "add",
            "surveys.questionnaire": READ,
            "surveys.wave": "view sign_off_wave",
            "surveys.resultset": "view approve_results",
            "schools.classpool": "view approve_classpool",
        },
        pages={"wagtailcore.page": "add change"},
        files="add change choose",
    ),
    COORDINATORS: Role(
        models={
            **CALENDAR_READ,
            "indicators.strategy": WRITE,
            "indicators.objective": KEEP,
            "indicators.indicator": KEEP,
            "indicators.target": KEEP,
            "indicators.measurement": "view add",
            "indicators.definition": KEEP,
            "indicators.refresh": "view add",
            "core.supportservice": KEEP,
            "core.organisation": KEEP,
            "core.area": WRITE,
            "core.ward": READ,
        },
        files="add choose",
    ),
    STRATEGIC_GROUP: Role(models=STRATEGY_READ),
    SCHOOLS_LEADS: Role(
        models={
            **CALENDAR_READ,
            "schools.lessonpack": KEEP,
            "schools.school": READ,
            "schools.registerimport": "view add",
            "schools.classquestion": KEEP,
            "schools.classsession": f"{READ} confirm_classsession",
            "schools.classpool": "view add",
            "schools.packfeedback": f"{READ} moderate_packfeedback",
            "core.peerapprovaltask": "unpublish_page",
        },
        pages={"schools.schoolsindexpage": "add change"},
        files="add choose",
    ),
    EVENTS_LEADS: Role(
        models={
            **CALENDAR_READ,
            "events.event": KEEP,
            "events.occurrence": KEEP,
            "events.venue": KEEP,
            "core.peerapprovaltask": "unpublish_page",
        },
        pages={"events.eventindexpage": "add change"},
        files="add choose",
    ),
    ANALYSTS: Role(
        models={
            **CALENDAR_READ,
            "surveys.question": KEEP,
            "surveys.wording": KEEP,
            "surveys.questionnaire": KEEP,
            "surveys.wordingtranslation": WRITE,
            "surveys.survey": WRITE,
            "surveys.wave": f"{WRITE} sign_off_wave open_wave close_wave",
            "surveys.collector": f"{KEEP} enter_answers",
            "surveys.margin": KEEP,
            "surveys.text": "view change",
            "surveys.export": "view add",
            "surveys.breakdown": KEEP,
            "surveys.recall": KEEP,
            "surveys.resultset": "view add change approve_results",
            "schools.classpool": "view export_classpool",
        },
        pages={"surveys.surveyindexpage": "add change"},
        files="add choose",
    ),
    PARTNERS: Role(models=STRATEGY_READ),
    LANGUAGE_CHECKERS: Role(
        models={
            "core.cataloguecheck": "view add delete",
            "core.translatedversion": "change",
            # Those of wordings and of what questionnaires say themselves; nobody checks words that they typed.
            "surveys.wordingtranslation": f"{WRITE} check_translation",
        },
    ),
    ADMINISTRATORS: Role(
        models={
            "campaigns.mailchimpaudience": f"{READ} set_up_mailchimp",
            "core.user": KEEP,
            "core.organisation": KEEP,
            "core.councilsettings": "change",
            # Only who speaks the language says that its words are right.
            "core.cataloguecheck": "view delete",
            "core.outboxmessage": "view change",
            "wagtailredirects.redirect": KEEP,
        },
    ),
}

EVERY_ROLE = {"wagtailadmin.admin": "access_admin"}
FILES = {"image": "wagtailimages", "document": "wagtaildocs"}  # Wagtail asks for its own models' permissions
STOCK_GROUPS = ("Editors", "Moderators")

Known = Mapping[tuple[str, str], int]  # the key of every permission, by its model and its own name
Laid = Sequence[tuple[int, Role]]  # the key of each role's group, with the role


def permissions() -> dict[tuple[str, str], int]:
    """Return the key of every permission there is, by its model (``app.model``) and its own name."""
    found = Permission.objects.values_list("content_type__app_label", "content_type__model", "codename", "pk")
    return {(f"{app_label}.{model}", codename): key for app_label, model, codename, key in found}


def named(name: str, verb: str) -> tuple[str, str]:
    """Return the model and the name of the permission that the table calls ``verb`` on ``name`` (``app.model``)."""
    return name, f"{verb}_{name.split('.')[1]}" if verb in KEEP.split() else verb


def _pairs(table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, verbs in table.items():
        yield from ((name, verb) for verb in verbs.split())


@transaction.atomic
def lay_roles() -> None:
    """Make every role's group hold exactly what the table says, on the pages that exist, and take publishing away.

    Raises:
        KeyError: the table names a permission that there is not, so it has a slip.
    """
    known = permissions()
    laid = [(Group.objects.get_or_create(name=name)[0].pk, role) for name, role in ROLES.items()]
    _hold_exactly(Group.permissions.through, ("group_id", "permission_id"), _of_models(laid, known))
    _hold_exactly(GroupPagePermission, ("group_id", "page_id", "permission_id"), _of_pages(laid, known))
    _hold_exactly(GroupCollectionPermission, ("group_id", "collection_id", "permission_id"), _of_files(laid, known))
    GroupPagePermission.objects.filter(permission__codename="publish_page").delete()
    Group.objects.filter(name__in=STOCK_GROUPS, user=None).delete()
    if Page.get_first_root_node():
        lay_workflow(approvers=APPROVERS)


def _hold_exactly(model: Any, columns: Sequence[str], wanted: Iterable[tuple[int, ...]]) -> None:
    """Make the rows of ``model`` for the roles' groups exactly those ``wanted``, each told by its ``columns``.

    Read and written at once, because it runs after every migrate and most often there is nothing to change.
    """
    rows = set(wanted)
    found = model.objects.filter(group__name__in=ROLES).values_list("pk", *columns)
    held = {tuple(row): key for key, *row in found}
    model.objects.filter(pk__in=[held[row] for row in held.keys() - rows]).delete()
    model.objects.bulk_create(model(**dict(zip(columns, row, strict=True))) for row in rows - held.keys())


def _of_models(laid: Laid, known: Known) -> Iterator[tuple[int, int]]:
    for group, role in laid:
        for pair in _pairs({**EVERY_ROLE, **role.models}):
            yield group, known[named(*pair)]


def _of_pages(laid: Laid, known: Known) -> Iterator[tuple[int, int, int]]:
    pages_of = cache(_pages_of)
    for group, role in laid:
        for name, verb in _pairs(role.pages):
            for page in pages_of(name):
                yield group, page, known[named("wagtailcore.page", verb)]


def _pages_of(name: str) -> list[int]:
    """Return the keys of the pages of one type; the plain page stands for the root, and so for every page."""
    model = apps.get_model(name)
    if model is Page:
        return [root.pk] if (root := Page.get_first_root_node()) else []
    return list(model.objects.values_list("pk", flat=True))


def _of_files(laid: Laid, known: Known) -> Iterator[tuple[int, int, int]]:
    root = Collection.get_first_root_node()
    for group, role in laid if root else ():
        for model, app_label in FILES.items():
            for verb in role.files.split():
                yield group, root.pk, known[f"{app_label}.{model}", f"{verb}_{model}"]


def _every_table_stands() -> bool:
    """Tell whether a migration ran to its end; one that stops half way is followed by another."""
    introspection = connection.introspection
    return not set(introspection.django_table_names()) - set(introspection.table_names())


def lay_languages_after_migrate(**_: Any) -> None:
    """Give every language of the settings its locale."""
    if _every_table_stands():
        lay_locales()


def lay_roles_after_migrate(**_: Any) -> None:
    """Lay the roles once every table stands; a migration that stops half way is followed by another."""
    if not _every_table_stands():
        return
    for app in apps.get_app_configs():
        create_permissions(app, verbosity=0)
    lay_roles()
