"""Where an analyst lists, adds and changes the ways in to a wave."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from core.access import signed_in
from core.languages.addresses import address_in, codes
from surveys import actions
from surveys.enums import CollectorKind, Mode, WaveState
from surveys.models import Collector, SurveyPage, Wave
from surveys.staff_views.access import require
from surveys.staff_views.forms import missing
from surveys.staff_views.heads import WAYS_IN, headed

SHARED = ("title", "code", "sample_type", "stratum", "base_weight")
OF_KIND = {
    CollectorKind.OPEN_LINK: (),
    CollectorKind.PLACEMENT: ("channel",),
    CollectorKind.CODES: (),
    CollectorKind.PAPER: ("send_to",),
    CollectorKind.ASSISTED: ("mode",),
}
MODE_OF = {CollectorKind.PAPER: Mode.PAPER, CollectorKind.ASSISTED: Mode.TELEPHONE}


class CollectorForm(forms.ModelForm):
    """What is said of a way in of one kind."""

    class Meta:
        model = Collector
        fields = (*SHARED, "channel", "send_to", "mode")
        error_messages = missing(
            title="Give it a name that staff know it by, such as: Poster in Dewsbury library.",
            code="Give it a code, such as library-poster.",
            sample_type="Choose how people came to be asked.",
            channel="Choose how people hear of the survey by it.",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask only what goes with the kind."""
        super().__init__(*args, **kwargs)
        wanted = {*SHARED, *OF_KIND[CollectorKind(self.instance.kind)]}
        for name in set(self.fields) - wanted:
            del self.fields[name]
        if "channel" in self.fields:
            self.fields["channel"].required = True
        if "mode" in self.fields:
            ways = [Mode.TELEPHONE, Mode.FACE_TO_FACE]
            self.fields["mode"] = forms.ChoiceField(
                choices=[(way.value, way.label) for way in ways],
                label="How",
                error_messages={"required": "Choose how staff ask."},
            )

    def refuse(self, refused: ValidationError) -> None:
        """Say beside each field, or above them all, what is wrong."""
        said = refused.error_dict if hasattr(refused, "error_dict") else {NON_FIELD_ERRORS: refused.error_list}
        for name, errors in said.items():
            for error in errors:
                self.add_error(name if name in self.fields else None, error)


@require_safe
@require_admin_access
def ways_in(request: HttpRequest, pk: int) -> HttpResponse:
    """List the ways in to a wave, each with its address or where its answers are entered."""
    require(request, "view_collector", "change_collector", "enter_answers")
    wave = _wave(pk)
    page = page_of(wave)
    context = {
        "wave": wave,
        "rows": [{"collector": row, "addresses": list(addresses_of(page, row))} for row in wave.collectors.all()],
        "may_change": wave.state != WaveState.CLOSED and request.user.has_perm("surveys.change_collector"),
        "may_enter": wave.state == WaveState.OPEN and request.user.has_perm("surveys.enter_answers"),
        "kinds": [CollectorKind(kind) for kind in OF_KIND if not _is_given(wave, kind)],
    }
    return render(request, "surveys/admin/ways_in.html", context | headed(WAYS_IN, wave))


def _wave(pk: int) -> Wave:
    return get_object_or_404(Wave.objects.select_related("survey"), pk=pk)


def _is_given(wave: Wave, kind: str) -> bool:
    return kind == CollectorKind.OPEN_LINK and wave.collectors.filter(kind=kind).exists()


def page_of(wave: Wave) -> SurveyPage | None:
    """Return the live page that people come to the survey by; None where there is none yet."""
    return wave.survey.pages.filter(live=True).order_by("pk").first()


def addresses_of(page: SurveyPage | None, collector: Collector) -> Iterator[str]:
    """Go through the addresses of a way in below the survey's ``page``, English first; none where it has none."""
    if page is None or collector.kind in CollectorKind.by_staff:
        return
    ends = {"placement": f"via/{collector.code}/", "codes": "code/"}
    below = ends.get(collector.kind, "")
    start = reverse("surveys:done", args=[page.slug]).removesuffix("done/")
    yield from (urljoin(page.full_url or "", address_in(code, start)) + below for code in codes())


@require_admin_access
def add_collector(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Add a way in of one kind to a planned or open wave."""
    require(request, "add_collector")
    if kind not in OF_KIND:
        raise Http404
    wave = _wave(pk)
    made = Collector(wave=wave, kind=kind, mode=MODE_OF.get(CollectorKind(kind), Mode.ONLINE))
    return _kept(request, made, f"Add a way in: {CollectorKind(kind).label.lower()}")


@require_admin_access
def change_collector(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of a way in."""
    require(request, "change_collector")
    found = get_object_or_404(Collector.objects.select_related("wave__survey"), pk=pk)
    return _kept(request, found, f"Change {found.title}")


def _kept(request: HttpRequest, collector: Collector, heading: str) -> HttpResponse:
    wave, form = collector.wave, CollectorForm(request.POST if request.method == "POST" else None, instance=collector)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.keep_collector(collector=form.save(commit=False), by=signed_in(request))
        except ValidationError as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"{kept.title} is kept.")
            return redirect("survey_ways_in", wave.pk)
    context = {"form": form, "wave": wave, "collector": collector, **headed(heading, wave)}
    return render(request, "surveys/admin/collector.html", context, status=422 if form.errors else 200)


@require_admin_access
def remove_collector(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a way in away after asking whether that is meant; one with answers stays, and a sentence says why."""
    require(request, "delete_collector")
    found = get_object_or_404(Collector.objects.select_related("wave__survey"), pk=pk)
    wave, title = found.wave, found.title
    if request.method != "POST":
        context = {"collector": found, "wave": wave, **headed(f"Remove {title}", wave)}
        return render(request, "surveys/admin/remove_collector.html", context)
    try:
        actions.remove_collector(collector=found, by=signed_in(request))
    except ValidationError as refused:
        messages.error(request, f"{title} cannot be removed. {' '.join(refused.messages)}")
    else:
        messages.success(request, f"{title} is removed.")
    return redirect("survey_ways_in", wave.pk)
