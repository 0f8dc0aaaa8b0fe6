"""Who may come to a page of the admin that is ours and not one of Wagtail's listings."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from core.models.accounts import User


def require(request: HttpRequest, *permissions: str) -> None:
    """Refuse whoever has none of ``permissions``, each with the name of its room.

    Raises:
        PermissionDenied: none of them is theirs.
    """
    if not any(request.user.has_perm(permission) for permission in permissions):
        raise PermissionDenied


def signed_in(request: HttpRequest) -> User:
    """Return who is signed in: the admin lets nobody else come here.

    Raises:
        PermissionDenied: nobody is.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
