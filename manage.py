#!/usr/bin/env python
"""Groundswell's command line: the embedded settings unless told otherwise."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))


def main() -> None:
    """Run the command that the arguments name."""
    from config.start import load_settings, starting

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")
    with starting():
        load_settings()
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
