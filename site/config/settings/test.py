"""The test suite: embedded under a folder of its own, or the services that DATABASE_URL and CACHE_URL name."""

import os
import tempfile

_services = os.environ.get("DATABASE_URL")
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="groundswell-test-")

from config import environment  # noqa: E402  (VAR_DIR must stand first)
from config.settings.embedded import *  # noqa: E402

DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
if _services:
    DATABASES = {"default": environment.database()}
    CACHES = {"default": environment.cache()}
    CELERY_BROKER_URL = environment.broker()
    CELERY_BROKER_TRANSPORT_OPTIONS = {}

SECRET_KEY = "only-for-tests"  # noqa: S105  (protects nothing)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SITE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
ALLOWED_HOSTS = ["*"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
LOGGING = logging_settings(json=True, level="ERROR")
