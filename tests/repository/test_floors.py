"""The floors hold: what import-linter cannot see (relations, templates) is seen here, and it itself is tried out."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.installations import REPOSITORY, environment

pytestmark = pytest.mark.alike
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]
LAYERS = PROJECT["importlinter"]["contracts"][0]["layers"]
# {room: floor}, the highest floor first in the contract.
FLOORS = {room.strip(): len(LAYERS) - 1 - place for place, rooms in enumerate(LAYERS) for room in rooms.split("|")}
TAG = re.compile(r"{[{%].*?[%}]}", re.DOTALL)


def is_allowed(lower: str, upper: str) -> bool:
    """Tell whether the room ``upper`` may point to ``lower``; what is no room of ours stands below all of them."""
    return lower == upper or FLOORS.get(lower, -1) < FLOORS[upper]


def relations(model) -> list:
    """Return the relations that ``model`` itself declares: foreign keys, many-to-many, generic."""
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many, *model._meta.private_fields]
    return [field for field in fields if field.is_relation and field.related_model]


def relations_up(all_models) -> list[str]:
    """Return the relations of ``all_models`` that point to a higher floor, or across one."""
    return [
        f"{model.__name__}.{field.name} -> {field.related_model._meta.label}"
        for model in all_models
        if model._meta.app_label in FLOORS
        for field in relations(model)
        if not is_allowed(field.related_model._meta.app_label, model._meta.app_label)
    ]


def reverse_names(all_models) -> dict[str, set[str]]:
    """Return {name: rooms} of the reverse relations that the models of our rooms put on other models."""
    names: dict[str, set[str]] = {}
    for model in all_models:
        room = model._meta.app_label
        for field in relations(model) if room in FLOORS else ():
            name = getattr(field.remote_field, "get_accessor_name", lambda: None)()
            if name and not name.endswith("+"):
                names.setdefault(name, set()).add(room)
    return names


def own_names(all_models, floor: int) -> set[str]:
    """Return the names of all fields and methods that models up to ``floor`` have by themselves."""
    return {
        name
        for model in all_models
        if FLOORS.get(model._meta.app_label, 99) <= floor
        for name in [*(field.name for field in model._meta.fields), *vars(model)]
        if name not in {relation.get_accessor_name() for relation in model._meta.related_objects}
    }


def names_up(text: str, *, floor: int, names: dict[str, set[str]], own: set[str]) -> list[str]:
    """Return the reverse relations of rooms above ``floor`` that the template ``text`` uses."""
    used = {name for tag in TAG.findall(text) for name in re.findall(r"\.(\w+)", tag)}
    return sorted(
        name for name in used & set(names) if name not in own and all(FLOORS[room] > floor for room in names[name])
    )


def templates() -> list[Path]:
    return sorted([*(REPOSITORY / "templates").rglob("*.html"), *(REPOSITORY / "templates").rglob("*.txt")])


def floor_of(template: Path) -> int:
    """Return the floor of a template: its room's; what all rooms share stands at the bottom."""
    return FLOORS.get(template.relative_to(REPOSITORY / "templates").parts[0], 0)


def test_the_floors_are_those_of_the_architecture():
    assert FLOORS == {
        "config": 7,
        "home": 6,
        "schools": 5,
        "events": 5,
        "surveys": 4,
        "campaigns": 3,
        "reach": 2,
        "indicators": 1,
        "core": 0,
        "analysis": 0,
    }


def test_no_contract_lists_an_exception():
    assert [
        name for contract in PROJECT["importlinter"]["contracts"] for name in contract if name.startswith("ignore")
    ] == []


def test_no_relation_points_up():
    assert relations_up(apps.get_models(include_auto_created=True)) == []


@isolate_apps("core", "campaigns", "schools", "events")
def test_a_relation_up_or_across_would_be_found():
    class Campaign(models.Model):
        class Meta:
            app_label = "campaigns"

    class Ward(models.Model):
        campaign = models.ForeignKey(Campaign, models.CASCADE)
        campaigns = models.ManyToManyField(Campaign, related_name="wards")

        class Meta:
            app_label = "core"

    class Event(models.Model):
        ward = models.ForeignKey(Ward, models.CASCADE)

        class Meta:
            app_label = "events"

    class Pack(models.Model):
        event = models.ForeignKey(Event, models.CASCADE)

        class Meta:
            app_label = "schools"

    assert relations_up([Campaign, Ward, Event, Pack]) == [
        "Ward.campaign -> campaigns.Campaign",
        "Ward.campaigns -> campaigns.Campaign",
        "Pack.event -> events.Event",
    ]


@pytest.mark.parametrize("template", templates(), ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_no_template_uses_a_reverse_relation_of_a_higher_room(template):
    everything = apps.get_models(include_auto_created=True)
    floor = floor_of(template)
    names, own = reverse_names(everything), own_names(everything, floor)
    assert names_up(template.read_text(), floor=floor, names=names, own=own) == []


def test_a_reverse_relation_up_would_be_found():
    names = {"surveypage_set": {"surveys"}, "placements": {"campaigns"}, "rows": {"campaigns"}}
    text = "surveypage_set {{ campaign.surveypage_set.all }} {% for row in campaign.placements.all %}{{ row.rows }}"
    assert names_up(text, floor=3, names=names, own=set()) == ["surveypage_set"]
    assert names_up(text, floor=1, names=names, own={"rows"}) == ["placements", "surveypage_set"]


@pytest.fixture
def tree(tmp_path):
    """Give a copy of all rooms and of the contracts."""
    for room in PROJECT["hatch"]["build"]["targets"]["wheel"]["packages"]:
        shutil.copytree(REPOSITORY / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    return tmp_path


def lint(tree: Path) -> subprocess.CompletedProcess:
    lint_imports = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    paths = {"PYTHONPATH": f"{tree}:{tree / 'site'}"}
    command = [sys.executable, "-c", lint_imports, "--no-cache"]
    return subprocess.run(command, env=environment() | paths, cwd=tree, capture_output=True, text=True, check=False)


def test_no_import_goes_up_and_one_that_did_would_be_found(tree):
    kept = lint(tree)
    assert kept.returncode == 0, kept.stdout
    (tree / "site/core/up.py").write_text("import home\n")
    broken = lint(tree)
    assert broken.returncode == 1
    assert "core.up -> home" in broken.stdout
