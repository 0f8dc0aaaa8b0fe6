"""The process that looks at one file: `python -m schools.files FOLDER`. :mod:`schools.files.apart` starts it.

It knows no database, and takes away from itself what a file could abuse before it opens it.
"""

import resource
import sys
from pathlib import Path

from core.making.apart import end_with_starter, write_whole
from schools.files.apart import ARRIVED, FOUND, LIMITS, REFUSED
from schools.files.errors import RefusedFileError
from schools.files.looking import look

# Address space also holds what is never touched, so it is more than the memory that is watched from outside.
MOST = {
    resource.RLIMIT_AS: 4 * LIMITS.memory,
    resource.RLIMIT_CPU: int(LIMITS.seconds),
    resource.RLIMIT_FSIZE: 300 * 1024**2,
    resource.RLIMIT_CORE: 0,
}


def main(folder: Path) -> int:
    """Look at the file in ``folder``, say there what was found, and return the exit status."""
    end_with_starter()
    for limit, most in MOST.items():
        resource.setrlimit(limit, (most, most))
    [file] = folder.glob(f"{ARRIVED}.*")
    try:
        looked = look(file, file.suffix.removeprefix("."), folder)
    except RefusedFileError as refused:
        (folder / REFUSED).write_text(str(refused))
        return 1
    write_whole(folder / FOUND, looked.as_json().encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
