"""Parquet as rows."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from decimal import Decimal

import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.batch.tables import parties

from limen.batch.row_party import cell_texts
from limen.model import DataError


def _written(columns: dict) -> bytes:
    sink = io.BytesIO()
    parquet.write_table(pa.table(columns), sink)
    return sink.getvalue()


def test_dates_numbers_and_lists_become_text(opened):
    data = _written(
        {
            "id": [7],
            "name": ["Oleg Deripaska"],
            "birth_date": [date(1968, 1, 2)],
            "nationality": [["ru", "cy"]],
            "amount": [12.5],
        }
    )
    table = opened(data, "p.parquet")
    assert parties(table) == [
        {
            "id": "7",
            "schema": "Person",
            "properties": {
                "name": ["Oleg Deripaska"],
                "birthDate": ["1968-01-02"],
                "nationality": ["ru", "cy"],
            },
        }
    ]


_WHEN = datetime.fromisoformat("2020-01-02T03:04")


@pytest.mark.parametrize(
    ("values", "kind", "text"),
    [
        ([b"Oleg"], pa.binary(), "Oleg"),
        (["Oleg"], pa.large_string(), "Oleg"),
        (["Oleg"], pa.dictionary(pa.int32(), pa.string()), "Oleg"),
        ([123.0], pa.float64(), "123"),
        ([1e16], pa.float64(), "10000000000000000"),
        ([12.5], pa.float32(), "12.5"),
        ([Decimal("123.00")], pa.decimal128(10, 2), "123"),
        ([Decimal(1200)], pa.decimal128(10, 0), "1200"),
        ([date(1968, 1, 2)], pa.date32(), "1968-01-02"),
        ([datetime.fromisoformat("1968-01-02")], pa.timestamp("us"), "1968-01-02"),
        ([_WHEN], pa.timestamp("us"), "2020-01-02T03:04:00"),
        ([time(3, 4)], pa.time64("us"), "03:04:00"),
        ([["a", "b"]], pa.list_(pa.string()), ["a", "b"]),
    ],
)
def test_a_value_is_what_a_person_would_write(opened, values, kind, text):
    (row,) = opened(_written({"name": pa.array(values, kind)}), "p.parquet").rows
    expected = (text,) if isinstance(text, str) else tuple(text)
    assert cell_texts(row.cells["name"]) == expected


def test_the_fields_of_a_struct_are_columns(opened):
    table = opened(_written({"customer": [{"name": "Oleg Deripaska", "n": 1}]}), "p.parquet")
    assert table.columns == ("customer.name", "customer.n")
    (party,) = parties(table)
    assert party["properties"]["name"] == ["Oleg Deripaska"]


def test_no_number_at_all_is_no_text(opened):
    (row,) = opened(_written({"passport": [float("nan")]}), "p.parquet").rows
    assert cell_texts(row.cells["passport"]) == ()


def test_bytes_that_are_no_text_cost_their_row(opened):
    table = opened(_written({"name": [b"\xff\xfe", b"Oleg"]}), "p.parquet")
    assert [bool(row.problem) for row in table.rows] == [True, False]


def test_a_type_that_is_no_text_is_refused_by_name(opened):
    kinds = pa.array([[("a", "b")]], pa.map_(pa.string(), pa.string()))
    with pytest.raises(DataError, match="values of the type map"):
        opened(_written({"name": ["A"], "tags": kinds}), "p.parquet")


def test_the_position_counts_rows(opened):
    table = opened(_written({"name": ["A", "B", "C"]}), "p.parquet")
    assert table.position() == (0, 3)
    list(table.rows)
    assert table.position() == (3, 3)


def test_a_damaged_page_is_refused_with_the_row_before_it(opened):
    data = bytearray(_written({"name": ["A"]}))
    data[4:8] = b"\xff" * 4
    with pytest.raises(DataError, match="damaged after row 0"):
        list(opened(bytes(data), "p.parquet").rows)


def test_a_damaged_file_is_refused(opened):
    with pytest.raises(DataError, match="Parquet"):
        opened(_written({"name": ["A"]})[:-20], "p.parquet")


def test_a_heading_that_is_no_text_is_refused_with_the_file_s_name(opened):
    damaged = _written({"nameXYZ": ["Margaret Appleyard"]}).replace(b"nameXYZ", b"name\xefYZ")
    with pytest.raises(DataError, match="not Parquet, or damaged"):
        opened(damaged)
