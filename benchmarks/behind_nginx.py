"""The embedded installation behind an nginx that sends the files, as in production."""

from pathlib import Path

from config.settings.embedded import *  # noqa: F403
from config.settings.embedded import STORAGES

SENDFILE_BACKEND = "django_sendfile.backends.nginx"
SENDFILE_ROOT = Path(STORAGES["private"]["OPTIONS"]["location"]).parent
SENDFILE_URL = "/private"
