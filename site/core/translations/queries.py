"""What stands for an English page in another language, who may translate it, and what keeps it from going live."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Locale, Page, Revision, WorkflowState
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import StringTranslation

from core.languages.trees import in_english, in_language
from core.models.accounts import User
from core.translations.models import TranslatedVersion

MAY_UNPUBLISH = "core.unpublish_page"
TRANSLATES_EVERY_PAGE = "core.change_translatedversion"


def english_of(page: Page) -> Page | None:
    """Return the English page that ``page`` stands for in another language; None where it is itself the first."""
    if page.depth < 2 or page.locale.language_code == settings.LANGUAGE_CODE:
        return None
    return in_english(Page.objects.filter(translation_key=page.translation_key)).first()


def stand_in_for(page: Page, code: str) -> Page | None:
    """Return what stands for the English ``page`` in the tree of ``code``: its alias or its translation."""
    return in_language(Page.objects.filter(translation_key=page.translation_key), code).first()


def locale_of(code: str) -> Locale:
    """Return the locale of a language that the site speaks."""
    return Locale.objects.get(language_code=code)


def may_take_down(user: User, page: Page) -> bool:
    """Tell whether ``user`` may show English again where ``page``, a published translation, stands."""
    return bool(
        page.live
        and not page.alias_of_id
        and user.has_perm(MAY_UNPUBLISH)
        and page.permissions_for_user(user).can_edit()
    )


def may_translate(user: User, english: Page) -> bool:
    """Tell whether ``user`` may translate ``english``: who may edit it, and who translates every page."""
    return user.has_perm(TRANSLATES_EVERY_PAGE) or english.permissions_for_user(user).can_edit()


def translatable_by(user: User) -> QuerySet[Page]:
    """Return the live English pages that ``user`` may translate, in the order of the tree."""
    pages = in_english(Page.objects.filter(depth__gt=1, alias_of=None)).live().order_by("path")
    if not user.has_perm(TRANSLATES_EVERY_PAGE):
        pages = pages & page_permission_policy.instances_user_has_permission_for(user, "change")
    return pages.order_by("path")


def version_of(revision_id: int) -> TranslatedVersion | None:
    """Return what is known of a revision that was sent in as a translation; None for any other."""
    return TranslatedVersion.objects.filter(revision_id=revision_id).select_related("checked_by").first()


def live_version(page: Page) -> TranslatedVersion | None:
    """Return the translation that visitors read at ``page``; None, without a query, for an alias."""
    return None if page.alias_of_id or not page.live_revision_id else version_of(page.live_revision_id)


def review_of(page: Page) -> WorkflowState | None:
    """Return the review that ``page`` waits in; None where it waits in none."""
    state = page.current_workflow_state
    return state if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS else None


def faults_of_translation(revision: Revision) -> Iterator[str]:
    """Return a sentence for each thing that keeps a translation from going live; nothing for any other revision."""
    version = version_of(revision.pk)
    if version is None:
        return
    page = revision.as_object()
    english = english_of(page)
    if english is None or not english.live:
        yield "The English page is not published, so its translation cannot be. Publish the English page first."
    if page.needs_checked_words and not version.checked_on:
        yield (
            "This page is about safety, support or a survey, so it goes live in another language only once a language "
            "checker has recorded that its words are right."
        )


def waits_as_translation(page: Page) -> bool:
    """Tell whether the newest draft of ``page`` was put together from what translators wrote, and sent in."""
    return bool(page.latest_revision_id and version_of(page.latest_revision_id) and review_of(page))


def has_translated(user: User, page: Page, *, since: Revision | None) -> bool:
    """Tell whether ``user`` wrote any words of the translation ``page`` since the version ``since``, or ever."""
    written = StringTranslation.objects.filter(
        context__object_id=page.translation_key, locale=page.locale_id, last_translated_by=user
    )
    return written.filter(Q(updated_at__gt=since.created_at) if since else Q()).exists()


def outdated() -> QuerySet[TranslatedVersion]:
    """Return the live translations whose English page has changed since, the oldest change first."""
    found = TranslatedVersion.objects.filter(
        source_changed__isnull=False, page__live=True, page__live_revision=F("revision")
    )
    return found.select_related("page__locale", "revision").order_by("source_changed", "pk")


def unchecked() -> QuerySet[TranslatedVersion]:
    """Return the versions that are live or wait for approval and that no speaker has checked, oldest first."""
    waits = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS, object_id=Cast(OuterRef("page"), CharField())
    )
    shown = Q(page__live=True, page__live_revision=F("revision"))
    sent = Q(Exists(waits.filter(current_task_state__revision=OuterRef("revision"))))
    found = TranslatedVersion.objects.filter(shown | sent, checked_on=None)
    return found.select_related("page__locale", "revision").order_by("pk")


def is_translatable(page: Page) -> bool:
    """Tell whether ``page`` is a published English page that others may stand for."""
    return page.live and page.depth > 1 and not page.alias_of_id and page.locale.language_code == settings.LANGUAGE_CODE


@dataclass(frozen=True, kw_only=True)
class Row:
    """An English page in the list of a language, and how its translation stands."""

    english: Page
    standing: str


def list_of(pages: QuerySet[Page], code: str) -> list[Row]:
    """Return a row for each English page of ``pages``, in as many queries for many as for one."""
    stand_ins = in_language(Page.objects.filter(translation_key__in=pages.values("translation_key")), code)
    there = {page.translation_key: page for page in stand_ins}
    versions = {version.revision_id: version for version in TranslatedVersion.objects.filter(page__in=stand_ins)}
    reviews = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS, object_id__in=[str(page.pk) for page in there.values()]
    )
    in_review = {int(pk) for pk in reviews.values_list("object_id", flat=True)}
    return [
        Row(english=page, standing=_standing(there[page.translation_key], versions, in_review))
        for page in pages
        if page.translation_key in there
    ]


def _standing(page: Page, versions: Mapping[int, TranslatedVersion], in_review: Collection[int]) -> str:
    version = versions.get(page.live_revision_id or 0)
    if page.pk in in_review:
        return "Waits for approval"
    if page.alias_of_id or version is None:
        return "In English"
    if version.source_changed:
        return "Out of date: the English page has changed"
    return "Translated" if version.checked_on else "Translated, not checked by a speaker"
