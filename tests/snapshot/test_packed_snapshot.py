"""A packed snapshot is unpacked as it was, or refused with what to do."""

from __future__ import annotations

import json
import resource
import shutil
from concurrent.futures import ThreadPoolExecutor
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from click.testing import CliRunner
from tests.worlds import TODAY, a_list, fill, listed, registry

from limen.cli.main_command import limen as command_line
from limen.model import DamagedSnapshotError, SnapshotError
from limen.snapshot.build import build
from limen.snapshot.format import FORMAT, MANIFEST
from limen.snapshot.packed_snapshot import pack, packed_name, read_packed_manifest, unpack

DAY = "2024-05-28"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    fill(home, {"one": {DAY: [listed("1", "Pavel Ostrovsky")]}})
    build(home, registry(a_list("one")), clock=lambda: TODAY)
    return home


@pytest.fixture(scope="module")
def built(home):
    return next(path.parent for path in home.glob(f"snapshots/*/{MANIFEST}"))


@pytest.fixture(scope="module")
def packed(built, tmp_path_factory):
    file = tmp_path_factory.mktemp("packed") / packed_name(built.name)
    pack(built, file)
    return file


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_it_is_unpacked_as_it_was_and_packed_to_the_same_bytes(built, packed, tmp_path):
    folder = unpack(packed, tmp_path / "here", expected=built.name)
    assert folder == tmp_path / "here" / built.name
    assert content(folder) == content(built)
    pack(folder, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == packed.read_bytes()


def test_several_that_unpack_at_once_get_the_same_folder_and_leave_nothing_else(packed, tmp_path):
    with ThreadPoolExecutor(6) as pool:
        folders = set(pool.map(lambda _: unpack(packed, tmp_path), range(6)))
    (folder,) = folders
    assert {path.name for path in tmp_path.iterdir()} == {folder.name, f".{folder.name}.lock"}


def test_what_is_there_is_not_unpacked_again(packed, tmp_path):
    folder = unpack(packed, tmp_path)
    before = folder.stat().st_mtime_ns
    assert unpack(packed, tmp_path) == folder
    assert folder.stat().st_mtime_ns == before


def test_what_a_killed_process_left_is_replaced(built, packed, tmp_path):
    (tmp_path / f".unpacking-{built.name}").mkdir()
    (tmp_path / f".unpacking-{built.name}" / "parties.list.npy").write_bytes(b"half")
    assert content(unpack(packed, tmp_path)) == content(built)


@pytest.mark.parametrize("share", [i / 40 for i in range(40)])
def test_no_changed_byte_and_no_missing_end_is_unpacked(built, packed, tmp_path, share):
    data = bytearray(packed.read_bytes())
    at = int(len(data) * share)
    data[at] ^= 0x55
    for number, damaged in enumerate((bytes(data), bytes(data[: at + 1]))):
        file = tmp_path / f"{number}.zip"
        file.write_bytes(damaged)
        into = tmp_path / f"into-{number}"
        try:
            unpack(file, into)
        except SnapshotError:
            assert not (into / built.name).exists()
        else:
            assert content(into / built.name) == content(built)


def test_a_file_that_was_exchanged_inside_is_refused(built, packed, tmp_path):
    file = tmp_path / "exchanged.zip"
    with ZipFile(packed) as source, ZipFile(file, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[::-1] if name == "names.text.bytes.npy" else data)
    with pytest.raises(DamagedSnapshotError, match=r"names\.text\.bytes\.npy"):
        unpack(file, tmp_path / "into")


def test_another_snapshot_than_expected_is_refused(packed, tmp_path):
    with pytest.raises(SnapshotError) as caught:
        unpack(packed, tmp_path, expected="0123456789abcdef")
    assert "0123456789abcdef is needed" in caught.value.what
    assert caught.value.why


def test_another_format_names_both_versions(built, packed, tmp_path):
    file = tmp_path / "old.zip"
    with ZipFile(packed) as source, ZipFile(file, "w") as target:
        old = json.loads(source.read(MANIFEST)) | {"format": 3}
        target.writestr(MANIFEST, json.dumps(old))
    with pytest.raises(SnapshotError, match="format 3") as caught:
        read_packed_manifest(file)
    assert f"reads {FORMAT}" in caught.value.what
    assert "same version of Limen" in caught.value.hint


def test_no_file_and_no_archive_are_refused(tmp_path):
    with pytest.raises(SnapshotError, match="no such file"):
        read_packed_manifest(tmp_path / "none.zip")
    (tmp_path / "text.zip").write_text("no archive")
    with pytest.raises(DamagedSnapshotError, match="not a packed snapshot"):
        read_packed_manifest(tmp_path / "text.zip")


def test_a_folder_without_room_says_how_much_is_needed(packed, tmp_path):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, limits[1]))  # as of a full disk
    try:
        with pytest.raises(SnapshotError) as caught:
            unpack(packed, tmp_path / "full")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "MB and cannot be unpacked" in caught.value.what
    assert "make room" in caught.value.hint
    assert [path for path in (tmp_path / "full").iterdir() if path.is_dir()] == []


def test_the_commands_carry_a_snapshot_to_another_home(home, built, tmp_path, monkeypatch):
    run, file = CliRunner().invoke, tmp_path / "s.zip"
    monkeypatch.setenv("LIMEN_HOME", str(home))
    done = run(command_line, ["snapshot", "pack", "--output", str(file)])
    assert (done.exit_code, done.stdout) == (0, f"{file}\n")
    other = tmp_path / "other"
    monkeypatch.setenv("LIMEN_HOME", str(other))
    assert run(command_line, ["snapshot", "unpack", str(file)]).stdout == f"{built.name}\n"
    assert run(command_line, ["snapshot", "use", built.name]).exit_code == 0
    shutil.rmtree(other)
