"""A table in several processes: the same rows, or an error, and nothing left running."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path

import pyarrow as pa
import pytest
from tests.batch.test_arrow_table import DAY, ROWS, screened
from tests.batch.test_run import ASKING
from tests.screened import TODAY, small_home

from limen.batch.arrow.answer_columns import added_fields, output_schema
from limen.batch.arrow.screen_table import columns_of, wishes_of
from limen.batch.arrow.table_processes import TableJob, screen_in_processes
from limen.engine import Engine
from limen.model import DamagedSnapshotError, InputError, LimenError
from limen.snapshot import Snapshot

_CLEAR = pa.concat_tables([ROWS.slice(1, 1)] * 1_015)
#: Of 2,050 rows: three parts, so that two processes have unequal shares.
TABLE = pa.concat_tables([ROWS, _CLEAR, ROWS, ROWS, _CLEAR, ROWS])


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return small_home(tmp_path_factory.mktemp("home"))


def processes() -> list[int]:
    """The processes that answer for this one."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == os.getpid() and b"table_processes" in command:
            found.append(int(entry.name))
    return found


@pytest.mark.parametrize("count", [2, 5])
def test_the_table_is_that_of_one_process(engine, count):
    assert screened(engine, TABLE, processes=count).equals(screened(engine, TABLE))
    assert processes() == []


def test_an_empty_table_is_answered(engine):
    out = screened(engine, ROWS.slice(0, 0), columns={"name": "name"}, processes=2)
    assert len(out) == 0


def test_the_error_of_a_process_is_raised(engine, tmp_path):
    folder = shutil.copytree(engine.snapshot.folder, tmp_path / engine.snapshot.folder.name)
    other = Engine(Snapshot(folder), clock=lambda: TODAY)
    reader = other.screen_table(TABLE, **DAY, processes=2)
    (folder / "names.text.bytes.npy").write_bytes(b"damaged")
    with pytest.raises(DamagedSnapshotError, match=r"names\.text\.bytes"):
        reader.read_all()
    assert processes() == []


def answers(engine, batches):
    """Answer batches in two processes, as they come."""
    columns = columns_of(ROWS.schema, [], wishes_of({"name": "name"}, None, None))
    schema = output_schema(ROWS.schema, added_fields())
    job = TableJob(engine.snapshot.folder, TODAY, schema, columns, ASKING)
    return list(screen_in_processes(job, batches, 2))


def test_a_process_that_is_killed_ends_the_run(engine):
    def batches():
        yield from ROWS.to_batches()
        for process in processes():
            os.kill(process, signal.SIGKILL)
        yield from ROWS.to_batches()

    with pytest.raises(LimenError, match="ended before its rows were answered") as caught:
        answers(engine, batches())
    assert "fewer" in caught.value.hint
    assert processes() == []


def test_an_input_that_breaks_off_is_an_error(engine):
    def batches():
        yield from ROWS.to_batches()
        raise OSError("the network is gone")

    with pytest.raises(OSError, match="the network is gone"):
        answers(engine, batches())
    assert processes() == []


def test_a_reader_that_is_given_up_leaves_no_process(engine):
    reader = engine.screen_table(TABLE, **DAY, processes=2)
    reader.read_next_batch()
    reader.close()
    del reader
    until = time.monotonic() + 60
    while processes() and time.monotonic() < until:
        time.sleep(0.05)
    assert processes() == []


def test_none_and_fewer_processes_are_refused(engine):
    with pytest.raises(InputError, match="0 processes"):
        engine.screen_table(TABLE, **DAY, processes=0)
