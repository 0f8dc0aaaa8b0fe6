"""What makes kept pages old: every committed change to a row that they may show.

Rows are changed from many places (Wagtail's editor and its lists, our actions, commands, the worker), and one that
forgot to call would leave yesterday's words on the site; so the models say it themselves, by Django's signals. Every
model of a room counts, unless it says ``shown_on_pages = False``. Writes that send no signal (``update``,
``bulk_create``) call ``refresh_pages``.
"""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from core import pagecache

WAGTAILS_OWN = (Locale, PageViewRestriction, Site)
# What saving a draft changes on a page's row. Visitors see none of it.
OF_DRAFTS = {"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at", "locked"}


def refresh_pages(*_: Any, **__: Any) -> None:
    """Give the site a new version once what was written is committed."""
    transaction.on_commit(pagecache.renew, robust=True)


def watch() -> None:
    """Listen to every change that pages may show."""
    post_save.connect(_saved, dispatch_uid="refresh pages")
    post_delete.connect(_changed, dispatch_uid="refresh pages")
    m2m_changed.connect(_linked, dispatch_uid="refresh pages")
    for happening in (page_published, page_unpublished, post_page_move):
        happening.connect(refresh_pages, dispatch_uid="refresh pages")
    # New code may draw the same rows otherwise.
    post_migrate.connect(refresh_pages, sender=apps.get_app_config("core"), dispatch_uid="refresh pages")


def _is_shown(model: type[models.Model]) -> bool:
    return issubclass(model, WAGTAILS_OWN) or (
        model._meta.app_label in settings.ROOMS and getattr(model, "shown_on_pages", True)
    )


def _saved(sender: type[models.Model], update_fields: Collection[str] | None = None, **_: Any) -> None:
    is_draft = issubclass(sender, Page) and update_fields is not None and set(update_fields) <= OF_DRAFTS
    if not is_draft:
        _changed(sender)


def _changed(sender: type[models.Model], **_: Any) -> None:
    if _is_shown(sender):
        refresh_pages()


def _linked(instance: Any, action: str, **_: Any) -> None:
    if action.startswith("post_") and isinstance(instance, models.Model):
        _changed(type(instance))
