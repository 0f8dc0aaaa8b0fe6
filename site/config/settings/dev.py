"""Embedded, with Django's debug pages and templates read anew on every request."""

from config.settings.embedded import *

DEBUG = True
STATIC_AUTORELOAD = True
PAGES_KEPT_FOR = REMEMBERED_FOR = 0
