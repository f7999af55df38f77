"""The encoding is proven, or told to be checked, or asked for; it is never silently wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.batch.tables import cells, problems

from limen.batch.tables.encoding import sniff_encoding
from limen.model import DataError, InputError

NAME = "Müller Straße"


@pytest.mark.parametrize(
    ("codec", "title"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with a byte order mark"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16 without a byte order mark"),
        ("utf-16-be", "UTF-16 without a byte order mark"),
        ("utf-32", "UTF-32"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_a_file_is_read_in_the_encoding_it_is_in(opened, codec, title):
    table = opened(f"name,country\n{NAME},Österreich\n".encode(codec))
    assert table.facts[0] == title
    assert table.columns == ("name", "country")
    assert cells(table) == [[NAME, "Österreich"]]


def test_windows_1252_is_said_with_the_line_that_shows_it(opened):
    table = opened(b"name\nJohn Smith\nM\xfcller\n")
    (warning,) = table.warnings
    assert "line 3" in warning
    assert "--encoding" in warning


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "cp1253", "cp1256"])
def test_a_code_page_of_another_script_is_asked_for_and_not_guessed(opened, codec):
    word = {"cp1253": "Αλέξανδρος", "cp1256": "العربية"}.get(codec, "Дерипаска")
    with pytest.raises(DataError, match="not UTF-8") as caught:
        opened(f"name\n{word} {word}\n".encode(codec))
    assert "line 2" in caught.value.where
    assert "--encoding" in caught.value.hint


def test_an_encoding_that_is_named_is_taken(opened):
    table = opened("name\nДерипаска Олег\n".encode("cp1251"), encoding="windows-1251")
    assert cells(table) == [["Дерипаска Олег"]]


def test_an_unknown_encoding_is_refused(opened):
    with pytest.raises(InputError, match="unknown encoding"):
        opened("name\nx\n", encoding="utf-9")


def test_one_broken_byte_in_a_utf8_file_costs_its_own_row(opened):
    good = "".join(f"Jürgen Möller {number}\n" for number in range(50)).encode()
    table = opened(b"name\n" + good + b"Ren\xe9 Dupont\nAnna Weiss\n")
    assert table.facts[0] == "UTF-8"
    assert problems(table) == [
        "portfolio.csv line 52, column 'name': a byte that is not text in this encoding"
    ]


@given(st.text(max_size=200), st.integers(1, 7))
def test_utf8_is_utf8_wherever_it_is_cut(text, size):
    data = f"name,{text}".encode("utf-8", "ignore")
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    if data.count(b"\0") * 5 <= len(data):
        assert sniff_encoding(chunks, where="x").codec in ("utf-8", "utf-8-sig")


@pytest.mark.parametrize("codec", ["utf-16", "utf-32", "idna", "undefined", "ascii"])
def test_a_file_that_is_not_in_the_named_encoding_is_refused_or_marked(opened, codec):
    try:
        rows = list(opened("name,city\nĂnna,Kyjiw\n".encode(), encoding=codec).rows)
        outcome = all(row.problem for row in rows)
    except (DataError, InputError) as error:
        outcome = error.where
    assert outcome
