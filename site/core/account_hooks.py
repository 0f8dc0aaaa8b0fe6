"""Who may touch which account in the admin."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks

from core.models import User


@hooks.register("before_create_user")
def no_new_superuser(request: HttpRequest) -> None:
    """Refuse a superuser made by anybody else: Wagtail would let whoever keeps accounts raise one above themselves.

    Raises:
        PermissionDenied: the form asks for one.
    """
    if not request.user.is_superuser and request.POST.get("is_superuser"):
        raise PermissionDenied("Only a superuser makes another one.")


@hooks.register("before_edit_user")
def superusers_keep_their_own(request: HttpRequest, user: User) -> None:
    """Let only superusers touch a superuser's account, its password above all.

    Raises:
        PermissionDenied: somebody else tries.
    """
    if user.is_superuser and not request.user.is_superuser:
        raise PermissionDenied("Only a superuser changes another one's account.")
    no_new_superuser(request)


@hooks.register("before_bulk_action")
def superusers_keep_their_own_in_bulk(request: HttpRequest, _action: str, objects: Iterable[Any], *_: object) -> None:
    """Hold the same rule where several accounts are changed at once.

    Raises:
        PermissionDenied: a superuser is among them.
    """
    if not request.user.is_superuser and any(isinstance(thing, User) and thing.is_superuser for thing in objects):
        raise PermissionDenied("Only a superuser changes another one's account.")
