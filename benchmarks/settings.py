"""The embedded installation in a throwaway folder, with the peers beside it."""

import os
import tempfile

os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="groundswell-bench-")

from config.settings.embedded import *  # noqa: F403  (VAR_DIR must stand first)
from config.settings.embedded import INSTALLED_APPS as _ROOMS

INSTALLED_APPS = [*_ROOMS, "wagtail.contrib.forms", "benchmarks.bare"]
ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = ["testserver"]
LOGGING = {"version": 1, "disable_existing_loggers": True}
