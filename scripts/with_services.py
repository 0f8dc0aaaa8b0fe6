"""Run a command beside a PostgreSQL and a Redis of its own: started on free ports in a temp folder, always ended.

    python scripts/with_services.py COMMAND...

The command finds them in DATABASE_URL, CACHE_URL and CELERY_BROKER_URL. Where a program is missing and this is
root on Debian, apt installs it.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

IS_ROOT = os.geteuid() == 0
# Where Debian, Fedora and Homebrew keep PostgreSQL's programs when not on the PATH.
POSTGRES_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")


def find_program(name: str) -> Path | None:
    """Return the path of ``name``: on the PATH, else the newest that a system keeps elsewhere."""
    if on_path := shutil.which(name):
        return Path(on_path)
    kept = [path for folder in POSTGRES_FOLDERS for path in Path("/").glob(f"{folder[1:]}/{name}")]
    return max(kept, key=lambda path: [int(part) for part in path.parts if part.isdigit()], default=None)


def program(name: str, *, package: str) -> Path:
    """Return the path of ``name``, installed from Debian's ``package`` if need and rights be."""
    found = find_program(name)
    if not found and IS_ROOT and shutil.which("apt-get"):
        print(f"Installing {package}...", flush=True)
        quiet = {"check": True, "stdout": subprocess.DEVNULL}
        with suppress(subprocess.CalledProcessError):
            subprocess.run(["apt-get", "update", "-qq"], **quiet)
            subprocess.run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", package], **quiet)
        found = find_program(name)
    return found or sys.exit(f"The tests with services need {name}. Install {package} and run again.")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen, name: str) -> None:
    """Wait until ``name`` listens on ``port``; exit with a sentence where it does not."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    sys.exit(f"{name} did not start.")


@contextmanager
def running(command: list[str], *, port: int, name: str, log: Path) -> Iterator[None]:
    """Run ``command`` while the block runs."""
    with log.open("w") as lines:
        # A session of its own: Ctrl-C reaches the tests first, and this afterwards.
        process = subprocess.Popen(command, stdout=lines, stderr=lines, start_new_session=True)
    try:
        wait_for(port, process, name)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def as_postgres(command: list[str], folder: Path) -> list[str]:
    """Return ``command`` as a user that PostgreSQL accepts: it refuses to run as root."""
    if not IS_ROOT:
        return command
    with suppress(KeyError):
        pwd.getpwnam("postgres")
        shutil.chown(folder, "postgres")
        # runuser ends at a signal without passing it on, so the user is changed for good instead.
        return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]
    return sys.exit("PostgreSQL refuses to run as root, and there is no user postgres here. Run this as another user.")


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Run a PostgreSQL that forgets, and give its address."""
    initdb, server = program("initdb", package="postgresql"), program("postgres", package="postgresql")
    port = free_port()
    folder.mkdir()
    data = folder / "data"
    make = [
        str(initdb),
        "-D",
        str(data),
        "-U",
        "groundswell",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
        "--locale=C.UTF-8",
    ]
    made = subprocess.run(as_postgres(make, folder), cwd=folder, capture_output=True, text=True, check=False)
    if made.returncode:
        sys.exit(f"PostgreSQL could not make a database: {made.stderr.strip()}")
    # Speed before safety: nothing here is to survive a power cut.
    options = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"]
    options += [f"unix_socket_directories={folder}", "listen_addresses=127.0.0.1", f"port={port}"]
    serve = [str(server), "-D", str(data), *(word for option in options for word in ("-c", option))]
    with running(as_postgres(serve, folder), port=port, name="PostgreSQL", log=folder.parent / "postgres.log"):
        yield f"postgres://groundswell@127.0.0.1:{port}/postgres"


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Run a Redis that forgets, and give its address."""
    server = program("redis-server", package="redis-server")
    port = free_port()
    folder.mkdir()
    command = [str(server), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with running(command, port=port, name="Redis", log=folder.parent / "redis.log"):
        yield f"redis://127.0.0.1:{port}"


def stop_politely(_number: int, _frame: object) -> None:
    """End as Ctrl-C would, so that everything is cleaned up."""
    raise KeyboardInterrupt


def main() -> int:
    """Run the command of the arguments beside its services, and return its exit status."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, stop_politely)
    with tempfile.TemporaryDirectory(prefix="groundswell-services-") as folder:
        Path(folder).chmod(0o755)  # User postgres has to reach the folder below.
        with postgres(Path(folder) / "postgres") as database, redis(Path(folder) / "redis") as store:
            services = {
                "DATABASE_URL": database,
                "CACHE_URL": f"{store}/1",
                "CELERY_BROKER_URL": f"{store}/0",
            }
            try:
                return subprocess.run(sys.argv[1:], env=os.environ | services, check=False).returncode
            except KeyboardInterrupt:
                return 130


if __name__ == "__main__":
    sys.exit(main())
