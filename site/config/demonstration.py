"""The demonstration as a whole: the pages it stands on, every room's chapter, and an account for each role."""

import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import FileField, Model
from django.db.models.signals import post_save

from config.roles import lay_roles
from core.demonstration import Chapter, chapters
from core.languages.trees import lay_trees
from core.models import Organisation, User
from home.setup import lay_tree

EMERGENCIES = "Emergencies only (superuser)"
SECOND = " (second)"
PREFIX = "demo-"
PARTNER_ORGANISATION = "demo-partner"
TEAM_ORGANISATION = "demo-strategy-team"

# (role, account, first name, last name): plainly nobody's.
PEOPLE = (
    ("Communications officers", "officer", "Olive", "Officer"),
    ("Communications managers", "manager", "Morgan", "Manager"),
    ("Coordinators", "coordinator", "Corin", "Coordinator"),
    ("Strategic group", "strategic", "Stella", "Strategic"),
    ("Schools leads", "schools", "Scout", "Schools"),
    ("Events leads", "events", "Evan", "Events"),
    ("Survey analysts", "analyst", "Anna", "Analyst"),
    # Papers are typed in again by somebody else: a second person with the role.
    (f"Survey analysts{SECOND}", "analyst-2", "Asif", "Analyst"),
    ("Partners", "partner", "Parker", "Partner"),
    ("Language checkers", "checker", "Cleo", "Checker"),
    ("Administrators", "administrator", "Ade", "Administrator"),
    (EMERGENCIES, "emergency", "Emery", "Emergency"),
)

Tell = Callable[[str], None]


def in_order() -> list[tuple[str, Chapter]]:
    """Return (room, chapter) of every room that offers one, in the order of loading."""
    return sorted(chapters.items(), key=lambda pair: pair[1].order)


def steps() -> int:
    """Return how often :func:`load` calls ``tell``."""
    return sum(chapter.steps for _, chapter in in_order()) + 2


def accounts_file() -> Path:
    """Return where the accounts' passwords are kept: readable by whoever runs the site, and nobody else."""
    return Path(settings.VAR_DIR) / "demo-accounts.json"


def load(tell: Tell) -> None:
    """Load all of it, or nothing where any part fails; what stands already stays as it is."""
    with _files_of_failure_removed() as keep, transaction.atomic():
        transaction.on_commit(keep)  # first of all that follows: the rows stand, whatever fails from then on
        lay_tree()
        lay_roles()
        tell("pages and roles")
        for _, chapter in in_order():
            chapter.load(tell)
        lay_trees()
        _lay_accounts()
        tell("accounts")


@contextmanager
def _files_of_failure_removed() -> Iterator[Callable[[], None]]:
    """Where this ends in an error, remove the files of the rows that were made: a database takes back rows alone.

    What it gives is called once the rows are committed; no file is removed after that.
    """
    made: list[Any] = []

    def note(instance: Model, *, created: bool, **_: Any) -> None:
        files = (field for field in instance._meta.concrete_fields if isinstance(field, FileField))
        made.extend(file for field in files if created and (file := getattr(instance, field.attname)))

    post_save.connect(note)
    try:
        yield made.clear
    except BaseException:  # Ctrl-C too.
        for file in made:
            file.storage.delete(file.name)
        raise
    finally:
        post_save.disconnect(note)


def remove(tell: Tell) -> None:
    """Take all of it away again, or nothing where any part fails."""
    with transaction.atomic():
        User.objects.filter(username__startswith=PREFIX).delete()
        tell("accounts")
        for room, chapter in reversed(in_order()):
            chapter.remove()
            tell(room)
    accounts_file().unlink(missing_ok=True)


def _lay_accounts() -> None:
    """Make the accounts, with new passwords where the file that held them is gone, and write the file."""
    known = _known()
    made = {role: _account(role, *names, password=known.get(role)) for role, *names in PEOPLE}
    if made != known:
        _write(made)


def _known() -> dict[str, str]:
    """Return role -> password of the accounts in the file; nothing where the file is gone or broken."""
    try:
        return {role: account["password"] for role, account in json.loads(accounts_file().read_text()).items()}
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        return {}


def _account(role: str, name: str, first: str, last: str, *, password: str | None) -> str:
    user, created = User.objects.get_or_create(
        username=PREFIX + name,
        defaults={"first_name": first, "last_name": last, "email": f"{name}@example.org"},
    )
    if password is None or created or not user.check_password(password):
        password = secrets.token_urlsafe(12)
        user.set_password(password)
        _place(user, role)
    return password


def _place(user: User, role: str) -> None:
    """Put an account into its role and organisation."""
    code = PARTNER_ORGANISATION if role == "Partners" else TEAM_ORGANISATION
    user.organisation = Organisation.objects.filter(code=code).first()
    user.is_superuser = role == EMERGENCIES
    user.save()
    user.groups.set(Group.objects.filter(name=role.removesuffix(SECOND)))


def _write(passwords: dict[str, str]) -> None:
    names = {role: PREFIX + name for role, name, *_ in PEOPLE}
    text = json.dumps(
        {role: {"username": names[role], "password": password} for role, password in passwords.items()}, indent=2
    )
    new = accounts_file().with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text + "\n")
    new.replace(accounts_file())
