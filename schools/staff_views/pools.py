"""Many classes together in the admin: schools to confirm, what may be published, and a second person's approval."""

import csv
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.log_actions import log

from core.access import require, signed_in
from schools.actions.pools import approve_pool, confirm_school, send_back_pool, work_out_pool
from schools.models import ClassPool, ClassSession, LessonPack
from schools.queries.pools import exported, why_not_approve

CONFIRMS, WORKS_OUT = "schools.confirm_classsession", "schools.add_classpool"
READS, EXPORTS = "schools.view_classpool", "schools.export_classpool"


@never_cache
def pools(request: HttpRequest) -> HttpResponse:
    """Show which schools wait to be confirmed, what was worked out and what is published."""
    require(request, READS)
    user = signed_in(request)
    unconfirmed = ClassSession.objects.filter(confirmed_on=None, school__isnull=False)
    context = {
        "page_title": "Classes together",
        "header_icon": "group",
        "unconfirmed": unconfirmed.select_related("school", "version__pack").prefetch_related("waves"),
        "may_confirm": user.has_perm(CONFIRMS),
        "packs": LessonPack.objects.filter(class_versions__sessions__confirmed_on__isnull=False).distinct(),
        "may_work_out": user.has_perm(WORKS_OUT),
        "waiting": ClassPool.objects.waiting().select_related("pack"),
        "published": ClassPool.objects.approved().select_related("pack"),
    }
    return render(request, "schools/admin/pools.html", context)


@never_cache
def pool(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is, or would be, public of many classes."""
    require(request, READS)
    user = signed_in(request)
    found = get_object_or_404(ClassPool.objects.select_related("pack", "made_by", "approved_by"), pk=pk)
    context = {
        "page_title": str(found),
        "header_icon": "group",
        "pool": found,
        "why_not": "" if found.approved_on else why_not_approve(found, user),
        "may_export": found.approved_on and user.has_perm(EXPORTS),
    }
    return render(request, "schools/admin/pool.html", context)


def _done(request: HttpRequest, action: Callable[[], object], said: str) -> None:
    """Do ``action`` and say so, or say why it was refused."""
    try:
        action()
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, said)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that a class is of the school that it names."""
    require(request, CONFIRMS)
    session, user = get_object_or_404(ClassSession, pk=pk), signed_in(request)
    _done(request, lambda: confirm_school(session=session, by=user), "The school is confirmed. The class counts now.")
    return redirect("class_pools")


@require_POST
def work_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Work out what may be published of one pack's classes."""
    require(request, WORKS_OUT)
    pack, user = get_object_or_404(LessonPack, pk=pk), signed_in(request)
    _done(request, lambda: work_out_pool(pack=pack, by=user), "Worked out. A colleague looks at it and approves it.")
    return redirect("class_pools")


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve what a colleague had worked out, or throw it away."""
    require(request, "schools.approve_classpool")
    found, user = get_object_or_404(ClassPool, pk=pk), signed_in(request)
    if "approve" in request.POST:
        _done(request, lambda: approve_pool(pool=found, by=user), "Published: it stands on the lesson's page.")
    else:
        _done(request, lambda: send_back_pool(pool=found, by=user), "Sent back: it can be worked out anew.")
    return redirect("class_pools")


@never_cache
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the file behind what was published; who took it is logged."""
    require(request, EXPORTS)
    found = get_object_or_404(ClassPool.objects.approved(), pk=pk)
    log(instance=found, action="schools.export_pool", user=signed_in(request))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="classes-{found.pack.code}.csv"'
    writer = csv.DictWriter(response, ["question", "hoped_for", "class", "phase", "hoped", "source"])
    writer.writeheader()
    writer.writerows(exported(found))
    return response


addresses: list[URLPattern] = [
    path("schools/classes-together/", pools, name="class_pools"),
    path("schools/classes-together/<int:pk>/", pool, name="class_pool"),
    path("schools/classes-together/<int:pk>/decide/", decide, name="decide_class_pool"),
    path("schools/classes-together/<int:pk>/answers.csv", export, name="export_class_pool"),
    path("schools/classes-together/<int:pk>/work-out/", work_out, name="work_out_class_pool"),
    path("schools/classes-together/<int:pk>/confirm/", confirm, name="confirm_class_school"),
]
