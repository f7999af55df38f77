"""Delimited text: what is a row is read, what is not is refused alone, and nothing is lost."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.batch.tables import cells, problems

from limen.batch.tables.csv_table import read_csv
from limen.batch.tables.table import MAX_LINE
from limen.model import DataError, InputError


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "\x1f"])
def test_the_delimiter_is_found(opened, delimiter):
    lines = (("name", "country", "city"), ("A, B; C", "de", "x|y"))
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(lines)
    table = opened(text.getvalue())
    assert table.columns == lines[0]
    assert cells(table) == [list(lines[1])]


def test_in_a_table_of_one_column_a_comma_is_part_of_the_name(opened):
    table = opened("name\nAKSYONOV, Sergey\n")
    assert cells(table) == [["AKSYONOV, Sergey"]]


def test_line_ends_may_be_mixed(opened):
    table = opened("name,country\r\nA,de\nB,fr\rC,it\r\n")
    assert cells(table) == [["A", "de"], ["B", "fr"], ["C", "it"]]


def test_a_line_break_inside_quotes_belongs_to_the_cell_and_lines_are_still_counted(opened):
    table = opened('name,address\nA,"Main st 1\nTown"\nB\n')
    rows = list(table.rows)
    assert rows[0].cells["address"] == "Main st 1\nTown"
    assert rows[1].line == 4


@pytest.mark.parametrize(
    "bad",
    ['2,"Foo Ltd,de', '2,"Foo" Ltd,de', '2,"Foo,de\n3,"Bar",fr'],
    ids=["never closed", "text after the quote", "closed in the next row"],
)
def test_an_unbalanced_quote_costs_the_row_it_stands_in(opened, bad):
    table = opened(f"id,name,country\n1,A,it\n{bad}\n8,Y,es\n9,Z,pt\n")
    rows = list(table.rows)
    refused = [row for row in rows if row.problem]
    assert [row.line for row in refused] == [3]
    assert "quote" in refused[0].problem.what
    read = [row.cells["id"] for row in rows if not row.problem]
    assert read[0] == "1"
    assert read[-2:] == ["8", "9"]
    assert ("3" in read) == ("3," in bad)


def test_an_endless_quote_is_given_up_after_some_lines(opened):
    rows = "".join(f"{number},N{number},de\n" for number in range(1_000))
    table = opened(f'id,name,country\nx,"open,de\n{rows}')
    assert len(cells(table)) == 1_000


def test_a_row_of_another_width_is_refused(opened):
    table = opened("name,country\nA,de\nB\nC,fr,it\nD,es,,\n")
    assert problems(table) == [
        "portfolio.csv line 3: 1 columns where the heading has 2",
        "portfolio.csv line 4: 3 columns where the heading has 2",
    ]


def test_a_row_that_only_ends_in_delimiters_is_not_wider(opened):
    assert cells(opened("name,country\nD,es,,\n")) == [["D", "es"]]


def test_a_nul_byte_costs_its_row(opened):
    table = opened(b"name,country\nA\0B,de\nC,fr\n")
    assert problems(table) == ["portfolio.csv line 2, column 'name': a NUL byte"]


def test_rows_of_blanks_are_no_rows(opened):
    assert cells(opened("name,country\n\nA,de\n , \n,,\n")) == [["A", "de"]]


def test_cells_under_a_heading_that_is_there_twice_are_read_together(opened):
    table = opened("name,country,name\nA,de,B\nC,de,C\nD,de,\n")
    assert [row.cells for row in table.rows] == [
        {"name": ["A", "B"], "country": "de"},
        {"name": "C", "country": "de"},
        {"name": "D", "country": "de"},
    ]
    (warning,) = table.warnings
    assert "'name' is 2 times there (columns 1, 3)" in warning


def test_two_keys_under_one_heading_cost_their_row(opened):
    (problem,) = problems(opened("id,name,id\n1,A,2\n3,B,3\n"))
    assert problem.startswith("portfolio.csv line 2: '1' and '2' under the heading 'id'")


def test_a_column_without_heading_gets_a_number(opened):
    assert opened("name,,country\nA,x,de\n").columns == ("name", "column_2", "country")


@pytest.mark.parametrize(
    "text",
    [
        "Sergey Aksyonov\nVladimir Konstantinov\n",
        "1,Sergey Aksyonov\n2,Oleg Deripaska\n",
        "Sergey Aksyonov,Bank\nOleg Deripaska,Bank\n",
        "Sergey Aksyonov;Company;1968-01-02\nOleg Deripaska;Company;1972-11-26\n",
    ],
)
def test_a_first_row_like_those_below_is_a_row_with_a_warning(opened, text):
    table = opened(text)
    assert len(cells(table)) == text.count("\n")
    assert table.warnings == ("line 1 was taken for a row, not for headings (--header if it is)",)


def test_what_may_be_a_heading_is_asked_back(opened):
    with pytest.raises(InputError, match="may be a heading or a row") as caught:
        opened("Sergey Aksyonov,Mobile\nOleg Deripaska,Landline\n")
    assert "--no-header" in caught.value.hint


def test_a_table_without_heading_has_all_its_rows(opened):
    table = opened("Sergey Aksyonov\nOleg Deripaska\n", header=False)
    assert table.columns == ("column_1",)
    assert cells(table) == [["Sergey Aksyonov"], ["Oleg Deripaska"]]


def test_a_column_that_somebody_named_shows_the_heading(opened):
    table = opened("Kontrahent\nOleg Deripaska\n", named=["Kontrahent"])
    assert table.columns == ("Kontrahent",)


class _Endless(io.TextIOBase):
    """A gigabyte without a line end, made as it is read."""

    def __init__(self, head: str, size: int, tail: str) -> None:
        self._head, self._left, self._tail = io.StringIO(head), size, io.StringIO(tail)

    def readline(self, limit=-1):
        if line := self._head.readline():
            return line
        if self._left:
            count = min(limit, self._left)
            self._left -= count
            return "x" * count + ("\n" if not self._left and count < limit else "")
        return self._tail.readline()


def test_a_gigabyte_on_one_line_is_refused_in_constant_memory():
    stream = _Endless("name,country\nA,de\n", (1 << 30) + 5, "B,fr\n")
    table = read_csv(stream, name="big.csv", position=lambda: (0, 0), sample=10)
    rows = list(table.rows)
    assert [row.cells.get("name") for row in rows] == ["A", "", "B"]
    assert f"{MAX_LINE:,} characters" in rows[1].problem.what


def test_a_file_that_is_one_endless_line_is_no_table():
    stream = _Endless("", 3 * MAX_LINE + 1, "")
    with pytest.raises(DataError, match="not a table"):
        read_csv(stream, name="big.csv", position=lambda: (0, 0), sample=10)


_TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffd"), max_size=12
)


@given(st.lists(st.tuples(_TEXTS, _TEXTS), max_size=20))
def test_what_was_written_is_read(rows):
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([("name", "country"), *rows])
    stream = io.StringIO(text.getvalue(), newline="")
    table = read_csv(stream, name="x", position=lambda: (0, 0), sample=10, header=True)
    expected = [row for row in rows if any(cell and not cell.isspace() for cell in row)]
    assert [tuple(row.cells.values()) for row in table.rows] == expected


_BELOW = "Oleg Deripaska,{0}\nVladimir Konstantinov,{0}\nAnna Nowak,{0}\n"


@pytest.mark.parametrize(
    ("first", "value"),
    [
        ("Sergey Aksyonov,Company", "Person"),
        ("Sergey Aksyonov,Mobile", "Landline"),
        ("Sergey Aksyonov,Party", "12"),
        ("1968-01-02,Customer", "Somebody"),
    ],
)
def test_one_word_that_may_be_a_heading_makes_no_heading(opened, first, value):
    with pytest.raises(InputError, match="may be a heading or a row"):
        opened(f"{first}\n{_BELOW.format(value)}")


_ROWS = "".join(
    f"{at},{name},{at}.50\n"
    for at, name in enumerate(("Anna Nowak", "Jan Kos", "Li Wei", "Oleg Orlov", "Eva Lind"), 10)
)


@pytest.mark.parametrize(
    "heading",
    ["Full Legal Name", "Apellidos y nombre", "姓名", "Ime i prezime", "account title"],
)
def test_words_above_two_columns_of_numbers_are_headings(opened, heading):
    table = opened(f"no,{heading},amount\n{_ROWS}")
    assert table.columns == ("no", heading, "amount")


@pytest.mark.parametrize(
    "row",
    [
        "unknown,Sergey Aksyonov,N/A",
        "pending,Sergey Aksyonov,expired",
        "pending,Volga Shipping Company,expired",
        "open,Kavkaz Firm,closed",
        "pending,Sergey Aksyonov Party,expired",
    ],
)
def test_a_party_above_numbers_is_a_row(opened, row):
    table = opened(f"{row}\n{_ROWS}")
    assert list(next(iter(table.rows)).cells.values()) == row.split(",")


@pytest.mark.parametrize("row", ["id,Sergey Aksyonov,amount", "ожидается,Аксёнов,отсутствует"])
def test_a_party_that_may_be_a_heading_is_asked_back(opened, row):
    with pytest.raises(InputError, match="may be a heading or a row"):
        opened(f"{row}\n{_ROWS}")


def test_two_blanks_in_one_name_part_no_columns(opened):
    assert opened("Full name\nAnna  Nowak\n").columns == ("Full name",)


def test_a_declaration_that_cuts_nothing_is_not_believed(opened):
    table = opened('"sep=;"\nid,name\n1,Anna Nowak\n')
    assert [row.cells for row in table.rows] == [{"id": "1", "name": "Anna Nowak"}]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_declaration_of_spreadsheets_is_no_row(opened, mark):
    table = opened(f"sep={mark}\nid{mark}name\n1{mark}Anna Nowak\n")
    assert [row.cells for row in table.rows] == [{"id": "1", "name": "Anna Nowak"}]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("# exported by X\nid,name\n1,Anna Nowak\n2,Oleg Deripaska\n", "further down"),
        ("Customers\nAnna Nowak     Poland\nJan Kos     Latvia\n", "blanks"),
        ("ID   NAME           AMT\n1    Anna Nowak     3\n2    Jan Kos        4\n", "blanks"),
    ],
)
def test_a_table_that_is_cut_otherwise_is_refused(opened, text, why):
    with pytest.raises(DataError) as refused:
        opened(text)
    assert why in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Nowak\nDeripaska, Oleg\nAksyonov, Sergey\n",
        "V L A D I M I R   P U T I N\nA N N A   N O W A K\n",
    ],
)
def test_a_list_of_names_is_one_column(opened, text):
    assert len(list(opened(text, header=False).rows)) == text.count("\n")


@pytest.mark.parametrize(
    ("first", "value"),
    [
        ("name,exposure", "12"),
        ("name,type", "savings"),
        ("Firma,Saldo", "12"),
        ("name,2021", "12"),
        ("Name,Account manager", "Jan Kos"),
        ("Account manager,IMO number", "9074729"),
        ("full name,imo", "no"),
    ],
)
def test_a_heading_over_values_is_one(opened, first, value):
    table = opened(f"{first}\n{_BELOW.format(value)}")
    assert table.columns == tuple(first.split(","))
    assert len(list(table.rows)) == 3


@pytest.mark.parametrize("end", ["\r", "\r\n", "\u2028", "\u2029", "\x85", "\u2028\n"])
@pytest.mark.parametrize("head", ["name", "name,ref"])
def test_every_line_end_is_one(opened, end, head):
    tail = ",1" if "," in head else ""
    table = opened(end.join([head, f"Oleg Deripaska{tail}", f"Anna Nowak{tail}"]))
    assert [row[0] for row in cells(table)] == ["Oleg Deripaska", "Anna Nowak"]


@pytest.mark.parametrize("mark", ["\x1f", "\ufdd0", "\x1e", "\0"])
def test_a_control_character_in_a_heading_is_refused_or_read(opened, mark):
    try:
        outcome = len(list(opened(f"name{mark}x\nAnna{mark}b\n").rows)) in (1, 2)
    except (DataError, InputError) as error:
        outcome = error.where
    assert outcome


@pytest.mark.parametrize("first", ["a" * 131_073 + ",b", '"' + "a\n" * 70_000])
def test_a_first_line_longer_than_csv_reads_by_default_is_read_or_refused(opened, first):
    with pytest.raises((DataError, InputError)) as caught:
        list(opened(f"{first}\nAnna,c\n").rows)
    assert caught.value.where
    assert len(caught.value.what) < 400
