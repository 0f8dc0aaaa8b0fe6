"""What the head of a page about a wave shows."""

from typing import Any

from django.urls import reverse

from surveys.models import Wave

WAYS_IN = "Ways in"


def headed(title: str, wave: Wave) -> dict[str, Any]:
    """Return the way back to the wave, and the page's name."""
    way = [
        {"url": reverse("wagtailadmin_home"), "label": "Home"},
        {"url": reverse("wagtailsnippets_surveys_wave:list"), "label": "Waves"},
        {"url": reverse("survey_wave", args=[wave.pk]), "label": str(wave)},
        {"url": reverse("survey_ways_in", args=[wave.pk]), "label": WAYS_IN},
    ]
    if title != WAYS_IN:
        way.append({"url": "", "label": title})
    return {"breadcrumbs_items": way, "header_title": title, "header_icon": "link"}
