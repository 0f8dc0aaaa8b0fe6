"""Who may come to the pages of this room in the admin."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

MAY_CHECK = "surveys.check_translation"


def require(request: HttpRequest, *permissions: str) -> None:
    """Refuse whoever has none of ``permissions``.

    Raises:
        PermissionDenied: none of them is theirs.
    """
    if not any(request.user.has_perm(f"surveys.{permission}") for permission in permissions):
        raise PermissionDenied
