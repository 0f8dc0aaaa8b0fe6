"""Settings that every installation shares; safe for production as they stand."""

from typing import Any

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO

from config.logs import logging_settings
from config.var import REPOSITORY

TEMPLATE_DIR = REPOSITORY / "templates"

DEBUG = False

# The rooms, highest floor first: a template of ours wins over Wagtail's.
ROOMS = ["home", "schools", "events", "surveys", "campaigns", "reach", "indicators", "core"]

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    *ROOMS,
    "wagtail_localize",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "config.apps.AccountsConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "ninja",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "core.middleware.NameRequest",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "campaigns.middleware.HearMailchimp",
    "core.languages.addresses.AddressLanguage",
    "core.problems.ApiProblems",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.CloseForMaintenance",
    "core.middleware.RefuseNulBytes",
    "core.middleware.RefuseTamperedForms",
    "core.middleware.ExplainWrongMethod",
    "reach.middleware.CountViews",
    "core.pagecache.KeepPages",  # inside the counting, so that a kept page is counted too
    "core.middleware.FindMovedPages",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [TEMPLATE_DIR],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "wagtail.templatetags.wagtailcore_tags",
                "core.templatetags.components",
                "core.templatetags.languages",
            ],
        },
    },
]
FORM_RENDERER = "core.forms.PageFormRenderer"

# Accounts
AUTH_USER_MODEL = "core.User"
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# The demonstration is for trying things out: embedded, development and tests allow it, production never.
DEMO_ALLOWED = False

# Words and time
LANGUAGE_CODE = "en"
# Another language is a line here, its catalogue under locale/, and a line in LANG_INFO where Django knows it not.
LANGUAGES = [("en", "English"), ("ur", "Urdu"), ("gu", "Gujarati"), ("pl", "Polish")]
LANG_INFO.setdefault("gu", {"bidi": False, "code": "gu", "name": "Gujarati", "name_local": "ગુજરાતી"})
LOCALE_PATHS = [REPOSITORY / "locale"]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# A translation stays a draft until it is whole and a colleague approved it, whatever the English page is.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
# Where a language has no formats of its own.
DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
TIME_FORMAT = "H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
NUMBER_GROUPING = 3
FORMAT_MODULE_PATH = ["core.formats"]
FORMS_URLFIELD_ASSUME_HTTPS = True  # the default from Django 6.0: an address typed without a scheme is https

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [REPOSITORY / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "core.look.fonts.ScriptFonts",
]
MEDIA_URL = "/media/"
SERVES_PICTURES = False  # True where no web server or bucket hands them out
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "core.uploads.BoundedUploadHandler",  # in the place of Django's, which writes to the disk whatever comes
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
SENDFILE_BACKEND = "django_sendfile.backends.simple"

# Seconds that a public page is kept for anonymous visitors. What changes a page ends it earlier; 0 keeps none.
PAGES_KEPT_FOR = 300
# Seconds that a process remembers what many pages share (core.remembering); 0 remembers nothing.
REMEMBERED_FOR = 60

# Seconds that a process keeps what it counted before it writes all of it in one statement; 0 writes each at once.
# Whatever kills the process takes no more with it than that.
COUNTS_KEPT_FOR = 0.5

# Mail: every message is a row first; the worker delivers through OUTBOX_DELIVERY_BACKEND.
EMAIL_BACKEND = "core.outbox.backend.OutboxBackend"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = "no-reply@localhost"

# Mailchimp: seconds to connect, and seconds without a byte. Mailchimp itself gives up after 120.
MAILCHIMP_TIMEOUT = (5.0, 90.0)

# Work in the background: a row is the truth and a task only a nudge, so nothing waits for results.
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_ENABLE_UTC = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A nudge that finds no broker gives up quickly: the sweeper finds its row.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.2}
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540

# Security
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = True
# Django keeps it for a year. Ours is there for the form in progress, so it ends with the browser's session.
CSRF_COOKIE_AGE = None
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "core.views.form_expired"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail previews a page inside a frame of its own admin.
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # It asks for DENY, which would close those previews.

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}

# Wagtail
WAGTAIL_SITE_NAME = "Groundswell"
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "core.rich_text.NamedRichTextArea"}}
WAGTAILIMAGES_IMAGE_MODEL = "core.Image"
WAGTAILDOCS_DOCUMENT_MODEL = "core.Document"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "pptx", "xlsx", "odt", "odp", "ods", "csv", "txt", "mp4", "webm"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # by us, from a bucket too: no page sends visitors to another host
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.pictures.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "core.pictures.forms.DocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
# On a line of 400 kbit/s a photograph 800 pixels wide is there within a second; browsers without AVIF take WebP.
WAGTAILIMAGES_AVIF_QUALITY = 40
WAGTAILIMAGES_WEBP_QUALITY = 60
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
# A draft saved by itself would make whoever only opens a page one of its authors, who may not approve it.
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAIL_WORKFLOW_ENABLED = True
# Off, or Wagtail starts the review again on the newest draft instead of finishing it: what is approved is the version
# that was sent in, the finish publishes exactly that one, and a later draft needs an approval of its own.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "core.approvals.finish.publish_reviewed_revision"
WAGTAIL_MODERATION_ENABLED = False
WAGTAILREDIRECTS_AUTO_CREATE = True  # core.middleware.FindMovedPages follows what this makes
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = True
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 10
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "core.searching"}}
WAGTAILEMBEDS_FINDERS: list[dict] = []  # A video plays by a click on our own page; nothing is fetched for an editor.
# Wagtail's small background jobs (search index, references) run with the request that caused them.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

LOGGING = logging_settings(json=True)

# What beat starts, and how often (seconds, or a crontab in TIME_ZONE).
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "deliver waiting mail": {"task": "core.outbox.sweep", "schedule": 30},
    "publish and expire pages": {"task": "core.publish_scheduled", "schedule": 60},
    "put back what nobody approved": {"task": "core.keep_approved", "schedule": 60},
    "take away the files of pictures that ended": {"task": "core.keep_pictures", "schedule": 60},
    "refresh indicators": {"task": "indicators.refresh", "schedule": crontab(hour=3, minute=0)},
    "refresh what a worker forgot": {"task": "indicators.sweep", "schedule": 300},
    "ask support services": {"task": "home.ask_services", "schedule": crontab(day_of_week=1, hour=9, minute=0)},
    "open and close waves by their days": {"task": "surveys.keep_days", "schedule": 300},
    "purge what retention ends": {"task": "core.purge", "schedule": crontab(hour=4, minute=0)},
    "compute results that a worker forgot": {"task": "surveys.sweep_results", "schedule": 60},
    "shuffle new answers": {"task": "surveys.rewrite", "schedule": crontab(minute=17)},
    "draw results that a worker forgot": {"task": "surveys.draw_results", "schedule": 300},
    "look through lesson files and pack packs": {"task": "schools.make_files", "schedule": 60},
    "make artwork that a worker forgot": {"task": "campaigns.make_files", "schedule": 60},
    "look at the account at Mailchimp": {"task": "campaigns.keep_mailchimp", "schedule": 60},
    "carry mailings on": {"task": "campaigns.sweep_mailings", "schedule": 60},
    "hand over what a worker forgot": {"task": "campaigns.hand_over", "schedule": 60},
    "work on what was heard and forgotten": {"task": "campaigns.hear", "schedule": 60},
    "carry on files of the school register": {"task": "schools.sweep_register_files", "schedule": 60},
    "bring search up to date": {"task": "home.refresh_search", "schedule": 300},
    "forget what a cache in files kept for a day": {"task": "core.forget_expired", "schedule": crontab(minute=1)},
    "note that beat ticks": {"task": "core.beat_ticked", "schedule": 30},
}
