"""The outbox in the admin: what waits, what went, what is in doubt, and "send again"."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import InspectView
from wagtail.admin.widgets.button import Button

from core.outbox.actions import send_again
from core.outbox.models import SENT_AGAIN_FROM, OutboxMessage
from core.viewsets import ReadingViewSet

SEND_AGAIN_PERMISSION = "core.change_outboxmessage"


class OutboxFilters(WagtailFilterSet):
    """Narrowing the listing."""

    class Meta:
        model = OutboxMessage
        fields = ("state",)


class OutboxInspectView(InspectView):
    """One message, with the button to send it again where that makes sense."""

    @cached_property
    def header_buttons(self) -> list[Button]:
        """Offer "send again" for a message in doubt or failed, to those who may."""
        may = self.request.user.has_perm(SEND_AGAIN_PERMISSION)
        if not may or self.object.state not in SENT_AGAIN_FROM:
            return []
        url = OutboxViewSet.address_of_send_again(self.object)
        return [Button("Send again", url=url, icon_name="mail")]


class OutboxViewSet(ReadingViewSet):
    """Messages on their way. What a message says is never shown: it may hold a link that lets its reader sign in."""

    model = OutboxMessage
    name = "outbox"
    icon = "mail"
    menu_label = "Outbox"
    menu_order = 900
    add_to_settings_menu = True
    list_display = (
        "subject",
        Column("recipient_list", label="To"),
        "state",
        "attempts",
        "created",
        "due",
        "problem",
    )
    filterset_class = OutboxFilters
    search_fields = ("subject", "message_id", "problem")
    search_backend_name = None
    inspect_view_class = OutboxInspectView
    inspect_view_fields = (
        "subject",
        "recipient_list",
        "state",
        "problem",
        "attempts",
        "created",
        "due",
        "sending_since",
        "finished",
        "message_id",
    )

    @staticmethod
    def address_of_send_again(row: OutboxMessage) -> str:
        """Return where "send again" of ``row`` stands."""
        return reverse("outbox:send_again", args=[row.pk])

    def get_urlpatterns(self) -> list[Any]:
        """Add "send again"."""
        return [*super().get_urlpatterns(), path("send-again/<int:pk>/", confirm_send_again, name="send_again")]


def confirm_send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, and on POST let the message wait once more.

    Raises:
        PermissionDenied: the account may not change messages.
    """
    if not request.user.has_perm(SEND_AGAIN_PERMISSION):
        raise PermissionDenied
    row = get_object_or_404(OutboxMessage, pk=pk)
    if request.method != "POST":
        return render(request, "core/outbox/send_again.html", {"row": row, "possible": row.state in SENT_AGAIN_FROM})
    if send_again(row=row, user=request.user):
        messages.success(request, f"“{row}” is waiting to be sent again.")
    else:
        messages.error(request, f"“{row}” is neither in doubt nor failed any more, so it was left alone.")
    return redirect("outbox:inspect", pk)


@hooks.register("register_admin_viewset")
def register_outbox() -> OutboxViewSet:
    """Add the outbox."""
    return OutboxViewSet()


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Name what the log says of the outbox."""
    actions.register_action("core.outbox.send_again", "Send again", "Let a message be sent again")
