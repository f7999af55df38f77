"""Output files: whole or not there, and gone on with after whatever cut the run short."""

from __future__ import annotations

import os

import pytest

from limen.batch.output.checkpointed_output import (
    DoneRows,
    OutputFile,
    checkpoint_of,
    forget,
    tally_of,
)
from limen.batch.tables.table import Row
from limen.batch.tally import Screened, Tally
from limen.model import DataError, InputError

ROWS = [Row(number, {"name": f"N{number}"}) for number in range(1, 21)]


class CutError(Exception):
    pass


def _write(path, rows=ROWS, *, before=None, cut_at=None, run=None, whole=True):
    tally = tally_of(before) if before else Tally()
    done = DoneRows(before)
    with OutputFile(path, tally=tally, done=done, run=run, before=before) as out:
        if before is None:
            out.write(b"head\n")
        for row in rows:
            if done.skips(row):
                continue
            if row.line == cut_at:
                if not whole:
                    out.write(b"half a ro")
                raise CutError
            out.add(f"{row.cells['name']}\n".encode(), Screened("p.csv", row, None))
        done.check()
        out.write(b"tail\n")
    return tally


def test_the_file_appears_when_it_is_whole(tmp_path):
    path = tmp_path / "out.csv"
    _write(path)
    assert path.read_bytes().startswith(b"head\nN1\n")
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]


def test_a_checkpoint_left_beside_a_whole_output_is_of_no_interrupted_run(tmp_path):
    path = tmp_path / "out.csv"
    with pytest.raises(CutError):
        _write(path, cut_at=20, run={"asked": 1})
    (tmp_path / "out.csv.partial").rename(path)  # the process was ended before the next step
    assert checkpoint_of(path) is None
    _write(path, run={"asked": 1})
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.parametrize("cut_at", [1, 7, 20])
def test_a_run_that_was_cut_goes_on_to_the_same_bytes(tmp_path, cut_at):
    path, uncut = tmp_path / "out.csv", tmp_path / "uncut.csv"
    expected = _write(uncut)
    with pytest.raises(CutError):
        _write(path, cut_at=cut_at, run={"asked": 1})
    assert not path.exists()
    before = checkpoint_of(path)
    assert before.rows == cut_at - 1
    tally = _write(path, before=before, run={"asked": 1})
    assert path.read_bytes() == uncut.read_bytes()
    assert tally == expected
    assert checkpoint_of(path) is None


def test_bytes_after_the_checkpoint_are_cut_off(tmp_path):
    path = tmp_path / "out.csv"
    with pytest.raises(CutError):
        _write(path, cut_at=5, run={})
    with (tmp_path / "out.csv.partial").open("ab") as stream:
        stream.write(b"half a ro")
    _write(path, before=checkpoint_of(path), run={})
    assert b"half" not in path.read_bytes()


def test_other_rows_are_refused(tmp_path):
    path = tmp_path / "out.csv"
    with pytest.raises(CutError):
        _write(path, cut_at=10, run={})
    other = [Row(row.line, {"name": "x"}) for row in ROWS]
    with pytest.raises(InputError, match="not the ones"):
        _write(path, other, before=checkpoint_of(path), run={})
    with pytest.raises(InputError, match="not the ones"):
        _write(path, ROWS[:5], before=checkpoint_of(path), run={})


def test_what_cannot_be_resumed_leaves_nothing(tmp_path):
    with pytest.raises(CutError):
        _write(tmp_path / "out.json", cut_at=5)
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_file_stays_until_the_new_one_is_whole(tmp_path):
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    with pytest.raises(CutError):
        _write(path, cut_at=5, run={})
    assert path.read_bytes() == b"old"
    forget(path)
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]


def test_a_pipe_is_refused_before_the_work_begins(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with pytest.raises(InputError, match="a device or a pipe"):
        _write(path)
    assert path.is_fifo()
    assert [each.name for each in tmp_path.iterdir()] == ["pipe"]


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="folder does not exist"):
        _write(tmp_path / "no" / "out.csv")


def test_a_checkpoint_that_is_damaged_is_told(tmp_path):
    (tmp_path / "out.csv.checkpoint").write_bytes(b"{")
    (tmp_path / "out.csv.partial").touch()
    with pytest.raises(DataError, match="cannot be read"):
        checkpoint_of(tmp_path / "out.csv")
