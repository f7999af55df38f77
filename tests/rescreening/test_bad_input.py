"""Each bad input of a base or a run is refused with its place, reason and fix; the last one stays."""

from __future__ import annotations

import csv

import pytest
from msgspec.structs import replace as changed
from tests.rescreening.bases import BASE, run, store
from tests.rescreening.conftest import CUSTOMERS
from tests.screened import AFTER, AKSYONOV, BANK, BEFORE, LIST, SIG, TODAY
from tests.worlds import Band, a_list, registry, world

from limen.batch.columns.mapping import Wishes
from limen.engine import Engine
from limen.model import DataError, InputError, LimenError
from limen.rescreening.bases import compile_base
from limen.rescreening.bases.base_home import base_folder, open_base, store_base
from limen.rescreening.bases.compile_base import FileReading
from limen.rescreening.run_record import last_run

ROWS = [["id", "full name", "birth date"], ["C1", "Ivan Petrenko", "1970-01-02"],
        ["C2", "Olena Hrytsenko", "1980-03-04"]]  # fmt: skip


def write(path, rows):
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def update(home, file, wishes=None):
    return store_base(home, BASE, file, FileReading(Wishes(wishes or {})), new=False)


def file_that_changes(home, file, monkeypatch):
    """The file is written again between its first row and its last."""
    read = compile_base._read

    def slow(*arguments):
        found = read(*arguments)
        write(file, [*ROWS, ["C3", "Came Late", ""]])
        return found

    monkeypatch.setattr(compile_base, "_read", slow)
    update(home, write(file, ROWS))


def column_that_vanished(home, file, _):
    update(home, write(file, ROWS), {"passport": "passportNumber"})


def name_column_that_vanished(home, file, _):
    update(home, write(file, [[row[0], row[2]] for row in ROWS]))


def id_twice(home, file, _):
    update(home, write(file, [*ROWS, ROWS[1]]))


def no_row(home, file, _):
    update(home, write(file, ROWS[:1]))


def empty_file(home, file, _):
    file.write_bytes(b"")
    update(home, file)


def no_file(home, file, _):
    update(home, file)


BAD_FILES = {
    file_that_changes: (DataError, "changed while it was read"),
    column_that_vanished: (InputError, "passport"),
    name_column_that_vanished: (LimenError, ""),
    id_twice: (DataError, "line 2"),
    no_row: (LimenError, ""),
    empty_file: (LimenError, ""),
    no_file: (LimenError, "customers.csv"),
}


@pytest.mark.parametrize("bad", BAD_FILES, ids=lambda bad: bad.__name__)
def test_a_bad_file_is_refused_and_the_version_in_use_stays(home, tmp_path, monkeypatch, bad):
    before = open_base(home, BASE).manifest
    kind, says = BAD_FILES[bad]
    with pytest.raises(kind) as caught:
        bad(home, tmp_path / "customers.csv", monkeypatch)
    assert says in str(caught.value)
    assert caught.value.where
    assert caught.value.hint
    assert open_base(home, BASE).manifest == before
    assert [path.name for path in (base_folder(home, BASE) / "versions").iterdir()] == [before.id]


def engine_with(home, entries, **limits):
    """An engine over the list's two versions, the second with some entries."""
    info = a_list(LIST, "UN", max_age_days=14, **({"records": Band(min=1, max=10)} | limits))
    versions = {LIST: {BEFORE: [AKSYONOV, SIG, BANK], AFTER: entries}}
    return world(home, registry(info), versions, today=TODAY)


MORE = [changed(SIG, record_id=str(number)) for number in range(4, 16)]
BAD_LISTS = {
    "lost more than half": ([AKSYONOV], {}, "1 records, and had 3"),
    "left its band": ([AKSYONOV, SIG, BANK, *MORE], {}, "15 records, and had 3"),
    "fell below its band": ([AKSYONOV, SIG], {"records": Band(min=3, max=10)}, "2 records"),
}


@pytest.mark.parametrize("bad", BAD_LISTS)
def test_a_list_that_broke_between_two_runs_is_refused_unless_accepted(tmp_path, bad):
    entries, limits, says = BAD_LISTS[bad]
    home = tmp_path / "home"
    engine = engine_with(home, entries, **limits)
    store(home, CUSTOMERS)
    first = run(home, engine, BEFORE)
    with pytest.raises(DataError, match=says) as caught:
        run(home, engine, AFTER)
    assert first.id in caught.value.unchanged
    assert f"--allow-stale {LIST}" in caught.value.hint
    assert last_run(base_folder(home, BASE)) == first.id
    accepted = run(home, engine, AFTER, accepted=[LIST])
    assert accepted.inputs.allow_stale == (LIST,)


def test_a_snapshot_that_knows_less_than_the_last_runs_is_refused(tmp_path):
    home, other = tmp_path / "home", tmp_path / "other"
    store(home, CUSTOMERS)
    newer = engine_with(home, [AKSYONOV, SIG, BANK])
    first = run(home, newer, AFTER)
    info = a_list(LIST, "UN", max_age_days=14, records=Band(min=1, max=10))
    older = world(other, registry(info), {LIST: {BEFORE: [AKSYONOV, SIG, BANK]}},
                  today=TODAY.replace(month=2, day=18))  # fmt: skip
    engine = Engine(older.snapshot, clock=lambda: TODAY)
    with pytest.raises(InputError, match="snapshot") as caught:
        run(home, engine, AFTER)
    assert "limen snapshot use" in caught.value.hint
    assert last_run(base_folder(home, BASE)) == first.id
