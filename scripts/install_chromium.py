"""Say where Chromium is, or install one: Playwright's own, else Debian's where this is root."""

import os
import shutil
import subprocess
import sys

from core.health.tools import find_chromium

PLAYWRIGHT = ([sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"],)
APT_INSTALL = ["apt-get", "install", "-qq", "-y", "--no-install-recommends"]
# Not every Debian packs the shell by itself.
DEBIAN = (["apt-get", "update", "-qq"], [*APT_INSTALL, "chromium-headless-shell"])
DEBIAN_WHOLE = ([*APT_INSTALL, "chromium"],)


def attempt(commands: tuple[list[str], ...]) -> bool:
    """Run ``commands`` and tell whether there is a Chromium now."""
    for command in commands:
        try:
            subprocess.run(command, check=True, timeout=300, capture_output=True)
        except (subprocess.SubprocessError, OSError):
            return False
    return find_chromium() is not None


def main() -> None:
    """Find or install Chromium; exit with a sentence where neither works."""
    if find_chromium():
        return
    print("Installing Chromium for the browser tests...")
    may_use_apt = os.geteuid() == 0 and shutil.which("apt-get")
    if attempt(PLAYWRIGHT) or (may_use_apt and (attempt(DEBIAN) or attempt(DEBIAN_WHOLE))):
        return
    sys.exit("The browser tests need Chromium, and none could be installed. Install chromium and run again.")


if __name__ == "__main__":
    main()
