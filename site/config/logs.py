"""Logs: one JSON object a line for machines, coloured words for a person at a terminal."""

import re
from typing import Any

import structlog

# What a line may carry beside its words. Whole requests come with some of Django's lines: they stay out.
FACTS = ["status_code", "method", "path", "status", "milliseconds", "request_id"]

# What follows in such an address is as good as a password: whoever reads the log could answer for a service, change
# what somebody gets by email, or speak for Mailchimp.
_SECRET_BELOW = re.compile(r"(/support/confirm/|/updates/preferences/|/mailchimp/)\S+")


def without_secret(text: str) -> str:
    """Return ``text`` without what follows in addresses that are as good as a password."""
    return _SECRET_BELOW.sub(r"\1…", text)


def _hide_secrets(_logger: Any, _method: str, line: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Take secrets out of the words and the path of a line: Django notes the address of whatever it refuses."""
    return {
        name: without_secret(said) if isinstance(said, str) and name in {"event", "path"} else said
        for name, said in line.items()
    }


_BEFORE: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def logging_settings(*, json: bool, level: str = "INFO") -> dict[str, Any]:
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
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, _hide_secrets, *last],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["stderr"], "level": level, "propagate": False},
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
