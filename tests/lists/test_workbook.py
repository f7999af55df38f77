"""A workbook's first sheet as texts, checked against what another library wrote or saved."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from limen.lists.parsing.workbook import open_sheet
from limen.lists.source import Source
from limen.model import ListFormatError


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def texts(data: bytes) -> list[tuple[int, dict[int, str]]]:
    return list(open_sheet(Source.of_bytes("xlsx", data, name="list.xlsx")).rows)


def first_row(*values: Any, epoch: datetime | None = None, form: str = "") -> dict[int, str]:
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    for column, value in enumerate(values, start=1):
        cell = book.worksheets[0].cell(1, column, value)
        if form:
            cell.number_format = form
    return dict(texts(saved(book))[0][1])


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def handmade(rows: str, strings: str) -> bytes:
    """A workbook as Excel saves one: words in a file of their own, the sheet anywhere."""

    def relations(**targets: str) -> str:
        each = [
            f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for kind, target in targets.items()
        ]
        return f'<Relationships xmlns="{_PACKAGE}">{"".join(each)}</Relationships>'

    files = {
        "_rels/.rels": relations(officeDocument="/xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": relations(
            worksheet="sheets/a.xml", sharedStrings="/xl/sharedStrings.xml"
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="All" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        "xl/sheets/a.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def test_words_numbers_and_days_are_texts() -> None:
    found = first_row(" Al Haj\n", 7, 7.0, 1.5, date(2022, 2, 21), True, None, "last")
    assert found == {0: "Al Haj", 1: "7", 2: "7", 3: "1.5", 4: "2022-02-21", 5: "True", 7: "last"}


@pytest.mark.parametrize("form", ["dd\\-mmm\\-yyyy;@", "[$-C09]d\\ mmmm\\ yyyy;@", "yyyy"])
def test_a_day_is_known_by_its_format(form: str) -> None:
    assert first_row(44613, form=form) == {0: "2022-02-21"}


@pytest.mark.parametrize("form", ["0.00", '#,##0 "days"', "[Red]0", "General", "\\d0"])
def test_a_number_is_no_day(form: str) -> None:
    assert first_row(44613, form=form) == {0: "44613"}


def test_days_of_the_macintosh_are_counted_from_1904() -> None:
    assert first_row(date(2022, 2, 21), epoch=CALENDAR_MAC_1904) == {0: "2022-02-21"}


def test_rows_keep_their_numbers_and_the_first_sheet_is_read() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "head"
    book.worksheets[0]["AB4"] = "far"
    book.create_sheet("Second")["A1"] = "other"
    assert [row for row in texts(saved(book)) if row[1]] == [(1, {0: "head"}), (4, {27: "far"})]


def test_runs_are_joined_and_their_pronunciation_left_out() -> None:
    rich = "<r><t>東京</t></r><r><t xml:space='preserve'>_x000D_ Ltd</t></r>"
    spoken = "<rPh sb='0' eb='2'><t>トウキョウ</t></rPh>"
    strings = f"<si><t>head</t></si><si>{rich}{spoken}</si>"
    rows = '<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c><c t="s"/></row>'
    assert texts(handmade(rows, strings)) == [(1, {0: "東京\r Ltd", 1: "head"})]


@pytest.mark.parametrize(
    "rows", ['<row r="7"><c r="B7" t="s"><v>9</v></c></row>', "<row><c></row>"]
)
def test_what_points_nowhere_or_is_broken_inside_is_refused(rows: str) -> None:
    with pytest.raises(ListFormatError, match="not an XLSX workbook") as refused:
        texts(handmade(rows, "<si><t>head</t></si>"))
    assert refused.value.where == "list.xlsx"


@pytest.mark.parametrize("kept", [30, 400, -30])
def test_a_workbook_cut_short_is_refused(kept: int) -> None:
    with pytest.raises(ListFormatError, match="not an XLSX workbook"):
        texts(saved(openpyxl.Workbook())[:kept])


def test_a_document_type_inside_is_refused() -> None:
    data = handmade("", "").replace(b"<sst ", b"<!DOCTYPE sst><sst ")
    with pytest.raises(ListFormatError):
        texts(data)


def test_no_changed_byte_of_a_workbook_escapes_as_an_error_without_a_place() -> None:
    book = openpyxl.Workbook()
    for row in range(1, 40):
        book.worksheets[0].append([f"name {row}", row])
    whole = saved(book)
    places = [place_of_refusal(whole, at) for at in range(0, len(whole), 7)]
    assert set(places) <= {"", "list.xlsx"}
    assert places.count("list.xlsx") > len(places) / 2


def place_of_refusal(whole: bytes, at: int) -> str:
    """The place that the refusal of a workbook with one byte changed names; none if it is read."""
    changed = bytearray(whole)
    changed[at] ^= 0xFF
    try:
        texts(bytes(changed))
    except ListFormatError as error:
        return str(error.where)
    return ""
