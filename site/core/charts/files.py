"""Pictures as files in the default storage, made once and removed when nothing shows them."""

from collections.abc import Container

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core.charts.timeseries import TimeSeries, draw

FOLDER = "charts"


def keep(series: TimeSeries) -> str:
    """Return the stored name of the picture of ``series``, drawing it only where it does not stand yet."""
    name = series.name()
    if default_storage.exists(name):
        return name
    saved = default_storage.save(name, ContentFile(draw(series).encode()))
    if saved != name:  # Another process stored the same picture meanwhile.
        default_storage.delete(saved)
    return name


def remove_unused(used: Container[str]) -> int:
    """Remove the pictures whose names are not in ``used``; return how many."""
    try:
        _, files = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    unused = [f"{FOLDER}/{file}" for file in files if file.endswith(".svg") and f"{FOLDER}/{file}" not in used]
    for name in unused:
        default_storage.delete(name)
    return len(unused)
