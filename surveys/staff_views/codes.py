"""Where an analyst makes single-use codes, takes out whom to remind, and notes letters that came back."""

import csv
import re
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import require_admin_access

from core.codes import in_threes
from core.models import User
from core.spreadsheets import disarmed
from surveys import actions
from surveys.actions.codes import MOST_AT_ONCE, Letter
from surveys.enums import CollectorKind, WaveState
from surveys.models import Collector
from surveys.queries import code_counts, unused_serials
from surveys.staff_views.access import require
from surveys.staff_views.collectors import addresses_of, page_of
from surveys.staff_views.heads import headed

RUN = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?", re.ASCII)
DASH, BETWEEN = re.compile(r"\s*[-\u2013]\s*"), re.compile(r"[\s,;]+")


class SerialsField(forms.CharField):
    """Serial numbers, and runs of them such as 5-9, with commas, spaces or line breaks between."""

    widget = forms.Textarea(attrs={"rows": 4})
    default_error_messages = {"required": "Give serial numbers, such as 12 or 20-34."}

    def to_python(self, value: Any) -> Any:
        """Return each number once, in order.

        Raises:
            ValidationError: something typed is no number or run, or there are too many.
        """
        parts = BETWEEN.split(DASH.sub("-", super().to_python(value) or ""))
        runs = [_run(part) for part in parts if part]
        if sum(map(len, runs)) > MOST_AT_ONCE:  # before any run is written out
            raise forms.ValidationError(f"Give {MOST_AT_ONCE:,} serial numbers at most at a time.")
        return sorted({serial for run in runs for serial in run})


def _run(part: str) -> range:
    match = RUN.fullmatch(part)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if not first <= last:
        raise forms.ValidationError(f"“{part[:40]}” is no serial number and no run such as 5-9.")
    if last - first >= MOST_AT_ONCE:
        raise forms.ValidationError(f"“{part[:40]}” is a run of more than {MOST_AT_ONCE:,} numbers.")
    return range(first, last + 1)


class MakeForm(forms.Form):
    """How many codes to make."""

    count = forms.IntegerField(
        label="How many",
        min_value=1,
        max_value=MOST_AT_ONCE,
        error_messages={"required": f"Say how many codes to make: 1 to {MOST_AT_ONCE:,}."},
    )


class RenewForm(forms.Form):
    """Which letters get a new code."""

    renew = SerialsField(label="Serial numbers", help_text="Such as: 12, 15, 20-34.")


class UndeliveredForm(forms.Form):
    """Which letters came back."""

    undelivered = SerialsField(label="Serial numbers", help_text="Such as: 12, 15, 20-34.")


FORMS: dict[str, type[forms.Form]] = {"make": MakeForm, "renew": RenewForm, "undelivered": UndeliveredForm}


def _collector(pk: int) -> Collector:
    rows = Collector.objects.filter(kind=CollectorKind.CODES).select_related("wave__survey")
    return get_object_or_404(rows, pk=pk)


@require_safe
@require_admin_access
def codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how many codes of one way in were issued, came back and were used, and what can be done."""
    require(request, "change_collector")
    return _show(request, _collector(pk))


@require_POST
@never_cache
@require_admin_access
def work_on_codes(request: HttpRequest, pk: int, work: str) -> HttpResponse:
    """Make codes or renew them, and hand them out in a file, once; or note which letters came back."""
    require(request, "change_collector")
    collector, form = _collector(pk), FORMS[work](request.POST)
    if not form.is_valid():
        return _show(request, collector, **{work: form})
    try:
        letters = _done(request, collector, work, form.cleaned_data)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _show(request, collector, **{work: form})
    return _file(collector, letters) if letters else redirect("survey_codes", collector.pk)


def _done(request: HttpRequest, collector: Collector, work: str, said: dict[str, Any]) -> list[Letter]:
    by = cast("User", request.user)
    if work == "make":
        return actions.issue_codes(collector=collector, count=said["count"], by=by)
    if work == "renew":
        return actions.renew_codes(collector=collector, serials=said["renew"], by=by)
    count = actions.note_undelivered(collector=collector, serials=said["undelivered"], by=by)
    messages.success(request, f"Letters noted as undelivered: {count}.")
    return []


@require_safe
@require_admin_access
def unused_codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the serial numbers of letters that neither came back nor were used, for reminders."""
    require(request, "change_collector")
    collector = _collector(pk)
    response = _csv(f"{collector.code}-unused")
    csv.writer(response).writerows([["serial"], *([serial] for serial in unused_serials(collector))])
    return response


def _file(collector: Collector, letters: list[Letter]) -> HttpResponse:
    address = next(addresses_of(page_of(collector.wave), collector), "")
    response = _csv(f"{collector.code}-letters")
    writer = csv.writer(response)
    writer.writerow(["serial", "code", "address", "stratum"])
    stratum = disarmed(collector.stratum)
    writer.writerows([letter.serial, in_threes(letter.code), address, stratum] for letter in letters)
    return response


def _csv(name: str) -> HttpResponse:
    return HttpResponse(
        content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}.csv"'}
    )


def _show(request: HttpRequest, collector: Collector, **given: forms.Form) -> HttpResponse:
    context = {
        "collector": collector,
        "wave": collector.wave,
        "counts": code_counts(collector),
        "is_closed": collector.wave.state == WaveState.CLOSED,
        "address": next(addresses_of(page_of(collector.wave), collector), ""),
        "forms": {work: given.get(work) or form() for work, form in FORMS.items()},
        **headed(f"Codes: {collector.title}", collector.wave),
    }
    return render(request, "surveys/admin/codes.html", context, status=422 if given else 200)
