"""Who may come to the pages of this room in the admin."""

from django.http import HttpRequest

from core import access


def require(request: HttpRequest, *permissions: str) -> None:
    """Refuse whoever has none of ``permissions``.

    Raises:
        PermissionDenied: none of them is theirs.
    """
    access.require(request, *(f"surveys.{permission}" for permission in permissions))


def may(request: HttpRequest, *permissions: str) -> bool:
    """Tell whether one of ``permissions`` is theirs."""
    return any(request.user.has_perm(f"surveys.{permission}") for permission in permissions)
