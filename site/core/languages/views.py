"""Where a speaker reads the words of the site, and says that they are right."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.views.decorators.http import require_http_methods, require_POST

from core.languages import actions
from core.languages.addresses import other_codes
from core.languages.forms import CheckForm
from core.languages.queries import Standing, containing, standing_of, standings, words_of
from core.models.accounts import User
from core.translations.queries import TRANSLATES_EVERY_PAGE

MAY_READ = "core.view_cataloguecheck"
MAY_CHECK = "core.add_cataloguecheck"
MAY_WITHDRAW = "core.delete_cataloguecheck"


def _require(request: HttpRequest, permission: str) -> User:
    if not request.user.has_perm(permission):
        raise PermissionDenied
    return cast("User", request.user)  # the admin lets nobody else in


def _known(code: str) -> Standing:
    if code not in other_codes():
        raise Http404
    return standing_of(code)


def _headed(title: str, *way: tuple[str, str]) -> dict[str, Any]:
    """Return what the head of a page shows: the way back, and its name."""
    steps = [("Home", reverse("wagtailadmin_home")), ("Languages", reverse("languages")), *way]
    items = [{"url": url, "label": label} for label, url in steps]
    return {"breadcrumbs_items": items, "header_title": title, "header_icon": "globe"}


def index(request: HttpRequest) -> HttpResponse:
    """List the languages with how many words each has, and who checked them.

    Raises:
        PermissionDenied: the person may not read the list.
    """
    _require(request, MAY_READ)
    translates = request.user.has_perm(TRANSLATES_EVERY_PAGE)
    context = {"standings": standings(), "translates": translates, **_headed("Languages")}
    return render(request, "core/languages/index.html", context)


@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, code: str) -> HttpResponse:
    """Show every word of a language, or those that hold ``q``; on POST record that they have been checked.

    Raises:
        Http404: the site does not speak this language.
        PermissionDenied: the person may not read the list, or may not say that it is right.
    """
    user = _require(request, MAY_CHECK if request.method == "POST" else MAY_READ)
    standing = _known(code)
    form = CheckForm(request.POST or None, initial={"organisation": user.organisation, "digest": standing.digest})
    if request.method == "POST" and form.is_valid() and _recorded(request, form, standing):
        return redirect("language_words", code)
    return render(request, "core/languages/words.html", _context(request, standing, form))


def _recorded(request: HttpRequest, form: CheckForm, standing: Standing) -> bool:
    try:
        actions.record_check(
            language=standing.code,
            digest=form.cleaned_data["digest"],
            organisation=form.cleaned_data["organisation"],
            by=cast("User", request.user),
            note=form.cleaned_data["note"],
        )
    except ValidationError as refused:
        form.refuse(str(refused.message), digest=standing.digest)
        messages.error(request, str(refused.message))
        return False
    messages.success(request, f"The {standing.name} words are recorded as checked. Every page shows them from now on.")
    return True


def _context(request: HttpRequest, standing: Standing, form: CheckForm) -> dict[str, Any]:
    every = words_of(standing.code)
    sought = request.GET.get("q", "").strip()
    here = (standing.name, reverse("language_words", args=[standing.code]))
    return {
        "standing": standing,
        "form": form,
        "words": containing(every, sought),
        "sought": sought,
        "direction": "rtl" if get_language_info(standing.code)["bidi"] else "ltr",
        "may_check": bool(every) and standing.check is None and request.user.has_perm(MAY_CHECK),
        "may_withdraw": standing.check is not None and request.user.has_perm(MAY_WITHDRAW),
        **_headed(f"{standing.name} words", here),
    }


@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take back that the words of a language have been checked.

    Raises:
        Http404: the site does not speak this language.
        PermissionDenied: the person may not take a check back.
    """
    user = _require(request, MAY_WITHDRAW)
    standing = _known(code)
    if standing.check is None:
        messages.error(
            request, f"The {standing.name} words are not recorded as checked, so there was nothing to withdraw."
        )
    else:
        actions.withdraw_check(check=standing.check, by=user)
        messages.success(
            request,
            f"The check is withdrawn. Help, privacy and surveys show in English again at {standing.name} addresses.",
        )
    return redirect("language_words", code)
