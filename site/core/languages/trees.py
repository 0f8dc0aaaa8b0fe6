"""A tree of pages for each language, in step with the English one.

A page that is not translated stands in the other trees as an alias: the same words, kept by Wagtail's own aliases.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.models import Locale, Page
from wagtail.signals import page_published, post_page_move

from core.languages.addresses import other_codes, place


def in_language(pages: Any, code: str = "") -> Any:
    """Return those of ``pages`` that stand in the tree of the language ``code``, or of the one shown now."""
    return pages.filter(locale__language_code=code or place())


def in_english(pages: Any) -> Any:
    """Return those of ``pages`` that were written first, of which the other languages' are translations or aliases."""
    return in_language(pages, settings.LANGUAGE_CODE)


def lay_locales() -> None:
    """Give every language of the settings its locale; what stands already stays."""
    for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


@transaction.atomic
def lay_trees() -> None:
    """Give every live English page its place in the tree of each other language; what stands already stays."""
    lay_locales()
    live = in_english(Page.objects.filter(depth__gt=1, alias_of=None)).live().order_by("path")
    for locale in _other_locales():
        there = set(Page.objects.filter(locale=locale).values_list("translation_key", flat=True))
        for page in live:
            if page.translation_key not in there:
                _stand_in(page, locale)


def _other_locales() -> Iterator[Locale]:
    yield from Locale.objects.filter(language_code__in=other_codes()).order_by("language_code")


def _stand_in(page: Page, locale: Locale) -> None:
    """Give ``page`` an alias in the tree of ``locale``, unless the page above it has no place there."""
    parent = page.get_parent()
    if parent.is_root() or counterparts(parent).filter(locale=locale).exists():
        page.specific.copy_for_translation(locale, copy_parents=False, alias=True)


def counterparts(page: Page) -> QuerySet[Page]:
    """Return what stands for ``page`` in the other trees, translations and aliases alike."""
    return Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)


def _is_first_written(page: Page) -> bool:
    return page.alias_of_id is None and page.locale.language_code == settings.LANGUAGE_CODE


@receiver(page_published)
def follow_publication(instance: Page, **_: Any) -> None:
    """Give a page that goes live its place in the trees that its parent has one in, under the same slug.

    What went live below it before it did follows: until now it had nothing to stand under.

    Signals, because Wagtail publishes, moves and deletes in many places. Its own code keeps the words of aliases,
    and takes them down with the page.
    """
    if instance.depth <= 2 or not _is_first_written(instance):
        return
    there = {page.locale_id: page for page in counterparts(instance)}
    for locale in _other_locales():
        if locale.pk not in there:
            _stand_in(instance, locale)
        elif there[locale.pk].slug != instance.slug:
            _rename(there[locale.pk], instance.slug)
    if not there:
        for below in instance.get_children().live():
            follow_publication(instance=below)


def _rename(page: Page, slug: str) -> None:
    """Give ``page`` that slug, unless a page beside it has it."""
    if not page.get_siblings(inclusive=False).filter(slug=slug).exists():
        page.slug = slug
        page.save(clean=False)


@receiver(post_page_move)
def follow_move(instance: Page, parent_page_before: Page, parent_page_after: Page, **_: Any) -> None:
    """Move what stands for the page in the other trees below what stands there for its new parent.

    Where nothing does, an alias goes until something does; a translation is nobody's to delete, and stays.
    """
    if parent_page_before.pk == parent_page_after.pk or not _is_first_written(instance):
        return
    new_parents = {page.locale_id: page for page in counterparts(parent_page_after)}
    for page in counterparts(instance):
        if page.locale_id in new_parents:
            page.move(new_parents[page.locale_id], pos="last-child")
        elif page.alias_of_id:
            page.delete()
    if instance.live:
        follow_publication(instance=instance)


@receiver(pre_delete, sender=Page)
def follow_deletion(instance: Page, **_: Any) -> None:
    """Delete with an English page whatever stands for it in the other trees: words without their original."""
    if _is_first_written(instance):
        for page in counterparts(instance):
            page.delete()
