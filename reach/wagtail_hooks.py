"""The counts in the admin."""

from django_filters import DateFromToRangeFilter
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from core.viewsets import ReadingViewSet
from reach.models import Count


class CountFilters(WagtailFilterSet):
    """Narrowing the listing."""

    day = DateFromToRangeFilter(widget=DateRangePickerWidget)

    class Meta:
        model = Count
        fields = ("day", "metric", "method", "channel", "campaign_code", "is_sample")


class CountViewSet(ReadingViewSet):
    """Counts by day."""

    model = Count
    name = "counts"
    icon = "view"
    menu_label = "Reach"
    menu_order = 400
    add_to_admin_menu = True
    list_display = ("day", "page_key", "campaign_code", "channel", "metric", "method", "quantity", "is_sample")
    filterset_class = CountFilters
    search_fields = ("page_key", "campaign_code", "placement_code")
    search_backend_name = None
    list_export = (
        "day",
        "page_key",
        "campaign_code",
        "channel",
        "placement_code",
        "metric",
        "method",
        "quantity",
        "rule_version",
        "is_sample",
    )


@hooks.register("register_admin_viewset")
def register_counts() -> CountViewSet:
    """Add the listing."""
    return CountViewSet()
