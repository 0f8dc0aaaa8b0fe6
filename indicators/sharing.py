"""An indicator in schema.org's words: a set of data that anybody may take."""

from django.urls import reverse

from core.sharing import COUNCIL, Node, Shared, address
from indicators.queries import Series


def shared(series: Series) -> Shared:
    """Return the indicator's page as others show it; without numbers, or with invented ones, it has no data."""
    shown = series.indicator
    data = [_node(series)] if series.points and not series.is_sample else []
    return Shared(title=shown.title, description=shown.definition, data=data)


def _node(series: Series) -> Node:
    shown, first, last = series.indicator, series.points[0], series.points[-1]
    file = reverse("api:measurements_csv", args=[shown.code])
    return {
        "@type": "Dataset",
        "name": shown.title,
        "description": shown.definition,
        "identifier": shown.code,
        "url": address(shown.get_absolute_url()),
        "temporalCoverage": f"{first.period_start.isoformat()}/{last.period_end.isoformat()}",
        "spatialCoverage": last.area_name,
        "variableMeasured": {"@type": "PropertyValue", "name": shown.title, "unitText": shown.unit},
        "distribution": [{"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": address(file)}],
        "isAccessibleForFree": True,
        "creator": COUNCIL,
    }
