"""Logs: one JSON object a line for machines, coloured words for a person at a terminal."""

import re
from typing import Any

import structlog

# What a line may carry beside its words. Whole requests come with some of Django's lines: they stay out.
FACTS = ["status_code", "method", "path", "status", "milliseconds", "request_id"]

# What follows in such an address is as good as a password: whoever reads the log could answer for a service, change
# what somebody gets by email, close a class, answer for one, or speak for Mailchimp. A traceback names files of our own
# below /mailchimp/ and /schools/classes/: they stay.
_SECRET_BELOW = re.compile(
    r"(/support/confirm/|/updates/preferences/|/class/|/(?:mailchimp|schools/classes)/(?![\w/]+\.py\b))[^\s\"'\\]+"
)


def _without_secrets(_logger: Any, _method: str, line: str) -> str:
    """Take secrets out of a line that is laid out: they may stand in its words, its path and its traceback."""
    return _SECRET_BELOW.sub(r"\1…", line)


_BEFORE: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def logging_settings(*, json: bool) -> dict[str, Any]:
    """Return Django's LOGGING. No line carries a visitor's address, cookie or user agent."""
    last: list[Any] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if json
        else [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]  # never local values
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*_BEFORE, structlog.stdlib.ExtraAdder(allow=FACTS)],
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last, _without_secrets],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "django_tasks": {"level": "WARNING"},  # Wagtail notes each page it indexes.
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "ERROR"},  # It notes each step and page, and warns of styles meant for screens.
            "weasyprint.progress": {"level": "WARNING"},
            "kombu.connection": {"level": "ERROR"},  # It warns of every broker made of files.
        },
    }


structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_BEFORE,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
