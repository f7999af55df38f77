"""A file is found and told apart by its content, or what is wrong with it is said."""

from __future__ import annotations

import gzip

import pytest
from tests.batch.tables import cells

from limen.batch.file_arguments import names_a_file
from limen.batch.tables.open_table import open_table
from limen.batch.tables.table import sampled
from limen.model import DataError, InputError


def test_a_misspelt_file_name_is_answered_with_the_one_beside_it(tmp_path):
    (tmp_path / "portfolio.csv").write_text("name\nA\n")
    path = str(tmp_path / "portfollio.csv")
    with pytest.raises(InputError, match="no such file") as caught, open_table(path):
        pass
    assert "portfolio.csv" in caught.value.hint


def test_a_directory_is_refused(tmp_path):
    with pytest.raises(InputError, match="directory"), open_table(str(tmp_path)):
        pass


def test_an_empty_file_is_refused(opened):
    with pytest.raises(DataError, match="empty"):
        opened(b"")
    with pytest.raises(DataError, match="empty"):
        opened(b"\n\n  \n")


@pytest.mark.parametrize(
    ("start", "said"), [(b"PK\x03\x04....", "spreadsheet"), (b"%PDF-1.7", "PDF")]
)
def test_a_file_of_another_kind_is_named(opened, start, said):
    with pytest.raises(DataError, match=said):
        opened(start)


def test_a_gzipped_file_is_unpacked(opened):
    packed = gzip.compress(b"name,country\nA,de\n")
    assert cells(opened(packed, "p.csv.gz")) == [["A", "de"]]


def test_a_gzipped_file_that_breaks_off_is_refused(opened):
    lines = b"".join(b"%d,%d\n" % (number, number * 7919) for number in range(200_000))
    packed = gzip.compress(b"name,country\n" + lines)[:-1_000]
    with pytest.raises(DataError, match="breaks off"):
        list(opened(packed, "p.csv.gz").rows)


def test_the_content_tells_the_format_and_not_the_name(opened):
    table = opened('{"name": "A"}\n', "portfolio.csv")
    assert "JSON lines" in table.facts


@pytest.mark.parametrize("text", ["p.csv", "x.JSONL", "./p", "../a b", "/tmp/x", "-", "p.xlsx"])
def test_what_looks_like_a_file_is_one(text):
    assert names_a_file(text)


@pytest.mark.parametrize("text", ["Sergey Aksyonov", "A/S Norden", "Booking.com", "x" * 5_000])
def test_what_does_not_is_a_name(text):
    assert not names_a_file(text)


def test_the_position_reaches_the_end(opened):
    table = opened("name\n" + "A\n" * 100)
    list(table.rows)
    assert table.position() == (205, 205)


@pytest.mark.parametrize("rows", [1, 500, 30_000])
def test_the_position_is_that_of_the_rows_taken_not_of_those_read_ahead(tmp_path, rows):
    path = tmp_path / "names.csv"
    path.write_text("name,country\n" + "Margaret Appleyard,DE\n" * rows)
    with open_table(str(path)) as table:
        sample, table = sampled(table)
        assert len(sample) == min(rows, table.sample)
        assert table.position() == (0, path.stat().st_size)
        shares = []
        for taken, _ in enumerate(table.rows, start=1):
            done, total = table.position()
            shares.append(abs(done / total - taken / rows))
        assert max(shares) < 0.05
        assert table.position() == (total, total)
