"""What the public sees of a page, as one digest, and whether that is what was approved.

``public_digest`` goes through every field that a page has, now and in time to come, but those named in ``NOT_PUBLIC``:
Wagtail's bookkeeping, the place in the tree, and when a page comes and goes. A field that stands at its default or is
empty adds nothing, so that a new field of ours leaves every digest as it is. The words are told apart from the files:
whether they are as approved is asked at every reading, of the very row that would be shown, without opening a block.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.documents.models import AbstractDocument
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import COMMENTS_RELATION_NAME, Page, Revision

from core.approvals.records import Approval

NOT_PUBLIC = frozenset(
    {
        # what it is, where it stands, whose it is
        "id", "page_ptr", "content_type", "path", "depth", "numchild", "url_path", "translation_key", "locale",
        "alias_of", "owner",
        # drafts and versions
        "draft_title", "latest_revision", "latest_revision_created_at", "live_revision", "has_unpublished_changes",
        "first_published_at", "last_published_at",
        # when it comes and goes
        "live", "go_live_at", "expire_at", "expired",
        # who may not edit it now
        "locked", "locked_at", "locked_by",
    }
)  # fmt: skip
FILES = (AbstractImage, AbstractDocument)
OF_A_STREAM = {"type", "value", "id"}  # the keys of a block in a stream or a list; its id is no word of anybody's
FIRST_OF_A_TREE = 2  # the depth of home pages: no address names them

File = Sequence[Any]  # the model, as app.model, and the key of its row
States = dict[tuple[Any, ...], list[Any]]  # what visitors get of each file


class _Named(NamedTuple):
    """The address and the language under which a page's words were approved."""

    slug: str
    locale_id: int


def public_digest(page: Page) -> str:
    """Return the digest of everything that the public sees of ``page`` itself."""
    page = page.specific
    return whole(words_digest(page), files_digest(files_on(page)))


def whole(words: str, files: str) -> str:
    """Return the one digest of words and files."""
    return hashlib.sha256(f"{words}\n{files}".encode()).hexdigest()


def words_digest(page: Page, *, named: _Named | None = None) -> str:
    """Return the digest of the public fields of ``page``, which is specific.

    ``named`` gives an alias the address and the language of its source, whose words it repeats.
    """
    named = named or _Named(page.slug if page.depth > FIRST_OF_A_TREE else "", page.locale_id)
    head = {"type": page._meta.label_lower, "slug": named.slug, "language": named.locale_id}
    return _digest(head | _words(page, leave_out={"slug"}))


def content_digest(revision: Revision) -> str:
    """Return the digest of a version as the database keeps it, to the letter: in memory a date is not yet a text."""
    return _digest(Revision.objects.values_list("content", flat=True).get(pk=revision.pk))


def files_on(page: Page) -> list[File]:
    """Return the pictures and documents that the public fields of ``page`` refer to, in order, each once."""
    found = {file for thing in [page, *_children(page)] for file in _files_of(thing)}
    return [*sorted(found)]


def files_digest(files: Iterable[File], now: States | None = None) -> str:
    """Return the digest of ``files`` as they are now: what they hold and what is said in their stead.

    ``now`` is what :func:`states` said of them, where it was asked about more of them at once.
    """
    known = states(files) if now is None else now
    return _digest(sorted(known[tuple(file)] for file in files if tuple(file) in known))


def states(files: Iterable[File]) -> States:
    """Return what visitors get of each of ``files`` that is still there, in one query, or none where there are none."""
    keys = defaultdict(set)
    for label, pk in files:
        keys[label].add(pk)
    rows = [_rows_of(apps.get_model(label), keys[label]) for label in sorted(keys)]
    found = rows[0].union(*rows[1:], all=True) if rows else ()
    return {(row.kind, row.pk): [row.kind, row.pk, *_says(row)] for row in found}


def in_force(page_id: int) -> Approval | None:
    """Return the approval that was the last to come into force for a page; None where none ever did."""
    came = Approval.objects.filter(page=page_id, since__isnull=False).select_related("page")
    return came.order_by("-since", "-pk").first()


def all_in_force() -> QuerySet[Approval]:
    """Return for every page the approval that was the last to come into force, with the page's own row."""
    came = Approval.objects.filter(since__isnull=False)
    newest = came.filter(page=OuterRef("page")).order_by("-since", "-pk")
    return came.filter(pk=Subquery(newest.values("pk")[:1])).select_related("page")


def has_approved_words(page: Page, approval: Approval) -> bool:
    """Tell whether the words of ``page``, which is specific, are those of ``approval``, which may be its source's."""
    if approval.ended:
        return False
    source = approval.page
    slug = source.slug if source.depth > FIRST_OF_A_TREE else ""
    named = _Named(slug, source.locale_id) if page.alias_of_id else None
    return words_digest(page, named=named) == approval.words


def is_approved(page: Page) -> bool:
    """Tell whether what is live of ``page`` is what was approved: asked anew each time, never kept."""
    approval = in_force(page.alias_of_id or page.pk)
    return approval is not None and page.live and is_as(page.specific, approval)


def is_as(page: Page, approval: Approval) -> bool:
    """Tell whether ``page``, which is specific, is what ``approval`` is about, word for word and file for file."""
    return has_approved_words(page, approval) and files_digest(approval.shows) == approval.files


def whole_revision(approval: Approval) -> Revision | None:
    """Return the approved version, if it is still in force, still there, and to the letter what was approved."""
    revision = None if approval.ended else approval.revision
    return revision if revision and content_digest(revision) == approval.content else None


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def public_fields(model: type[models.Model]) -> tuple[models.Field, ...]:
    """Return the fields of ``model`` that the public sees, whoever added them."""
    found = (*model._meta.concrete_fields, *model._meta.many_to_many)
    return tuple(
        field
        for field in found
        if not ((issubclass(model, Page) and field.name in NOT_PUBLIC) or isinstance(field, ParentalKey))
    )


def _words(thing: models.Model, *, leave_out: Iterable[str] = ()) -> dict[str, Any]:
    """Return the public fields of ``thing`` that say something, and those of the rows that are part of it."""
    found = {}
    for field in public_fields(type(thing)):
        value: Any = _plain(field, thing)
        if field.name not in leave_out and not _is_empty(value) and value != field.get_default():
            found[field.name] = value
    for relation in _relations(type(thing)):
        rows = [_words(row, leave_out={"id"}) for row in getattr(thing, relation).all()]
        found |= {relation: rows} if rows else {}
    return found


def _plain(field: models.Field, thing: models.Model) -> Any:
    if isinstance(field, StreamField):
        return _without_ids(field.stream_block.get_prep_value(getattr(thing, field.name)))
    if isinstance(field, models.ManyToManyField):
        return sorted(row.pk for row in getattr(thing, field.name).all())
    return field.value_from_object(thing)


def _without_ids(value: Any) -> Any:
    """Return the content of blocks without their ids and without what says nothing."""
    if isinstance(value, list):
        return [_without_ids(part) for part in value]
    if not isinstance(value, dict):
        return value
    is_block = set(value) == OF_A_STREAM
    parts = {key: _without_ids(part) for key, part in value.items() if not (is_block and key == "id")}
    return {key: part for key, part in parts.items() if not _is_empty(part)}


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value in ("", [], {})


@cache
def _relations(model: type[models.Model]) -> tuple[str, ...]:
    names = [relation.get_accessor_name() for relation in get_all_child_relations(model)]
    return tuple(sorted(name for name in names if name != COMMENTS_RELATION_NAME))


def _children(page: Page) -> Iterator[models.Model]:
    for relation in _relations(page._meta.model):
        yield from getattr(page, relation).all()


def _files_of(thing: models.Model) -> Iterator[tuple[str, int]]:
    for field in public_fields(type(thing)):
        if isinstance(field, models.ForeignKey):
            found = [(field.related_model, field.value_from_object(thing))]
        elif hasattr(field, "extract_references"):
            found = [(model, pk) for model, pk, *_ in field.extract_references(field.value_from_object(thing))]
        else:
            found = []
        for model, pk in found:
            if pk and issubclass(model, FILES):
                yield model._meta.label_lower, int(pk)


def _rows_of(model: type[models.Model], keys: Iterable[int]) -> QuerySet[Any, Any]:
    """Return the rows with these keys in the columns that :func:`_says` reads, the same for pictures and documents."""
    has = {field.name for field in model._meta.concrete_fields}
    columns = {
        name: F(column) if column in has else Value("", output_field=CharField())
        for name, column in {"held": "file", "digest": "file_hash", "says": "description", "by": "credit"}.items()
    }
    kind = Value(model._meta.label_lower, output_field=CharField())
    rows = model._default_manager.filter(pk__in=keys).order_by()  # noqa: SLF001  (Django's own way to ask any model)
    return rows.annotate(kind=kind, **columns).values_list("kind", "pk", *columns, "title", named=True)


def _says(row: Any) -> list[str]:
    """Return what visitors get of a picture or document, and what stands in its stead for who does not see it."""
    digest = row.digest
    if not digest:
        with suppress(OSError):  # its file is gone: the digest says so
            digest = apps.get_model(row.kind).objects.get(pk=row.pk).get_file_hash()
    return [row.held, digest, row.says or row.title, row.by]
