"""Where the words of a survey are written in another language, beside their English, and recorded as checked."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import require_admin_access

from core.languages.addresses import other_codes
from core.languages.queries import is_checked
from core.models import User
from surveys import actions
from surveys.actions.languages import MAY_CHECK
from surveys.content import items_of, notice_version, version_of, versions_in
from surveys.models import Questionnaire, Survey, Wording
from surveys.models.translations import LanguageVersion
from surveys.staff_views.access import require
from surveys.staff_views.word_forms import CheckForm, WordsForm

MAY_WRITE = "surveys.change_wordingtranslation"


def _language(code: str) -> str:
    if code not in other_codes():
        raise Http404
    return get_language_info(code)["name"]


def direction(code: str) -> str:
    """Return the way that a language is written: rtl or ltr."""
    return "rtl" if get_language_info(code)["bidi"] else "ltr"


def unspoken(offered: Iterable[str]) -> list[str]:
    """Return the names of the languages in ``offered`` in which no screen asks yet; papers and interviewers do.

    A page is in one language, so the questions stand in English until a speaker has checked the words around them.
    """
    return [get_language_info(code)["name"] for code in offered if not is_checked(code)]


@require_safe
@require_admin_access
def languages(request: HttpRequest) -> HttpResponse:
    """List surveys, questionnaires and wordings, with how far what each says has come in a language."""
    require(request, "view_wordingtranslation")
    code = request.GET.get("language", other_codes()[0])
    language = _language(code)
    surveys = Survey.objects.prefetch_related("translations__checked_by")
    wordings = Wording.objects.select_related("question").prefetch_related("options", "translations__checked_by")
    context = {
        "code": code,
        "language": language,
        "choices": [(other, _language(other)) for other in other_codes()],
        "surveys": [notice_version(found, code) for found in surveys],
        "questionnaires": [(found, code in found.languages) for found in Questionnaire.objects.all()],
        "versions": [version_of(wording, code) for wording in wordings],
    }
    return render(request, "surveys/admin/languages.html", context | _headed(f"Surveys in {language}"))


@require_http_methods(["GET", "POST"])
@require_admin_access
def questionnaire_words(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show every word of a questionnaire beside its English: what it says itself, and each of its wordings."""
    _language(code)
    found = get_object_or_404(Questionnaire, pk=pk)
    return _words(request, code, str(found), versions_in(code, found, items_of(found)))


@require_http_methods(["GET", "POST"])
@require_admin_access
def wording_words(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show the words of one wording beside their English."""
    _language(code)
    found = get_object_or_404(Wording.objects.select_related("question"), pk=pk)
    return _words(request, code, found.wording_id, [version_of(found, code)])


@require_http_methods(["GET", "POST"])
@require_admin_access
def survey_words(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show what a survey tells people before they begin, beside its English."""
    _language(code)
    found = get_object_or_404(Survey, pk=pk)
    return _words(request, code, str(found), [notice_version(found, code)])


def _words(request: HttpRequest, code: str, title: str, versions: Sequence[LanguageVersion]) -> HttpResponse:
    require(request, "view_wordingtranslation")
    user = cast("User", request.user)  # the admin lets nobody else in
    check_form = CheckForm(initial={"digest": actions.digest_of(versions), "organisation": user.organisation})
    form = WordsForm(versions=versions, code=code, initial={"translated_by": user.organisation})
    if request.method == "POST":
        if "withdraw" in request.POST:
            return _withdraw(request, versions[0])
        if "check" in request.POST:
            check_form = CheckForm(request.POST)
            if _checked(request, check_form, versions):
                return redirect(request.path)
        else:
            form = WordsForm(request.POST, versions=versions, code=code)
            if _written(request, form):
                return redirect(request.path)
    context = _context(request, code, title, versions) | {"form": form, "check_form": check_form}
    return render(request, "surveys/admin/words.html", context, status=422 if request.method == "POST" else 200)


def _written(request: HttpRequest, form: WordsForm) -> bool:
    """Keep what was typed; tell whether all of it was kept."""
    if not request.user.has_perm(MAY_WRITE):
        raise PermissionDenied
    if not form.is_valid():
        return False
    try:
        changed = form.keep(by=cast("User", request.user))
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    said = f"{changed} piece{'' if changed == 1 else 's'} of text saved." if changed else "Nothing had changed."
    messages.success(request, said)
    return not form.left_over()


def _checked(request: HttpRequest, form: CheckForm, versions: Sequence[LanguageVersion]) -> bool:
    """Record the check; tell whether it is recorded."""
    if not request.user.has_perm(MAY_CHECK):
        raise PermissionDenied
    if not form.is_valid():
        return False
    try:
        left = actions.record_words_check(
            versions=versions,
            digest=form.cleaned_data["digest"],
            organisation=form.cleaned_data["organisation"],
            by=cast("User", request.user),
        )
    except ValidationError as refused:
        form.refuse(str(refused.messages[0]), digest=actions.digest_of(versions))
        return False
    messages.success(request, "The words are recorded as checked.")
    if left:
        names = ", ".join(version.name for version in left)
        messages.warning(request, f"You typed these yourself, so somebody else still has to check them: {names}.")
    return True


def _withdraw(request: HttpRequest, version: LanguageVersion) -> HttpResponse:
    if not request.user.has_perm(MAY_CHECK):
        raise PermissionDenied
    if version.is_checked:
        actions.withdraw_check(version=version, by=cast("User", request.user))
        messages.success(request, "The check is withdrawn. A wave that is open goes on with the words that it has.")
    else:
        messages.error(request, "These words are not recorded as checked, so there was nothing to withdraw.")
    return redirect(request.path)


def _context(request: HttpRequest, code: str, title: str, versions: Sequence[LanguageVersion]) -> dict[str, Any]:
    user, language = request.user, _language(code)
    unchecked = [version for version in versions if not version.is_checked]
    return {
        "code": code,
        "language": language,
        "direction": direction(code),
        "versions": versions,
        "holes": sum(len(version.holes) for version in versions),
        "count": sum(len(version.english) for version in versions),
        "unchecked": unchecked,
        "may_write": user.has_perm(MAY_WRITE),
        "may_check": bool(unchecked) and user.has_perm(MAY_CHECK) and not any(version.holes for version in versions),
        "may_withdraw": versions[0].is_checked and user.has_perm(MAY_CHECK),
    } | _headed(f"{title}, in {language}", code)


def _headed(title: str, code: str = "") -> dict[str, Any]:
    """Return what the head of the page shows: the way back to the list, and its name."""
    here = f"{reverse('survey_languages')}?language={code}" if code else reverse("survey_languages")
    way = [
        {"url": reverse("wagtailadmin_home"), "label": "Home"},
        {"url": here, "label": "Survey languages"},
        *([{"url": "", "label": title}] if code else []),
    ]
    return {"breadcrumbs_items": way, "header_title": title, "header_icon": "globe"}
