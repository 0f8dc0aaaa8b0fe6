"""What some features need from the machine. Each function says what it found, or None."""

import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import features

# The shell first: the same engine without the full browser's windows, so pages open at half of its cost.
CHROMIUM_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
PLAYWRIGHT_BUILDS = (
    "chromium_headless_shell-*/chrome-*/*headless*shell",
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)


def find_node() -> str | None:
    """Return the version of Node on the PATH."""
    node = shutil.which("node")
    if not node:
        return None
    asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    return asked.stdout.strip() or None


def find_chromium() -> str | None:
    """Return where Chromium is: on the PATH, else the newest that Playwright keeps."""
    for name in CHROMIUM_NAMES:
        if found := shutil.which(name):
            return found
    kept = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if not kept:
        kept = "~/Library/Caches/ms-playwright" if sys.platform == "darwin" else "~/.cache/ms-playwright"
    for pattern in PLAYWRIGHT_BUILDS:
        builds = sorted(Path(kept).expanduser().glob(pattern))
        if builds:
            return str(builds[-1])
    return None


def find_raqm() -> str | None:
    """Return how Pillow lays out Arabic and Gujarati script, if it can."""
    if features.check_feature("raqm") and (features.check_feature("fribidi") or features.version_feature("fribidi")):
        return f"raqm {features.version_feature('raqm')} with fribidi {features.version_feature('fribidi')}"
    return None


def find_pango() -> str | None:
    """Return where Pango is, if what sets its letters is there too."""
    found = [ctypes.util.find_library(name) for name in ("pango-1.0", "pangoft2-1.0")]
    return found[0] if all(found) else None
