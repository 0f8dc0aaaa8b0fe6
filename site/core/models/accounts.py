"""Staff and partner accounts, and the organisations they work for."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models

from core.models.lasting import LastingCode
from core.privacy import Declaration


class Organisation(LastingCode):
    """A council service, police force, charity or other partner of the strategy."""

    code = models.SlugField(max_length=40, unique=True, help_text="A short lasting name, such as victim-support.")
    name = models.CharField(max_length=200, unique=True)
    website = models.URLField(blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


def languages() -> list[tuple[str, str]]:
    """Return the languages of the site; a function, so that another one is no migration."""
    return list(settings.LANGUAGES)


class User(AbstractUser):
    """Somebody with an account: staff of the council or of a partner. The public never has one."""

    shown_on_pages = False

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="users"
    )
    language = models.CharField(
        max_length=10, choices=languages, default="en", help_text="The language of emails to this person."
    )

    class Privacy(Declaration):
        """Staff accounts."""

        fields = ("username", "first_name", "last_name", "email", "organisation", "language", "last_login")
        purpose = "Signing in, approving what is published, and telling staff what waits for them."
        lawful_basis = "Public task, UK GDPR Article 6(1)(e)"
        recipients = "Administrators of this site."
        retention = "Kept while the person works on the strategy; an administrator closes the account when they leave."
