"""Parquet as rows."""

from __future__ import annotations

import io
from datetime import date

import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.batch.tables import parties

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


def test_the_position_counts_rows(opened):
    table = opened(_written({"name": ["A", "B", "C"]}), "p.parquet")
    assert table.position() == (0, 3)
    list(table.rows)
    assert table.position() == (3, 3)


def test_a_damaged_file_is_refused(opened):
    with pytest.raises(DataError, match="Parquet"):
        opened(_written({"name": ["A"]})[:-20], "p.parquet")
