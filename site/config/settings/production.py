"""PostgreSQL, Redis, real mail and storage: everything comes from the environment and nothing has a default."""

import os
from pathlib import Path

from config import environment
from config.settings.base import *
from config.settings.base import REPOSITORY

SECRET_KEY = environment.text("SECRET_KEY")
ALLOWED_HOSTS = environment.names("ALLOWED_HOSTS")
SITE_URL = environment.web_address("SITE_URL")
WAGTAILADMIN_BASE_URL = SITE_URL
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

VAR_DIR = Path(os.environ.get("VAR_DIR") or REPOSITORY / "var").resolve()
DATABASES = {"default": environment.database() | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
CACHES = {"default": environment.cache()}
CELERY_BROKER_URL = environment.broker()
_mail = environment.mail()
OUTBOX_DELIVERY_BACKEND = _mail.pop("EMAIL_BACKEND")
globals().update(_mail)
STORAGES = environment.storages(VAR_DIR / "media", VAR_DIR / "private") | {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = STORAGES["default"]["OPTIONS"].get("location", "")
SENDFILE_ROOT = STORAGES["private"]["OPTIONS"]["location"]
SENDFILE_URL = "/private"
STATIC_ROOT = VAR_DIR / "static"
