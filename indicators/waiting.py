"""What waits for those who keep the strategy."""

from collections.abc import Iterable

from core.models import User
from core.waiting import MOST, Waiting, ago, edit_address, waiting
from indicators.models import Indicator


@waiting.offer("indicators.problems")
def indicators_that_cannot_be_computed(user: User) -> Iterable[Waiting]:
    """Find indicators whose measure failed at the last refreshing, with its sentence."""
    if not user.has_perm("indicators.change_indicator"):
        return
    for indicator in Indicator.objects.exclude(problem="").order_by("code")[:MOST]:
        since = f" ({ago(indicator.refreshed_at)})" if indicator.refreshed_at else ""
        yield Waiting(
            what="Indicator not computed",
            title=str(indicator),
            url=edit_address(indicator),
            when=f"{indicator.problem}{since}",
            is_urgent=True,
        )
