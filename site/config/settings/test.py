"""The test suite: embedded under a folder of its own, or the services that DATABASE_URL and CACHE_URL name.

Each process of a run has its own folder, database, cache keys and broker keys, so that they run side by side.
"""

import atexit
import os
import shutil
import tempfile

_services = os.environ.get("DATABASE_URL")
for _name in (
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "EMAIL_URL",
    "STORAGE_URL",
    "PORT",
    "SANDBOX_PORT",
    "MAILCHIMP_API_KEY",
    "MAILCHIMP_BASE_URL",
):
    os.environ.pop(_name, None)  # What a developer's shell says about her own site is nothing to the tests.
tempfile.tempdir = None
os.environ.pop("TMPDIR", None)
_folder = os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="groundswell-test-")


def _tidy(folder: str, process: int) -> None:
    """Remove the folder, unless this is a fork of the process that made it."""
    if os.getpid() == process:
        shutil.rmtree(folder, ignore_errors=True)


atexit.register(_tidy, _folder, os.getpid())

from config import environment  # noqa: E402  (VAR_DIR must stand first)
from config.settings.embedded import *  # noqa: E402

if _services:
    _worker = os.environ.get("PYTEST_XDIST_WORKER", "gw")
    DATABASES = {"default": environment.database()}
    # A Redis database for each process, after the broker's: clearing a cache empties the whole of its database.
    CACHES = environment.caches()
    for _store in CACHES.values():
        _store["LOCATION"] = f"{str(_store['LOCATION']).rsplit('/', 1)[0]}/{int(_worker[2:] or 0) + 1}"
    CELERY_BROKER_URL = environment.broker()
    CELERY_BROKER_TRANSPORT_OPTIONS = {"global_keyprefix": _worker}
else:
    globals()["DATABASES"]["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}

SECRET_KEY = "only-for-tests"  # noqa: S105  (protects nothing)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SITE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
ALLOWED_HOSTS = ["*"]
MAILCHIMP_API_KEY = MAILCHIMP_BASE_URL = ""  # the fixture mailchimp_sandbox sets them
LOGGING = logging_settings(json=True)  # tests/leaks.py reads all that production would write
LOGGING["handlers"]["stderr"]["level"] = "ERROR"
# What a test writes is rolled back and announces nothing: only the tests of kept pages keep any.
PAGES_KEPT_FOR = REMEMBERED_FOR = 0
# What is counted stands at once, in the transaction of the test; those of counting keep it.
COUNTS_KEPT_FOR = 0
