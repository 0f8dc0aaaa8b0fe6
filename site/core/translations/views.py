"""Where a page is translated piece by piece, checked by a speaker, approved, and taken down again."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page

from core.approvals.due import due_day, may_set_due
from core.approvals.registry import obstacles_to
from core.approvals.urgent import may_publish_urgently, to_decide
from core.languages.addresses import other_codes
from core.languages.trees import in_english
from core.languages.views import MAY_CHECK
from core.models.accounts import User
from core.translations import actions
from core.translations.forms import CheckForm, TakeDownForm, TranslationForm
from core.translations.models import TranslatedVersion
from core.translations.pieces import missing, pieces_of, written_for
from core.translations.queries import (
    TRANSLATES_EVERY_PAGE,
    list_of,
    live_version,
    locale_of,
    may_take_down,
    may_translate,
    review_of,
    stand_in_for,
    translatable_by,
    version_of,
)


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)  # the admin lets nobody else in


def _language(code: str) -> str:
    if code not in other_codes():
        raise Http404
    return get_language_info(code)["name"]


def _pages(request: HttpRequest, code: str, page_id: int) -> tuple[Page, Page]:
    """Return the English page and what stands for it in ``code``.

    Raises:
        Http404: there is no such page, or no such language.
        PermissionDenied: the person may neither translate nor approve it.
    """
    _language(code)
    english = get_object_or_404(in_english(Page.objects.filter(depth__gt=1)), pk=page_id).specific
    there = stand_in_for(english, code)
    if there is None:
        raise Http404("The English page is not published yet.")
    there = there.specific
    if not there.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return english, there


def index(request: HttpRequest, code: str) -> HttpResponse:
    """List the pages that the person may translate into a language, and how each stands."""
    language = _language(code)
    pages = translatable_by(_user(request))
    if not pages.exists() and not request.user.has_perm(TRANSLATES_EVERY_PAGE):
        raise PermissionDenied
    steps = [("Home", reverse("wagtailadmin_home")), (f"Pages in {language}", request.path)]
    return render(
        request,
        "core/translations/index.html",
        {
            "rows": list_of(pages, code),
            "code": code,
            "header_title": f"Pages in {language}",
            "header_icon": "globe",
            "breadcrumbs_items": [{"url": url, "label": label} for label, url in steps],
        },
    )


@require_http_methods(["GET", "POST"])
def translate(request: HttpRequest, code: str, page_id: int) -> HttpResponse:
    """Show a page's pieces beside their English; on POST keep what is written, and send it in where that is asked."""
    english, there = _pages(request, code, page_id)
    pieces, locale = pieces_of(english), locale_of(code)
    written = written_for(english, locale, pieces)
    form = TranslationForm(request.POST or None, pieces=pieces, written=written, code=code)
    refused: list[str] = []
    if request.method == "POST":
        if not may_translate(_user(request), english):
            raise PermissionDenied
        if form.is_valid():
            refused = _kept(request, form, english, code)
            if not refused and not form.left_over():
                return redirect("translate", code, page_id)
    return render(request, "core/translations/translate.html", _context(request, english, there, form, refused))


def _kept(request: HttpRequest, form: TranslationForm, english: Page, code: str) -> list[str]:
    """Keep and perhaps send what was written; return why not, in sentences."""
    locale, user = locale_of(code), _user(request)
    try:
        changed = actions.write(english=english, locale=locale, words=form.cleaned_data, by=user)
    except ValidationError as error:
        return sentences(english, error)
    if "send" not in request.POST:
        said = f"{changed} piece{'' if changed == 1 else 's'} of text saved." if changed else "Nothing had changed."
        messages.success(request, said)
        return []
    try:
        actions.send(english=english, locale=locale, by=user)
    except ValidationError as error:
        return [*sentences(english, error), "What you wrote is saved."]
    messages.success(request, "Saved and sent in. A colleague approves it before it goes live.")
    return []


def sentences(page: Page, error: ValidationError) -> list[str]:
    """Return what ``error`` says, each with the field that it is about."""
    if not hasattr(error, "error_dict"):
        return [str(message) for message in error.messages]
    return [
        f"{str(page._meta.get_field(name).verbose_name).capitalize()}: {message}" if name != "__all__" else str(message)
        for name, found in error.message_dict.items()
        for message in found
    ]


def _context(
    request: HttpRequest, english: Page, there: Page, form: TranslationForm, refused: list[str]
) -> dict[str, Any]:
    code = there.locale.language_code
    review, user = review_of(there), _user(request)
    task = review.current_task_state if review else None
    sent = version_of(task.revision_id) if task else None
    live = live_version(there)
    pieces = form.pieces
    written = written_for(english, there.locale, pieces)
    return {
        "english": english,
        "there": there,
        "code": code,
        "language": _language(code),
        "direction": "rtl" if get_language_info(code)["bidi"] else "ltr",
        "form": form,
        "refused": refused,
        "read_only": not form.is_bound and (review is not None or not may_translate(user, english)),
        "rows": [(piece, piece.shown(piece.data), piece.shown(written.get(piece.name, ""))) for piece in pieces],
        "count": len(pieces),
        "holes": len(missing(pieces, written)),
        "review": review,
        "task": task,
        "sent": sent,
        "live": live,
        "decisions": _decisions(there, user) if task else [],
        "obstacles": obstacles_to(there) if task else [],
        "due": due_day(review) if review else None,
        "may_set_due": may_set_due(user, there),
        "may_publish_urgently": may_publish_urgently(user, there),
        "urgent": to_decide(there),
        "check_form": _check_form(request, sent or live),
        "withdrawable": _checked(sent, live) if user.has_perm(MAY_CHECK) else None,
        "take_down_form": TakeDownForm() if may_take_down(user, there) else None,
        "header_title": f"{english.get_admin_display_title()}, in {_language(code)}",
        "header_icon": "globe",
        "breadcrumbs_items": _breadcrumbs(english, code),
    }


def _decisions(there: Page, user: User) -> list[tuple[str, str]]:
    """Return (name, label) of what the person may decide, each once."""
    task = there.current_workflow_task
    found = {name: label for name, label, _ in reversed(task.get_actions(there, user))} if task else {}
    return [(name, str(label)) for name, label in found.items()]


def _check_form(request: HttpRequest, version: Any) -> CheckForm | None:
    if version is None or version.checked_on or not request.user.has_perm(MAY_CHECK):
        return None
    return CheckForm(initial={"version": version.pk, "organisation": _user(request).organisation})


def _breadcrumbs(english: Page, code: str) -> list[dict[str, str]]:
    language = _language(code)
    steps = [
        ("Home", reverse("wagtailadmin_home")),
        (f"Pages in {language}", reverse("translations", args=[code])),
        (english.get_admin_display_title(), reverse("translate", args=[code, english.pk])),
    ]
    return [{"url": url, "label": label} for label, url in steps]


@require_safe
def preview(request: HttpRequest, code: str, page_id: int) -> HttpResponse:
    """Show the page as visitors will see it; what is not translated yet stands in English."""
    english, there = _pages(request, code, page_id)
    page = actions.put_together(english, there, locale_of(code), with_holes=True)
    return page.make_preview_request(request, page.default_preview_mode)


@require_POST
def check(request: HttpRequest, code: str, page_id: int) -> HttpResponse:
    """Record that a speaker found the words of the version shown right."""
    _, there = _pages(request, code, page_id)
    if not request.user.has_perm(MAY_CHECK):
        raise PermissionDenied
    form = CheckForm(request.POST)
    if not form.is_valid():
        _say(request, form)
        return redirect("translate", code, page_id)
    sent, live = _versions(there)
    shown = sent or live
    if shown is None or shown.pk != form.cleaned_data["version"]:
        messages.error(
            request, "The words changed after this page was shown to you, so nothing is recorded. Read again."
        )
        return redirect("translate", code, page_id)
    try:
        actions.record_check(version=shown, organisation=form.cleaned_data["organisation"], by=_user(request))
        messages.success(request, "The words are recorded as checked.")
    except ValidationError as refused:
        messages.error(request, str(refused.messages[0]))
    return redirect("translate", code, page_id)


@require_POST
def withdraw_check(request: HttpRequest, code: str, page_id: int) -> HttpResponse:
    """Take back that a speaker found the words of the version shown right."""
    _, there = _pages(request, code, page_id)
    if not request.user.has_perm(MAY_CHECK):
        raise PermissionDenied
    shown = _checked(*_versions(there))
    if shown is None or str(shown.pk) != request.POST.get("version"):
        messages.error(request, actions.NOT_CHECKED)
        return redirect("translate", code, page_id)
    try:
        actions.withdraw_check(version=shown, by=_user(request))
    except ValidationError as refused:
        messages.error(request, str(refused.messages[0]))
        return redirect("translate", code, page_id)
    there.refresh_from_db()
    stands = "The English page stands in its place." if there.alias_of_id else "The page says so."
    messages.success(request, f"The check is withdrawn. {stands}")
    return redirect("translate", code, page_id)


def _versions(there: Page) -> tuple[TranslatedVersion | None, TranslatedVersion | None]:
    """Return the version that waits for approval and the one that visitors see, where there are such."""
    review = review_of(there)
    return version_of(review.current_task_state.revision_id) if review else None, live_version(there)


def _checked(*versions: TranslatedVersion | None) -> TranslatedVersion | None:
    """Return the first version that a speaker has checked."""
    return next((version for version in versions if version and version.checked_on), None)


def _say(request: HttpRequest, form: Any) -> None:
    for field, errors in form.errors.items():
        messages.error(request, f"{form.fields[field].label or field.capitalize()}: {' '.join(errors)}")


@require_POST
def take_down(request: HttpRequest, code: str, page_id: int) -> HttpResponse:
    """Show the English page again where the translation stands."""
    _, there = _pages(request, code, page_id)
    if not may_take_down(_user(request), there):
        raise PermissionDenied
    form = TakeDownForm(request.POST)
    if form.is_valid():
        actions.take_down(page=there, by=_user(request), reason=form.cleaned_data["reason"])
        messages.success(
            request, "The translation is taken down. The English page stands in its place. No word is lost."
        )
    else:
        _say(request, form)
    return redirect("translate", code, page_id)
