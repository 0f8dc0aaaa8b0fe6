"""The traps of a folder named ``site``, what must never be committed, and what the docs promise."""

import json
import re
import subprocess

import pytest
from django.core.management import get_commands

from tests.installations import OWN, REPOSITORY
from tests.repository.test_floors import FLOORS

pytestmark = pytest.mark.alike
TARGETS = ["help", "install", "run", "dev", "test", "check", "test-services", "test-long", "bench", "lock"]
# Put together here, so that this file does not hold what it looks for.
REGISTRIES = [
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
]
REGISTRIES += [".".join(parts) for parts in (("deb", "debian", "org"), ("yarnpkg", "com"))]
MACHINE_PATH = re.compile("(?<![\\w./*-])/" + "(?:work|root|Users|tmp)/[\\w.-]")


def tracked() -> list:
    """Return the files that are, or would be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=REPOSITORY, capture_output=True, text=True, check=True,
    ).stdout.split("\0")  # fmt: skip
    return [REPOSITORY / name for name in listed if name and (REPOSITORY / name).is_file()]


def texts() -> list[tuple[str, str]]:
    """Return (path, text) of every committed text file."""
    found = []
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data:
            found.append((str(path.relative_to(REPOSITORY)), data.decode("utf-8", "replace")))
    return found


def test_site_is_a_folder_and_no_package():
    assert not (REPOSITORY / "site/__init__.py").exists()
    for room in ("config", "core", "analysis"):
        assert (REPOSITORY / "site" / room / "__init__.py").exists()


def test_gitignore_does_not_hide_site():
    asked = subprocess.run(
        ["git", "check-ignore", "--no-index", "site/core/new.py", "site/new/new.py", "var/db.sqlite3", ".venv"],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert asked.stdout.split() == ["var/db.sqlite3", ".venv"]


def test_nothing_committed_is_a_link():
    assert [path.name for path in tracked() if path.is_symlink()] == []


def test_tests_mirror_the_rooms():
    folders = {path.name for path in (REPOSITORY / "tests").iterdir() if path.is_dir() and path.name[0] not in "._"}
    assert folders - {"pages", "browser", "repository", "data", "factories"} == set(FLOORS)
    missing = [name for name in folders - {"data"} if not (REPOSITORY / "tests" / name / "__init__.py").exists()]
    assert missing == []


def test_no_file_names_a_package_registry():
    assert [path for path, text in texts() if any(host in text for host in REGISTRIES)] == []


def test_no_file_holds_both_sides_of_a_merge():
    marks = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
    assert [path for path, text in texts() if marks.search(text)] == []


def test_no_file_names_a_path_of_somebody_s_machine():
    assert [(path, found) for path, text in texts() if (found := MACHINE_PATH.findall(text))] == []


@pytest.mark.parametrize(("name", "fewest"), [("runtime.txt", 50), ("dev.txt", 50), ("oracle.txt", 5)])
def test_lock_has_hashes_and_no_address(name, fewest):
    text = (REPOSITORY / "requirements" / name).read_text()
    assert "://" not in text
    assert "--index" not in text
    packages = re.findall(r"^[\w.-]+(?:\[[\w,-]+\])?==[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE)
    assert len(packages) == len(re.findall(r"^[\w.-]+(?:\[[\w,-]+\])?==", text, re.MULTILINE)) > fewest


def test_every_runtime_package_is_locked_alike_for_development():
    pins = {
        name: set(
            re.findall(
                r"^([\w.-]+(?:\[[\w,-]+\])?==\S+)", (REPOSITORY / "requirements" / name).read_text(), re.MULTILINE
            )
        )
        for name in ("runtime.txt", "dev.txt")
    }
    assert pins["runtime.txt"] - pins["dev.txt"] == set()


def test_npm_lock_has_sums_and_no_address():
    packages = json.loads((REPOSITORY / "package-lock.json").read_text())["packages"]
    del packages[""]
    assert packages
    assert [name for name, package in packages.items() if "resolved" in package or "integrity" not in package] == []


def test_every_dependency_has_its_reason():
    without = []
    lines = (REPOSITORY / "pyproject.toml").read_text().splitlines()
    start, end = lines.index("dependencies = ["), lines.index("[tool.hatch.build.targets.wheel]")
    for number in range(start, end):
        above = number - 1
        while re.match(r'\s+"', lines[above]):
            above -= 1
        if re.match(r'\s+"', lines[number]) and not lines[above].strip().startswith("# "):
            without.append(lines[number].strip())
    assert without == []


def makefile() -> dict[str, str]:
    """Return {target: its prerequisites}."""
    rules = re.findall(r"^([a-z-]+):([^#\n]*)## .+$", (REPOSITORY / "Makefile").read_text(), re.MULTILINE)
    return {target: needs.strip() for target, needs in rules}


def test_make_has_the_targets_that_others_rely_on():
    assert sorted(makefile()) == sorted(TARGETS)
    assert {target for target, needs in makefile().items() if needs != "install"} == {"help", "install"}


def test_make_lists_itself():
    command = ["make", "--no-print-directory", "help"]  # under `make test` it would name its directory too
    listed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    assert [line.split()[1] for line in listed.splitlines()] == list(makefile())


def test_docs_name_only_targets_there_are():
    named = {
        (path, target)
        for path, text in texts()
        if path.endswith(".md")
        for target in re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE)
    }
    assert {(path, target) for path, target in named if target not in makefile()} == set()


def operations() -> str:
    return (REPOSITORY / "docs/operations.md").read_text()


def test_docs_name_every_command():
    ours = {command for command, app in get_commands().items() if app in FLOORS}
    assert {command for command in ours if f"`{command}" not in operations()} == set()


def test_docs_name_every_variable():
    code = [text for path, text in texts() if path.startswith("site/config/") and path.endswith(".py")]
    read = re.compile(r'(?:os\.environ(?:\.get)?[([]|optional\(|text\(|name: str = )"([A-Z_]+)"')
    variables = {name for text in code for name in read.findall(text)} - {"TMPDIR", "PYTEST_XDIST_WORKER"}
    assert variables >= {"SECRET_KEY", "DATABASE_URL", "VAR_DIR", "PORT", "DJANGO_SETTINGS_MODULE", "STORAGE_URL"}
    assert {name for name in variables if f"`{name}`" not in operations()} == set()
    assert variables <= set(OWN)
