"""A real nginx in front of a server of ours, by the very file that docs/ gives to whoever runs the product."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.installations import REPOSITORY, free_port

CONFIGURATION = REPOSITORY / "docs" / "nginx.conf"
SBIN = "/usr/sbin"  # where Debian keeps it, and which is on no ordinary user's PATH


def find_nginx() -> str | None:
    """Return nginx's program; installed from Debian's nginx-light first, where this is root and it is not there."""
    path = os.pathsep.join([os.environ.get("PATH", ""), SBIN])
    if not shutil.which("nginx", path=path) and os.geteuid() == 0 and shutil.which("apt-get"):
        with suppress(subprocess.SubprocessError):
            for command in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", "nginx-light"]):
                subprocess.run(["apt-get", *command], check=True, capture_output=True, timeout=300)
    return shutil.which("nginx", path=path)


def configuration(*, folder: Path, port: int, behind: str, files: Path) -> str:
    """Return the file of docs/ with this machine's places in it, and without TLS; each place has to be there."""
    said = CONFIGURATION.read_text()
    for place, ours in {
        "listen 443 ssl;": f"listen 127.0.0.1:{port};",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "    ssl_certificate /etc/ssl/groundswell.pem;\n": "",
        "    ssl_certificate_key /etc/ssl/private/groundswell.key;\n": "",
        "groundswell.example.org": "localhost",
        "/srv/groundswell/var/": f"{files}/",
        "127.0.0.1:8000": behind,
        "/var/log/nginx/groundswell.log": str(folder / "access.log"),
    }.items():
        assert place in said, f"docs/nginx.conf says nothing of {place!r}"
        said = said.replace(place, ours)
    return (
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; {_user()}\n"
        f"events {{ worker_connections 64; }}\nhttp {{ include {folder}/mime.types;\n{_temporary(folder)}{said}}}\n"
    )


def _user() -> str:
    """Let root's nginx read what root's tests wrote."""
    return "user root;" if os.geteuid() == 0 else ""


def _temporary(folder: Path) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)


@contextmanager
def nginx(folder: Path, *, behind: str, files: Path) -> Iterator[str]:
    """Run nginx in front of the server ``behind`` it ("127.0.0.1:8000"), its files in ``files``; give its address.

    Where it is not installed the test is skipped; under CI that is a failure.
    """
    program = find_nginx()
    if program is None:
        pytest.skip("nginx is not installed. Install nginx-light and run again.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mime.types").write_text("types { image/webp webp; image/svg+xml svg; image/jpeg jpg; }")
    port = free_port()
    (folder / "nginx.conf").write_text(configuration(folder=folder, port=port, behind=behind, files=files))
    with (folder / "said").open("wb") as lines:
        command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf")]
        process = subprocess.Popen(command, stdout=lines, stderr=lines, start_new_session=True)
    try:
        deadline = time.monotonic() + 20
        while not (folder / "pid").exists():
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"nginx did not start: {(folder / 'said').read_text()}")
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
