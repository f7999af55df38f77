"""The map leads to files that are there, and knows every room."""

from __future__ import annotations

import re
from pathlib import Path

from tests.conftest import ROOT

import limen

MAP = (ROOT / "docs/map.md").read_text(encoding="utf-8")
SOURCE = Path(limen.__file__).parent


def test_every_path_is_there():
    paths = re.findall(r"`((?:src|tests|docs|tools)/[^`]*)`", MAP)
    assert len(paths) > 20
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_room_is_on_the_map_once():
    rooms = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert sorted(re.findall(r"^\| `(\w+)` \|", MAP, flags=re.MULTILINE)) == sorted(rooms)
