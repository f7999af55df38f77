"""Files appear whole or not at all, and every failure is the same refusal."""

import os
import resource
import stat
from pathlib import Path

import pytest

from limen.model import InputError
from limen.util.files import PRIVATE, whole_file, write_output, write_whole


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def _fail_inside(path):
    with whole_file(path) as stream:
        stream.write(b"half")
        raise KeyboardInterrupt


def test_a_file_is_replaced_whole(tmp_path):
    path = tmp_path / "a.txt"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert names(tmp_path) == ["a.txt"]


def test_a_failure_inside_leaves_the_old_file_and_no_remains(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        _fail_inside(path)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.txt"]


def test_a_device_or_a_pipe_is_never_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/null"), Path("/dev/stdout")):
        before = path.lstat()
        with pytest.raises(InputError, match="a device or a pipe"):
            write_output(path, b"new")
        assert (path.lstat().st_mode, path.lstat().st_ino) == (before.st_mode, before.st_ino)


def test_a_full_disk_leaves_the_old_file(tmp_path):
    """A limit on the size of files stands in for a full disk: the kernel refuses the write."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
    try:
        with pytest.raises(InputError, match="cannot be written"):
            write_output(path, b"x" * 4096)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.txt"]


def test_a_private_file_is_the_owners_alone(tmp_path):
    path = tmp_path / "secret"
    write_whole(path, b"x", mode=PRIVATE)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_missing_folder_and_a_folder_are_refused_with_a_fix(tmp_path):
    with pytest.raises(InputError, match="folder does not exist") as missing:
        write_output(tmp_path / "none" / "a.txt", b"x")
    assert "create" in missing.value.hint
    with pytest.raises(InputError, match="it is a folder"):
        write_output(tmp_path, b"x")
    assert names(tmp_path) == []
