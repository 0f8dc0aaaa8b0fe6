"""Who approves what a colleague wrote."""

from campaigns.models.reviewed import Reviewed
from core.approvals.duty import stands_in
from core.approvals.queries import approving_groups
from core.models import User


def approves(user: User, what: type[Reviewed]) -> bool:
    """Tell whether ``user`` approves rows of ``what``: managers, and today's deputies of managers."""
    return user.has_perm(what.approved_with) or stands_in(user, approving_groups())


def why_not_approve(row: Reviewed, user: User) -> str:
    """Return why ``user`` may not approve ``row``; nothing where they may."""
    names = row._meta
    if not approves(user, type(row)):
        return f"Only managers approve {names.verbose_name_plural}, and their deputies on the days that are named."
    if row.writers.filter(pk=user.pk).exists():
        return f"You had a hand in this {names.verbose_name}, so a colleague approves it."
    return ""
