"""Reading the environment: each variable's meaning, and one sentence when it is wrong."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

EXAMPLES = {
    "SECRET_KEY": "a long random text, for example the output of `openssl rand -base64 48`",
    "ALLOWED_HOSTS": "host names with commas, such as hate-crime.example.gov.uk",
    "SITE_URL": "the public address, such as https://hate-crime.example.gov.uk",
    "DATABASE_URL": "an address such as postgres://user:password@host:5432/groundswell",
    "CACHE_URL": "an address such as redis://host:6379/1",
    "CELERY_BROKER_URL": "an address such as redis://host:6379/0",
    "EMAIL_URL": "an address such as smtp+tls://user:password@mail.example.gov.uk:587",
    "STORAGE_URL": "file:///a/folder, or s3://key:secret@endpoint/bucket",
}


def _wrong(name: str, problem: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} {problem}. Give it {EXAMPLES[name]}.")


def text(name: str) -> str:
    """Return the required variable ``name``.

    Raises:
        ImproperlyConfigured: it is missing or empty.
    """
    value = env.str(name, default="").strip()
    if not value:
        raise _wrong(name, "is not set")
    return value


def names(name: str) -> list[str]:
    """Return the required comma-separated variable ``name`` as a list."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def web_address(name: str, default: str | None = None) -> str:
    """Return an http(s) address without a slash at its end.

    Raises:
        ImproperlyConfigured: it is missing, or is no http or https address.
    """
    value = env.str(name, default="").strip() or default or text(name)
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise _wrong(name, f"is {value!r}, which is no http or https address")
    return value.rstrip("/")


def _parsed(name: str, parse: str, schemes: set[str]) -> dict:
    value = text(name)
    if value.partition("://")[0] not in schemes:
        raise _wrong(name, f"does not begin with one of {', '.join(sorted(schemes))}")
    try:
        return getattr(env, parse)(name)
    except (ValueError, KeyError, environ.ImproperlyConfigured) as error:
        raise _wrong(name, "cannot be read") from error


def database(name: str = "DATABASE_URL") -> dict:
    """Return Django's settings for the PostgreSQL database at ``name``."""
    return _parsed(name, "db", {"postgres", "postgresql", "psql"})


def cache(name: str = "CACHE_URL") -> dict:
    """Return Django's settings for the Redis cache at ``name``."""
    return _parsed(name, "cache", {"redis", "rediss"})


def broker(name: str = "CELERY_BROKER_URL") -> str:
    """Return the address of the Celery broker."""
    value = text(name)
    schemes = {"redis", "rediss", "amqp", "amqps"}
    if value.partition("://")[0] not in schemes:
        raise _wrong(name, f"does not begin with one of {', '.join(sorted(schemes))}")
    return value


def mail(name: str = "EMAIL_URL") -> dict:
    """Return Django's mail settings: the backend that the outbox delivers through, host and so on."""
    return _parsed(name, "email", {"smtp", "smtps", "smtp+tls", "smtp+ssl", "filemail", "consolemail"})


def storages(media: Path, private: Path) -> dict:
    """Return Django's STORAGES for public media and for private files.

    ``STORAGE_URL`` may name a folder (``file:///…``) or a bucket (``s3://key:secret@endpoint/bucket``);
    without it, ``media`` and ``private`` are folders on this disk.

    Raises:
        ImproperlyConfigured: the address is neither.
    """
    value = env.str("STORAGE_URL", default="").strip()
    parts = urlsplit(value)
    if not value or parts.scheme == "file":
        root = Path(parts.path) if value else None
        folders = (root / "media", root / "private") if root else (media, private)
        return {
            "default": {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": str(folders[0])},
            },
            "private": {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": str(folders[1]), "base_url": None},
            },
        }
    if parts.scheme != "s3" or not parts.hostname or len(parts.path) < 2:
        raise _wrong("STORAGE_URL", "names neither a folder nor a bucket")
    bucket = {
        "bucket_name": parts.path.strip("/"),
        "endpoint_url": f"https://{parts.hostname}" + (f":{parts.port}" if parts.port else ""),
        "access_key": parts.username,
        "secret_key": parts.password,
        "file_overwrite": False,
    }
    s3 = "storages.backends.s3.S3Storage"
    return {
        "default": {"BACKEND": s3, "OPTIONS": bucket | {"location": "media", "querystring_auth": False}},
        "private": {"BACKEND": s3, "OPTIONS": bucket | {"location": "private", "default_acl": "private"}},
    }
