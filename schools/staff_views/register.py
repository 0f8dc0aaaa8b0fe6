"""Where a schools lead brings files of the national register, reads what they would change, and lets it be done."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import Button

from core.access import require, signed_in
from core.tables import RefusedFileError
from core.viewsets import ReadingViewSet
from schools.actions import register_files
from schools.models import RegisterImport, School
from schools.register.report import Report

MAY_BRING_IN = "schools.add_registerimport"
MOST_BYTES = 200 * 1024 * 1024
SECONDS_BETWEEN_LOOKS = 2
SHOWN = 20
DECISIONS = {"confirm": register_files.confirm, "drop": register_files.drop}


class RegisterForm(forms.Form):
    """A file of the register, and whose schools are taken from it."""

    file = forms.FileField(
        label="File",
        help_text="As the register gives it out: the schools (edubasealldata….csv), or the links between them "
        "(links_edubasealldata….csv). Bring the schools first.",
        error_messages={"required": "Choose a file.", "empty": "This file is empty. Take it from the register again."},
    )
    authorities = forms.CharField(
        label="Local authorities",
        help_text="Their numbers in the register, with spaces between, such as 382. Nothing takes all schools of "
        "the file.",
        required=False,
    )

    def clean_file(self) -> Any:
        """Refuse a file that is larger than the whole register.

        Raises:
            ValidationError: it is.
        """
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                f"This file is larger than {MOST_BYTES // 1024**2} MB, more than the whole register. Choose another."
            )
        return file

    def clean_authorities(self) -> list[str]:
        """Return the numbers.

        Raises:
            ValidationError: one of them is none.
        """
        numbers: list[str] = self.cleaned_data["authorities"].replace(",", " ").split()
        wrong = [number for number in numbers if not (number.isascii() and number.isdecimal() and len(number) == 3)]
        if wrong:
            raise forms.ValidationError(f"“{wrong[0]}” is no number of a local authority. They have three digits: 382.")
        return numbers


@require_http_methods(["GET", "POST"])
@never_cache
@require_admin_access
def register(request: HttpRequest) -> HttpResponse:
    """List the files that were brought; on POST take another one and show how it is compared.

    Raises:
        PermissionDenied: the person may not.
    """
    require(request, MAY_BRING_IN)
    sent = request.method == "POST"
    form = RegisterForm(request.POST, request.FILES) if sent else RegisterForm()
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            brought = register_files.take_in(
                file=file, name=file.name, authorities=form.cleaned_data["authorities"], by=signed_in(request)
            )
        except RefusedFileError as refused:
            form.add_error("file", refused.problems)
        else:
            return redirect("school_register_file", brought.pk)
    files = RegisterImport.objects.select_related("brought_by")[:SHOWN]
    context = {"form": form, "files": files, "here": School.objects.open().count(), **_headed()}
    return render(request, "schools/admin/register.html", context, status=422 if sent else 200)


@require_http_methods(["GET", "POST"])
@never_cache
@require_admin_access
def register_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a file is and what it would change; on POST let it be done, or give it up.

    Raises:
        PermissionDenied: the person may not.
    """
    require(request, MAY_BRING_IN)
    brought = get_object_or_404(RegisterImport.objects.select_related("brought_by"), pk=pk)
    if request.method == "POST":
        try:
            DECISIONS[request.POST.get("decision", "")](brought=brought)
        except KeyError:
            messages.error(request, "Bring it in or give it up: nothing was decided.")
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
        return redirect("school_register_file", pk)
    context = {
        "brought": brought,
        "done": register_files.rows_done(brought),
        "report": Report.from_json(brought.report) if brought.report else None,
        **_headed(brought.name),
    }
    response = render(request, "schools/admin/register_file.html", context)
    if brought.is_at_work:
        response["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


def _headed(title: str = "") -> dict[str, Any]:
    way = [
        {"url": reverse("wagtailadmin_home"), "label": "Home"},
        {"url": reverse("register_schools:index"), "label": "School register"},
        {"url": reverse("school_register"), "label": "Bring in"},
    ]
    if title:
        way.append({"url": "", "label": title})
    return {"breadcrumbs_items": way, "header_title": way[-1]["label"], "header_icon": "clipboard-list"}


class SchoolIndexView(IndexView):
    """The list, with the way in for files."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Add it, for those who may."""
        found = list(super().header_more_buttons)
        if self.request.user.has_perm(MAY_BRING_IN):
            found.append(Button("Bring in from a file", url=reverse("school_register"), icon_name="upload"))
        return found


class SchoolViewSet(ReadingViewSet):
    """Schools as the register has them. Nobody edits them: the next file would undo it."""

    model = School
    name = "register_schools"
    icon = "clipboard-list"
    menu_label = "School register"
    index_view_class = SchoolIndexView
    list_display: ClassVar[list[Any]] = [
        "name",
        "urn",
        Column("place", label="Place"),
        "phase",
        "status",
        "authority_name",
        "ward",
    ]
    list_filter: ClassVar[list[str]] = ["status", "phase", "ward"]
    list_export: ClassVar[list[str]] = ["urn", "name", "authority_name", "phase", "status", "town", "postcode", "ward"]
    search_fields: ClassVar[list[str]] = ["words"]
    search_backend_name = None
    inspect_view_fields: ClassVar[list[str]] = [
        "urn",
        "name",
        "authority_name",
        "phase",
        "type_group",
        "status",
        "opened_on",
        "closed_on",
        "youngest",
        "oldest",
        "pupils",
        "counted_on",
        "town",
        "postcode",
        "ward",
    ]

    def get_queryset(self, request: HttpRequest) -> Any:  # noqa: ARG002  (Wagtail's own signature)
        """Fetch what the list shows in a fixed number of queries."""
        return School.objects.select_related("ward")


def register_addresses() -> list[Any]:
    """Return where the pages about files of the register stand."""
    return [
        path("schools/register/", register, name="school_register"),
        path("schools/register/<int:pk>/", register_file, name="school_register_file"),
    ]
