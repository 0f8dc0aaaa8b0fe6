"""One machine, nothing installed: SQLite, a broker and a cache of files, mail as files, all under VAR_DIR."""

import os
import sys
import tempfile
from pathlib import Path

from config import environment
from config.settings.base import *
from config.var import secret_key, var_dir, writable_folder

# Everything from the environment is read before anything is made: a wrong value leaves nothing behind.
PORT = environment.port()
SITE_URL = environment.web_address("SITE_URL", default=f"http://localhost:{PORT}")
WAGTAILADMIN_BASE_URL = SITE_URL
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *environment.listed(environment.optional("ALLOWED_HOSTS"))]
SANDBOX_PORT = environment.sandbox_port()
# Without a key of the council's own, the sandbox that make run starts beside the site plays Mailchimp.
_mailchimp_key, _mailchimp_address = environment.mailchimp_key(), environment.mailchimp_address()
MAILCHIMP_API_KEY = _mailchimp_key or "sandbox-us1"
MAILCHIMP_BASE_URL = _mailchimp_address or ("" if _mailchimp_key else f"http://127.0.0.1:{SANDBOX_PORT}")
VAR_DIR = var_dir()
STORAGES = environment.storages(VAR_DIR / "media", VAR_DIR / "private") | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].extend(environment.picture_sources(STORAGES))
MEDIA_ROOT = STORAGES["default"]["OPTIONS"].get("location", "")
SENDFILE_ROOT = Path(STORAGES["private"]["OPTIONS"]["location"]).parent  # media lies beside
DEMO_ALLOWED = True

OUTBOX_DELIVERY_BACKEND = "core.outbox.files.EmailBackend"
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
if environment.optional("EMAIL_URL"):
    _mail = environment.mail()
    OUTBOX_DELIVERY_BACKEND = _mail.pop("EMAIL_BACKEND")
    globals().update(_mail)

writable_folder(VAR_DIR)
for _name in ("broker/queue", "broker/processed", "cache", "mail", "media", "private", "run", "tmp"):
    writable_folder(VAR_DIR / _name)
# kombu passes each message through the temp folder: it must be on the same disk as the broker's.
os.environ["TMPDIR"] = tempfile.tempdir = str(VAR_DIR / "tmp")
SECRET_KEY = environment.optional("SECRET_KEY") or secret_key(VAR_DIR)

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR_DIR / "db.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # secure_delete: the bytes of a deleted draft or response are overwritten, and do not stay in the file.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
            ),
        },
    }
}
CACHES = {
    "default": {
        "BACKEND": "core.caches.PatientFileCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
    "renditions": {
        "BACKEND": "core.caches.RenditionFileCache",
        "LOCATION": VAR_DIR / "cache/renditions",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
    # Apart, so that pages that are kept push no count out, and visitors no salt.
    "limits": {
        "BACKEND": "core.caches.DayFileCache",
        "LOCATION": VAR_DIR / "cache/limits",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    "visitors": {
        "BACKEND": "core.caches.DayFileCache",
        "LOCATION": VAR_DIR / "cache/visitors",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
CELERY_BROKER_URL = "filesystem://"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "data_folder_in": str(VAR_DIR / "broker/queue"),
    "data_folder_out": str(VAR_DIR / "broker/queue"),
    "processed_folder": str(VAR_DIR / "broker/processed"),
    "control_folder": str(VAR_DIR / "broker"),
    "store_processed": False,
}

WHITENOISE_USE_FINDERS = True
SERVES_PICTURES = bool(MEDIA_ROOT)

SECURE_SSL_REDIRECT = SITE_URL.startswith("https:")
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = SITE_URL.startswith("https:")
CSRF_COOKIE_SECURE = SITE_URL.startswith("https:")

LOGGING = logging_settings(json=not sys.stderr.isatty())
