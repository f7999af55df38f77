"""DataFrames on a real cluster: the bytes of one machine, whatever the partitions."""

from __future__ import annotations

import shutil
from datetime import date

import pyarrow as pa
import pytest
from pyarrow import csv as arrow_csv
from tests.conftest import ROOT
from tests.payment_messages import pacs008, transaction
from tests.screened import AFTER, BEFORE
from tests.worlds import a_list, fill, listed, registry

import limen.spark
from limen.batch.arrow.answer_columns import output_schema
from limen.model import InputError, SnapshotError
from limen.payment_screening import shipped_policy
from limen.snapshot.packed_snapshot import pack
from limen.spark.address_rows import AddressRows
from limen.spark.message_rows import MessageRows

DAY = {"as_of": AFTER, "known_at": AFTER}
PORTFOLIO = ROOT / "examples" / "portfolio.csv"


@pytest.fixture(scope="session")
def rows():
    """The portfolio of the examples, and rows that cannot be read."""
    table = arrow_csv.read_csv(PORTFOLIO)
    broken = {"customer_id": ["X-1", "X-2"], "name": ["", " "]}
    return pa.concat_tables([table, pa.table(broken)], promote_options="default")


def in_order(table):
    return table.sort_by(table.column_names[0])


def local(question, engine, table):
    schema = output_schema(table.schema, question.added())
    batches = question.answer(engine, table.to_batches(), schema)
    return pa.Table.from_batches(batches, schema)


def test_the_bytes_are_those_of_one_machine(cluster, engine, packed, rows):
    frame = cluster.createDataFrame(rows).repartition(3)
    answered = limen.spark.screen(frame, snapshot=packed, **DAY)
    expected = engine.screen_table(rows, **DAY).read_all()
    found = answered.toArrow()
    assert in_order(found).to_pylist() == in_order(expected).to_pylist()
    assert found.schema.names == expected.schema.names
    assert sorted(set(found["limen_outcome"].to_pylist())) == ["clear", "hit", "refused"]


def test_rows_keep_their_order_in_a_partition(cluster, engine, packed, rows):
    frame = cluster.createDataFrame(rows).coalesce(1)
    answered = limen.spark.screen(frame, snapshot=packed, **DAY).toArrow()
    assert answered.to_pylist() == engine.screen_table(rows, **DAY).read_all().to_pylist()


def test_it_is_the_same_over_connect(connected, engine, packed, rows):
    frame = connected.createDataFrame(rows)
    answered = limen.spark.screen(frame, snapshot=packed, **DAY).toArrow()
    expected = engine.screen_table(rows, **DAY).read_all()
    assert in_order(answered).to_pylist() == in_order(expected).to_pylist()


def test_addresses_are_located(cluster, engine, packed):
    table = pa.table({"no": [1, 2, 3], "address": ["Yalta, Krimea", "10 rue X, Paris", None]})
    frame = cluster.createDataFrame(table)
    answered = limen.spark.locate(frame, snapshot=packed, **DAY).toArrow()
    question = AddressRows({"address": "address"}, AFTER, AFTER)
    assert in_order(answered).to_pylist() == local(question, engine, table).to_pylist()
    assert in_order(answered)["limen_outcome"].to_pylist()[0] == "inside"


def test_payments_are_decided_and_what_is_no_message_is_held(cluster, engine, packed):
    message = pacs008(transaction()).decode()
    table = pa.table({"no": [1, 2, 3], "message": [message, "no message", None]})
    frame = cluster.createDataFrame(table)
    answered = in_order(limen.spark.screen_payments(frame, snapshot=packed, **DAY).toArrow())
    question = MessageRows("message", shipped_policy(), None, AFTER, AFTER)
    assert answered.to_pylist() == local(question, engine, table).to_pylist()
    assert answered["limen_decision"].to_pylist()[1:] == ["hold", "hold"]


def test_a_worker_without_room_says_which_and_how_much(cluster, packed, tmp_path):
    (tmp_path / "file").write_text("in the way")
    frame = cluster.createDataFrame([("A",)], "name string")
    engine_folder = tmp_path / "driver"
    answered = limen.spark.screen(frame, snapshot=packed, unpack_to=str(engine_folder), **DAY)
    shutil.rmtree(engine_folder)
    engine_folder.write_text("no folder any more")
    with pytest.raises(Exception, match=r"worker .*cannot be unpacked") as caught:
        answered.collect()
    assert "make room" in str(caught.value)


def test_a_file_that_was_exchanged_is_refused_by_the_worker(cluster, packed, tmp_path):
    file = tmp_path / "snapshot.zip"
    shutil.copy(packed, file)
    frame = cluster.createDataFrame([("A",)], "name string")
    here = {"ship": False, "unpack_to": str(tmp_path / "unpacked")}
    answered = limen.spark.screen(frame, snapshot=file, **here, **DAY)
    fill(tmp_path / "other", {"one": {"2024-05-28": [listed("1", "Irina Lis")]}})
    from limen.snapshot.build import build

    other = build(tmp_path / "other", registry(a_list("one")))
    pack(other.folder, file)
    with pytest.raises(Exception, match=f"{other.manifest.id}, and .* is needed"):
        answered.collect()


@pytest.mark.parametrize(
    ("options", "kind", "what"),
    [
        ({"columns": {"nam": "name"}}, InputError, "no column 'nam'"),
        ({"lists": ["un_cs"]}, InputError, "unknown list"),
        ({"as_of": "2999-01-01"}, InputError, "has not come yet"),
        ({"snapshot": "/nowhere.zip"}, SnapshotError, "no such file"),
    ],
)
def test_what_cannot_be_is_refused_before_a_job_starts(cluster, packed, options, kind, what):
    frame = cluster.createDataFrame([("A", date(1970, 1, 1))], "name string, dob date")
    with pytest.raises(kind, match=what):
        limen.spark.screen(frame, **{"snapshot": packed, **DAY, **options})


def test_a_change_of_lists_is_found_as_by_screening_everything(cluster, engine, packed, rows):
    names = pa.table({"name": ["Promsvyazbank", "Anna Nowak", "Sergey Aksyonov", ""]})
    table = pa.concat_tables([rows, names], promote_options="default")
    frame = cluster.createDataFrame(table).repartition(3)
    answered = limen.spark.rescreen(
        frame, before=packed, after=packed, as_of_before=BEFORE, known_before=BEFORE, **DAY
    ).toArrow()
    out = [
        engine.screen_table(table, as_of=day, known_at=day).read_all() for day in (BEFORE, AFTER)
    ]
    then, now = (
        [{each["party_id"] for each in row} for row in each["limen_findings"].to_pylist()]
        for each in out
    )
    expected = [
        "refused" if outcome == "refused" else "new" if new - old else "unchanged"
        for outcome, old, new in zip(out[1]["limen_outcome"].to_pylist(), then, now, strict=True)
    ]
    assert {"new", "refused", "unchanged"} == set(expected)
    keys = [(name, "ascending") for name in table.column_names]
    both = table.append_column("expected", pa.array(expected)).sort_by(keys)
    found = answered.sort_by(keys)
    assert found["limen_outcome"].to_pylist() == both["expected"].to_pylist()
    (change,) = next(
        row["limen_changes"] for row in found.to_pylist() if row["name"] == "Promsvyazbank"
    )
    assert (change["outcome"], change["finding"], change["level"]) == ("new", "un_sc:3", "hit")
    assert change["level_before"] is None


@pytest.mark.parametrize("kind", ["cluster", "connected"])
def test_the_snapshot_travels_with_the_job(request, kind, packed, tmp_path):
    frame = request.getfixturevalue(kind).createDataFrame([("Sergey Aksyonov",)], "name string")
    file, unpacked = tmp_path / f"{kind}-{packed.name}", tmp_path / "unpacked"
    shutil.copy(packed, file)
    answered = limen.spark.screen(frame, snapshot=file, unpack_to=str(unpacked), **DAY)
    file.unlink()  # no worker can read it where the driver did
    shutil.rmtree(unpacked)
    assert [row.limen_outcome for row in answered.collect()] == ["hit"]
