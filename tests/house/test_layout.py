"""The rooms stay small, and a module's name says which module it is."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path

from tests.conftest import ROOT

import limen

SOURCE = Path(limen.__file__).parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LAYOUT = SETTINGS["tool"]["limen"]["layout"]


def modules() -> dict[Path, list[str]]:
    """Folder -> names of the modules in it."""
    folders: dict[Path, list[str]] = defaultdict(list)
    for path in SOURCE.rglob("*.py"):
        if path.stem != "__init__":
            folders[path.parent.relative_to(SOURCE)].append(path.stem)
    return folders


def telling(folder: Path) -> bool:
    own = folder.as_posix()
    return any(own == each or own.startswith(f"{each}/") for each in LAYOUT["telling_folders"])


def test_no_folder_is_a_long_flat_list():
    most = LAYOUT["most_modules"]
    assert {
        str(folder): len(names) for folder, names in modules().items() if len(names) > most
    } == {}


def test_a_module_name_stands_once_or_its_folder_tells_it():
    homes = defaultdict(list)
    for folder, names in modules().items():
        for name in names:
            if not telling(folder):
                homes[name].append(str(folder))
    assert {name: folders for name, folders in homes.items() if len(folders) > 1} == {}


def test_the_telling_folders_are_there():
    assert [each for each in LAYOUT["telling_folders"] if not (SOURCE / each).is_dir()] == []
