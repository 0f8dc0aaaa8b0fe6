"""Who approves today, and who may act alone."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.approvals.queries import approving_groups
from core.approvals.rota import Deputy, DutyOfficer
from core.models.accounts import User


def is_on_duty(user: User) -> bool:
    """Tell whether managers named ``user`` as duty officer for today."""
    return user.is_active and DutyOfficer.objects.on(timezone.localdate()).filter(user=user).exists()


def stands_in(user: User, groups: QuerySet[Group]) -> bool:
    """Tell whether ``user`` is today the deputy of somebody who is in one of ``groups``."""
    return user.is_active and _deputies(groups).filter(user=user).exists()


def approvers_now() -> QuerySet[User]:
    """Return who approves pages today: the approving groups, and who stands in for somebody of them."""
    return members_and_deputies(approving_groups())


def members_and_deputies(groups: QuerySet[Group]) -> QuerySet[User]:
    """Return the active members of ``groups``, and who stands in today for one of them."""
    standing_in = _deputies(groups).values("user")
    members = User.objects.filter(groups__in=groups).values("pk")
    return User.objects.filter(Q(pk__in=members) | Q(pk__in=standing_in), is_active=True).order_by("pk")


def addresses(users: Iterable[User]) -> list[str]:
    """Return where mail to ``users`` goes, in order, each address once."""
    return list(dict.fromkeys(user.email for user in users if user.email))


def _deputies(groups: QuerySet[Group]) -> QuerySet[Deputy]:
    here = Deputy.objects.on(timezone.localdate())
    return here.filter(for_whom__is_active=True, for_whom__groups__in=groups)
