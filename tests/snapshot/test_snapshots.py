"""Snapshots are immutable, verified, activated atomically, and recorded."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.worlds import TODAY, a_list, fill, listed, registry

from limen.engine import Engine, open_engine
from limen.model import InputError, SnapshotError
from limen.snapshot import (
    Snapshot,
    activate,
    active_folder,
    active_id,
    find_snapshot,
    list_snapshots,
    remove,
    verify,
)
from limen.snapshot.build import build
from limen.util.changing import changing

LISTS = registry(a_list("one"))
DAY = "2024-05-28"


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    fill(folder, {"one": {DAY: [listed("1", "Pavel Ostrovsky"), listed("2", "Irina Lis")]}})
    return folder


def make(home, **rest):
    return build(home, LISTS, clock=lambda: TODAY, **rest)


def test_the_same_archive_is_the_same_snapshot(home):
    one, two = make(home), make(home)
    assert one.manifest.id == two.manifest.id
    assert len(list_snapshots(home)) == 1


def test_old_snapshots_stay_and_can_be_taken_again(home):
    old = make(home).manifest.id
    fill(home, {"one": {"2024-05-30": [listed("1", "Pavel Ostrovsky"), listed("3", "New Man")]}})
    new = make(home).manifest.id
    assert old != new
    assert {info.manifest.id for info in list_snapshots(home)} == {old, new}
    activate(home, old)
    assert active_id(home) == old
    log = [
        json.loads(line)
        for line in (home / "snapshots" / "activations.jsonl").read_text().splitlines()
    ]
    assert [(line["before"], line["snapshot"]) for line in log] == [
        (None, old),
        (old, new),
        (new, old),
    ]


def test_an_activation_is_recorded_behind_a_line_that_was_cut(home):
    name = make(home).manifest.id
    log = home / "snapshots" / "activations.jsonl"
    log.write_bytes(log.read_bytes()[:-20])
    activate(home, name)
    assert json.loads(log.read_text().splitlines()[-1])["before"] == name


def test_a_snapshot_other_than_the_active_one_is_removed_whole(home):
    old = make(home).manifest.id
    fill(home, {"one": {"2024-05-30": [listed("3", "New Man")]}})
    new = make(home).manifest.id
    with pytest.raises(InputError, match="is the active snapshot"):
        remove(home, new)
    left = home / "snapshots" / ".removed-0123456789abcdef"  # by a removal that was interrupted
    left.mkdir()
    remove(home, old)
    assert [info.manifest.id for info in list_snapshots(home)] == [new]
    assert not left.exists()
    verify(active_folder(home))


def test_an_interrupted_removal_does_not_block_the_next_of_the_same_snapshot(home):
    old = make(home).manifest.id
    folder = home / "snapshots"
    shutil.copytree(folder / old, folder / f".removed-{old}")  # rebuilt, it has the same id
    fill(home, {"one": {"2024-05-30": [listed("3", "New Man")]}})
    new = make(home).manifest.id
    remove(home, old)
    assert [path.name for path in folder.iterdir() if path.is_dir()] == [new]


def test_a_removal_waits_for_an_activation_and_sees_it(home):
    """While another process activates a snapshot, its removal waits; then it is refused."""
    old = make(home).manifest.id
    fill(home, {"one": {"2024-05-30": [listed("3", "New Man")]}})
    make(home)
    active = home / "snapshots" / "active"
    with ThreadPoolExecutor(1) as pool:
        with changing(active):
            removal = pool.submit(remove, home, old)
            with pytest.raises(TimeoutError):
                removal.result(timeout=0.2)
            active.write_text(f"{old}\n")
        with pytest.raises(InputError, match="is the active snapshot"):
            removal.result()
    verify(active_folder(home))


@pytest.mark.parametrize(
    "name", ["names.text.bytes.npy", "listings.applied_from.npy", "terms.bytes.npy"]
)
def test_a_changed_byte_is_found(home, name):
    folder = make(home).folder
    verify(folder)
    path = folder / name
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(raw)
    with pytest.raises(SnapshotError, match=f"{name} is not what was built"):
        verify(folder)


def test_a_missing_file_and_a_changed_manifest_are_found(home):
    folder = make(home).folder
    manifest = folder / "manifest.json"
    text = manifest.read_text()
    manifest.write_text(text.replace('"max_age_days": 10', '"max_age_days": 999'))
    with pytest.raises(SnapshotError, match=r"manifest\.json is not what was built"):
        verify(folder)
    manifest.write_text(text)
    (folder / "names.party.npy").unlink()
    with pytest.raises(SnapshotError, match=r"names\.party\.npy is missing"):
        verify(folder)
    manifest.write_text("{")
    with pytest.raises(SnapshotError, match="damaged"):
        Snapshot(folder)


def test_opening_writes_nothing(home):
    folder = make(home).folder
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    Engine(Snapshot(folder)).screen({"schema": "Person", "properties": {"name": "Pavel Ostrovsky"}})
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    verify(folder)


def test_a_home_without_snapshot_says_how_to_get_one(tmp_path):
    with pytest.raises(SnapshotError, match="no snapshot yet") as refused:
        active_folder(tmp_path)
    assert "limen lists update" in str(refused.value)
    with pytest.raises(SnapshotError, match="no manifest"):
        open_engine(tmp_path)


def test_a_home_and_a_snapshot_in_it_open_alike(home):
    make(home)
    assert open_engine(home).snapshot.folder == open_engine(active_folder(home)).snapshot.folder


def test_a_snapshot_is_found_by_the_beginning_of_its_name(home):
    name = make(home).manifest.id
    assert find_snapshot(home, name[:6]).name == name
    for wrong in ("zz", ""):
        with pytest.raises(InputError):
            find_snapshot(home, wrong)


def test_building_without_using_changes_nothing_active(home):
    first = make(home).manifest.id
    fill(home, {"one": {"2024-05-30": [listed("3", "New Man")]}})
    make(home, use=False)
    assert active_id(home) == first


def test_an_empty_archive_is_no_snapshot(tmp_path):
    fill(tmp_path / "home", {})
    with pytest.raises(SnapshotError, match="holds no list yet"):
        make(tmp_path / "home")
