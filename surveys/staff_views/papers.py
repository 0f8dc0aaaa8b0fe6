"""Where staff print the questionnaire, type papers in, check a tenth, and bring them in as answers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import require_admin_access

from core.access import signed_in
from core.printing import CannotPrintError
from surveys import actions
from surveys.enums import BatchState, CollectorKind
from surveys.models import Collector, PaperBatch, PaperEntry
from surveys.paper.comparing import differences
from surveys.paper.forms import KeyingForm, PaperForm
from surveys.paper.layout import languages_of
from surveys.paper.printing import paper_pdf
from surveys.queries import read_instrument, version_of
from surveys.staff_views.access import require
from surveys.staff_views.heads import headed


def _paper(request: HttpRequest, pk: int) -> Collector:
    require(request, "enter_answers")
    found = Collector.objects.filter(kind=CollectorKind.PAPER).select_related("wave__survey", "wave__instrument")
    return get_object_or_404(found, pk=pk)


def _batch(request: HttpRequest, pk: int) -> PaperBatch:
    require(request, "enter_answers")
    found = PaperBatch.objects.select_related("collector__wave__survey", "instrument")
    return get_object_or_404(found, pk=pk)


def _entry(request: HttpRequest, pk: int) -> PaperEntry:
    require(request, "enter_answers")
    found = PaperEntry.objects.select_related("batch__collector__wave__survey", "batch__instrument")
    return get_object_or_404(found, pk=pk)


@require_safe
@require_admin_access
def every_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer the questionnaire to print in each language, and list the batches of papers that came back."""
    collector = _paper(request, pk)
    wave = collector.wave
    context = {
        "collector": collector,
        "wave": wave,
        "languages": languages_of(wave.body) if wave.instrument else [],
        "batches": collector.batches.order_by("-number"),
        "corrections": list(wave.revisions.order_by("number")),
    }
    return render(request, "surveys/admin/papers/list.html", context | headed(collector.title, wave))


@require_safe
@require_admin_access
def print_paper(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Give the questionnaire as a PDF in large print; where this machine cannot make one, say so."""
    collector = _paper(request, pk)
    if collector.wave.instrument is None or language not in languages_of(collector.wave.body):
        raise Http404
    try:
        made = paper_pdf(collector=collector, language=language)
    except CannotPrintError as cannot:
        messages.error(request, str(cannot))
        return redirect("survey_papers", collector.pk)
    name = f"{slugify(collector.wave.survey.code)}-{collector.wave.number}-{language}.pdf"
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


@require_POST
@require_admin_access
def begin_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a batch and lead to its first paper."""
    collector = _paper(request, pk)
    try:
        batch = actions.begin_batch(collector=collector, version=_version(request))
    except ValidationError as refused:
        _say(request, refused)
        return redirect("survey_papers", collector.pk)
    return redirect("survey_key_paper", batch.pk)


def _version(request: HttpRequest) -> int | None:
    """Return which version was chosen, 0 for what is none; None where nothing was to be chosen."""
    said = request.POST.get("version")
    if said is None:
        return None
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else 0


@require_safe
@require_admin_access
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a batch is: what is typed in, what is to be typed again, what differs."""
    found = _batch(request, pk)
    entries = list(found.entries.all())
    drawn = [entry for entry in entries if entry.drawn]
    context = {
        "batch": found,
        "entries": entries,
        "drawn": [_standing(request, entry) for entry in drawn],
        "is_settled": all(entry.settled for entry in drawn),
        "collector": found.collector,
        "version": version_of(found.collector.wave, found.instrument),
    }
    return render(request, "surveys/admin/papers/batch.html", context | headed(str(found), found.collector.wave))


def _standing(request: HttpRequest, entry: PaperEntry) -> dict[str, Any]:
    return {"entry": entry, "is_own": entry.keyed_by_id == signed_in(request).pk}


@require_admin_access
def key_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Type in a new paper, and go on to the next."""
    found = _batch(request, pk)
    if found.state != BatchState.KEYING:
        return redirect("survey_batch", found.pk)
    last = found.entries.order_by("-serial").values_list("serial", flat=True).first() or 0
    form = _paper_form(request, found, initial={"serial": last + 1, "language": _last_language(found)})

    def keep() -> None:
        actions.key_paper(batch=found, by=signed_in(request), answers=form.answers, **_of_paper(form))

    if request.method == "POST" and _kept(request, form, keep):
        return redirect("survey_key_paper", found.pk)
    return _show(request, found, form, heading=f"{found}: a new paper", button="Keep it and go on")


@require_admin_access
def correct_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what was typed of a paper."""
    entry = _entry(request, pk)
    if entry.batch.state != BatchState.KEYING:
        return redirect("survey_batch", entry.batch.pk)
    initial = {"serial": entry.serial, "language": entry.language}
    form = _paper_form(request, entry.batch, initial=initial, keyed=entry.answers)

    def keep() -> None:
        actions.correct_paper(entry=entry, answers=form.answers, **_of_paper(form))

    if request.method == "POST" and _kept(request, form, keep):
        return redirect("survey_batch", entry.batch.pk)
    return _show(request, entry.batch, form, heading=str(entry), button="Keep it", entry=entry)


@require_admin_access
def key_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Type in a paper that was drawn a second time, without seeing what was typed the first time."""
    entry = _entry(request, pk)
    form = KeyingForm(read_instrument(entry.batch.instrument, entry.language), _sent(request))

    def keep() -> None:
        actions.key_again(entry=entry, answers=form.answers, by=signed_in(request))

    if request.method == "POST" and _kept(request, form, keep):
        return redirect("survey_batch", entry.batch.pk)
    return _show(request, entry.batch, form, heading=f"{entry}: typed again", button="Compare")


@require_admin_access
def settle_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what two people typed differently, to be read from the paper itself."""
    entry = _entry(request, pk)
    if entry.again is None or entry.settled:
        return redirect("survey_batch", entry.batch.pk)
    asked = read_instrument(entry.batch.instrument, entry.language)
    differing = {key.removesuffix("_other") for key in differences(entry.answers, entry.again)}
    form = KeyingForm(asked, _sent(request), keyed=entry.answers, only=differing)

    def keep() -> None:
        actions.settle_paper(entry=entry, answers={key: form.answers[key] for key in form.fields})

    if request.method == "POST" and _kept(request, form, keep):
        return redirect("survey_batch", entry.batch.pk)
    second = KeyingForm(asked, keyed=entry.again, only=differing)
    rows = [
        {"label": form[name].label, "first": form.initial[name], "second": second.initial[name]} for name in form.fields
    ]
    return _show(request, entry.batch, form, heading=f"{entry}: what differs", button="This is what it says", rows=rows)


@require_POST
@require_admin_access
def take_paper_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a paper."""
    entry = _entry(request, pk)
    _do(request, lambda: actions.take_paper_out(entry=entry), f"Paper {entry.serial} is taken out.")
    return redirect("survey_batch", entry.batch.pk)


@require_POST
@require_admin_access
def finish_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """End the typing and draw the tenth that is typed again."""
    found = _batch(request, pk)
    _do(request, lambda: actions.finish_batch(batch=found), "The papers below are drawn by chance to be typed again.")
    return redirect("survey_batch", found.pk)


@require_POST
@require_admin_access
def reopen_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Go back to typing."""
    found = _batch(request, pk)
    _do(request, lambda: actions.reopen_batch(batch=found), "Papers can be typed in and mended again.")
    return redirect("survey_batch", found.pk)


@require_POST
@require_admin_access
def bring_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn the papers into answers."""
    found = _batch(request, pk)
    by = signed_in(request)
    _do(request, lambda: actions.bring_in(batch=found, by=by), "The papers are answers now. Destroy them.")
    return redirect("survey_batch", found.pk)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _last_language(batch: PaperBatch) -> str:
    return batch.entries.order_by("-pk").values_list("language", flat=True).first() or "en"


def _paper_form(request: HttpRequest, batch: PaperBatch, **given: Any) -> PaperForm:
    asked = batch.instrument
    return PaperForm(read_instrument(asked), _sent(request), languages=languages_of(asked.body), **given)


def _of_paper(form: PaperForm) -> dict[str, Any]:
    return {"serial": form.cleaned_data["serial"], "language": form.cleaned_data["language"]}


def _kept(request: HttpRequest, form: KeyingForm, keep: Callable[[], None]) -> bool:
    """Keep what ``form`` holds if nothing is wrong with it; what is goes beside where it was typed."""
    if not form.is_valid():
        return False
    try:
        keep()
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    if form.not_asked:
        numbers = ", ".join(map(str, form.not_asked))
        messages.warning(
            request, f"Kept. By its route this paper was not asked question {numbers}: that will not count."
        )
    return True


def _show(request: HttpRequest, batch: PaperBatch, form: KeyingForm, *, heading: str, **shown: Any) -> HttpResponse:
    version = version_of(batch.collector.wave, batch.instrument)
    context = {"form": form, "batch": batch, "version": version, **shown, **headed(heading, batch.collector.wave)}
    return render(request, "surveys/admin/papers/key.html", context, status=422 if form.errors else 200)


def _do(request: HttpRequest, action: Callable[[], object], done: str) -> None:
    try:
        action()
    except ValidationError as refused:
        _say(request, refused)
    else:
        messages.success(request, done)


def _say(request: HttpRequest, refused: ValidationError) -> None:
    for sentence in refused.messages:
        messages.error(request, sentence)
