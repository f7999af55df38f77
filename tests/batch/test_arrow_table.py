"""Arrow in, Arrow out: every row in its place, with the answer that a file of it gets."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import csv as arrow_csv
from pyarrow import parquet
from tests.batch.test_run import ASKING
from tests.conftest import ROOT
from tests.screened import small_home

from limen.batch.columns.mapping import Wishes, map_columns
from limen.batch.output.writers import encoder_for
from limen.batch.run import Portfolio, screen_portfolio
from limen.batch.tables.open_table import open_table
from limen.batch.tables.table import sampled
from limen.model import DataError, InputError

DAY = {"as_of": ASKING.as_of, "known_at": ASKING.known_at}
ROWS = pa.table(
    {
        "ref": pa.array([1, 2, 3, 4, 5], pa.int64()),
        "name": ["Sergey Aksyonov", "Anna Nowak", "", "Сергей Аксёнов", "SIG"],
        "dob": pa.array([date(1972, 11, 26), None, None, None, None], pa.date32()),
        "amount": [1.5, None, 2.5, 3.0, 4.0],
    }
)
OUTCOMES = ["hit", "clear", "refused", "hit", "hit"]


@pytest.fixture(scope="session")
def engine(tmp_path_factory):
    return small_home(tmp_path_factory.mktemp("home"))


def screened(engine, table, **options):
    return engine.screen_table(table, **DAY, **options).read_all()


def test_every_row_is_in_its_place_with_its_own_columns(engine):
    out = screened(engine, ROWS)
    assert out.select(ROWS.column_names).equals(ROWS)
    assert out["limen_outcome"].to_pylist() == OUTCOMES
    finding = out["limen_findings"][0].as_py()[0]
    assert (finding["party_id"], finding["level"]) == ("un_sc:1", "hit")
    assert out["limen_score"].to_pylist()[:3] == [finding["score"], None, None]


def test_columns_of_the_table_are_not_copied(engine):
    out = next(iter(engine.screen_table(ROWS, **DAY)))
    for name in ROWS.column_names:
        own = ROWS[name].chunk(0).buffers()[-1]
        assert out.column(name).buffers()[-1].address == own.address


def test_a_refused_row_says_what_why_and_how_to_mend_it(engine):
    row = screened(engine, ROWS).to_pylist()[2]
    assert row["limen_error"] == {
        "what": "neither a name nor an identifier", "where": "", "why": "", "hint": "",
    }  # fmt: skip
    assert row["limen_answer"] is None


@pytest.mark.parametrize("portfolio", ["portfolio.csv"])
def test_an_answer_is_the_bytes_of_the_command_line(engine, portfolio, tmp_path):
    table = arrow_csv.read_csv(ROOT / "examples" / portfolio)
    parquet.write_table(table, tmp_path / "p.parquet")
    with open_table(str(tmp_path / "p.parquet")) as opened:
        sample, opened = sampled(opened)
        columns = map_columns(opened.name, opened.columns, sample, Wishes({}))
        encoder = encoder_for("jsonl", opened.columns)
        rows = screen_portfolio(engine, Portfolio(opened, columns), ASKING)
        lines = [encoder.row(row).decode() for row in rows]
    answers = screened(engine, table)["limen_answer"].to_pylist()
    assert len(answers) == len(lines) == 433
    for line, answer in zip(lines, answers, strict=True):
        read = json.loads(line)
        del read["input"]
        assert msgspec.json.encode(read).decode() == answer
        assert line.endswith(answer[1:] + "\n")


@settings(max_examples=30)
@given(cuts=st.sets(st.integers(1, 39), max_size=6))
def test_it_does_not_matter_how_a_table_is_cut(engine, cuts):
    table = pa.concat_tables([ROWS] * 8).combine_chunks()
    whole = screened(engine, table)
    edges = [0, *sorted(cuts), len(table)]
    parts = [table.slice(a, b - a) for a, b in pairwise(edges)]
    batches = [batch for part in parts for batch in part.to_batches()]
    reader = pa.RecordBatchReader.from_batches(table.schema, iter(batches))
    assert screened(engine, reader).equals(whole)
    separate = [screened(engine, part) for part in parts]
    assert pa.concat_tables(separate).equals(whole)


def test_an_empty_table_has_the_columns_of_a_full_one(engine):
    out = screened(engine, ROWS.slice(0, 0), columns={"name": "name"})
    assert len(out) == 0
    assert out.schema == screened(engine, ROWS).schema


def test_a_large_table_is_read_as_it_is_answered(engine):
    read = 0

    def batches():
        nonlocal read
        for _ in range(100):
            read += 1
            yield pa.record_batch({"name": ["Anna Nowak"] * 500})

    schema = pa.schema([("name", pa.string())])
    out = engine.screen_table(pa.RecordBatchReader.from_batches(schema, batches()), **DAY)
    assert next(iter(out)).num_rows == 500
    assert read < 30  # 20 show what the columns hold


def test_polars_goes_in_and_out(engine):
    polars = pytest.importorskip("polars", reason="POLARS IS NOT INSTALLED: NOT tested with it")
    frame = polars.from_arrow(ROWS)
    out = polars.from_arrow(engine.screen_table(frame, **DAY))
    assert out["limen_outcome"].to_list() == OUTCOMES
    assert out["ref"].to_list() == [1, 2, 3, 4, 5]


def test_duckdb_goes_in_and_out(engine):
    duckdb = pytest.importorskip("duckdb", reason="DUCKDB IS NOT INSTALLED: NOT tested with it")
    with duckdb.connect() as connection:
        asked = connection.from_arrow(ROWS).filter("ref <> 2")
        answered = engine.screen_table(asked, **DAY)  # noqa: F841 (DuckDB finds it by its name)
        query = "select ref, limen_outcome from answered order by ref"
        assert connection.sql(query).fetchall() == [
            (1, "hit"), (3, "refused"), (4, "hit"), (5, "hit"),
        ]  # fmt: skip


def test_a_record_batch_and_a_struct_are_read(engine):
    batch = pa.record_batch({"customer": [{"name": "Sergey Aksyonov", "dob": "1972-11-26"}]})
    assert screened(engine, batch)["limen_outcome"].to_pylist() == ["hit"]


def test_text_that_is_no_text_is_refused_alone(engine):
    names = pa.array([b"Sergey Aksyonov", b"\xff\xfe", b"Anna Nowak"])
    for kind in (names, pa.Array.from_buffers(pa.string(), 3, names.buffers())):
        out = screened(engine, pa.table({"name": kind}), columns={"name": "name"})
        out = out.drop_columns(["name"]).to_pylist()
        assert [row["limen_outcome"] for row in out] == ["hit", "refused", "clear"]
        assert "UTF-8" in out[1]["limen_error"]["what"] + out[1]["limen_error"]["hint"]


def test_what_is_passed_through_may_be_of_no_text(engine):
    table = pa.table({"name": ["Anna Nowak"], "photo": [b"\xff\xd8"]})
    out = screened(engine, table)
    assert out["limen_outcome"].to_pylist() == ["clear"]
    assert out["photo"].to_pylist() == [b"\xff\xd8"]


@pytest.mark.parametrize(
    ("table", "options", "kind", "what", "hint"),
    [
        ([{"name": "A"}], {}, InputError, "list is no Arrow table", "screen_many"),
        (ROWS, {"columns": {"nam": "name"}}, InputError, "no column 'nam'", "name"),
        (ROWS, {"columns": {"name": "nmae"}}, InputError, "unknown property", "name=name"),
        (pa.table({"x": [1]}), {}, InputError, "no column holds a name", "columns="),
        (pa.table({"d": ["03/04/1961"], "name": ["A B"]}),
         {"columns": {"d": "birthDate"}}, InputError, "day and which the month", 'date_order="dmy"'),
        (pa.table({"name": ["A"], "m": pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int8()))}),
         {}, DataError, "values of the type map", "as text"),
        (pa.table([["A"], ["B"]], names=["name", "name"]), {}, DataError, "there twice", ""),
        (ROWS, {"threshold": 2.0}, InputError, "not above 0", ""),
        (ROWS, {"lists": ["un_cs"]}, InputError, "unknown list", "un_sc"),
        (ROWS, {"schema": "Persn"}, InputError, "unknown schema", "Person"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused_before_a_row_is_read(
    engine, table, options, kind, what, hint
):
    with pytest.raises(kind) as caught:
        engine.screen_table(table, **DAY, **options)
    assert what in str(caught.value)
    assert hint in caught.value.hint
    assert "--" not in str(caught.value)


def test_a_table_that_was_screened_is_not_screened_into_the_same_columns(engine):
    with pytest.raises(InputError, match="limen_outcome") as caught:
        screened(engine, screened(engine, ROWS))
    assert "screened" in caught.value.hint
