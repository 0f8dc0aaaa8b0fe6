"""Reading the environment: each variable's meaning, and one sentence when it is wrong.

The values are read as they stand: django-environ parses the addresses, but its ``$`` references are not used,
since a password may well begin with a dollar sign.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env
from environ import ImproperlyConfigured as UnreadableAddress

EXAMPLES = {
    "SECRET_KEY": "a random text of 50 characters or more, for example the output of `openssl rand -base64 48`",
    "ALLOWED_HOSTS": "host names with commas, such as hate-crime.example.gov.uk",
    "SITE_URL": "the public address, such as https://hate-crime.example.gov.uk",
    "DATABASE_URL": "an address such as postgres://user:password@host:5432/groundswell",
    "CACHE_URL": "an address such as redis://host:6379/1",
    "CELERY_BROKER_URL": "an address such as redis://host:6379/0",
    "EMAIL_URL": "an address such as smtp+tls://user:password@mail.example.gov.uk:587",
    "STORAGE_URL": "file:///a/folder, or s3://key:secret@endpoint/bucket",
    "PORT": "a number from 1 to 65535, such as 8000",
    "SANDBOX_PORT": "a number from 1 to 65535, such as 8025",
    "MAILCHIMP_API_KEY": "a key as Mailchimp shows it: letters and digits, a dash, and the data centre, such as -us19",
    "MAILCHIMP_BASE_URL": "nothing, since the key names its data centre, or an address such as "
    "https://us19.api.mailchimp.com",
}

# A name or an address without scheme, port or path; a dot in front means its subdomains too.
_HOST = re.compile(r"\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?|\[[0-9A-Fa-f:.]+\]")

_MAILCHIMP_KEY = re.compile(r"[A-Za-z0-9]+-[a-z]+[0-9]+")

# A file or the terminal takes the mail; PostgreSQL without a host is reached by its socket.
_HOSTLESS = {"filemail", "consolemail", "postgres", "postgresql"}


def _wrong(name: str, problem: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} {problem}. Give it {EXAMPLES[name]}.")


def optional(name: str, default: str = "") -> str:
    """Return the variable ``name`` without the spaces around it, or ``default`` where it is missing or empty."""
    return os.environ.get(name, "").strip() or default


def text(name: str) -> str:
    """Return the required variable ``name``.

    Raises:
        ImproperlyConfigured: it is missing or empty.
    """
    value = optional(name)
    if not value:
        raise _wrong(name, "is not set")
    return value


def secret(name: str = "SECRET_KEY") -> str:
    """Return the required secret ``name``, long enough not to be guessed.

    Raises:
        ImproperlyConfigured: it is missing, shorter than 50 characters or made of fewer than 5 different ones.
    """
    value = text(name)
    if len(value) < 50 or len(set(value)) < 5:
        raise _wrong(name, "is too short or too simple")
    return value


def listed(value: str) -> list[str]:
    """Return the parts of a comma-separated ``value``."""
    return [part.strip() for part in value.split(",") if part.strip()]


def hosts(name: str = "ALLOWED_HOSTS") -> list[str]:
    """Return the required host names in ``name``.

    Raises:
        ImproperlyConfigured: there are none, or any host is allowed.
    """
    found = listed(text(name))
    if not found:
        raise _wrong(name, "names no host")
    if "*" in found:
        raise _wrong(name, "allows every host")
    if wrong := [host for host in found if not _HOST.fullmatch(host)]:
        raise _wrong(name, f"holds {wrong[0]!r}, which is no host name")
    return found


def port(name: str = "PORT", *, default: int = 8000) -> int:
    """Return the port that an embedded installation answers on; ``default`` unless the environment says otherwise.

    Raises:
        ImproperlyConfigured: it is no port number.
    """
    value = optional(name, str(default))
    if not (value.isascii() and value.isdigit() and len(value) < 6 and 0 < int(value) < 65536):
        raise _wrong(name, f"is {value!r}")
    return int(value)


def _split(name: str, value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        _ = parts.port  # Reading it is what finds a wrong one.
    except ValueError as error:
        raise _wrong(name, "is no address that can be read") from error
    return parts


def web_address(
    name: str, *, default: str = "", schemes: tuple[str, ...] = ("http", "https"), without: str = ""
) -> str:
    """Return a web address of scheme, host and perhaps a port, without a slash at its end, or the path ``without``.

    Raises:
        ImproperlyConfigured: it is missing, is no address with one of ``schemes``, or says more than that.
    """
    value = (optional(name, default) or text(name)).rstrip("/").removesuffix(without)
    parts = _split(name, value)
    if parts.scheme not in schemes or not parts.hostname:
        raise _wrong(name, f"is {value!r}, which is no {' or '.join(schemes)} address")
    if parts.username is not None or value[len(parts.scheme) :] != f"://{parts.netloc}":
        raise _wrong(name, "holds more than a scheme, a host and a port")
    if not _HOST.fullmatch(parts.netloc.removesuffix(f":{parts.port}")):
        raise _wrong(name, f"is {value!r}, whose host is no host name")
    return value


def _parsed(name: str, parse: Callable[[str], dict], schemes: set[str]) -> dict:
    value = text(name)
    scheme = value.partition("://")[0]
    if scheme not in schemes:
        raise _wrong(name, f"does not begin with one of {', '.join(sorted(schemes))}")
    parts = _split(name, value)
    if scheme not in _HOSTLESS and not parts.hostname:
        raise _wrong(name, "names no host")
    if scheme in {"redis", "rediss"} and not re.fullmatch(r"(/\d*)?", parts.path):
        raise _wrong(name, "does not end in the number of a Redis database")
    try:
        return parse(value)
    except (ValueError, KeyError, UnreadableAddress) as error:
        raise _wrong(name, "cannot be read") from error


def database(name: str = "DATABASE_URL") -> dict:
    """Return Django's settings for the PostgreSQL database at ``name``.

    Raises:
        ImproperlyConfigured: it is missing, is no PostgreSQL address, or names no database.
    """
    found = _parsed(name, Env.db_url_config, {"postgres", "postgresql"})
    if not found.get("NAME"):
        raise _wrong(name, "names no database")
    return found


def caches(name: str = "CACHE_URL") -> dict:
    """Return Django's CACHES in the Redis at ``name``, for which nobody waits longer than two seconds."""
    found = _parsed(name, Env.cache_url_config, {"redis", "rediss"})
    patience = {"socket_connect_timeout": 2, "socket_timeout": 2}
    store = found | {"BACKEND": "core.caches.PatientRedisCache", "OPTIONS": patience | found.get("OPTIONS", {})}
    return {
        "default": store,
        "renditions": store | {"BACKEND": "core.caches.RenditionRedisCache"},
        "limits": store | {"KEY_PREFIX": "limits"},
        "visitors": store | {"KEY_PREFIX": "visitors"},
    }


def broker(name: str = "CELERY_BROKER_URL") -> str:
    """Return the address of the Celery broker."""
    _parsed(name, lambda _: {}, {"redis", "rediss", "amqp", "amqps"})
    return text(name)


def mail(name: str = "EMAIL_URL") -> dict:
    """Return Django's mail settings: the backend that the outbox delivers through, host and so on."""
    schemes = {"smtp", "smtps", "smtp+tls", "smtp+ssl", "filemail", "consolemail"}
    return _parsed(name, Env.email_url_config, schemes)


def sandbox_port(name: str = "SANDBOX_PORT") -> int:
    """Return the port that the Mailchimp sandbox of an embedded installation answers on."""
    return port(name, default=8025)


def mailchimp_key(name: str = "MAILCHIMP_API_KEY") -> str:
    """Return the API key of the council's Mailchimp; empty where there is none.

    Raises:
        ImproperlyConfigured: it has not the form of a key. Nothing of it is repeated.
    """
    value = optional(name)
    if value and not _MAILCHIMP_KEY.fullmatch(value):
        raise _wrong(name, "does not look like a key of Mailchimp's")
    return value


def mailchimp_address(name: str = "MAILCHIMP_BASE_URL") -> str:
    """Return where Mailchimp is asked, without the version in its path; empty where the key alone decides.

    Raises:
        ImproperlyConfigured: it is no address, or the key would travel to another machine without encryption.
    """
    if not optional(name):
        return ""
    value = web_address(name, without="/3.0")
    parts = urlsplit(value)
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise _wrong(name, f"is {value!r}, which is not encrypted")
    return value


def storages(media: Path, private: Path) -> dict:
    """Return Django's STORAGES for public media and for private files.

    ``STORAGE_URL`` may name a folder (``file:///…``) or a bucket (``s3://key:secret@endpoint/bucket``, special
    characters of the secret percent-encoded); without it, ``media`` and ``private`` are folders on this disk.

    Raises:
        ImproperlyConfigured: the address is neither.
    """
    value = optional("STORAGE_URL")
    if not value:
        return _folders(media, private)
    parts = _split("STORAGE_URL", value)
    if parts.scheme == "file" and not parts.netloc and len(parts.path) > 1:
        root = Path(unquote(parts.path))
        return _folders(root / "media", root / "private")
    if parts.scheme == "s3" and parts.hostname and parts.path.strip("/"):
        return _bucket(parts)
    raise _wrong("STORAGE_URL", "names neither a folder nor a bucket")


def _folders(media: Path, private: Path) -> dict:
    disk = "django.core.files.storage.FileSystemStorage"
    return {
        "default": {"BACKEND": disk, "OPTIONS": {"location": str(media)}},
        "private": {"BACKEND": "core.storage.PrivateFileSystemStorage", "OPTIONS": {"location": str(private)}},
    }


def _bucket(parts: SplitResult) -> dict:
    s3 = "storages.backends.s3.S3Storage"
    bucket = {
        "bucket_name": parts.path.strip("/"),
        "endpoint_url": f"https://{parts.hostname}" + (f":{parts.port}" if parts.port else ""),
        "access_key": unquote(parts.username or "") or None,
        "secret_key": unquote(parts.password or "") or None,
        "file_overwrite": False,
    }
    return {
        "default": {"BACKEND": s3, "OPTIONS": bucket | {"location": "media", "querystring_auth": False}},
        "private": {"BACKEND": s3, "OPTIONS": bucket | {"location": "private", "default_acl": "private"}},
    }


def picture_sources(stores: dict) -> list[str]:
    """Return where pages may load pictures from beside the site itself: the public folder of a bucket."""
    options = stores["default"]["OPTIONS"]
    if "bucket_name" not in options:
        return []
    return [f"{options['endpoint_url']}/{options['bucket_name']}/{options['location']}/"]
