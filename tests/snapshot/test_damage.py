"""A damaged snapshot gives an error or the same answer, never another one."""

import shutil

import pytest
from benchmarks.damage.damage import KINDS, damage
from tests.worlds import TODAY, a_list, fill, listed, registry

from limen.engine import Engine
from limen.model import DamagedSnapshotError, SnapshotError
from limen.snapshot import (
    Snapshot,
    activate,
    active_folder,
    active_id,
    find_snapshot,
    list_snapshots,
    unreadable_snapshots,
)
from limen.snapshot.build import build
from limen.snapshot.format import FORMAT

DAY = "2024-05-28"
QUESTIONS = (
    {"schema": "Person", "properties": {"name": ["Pavel Ostrovsky"]}},
    {"schema": "Person", "properties": {"name": ["Nobody Of That Name"]}},
    {"schema": "Company", "properties": {"name": ["Lis"], "address": ["Simferopol, Crimea"]}},
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    fill(home, {"one": {DAY: [listed("1", "Pavel Ostrovsky"), listed("2", "Irina Lis")]}})
    return build(home, registry(a_list("one")), clock=lambda: TODAY).folder


@pytest.fixture
def folder(built, tmp_path):
    return shutil.copytree(built, tmp_path / built.name)


def answers(folder):
    engine = Engine(Snapshot(folder), clock=lambda: TODAY)
    return [engine.screen(question, as_of=DAY) for question in QUESTIONS]


@pytest.mark.parametrize("kind", KINDS)
def test_no_damaged_file_changes_an_answer(built, folder, kind):
    expected = answers(built)
    refused = 0
    for path in sorted(built.iterdir()):
        damage(folder, path.name, kind, seed=7)
        try:
            assert answers(folder) == expected
        except DamagedSnapshotError:
            refused += 1
        finally:
            shutil.copytree(built, folder, dirs_exist_ok=True)
    assert refused > 20, "the questions read more files than that"


def test_a_file_is_not_checked_before_it_is_read(folder):
    (folder / "places.code.npy").write_bytes(b"")
    engine = Engine(Snapshot(folder), clock=lambda: TODAY)
    assert engine.screen(QUESTIONS[0], as_of=DAY).findings
    with pytest.raises(DamagedSnapshotError, match=r"places\.code\.npy is not what was built"):
        engine.screen(QUESTIONS[2], as_of=DAY)


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 17, b"../../etc/passwd", b"0123456789abcde\xff\n"]
)
def test_a_damaged_name_of_the_active_snapshot_is_no_name(built, content):
    home = built.parents[1]
    (home / "snapshots" / "active").write_bytes(content)
    assert active_id(home) is None
    with pytest.raises(SnapshotError, match="the file 'active' names no snapshot"):
        active_folder(home)
    activate(home, built.name)
    assert active_folder(home) == built


def test_one_unreadable_snapshot_does_not_hide_the_others(built, folder):
    home = built.parents[1]
    other = home / "snapshots" / "ffffffffffffffff"
    shutil.move(folder, other)
    manifest = other / "manifest.json"
    manifest.write_text('{"format": 2, "id": "ffffffffffffffff", "files": {"a.npy": {}}}')
    assert [info.folder for info in list_snapshots(home)] == [built]
    assert f"format 2; this engine reads {FORMAT}" in str(unreadable_snapshots(home)[0])
    assert find_snapshot(home, "ffff") == other
    shutil.rmtree(other)
