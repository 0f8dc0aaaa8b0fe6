"""One machine, nothing installed: SQLite, a broker and a cache of files, mail as files, all under VAR_DIR."""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config import environment
from config.settings.base import *
from config.settings.base import REPOSITORY
from config.var import secret_key, writable_folder

VAR_DIR = Path(os.environ.get("VAR_DIR") or REPOSITORY / "var").resolve()
writable_folder(VAR_DIR)
for _name in ("broker/queue", "broker/processed", "cache", "mail", "media", "private", "run", "tmp"):
    writable_folder(VAR_DIR / _name)
# kombu passes each message through the temp folder: it must be on the same disk as the broker's.
os.environ["TMPDIR"] = str(VAR_DIR / "tmp")

SECRET_KEY = os.environ.get("SECRET_KEY") or secret_key(VAR_DIR)
PORT = os.environ.get("PORT", "8000")
if not (PORT.isdigit() and 0 < int(PORT) < 65536):
    raise ImproperlyConfigured(f"PORT is {PORT!r}. Give it a number from 1 to 65535, such as 8000.")
SITE_URL = environment.web_address("SITE_URL", default=f"http://localhost:{PORT}")
WAGTAILADMIN_BASE_URL = SITE_URL
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *environment.env.list("ALLOWED_HOSTS", default=[])]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR_DIR / "db.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
    }
}
CELERY_BROKER_URL = "filesystem://"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "data_folder_in": str(VAR_DIR / "broker/queue"),
    "data_folder_out": str(VAR_DIR / "broker/queue"),
    "processed_folder": str(VAR_DIR / "broker/processed"),
    "control_folder": str(VAR_DIR / "broker"),
    "store_processed": False,
}

OUTBOX_DELIVERY_BACKEND = "core.outbox.files.EmailBackend"
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
if os.environ.get("EMAIL_URL"):
    _mail = environment.mail()
    OUTBOX_DELIVERY_BACKEND = _mail.pop("EMAIL_BACKEND")
    globals().update(_mail)

STORAGES = environment.storages(VAR_DIR / "media", VAR_DIR / "private") | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = STORAGES["default"]["OPTIONS"].get("location", "")
SENDFILE_ROOT = STORAGES["private"]["OPTIONS"]["location"]
WHITENOISE_USE_FINDERS = True

SECURE_SSL_REDIRECT = SITE_URL.startswith("https:")
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = SITE_URL.startswith("https:")
CSRF_COOKIE_SECURE = SITE_URL.startswith("https:")

LOGGING = logging_settings(json=not sys.stderr.isatty())
