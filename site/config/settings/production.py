"""PostgreSQL, Redis, real mail and storage: everything comes from the environment and nothing has a default."""

from pathlib import Path
from urllib.parse import urlsplit

from config import environment
from config.settings.base import *
from config.var import var_dir

SECRET_KEY = environment.secret()
ALLOWED_HOSTS = environment.hosts()
SITE_URL = environment.web_address("SITE_URL", schemes=("https",))
WAGTAILADMIN_BASE_URL = SITE_URL
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

VAR_DIR = var_dir()
DATABASES = {"default": environment.database() | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
CACHES = environment.caches()
CELERY_BROKER_URL = environment.broker()
DEFAULT_FROM_EMAIL = SERVER_EMAIL = f"no-reply@{urlsplit(SITE_URL).hostname}"
_mail = environment.mail()
OUTBOX_DELIVERY_BACKEND = _mail.pop("EMAIL_BACKEND")
globals().update(_mail)
MAILCHIMP_API_KEY = environment.mailchimp_key()
MAILCHIMP_BASE_URL = environment.mailchimp_address()
STORAGES = environment.storages(VAR_DIR / "media", VAR_DIR / "private") | {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].extend(environment.picture_sources(STORAGES))
MEDIA_ROOT = STORAGES["default"]["OPTIONS"]["location"]
SENDFILE_BACKEND = "django_sendfile.backends.nginx"
SENDFILE_ROOT = Path(STORAGES["private"]["OPTIONS"]["location"]).parent  # media lies beside
SENDFILE_URL = "/private"
STATIC_ROOT = VAR_DIR / "static"
