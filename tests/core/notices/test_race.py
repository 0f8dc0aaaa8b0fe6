"""Two notices put up at the same moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import UrgentNotice
from core.notices.actions import put_up
from tests.racing import race


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_put_up_at_once_one_is_on(make_user):
    mo = make_user("mo")

    def up(heading):
        return put_up(words={"en": (heading, "Words.")}, services=[], ends=timezone.now() + timedelta(hours=1), by=mo)

    told = race(lambda: up("A"), lambda: up("B"))
    assert any(isinstance(answer, UrgentNotice) for answer in told)
    assert UrgentNotice.objects.filter(is_on=True).count() == 1
