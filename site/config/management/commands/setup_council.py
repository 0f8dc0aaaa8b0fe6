"""``manage.py setup_council``: an empty site ready to use."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.validators import validate_email
from django.db import transaction
from wagtail.models import Site

from campaigns.actions.calendar import lay_awareness_dates
from config.roles import ADMINISTRATORS, lay_roles
from core.commands import MigratedCommand
from core.languages.trees import lay_trees
from core.models import CouncilSettings, User
from home.setup import lay_tree
from surveys.actions import import_question_bank


class Command(MigratedCommand):
    """Lay pages, roles, workflow, questions and dates, note the council's name, and make the first administrator."""

    help = "Make an empty site ready to use. Safe to run again: what stands already stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what a council knows about itself."""
        parser.add_argument("--council-name", default="", help="For example: Kirklees Council.")
        parser.add_argument("--site-title", default="", help="The name of the site, at the top of every page.")
        parser.add_argument("--area-name", default="", help="The place it serves, for example Kirklees.")
        parser.add_argument("--administrator", default="", metavar="EMAIL", help="Email of the first administrator.")

        parser.add_argument("--wards", default="", metavar="CSV", help="A file of wards, as import_wards reads it.")

    @transaction.atomic
    def handle(
        self, *, council_name: str, site_title: str, area_name: str, administrator: str, wards: str, **_: Any
    ) -> None:
        """Do all of it, or nothing.

        Raises:
            CommandError: the administrator's email is none, or an account of that name has another role.
        """
        lay_tree()
        lay_trees()
        lay_roles()
        import_question_bank()
        lay_awareness_dates()
        if wards:
            call_command("import_wards", wards)
        self._name({"council_name": council_name, "site_title": site_title, "area_name": area_name})
        if administrator:
            self._administrator(administrator)
        elif not User.objects.filter(groups__name=ADMINISTRATORS).exists():
            self.stdout.write("There is no administrator yet. Run this again with --administrator EMAIL.")
        self.stdout.write(
            "The site is ready: pages, roles, the approval workflow, questions and awareness dates stand."
        )

    @staticmethod
    def _name(given: dict[str, str]) -> None:
        council = CouncilSettings.for_site(Site.objects.get(is_default_site=True))
        for field, value in given.items():
            if value:
                setattr(council, field, value)
        try:
            council.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        council.save()

    def _administrator(self, email: str) -> None:
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email!r} is no email address. Give one such as ada@example.gov.uk.") from error
        user = User.objects.filter(username=email).first()
        if user is None:
            password = secrets.token_urlsafe(15)
            user = User.objects.create_user(email, email, password)
            user.groups.add(Group.objects.get(name=ADMINISTRATORS))
            self.stdout.write(f"Administrator {email}, password {password} (shown once: change it after signing in).")
        elif not user.groups.filter(name=ADMINISTRATORS).exists():
            raise CommandError(f"An account {email} exists with another role. Give the role to it in the admin.")
