"""Who may come to the pages of this room in the admin."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from core.models import User


def require(request: HttpRequest, *permissions: str) -> None:
    """Refuse whoever has none of ``permissions``.

    Raises:
        PermissionDenied: none of them is theirs.
    """
    if not may(request, *permissions):
        raise PermissionDenied


def may(request: HttpRequest, *permissions: str) -> bool:
    """Tell whether one of ``permissions`` is theirs."""
    return any(request.user.has_perm(f"surveys.{permission}") for permission in permissions)


def signed_in(request: HttpRequest) -> User:
    """Return who is signed in: the admin lets nobody else come here.

    Raises:
        PermissionDenied: nobody is.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
