"""Compile each message catalogue that is newer than what was compiled from it, without the system's msgfmt."""

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]


def stale(source: Path) -> bool:
    """Tell whether ``source`` (a .po file) changed since it was compiled."""
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def main() -> None:
    """Compile what is stale under ``locale/``."""
    for source in filter(stale, sorted(REPOSITORY.glob("locale/*/LC_MESSAGES/*.po"))):
        import polib

        polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))


if __name__ == "__main__":
    main()
