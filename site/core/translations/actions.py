"""Writing a translation, sending it in, taking it back, and what follows when the English page moves on."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import get_language_info
from wagtail.log_actions import log
from wagtail.models import Locale, Page, WorkflowState
from wagtail.signals import page_published, page_unpublished
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationSource,
)

from core.approvals.keeping import record
from core.approvals.records import Approval, How
from core.languages.trees import counterparts
from core.models.accounts import Organisation, User
from core.translations.models import TranslatedVersion
from core.translations.pieces import digest_of, missing, named, pieces_of, written_for
from core.translations.queries import english_of, live_version, may_take_down, review_of, stand_in_for

IN_REVIEW = "This translation waits for a colleague's approval, so it cannot be changed now."
NOT_CHECKED = "These words are not recorded as checked any more, so there was nothing to withdraw."
NOT_THERE = "The English page is not published yet, so there is nothing to translate. Publish it first."


@transaction.atomic
def write(*, english: Page, locale: Locale, words: Mapping[str, str], by: User | None = None) -> int:
    """Keep ``words`` (name of a piece -> what is written for it, empty to take it away); return how many changed.

    Raises:
        ValidationError: the translation waits for approval, or there is no page to translate.
    """
    _stand_in(english, locale)
    return keep_words(english=english, locale=locale, words=words, by=by)


def keep_words(*, english: Page, locale: Locale, words: Mapping[str, str], by: User | None = None) -> int:
    """Keep ``words`` as ``write`` does, whatever state the translation is in: no version of it changes."""
    pieces = pieces_of(english)
    before = written_for(english, locale, pieces)
    changed = {name: data for name, data in words.items() if data != before.get(name, "")}
    if not changed:
        return 0
    source, _ = TranslationSource.update_or_create_from_instance(english)
    segments = StringSegment.objects.filter(source=source).select_related("string", "context")
    of_piece = {(segment.context.path, segment.string.data): segment for segment in segments}
    done = [piece for piece in pieces if piece.name in changed]
    for piece in done:
        _keep(of_piece[piece.path, piece.data], locale, changed[piece.name], by)
    return len(done)


def _stand_in(english: Page, locale: Locale) -> Page:
    """Lock and return what stands for ``english``; refuse while a colleague reviews it."""
    there = stand_in_for(english, locale.language_code) if english.live else None
    if there is None:
        raise ValidationError(NOT_THERE)
    there = Page.objects.select_for_update().get(pk=there.pk).specific
    if review_of(there):
        raise ValidationError(IN_REVIEW)
    if sentence := there.why_not_change():
        raise ValidationError(sentence)
    return there


def _keep(segment: StringSegment, locale: Locale, data: str, by: User | None) -> None:
    place = {"translation_of": segment.string, "context": segment.context, "locale": locale}
    if not data:
        StringTranslation.objects.filter(**place).delete()
        return
    StringTranslation.objects.update_or_create(
        **place, defaults={"data": data, "last_translated_by": by, "has_error": False, "field_error": ""}
    )


@transaction.atomic
def send(*, english: Page, locale: Locale, by: User) -> TranslatedVersion:
    """Send the translation in for approval: only whole, and without any fault.

    Raises:
        ValidationError: one sentence for each thing that is missing or wrong.
    """
    version = make_version(english=english, locale=locale, by=by)
    _begin_review(Page.objects.get(pk=version.page_id).specific, by)
    return version


@transaction.atomic
def make_version(*, english: Page, locale: Locale, by: User | None = None) -> TranslatedVersion:
    """Keep a version of the page in ``locale`` made from what is written.

    Raises:
        ValidationError: one sentence for each thing that is missing or wrong.
    """
    from core.editing import faults_of

    there = _stand_in(english, locale)
    refuse_holes(english, locale)
    TranslationSource.update_or_create_from_instance(english)
    page = put_together(english, there, locale)
    if faults := faults_of(page):
        raise ValidationError(faults)
    revision = page.save_revision(user=by, log_action=True, clean=False)
    return TranslatedVersion.objects.create(page=there, revision=revision, digest=digest_of(english))


@transaction.atomic
def publish_words(*, english: Page, code: str, words: Mapping[str, str]) -> None:
    """Publish a translation as an act of the system, with no author; for the demonstration.

    ``words`` holds English -> translation. Nothing happens where a person has been at work: where a translation stands
    already, or where the English page has a piece that ``words`` does not know.
    """
    english, there = english.specific, stand_in_for(english, code)
    pieces = pieces_of(english)
    known = {piece.name: words.get(" ".join(piece.data.split()), "") for piece in pieces}
    if there is None or not there.alias_of_id or review_of(there) or not all(known.values()):
        return
    write(english=english, locale=there.locale, words=known)
    revision = make_version(english=english, locale=there.locale).revision
    record(revision=revision, how=How.SYSTEM)
    revision.publish()


@transaction.atomic
def forget(*, english: Page) -> None:
    """Show ``english`` in every language again, and forget what was written for it."""
    for page in counterparts(english).filter(alias_of=None):
        _follow_again(english, page)
        TranslatedVersion.objects.filter(page=page).delete()
    if english.live:
        english.specific.update_aliases()
    sources = TranslationSource.objects.filter(object_id=english.translation_key)
    strings = list(StringSegment.objects.filter(source__in=sources).values_list("string", flat=True))
    templates = list(TemplateSegment.objects.filter(source__in=sources).values_list("template", flat=True))
    StringTranslation.objects.filter(context__object_id=english.translation_key).delete()
    sources.delete()
    TranslatableObject.objects.filter(pk=english.translation_key).delete()
    String.objects.filter(pk__in=strings, segments=None, translations=None).delete()
    Template.objects.filter(pk__in=templates, segments=None).delete()


def refuse_holes(english: Page, locale: Locale) -> None:
    """Refuse a translation that is not whole.

    Raises:
        ValidationError: how many pieces are missing, and where.
    """
    pieces = pieces_of(english)
    holes = missing(pieces, written_for(english, locale, pieces))
    if holes:
        are = "is" if len(holes) == 1 else "are"
        language = get_language_info(locale.language_code)["name"]
        raise ValidationError(
            f"{len(holes)} of {len(pieces)} pieces of text {are} not yet in {language}, so the page cannot be sent in: "
            f"{named(holes)}."
        )


def put_together(english: Page, there: Page, locale: Locale, *, with_holes: bool = False) -> Page:
    """Return the page in ``locale`` made from the pieces, unsaved; English stands in holes where these are allowed.

    Raises:
        ValidationError: a text is too long or otherwise not what its field takes.
    """
    source = TranslationSource.objects.filter(object_id=english.translation_key, locale=english.locale).first()
    if source is None:
        return there
    page = source.get_ephemeral_translated_instance(locale, fallback=with_holes)
    page.alias_of = None
    page.go_live_at, page.expire_at = None, english.expire_at
    page.draft_title = page.title
    if _is_home(there):
        page.slug = there.slug
    if not with_holes:
        page.full_clean(exclude=["alias_of"])
    return page


def _is_home(page: Page) -> bool:
    """Tell whether this is a home page: all of them stand side by side, so each has a slug of its own."""
    return page.depth == 2


def _begin_review(page: Page, by: User) -> None:
    state, workflow = page.current_workflow_state, page.get_workflow()
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=by)
    elif workflow is None:
        raise ValidationError("No workflow approves this page. Ask an administrator to set one.")
    else:
        workflow.start(page, by)


@transaction.atomic
def record_check(*, version: TranslatedVersion, organisation: Organisation, by: User) -> None:
    """Record that a speaker from ``organisation`` read this version of the page and found its words right.

    Raises:
        ValidationError: somebody recorded it already.
    """
    version = TranslatedVersion.objects.select_for_update().get(pk=version.pk)
    if version.checked_on:
        raise ValidationError("These words have been recorded as checked already, so nothing more is recorded.")
    version.checked_by, version.checked_on = organisation, timezone.localdate()
    version.save()
    log(instance=version.page, action="groundswell.translation_checked", user=by, revision=version.revision)


@transaction.atomic
def withdraw_check(*, version: TranslatedVersion, by: User) -> None:
    """Take back that a speaker found this version right; the page's history keeps what was said.

    Where visitors see it on a page that needs checked words, the English page stands in its place again.

    Raises:
        ValidationError: nobody recorded it.
    """
    version = TranslatedVersion.objects.select_for_update().get(pk=version.pk)
    if not version.checked_by or not version.checked_on:
        raise ValidationError(NOT_CHECKED)
    said = {"organisation": str(version.checked_by), "on": version.checked_on.isoformat()}
    log(
        instance=version.page,
        action="groundswell.translation_check_withdrawn",
        user=by,
        data=said,
        revision=version.revision,
    )
    version.checked_by = version.checked_on = None
    version.save()
    page = version.page.specific
    english = english_of(page)
    if english and page.needs_checked_words and page.live_revision_id == version.revision_id:
        show_english_again(english, page)


@transaction.atomic
def take_down(*, page: Page, by: User, reason: str) -> None:
    """Show the English page again where its translation stands, and keep the reason in the page's history.

    Raises:
        PermissionDenied: ``by`` may not take pages down, or this is no published translation.
    """
    page = Page.objects.select_for_update().get(pk=page.pk)
    english = english_of(page)
    if english is None or not may_take_down(by, page):
        raise PermissionDenied("You cannot take this translation down.")
    log(instance=page, action="groundswell.unpublish", user=by, data={"reason": reason})
    show_english_again(english, page)


def show_english_again(english: Page, page: Page) -> None:
    """Let ``page``, a translation, show the English page again."""
    _follow_again(english, page)
    english.specific.update_aliases()


def _follow_again(english: Page, page: Page) -> None:
    """Make ``page`` an alias of the English one again; what was written stays for the next time."""
    Page.objects.filter(pk=page.pk).update(
        alias_of=english, live=english.live, live_revision=None, has_unpublished_changes=False
    )
    Approval.objects.filter(page=page.pk, ended=None).update(ended=timezone.now())


@receiver(page_published)
def follow_english(instance: Page, **_: Any) -> None:
    """Note which translations say something else than the English page that just went live, and since when."""
    if instance.alias_of_id:
        return
    if instance.locale.language_code == settings.LANGUAGE_CODE:
        for page in counterparts(instance).filter(alias_of=None):
            _compare(page, instance)
    elif english := english_of(instance):
        _compare(instance, english)
        if instance.slug != english.slug and not _is_home(instance):
            instance.slug = english.slug
            instance.save(clean=False)


def _compare(page: Page, english: Page) -> None:
    version = live_version(page)
    if version is None:
        return
    is_same = version.digest == digest_of(english.specific)
    if is_same != (version.source_changed is None):
        version.source_changed = None if is_same else timezone.now()
        version.save()


@receiver(page_unpublished)
def take_down_with_english(instance: Page, **_: Any) -> None:
    """Take translations down with their English page; when it returns they begin as aliases, and are sent in anew."""
    if instance.locale.language_code != settings.LANGUAGE_CODE or instance.alias_of_id:
        return
    for page in counterparts(instance).filter(alias_of=None):
        _follow_again(instance, page)
