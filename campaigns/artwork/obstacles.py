"""What keeps this machine from drawing, and the check of it when the site starts."""

from typing import Any

from django.core import checks
from PIL import features

from campaigns.artwork import bidi
from campaigns.artwork.fonts import missing_files
from campaigns.artwork.layouts import LayoutFileError, layouts


def obstacle() -> str:
    """Return why this machine cannot draw artwork, in one sentence with the mend; empty where it can."""
    if not (features.check_feature("raqm") and bidi.is_there()):
        return (
            "This machine cannot draw words in every script, because FriBidi is missing. Install it "
            "(Debian: libfribidi0) and start the site again."
        )
    if missing := next(missing_files(), None):
        return f"The letters of artwork are not installed ({missing.name} is missing). Run make install."
    return ""


def _layouts_fault() -> str:
    try:
        layouts()
    except LayoutFileError as error:
        return str(error)
    return ""


@checks.register(checks.Tags.files)
def check_drawing(**_options: Any) -> list[checks.CheckMessage]:
    """Warn where artwork cannot be drawn, and stop where a layout has a mistake."""
    warnings: list[checks.CheckMessage] = [checks.Warning(said, id="artwork.W001")] if (said := obstacle()) else []
    return [*warnings, checks.Error(fault, id="artwork.E001")] if (fault := _layouts_fault()) else warnings


@checks.register(checks.Tags.files, deploy=True)
def check_drawing_is_possible(**_options: Any) -> list[checks.CheckMessage]:
    """Stop a deployment that could not draw artwork."""
    return [checks.Error(said, id="artwork.E002")] if (said := obstacle()) else []
