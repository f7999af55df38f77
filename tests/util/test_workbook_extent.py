"""A workbook of two cells far apart is refused before memory is set aside for all between them."""

from __future__ import annotations

import io
import zipfile

import pytest
from benchmarks.server.worst_routes import corners

from limen.documents.readers import read_bytes
from limen.lists.parsing.workbook import open_sheet
from limen.lists.source import Source
from limen.model import LimenError
from limen.util.workbooks.extent import extent_problem


@pytest.mark.parametrize(
    "read",
    [
        lambda data: read_bytes(data, "a.xlsx"),
        lambda data: open_sheet(Source.of_bytes("xlsx", data, name="a.xlsx")),
    ],
    ids=["a document", "a list"],
)
def test_cells_in_opposite_corners_are_refused_with_their_place(read):
    with pytest.raises(LimenError, match="17,179,869,184 cells") as refused:
        read(corners())
    assert refused.value.where == "a.xlsx"


V = "<v>1</v>"
FAR = '<row r="1"><c r="XFD1"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (f'<row><c r="A1">{V}</c><c r="XFD1048576" s="1"/></row>', None),
        (f"<row><c r='a1'>{V}</c><c r = 'XFD1048576'>{V}</c></row>", "spans 17,179,869,184 cells"),
        (f"<x:row xmlns:x='urn:x'><x:c r='ZZ99999'>{V}</x:c></x:row>", "spans 70,199,298 cells"),
        (f"{FAR}<row r='1048576'><c>{V}</c></row>", "spans 17,179,869,184 cells"),
        (f"{FAR}<row r='305'><c>{V}</c></row>", None),
        (f"{FAR}<row r='306'><c>{V}</c></row>", "spans 5,013,504 cells"),
        (f"<row r='5000'><c>{V}</c></row>{FAR.replace('r=', 'R=')}", None),
        (f"<row><c r='AAAAAA1'>{V}</c></row>", "spans 12,356,631 cells"),
        (f"<row><c r='J0000005000001'>{V}</c></row>", "spans 50,000,010 cells"),
        (f"<row><c r='XFD1048576'>{V}</c></row>", "spans 17,179,869,184 cells"),
        (f"<row><c>{V}</c><c r='first'>{V}</c></row>", "a cell at 'first'"),
        (f"<row r='x'><c>{V}</c></row>", None),
    ],
    ids=[
        "a border alone is no cell", "spelled otherwise", "prefixed",
        "placed by its row", "at the limit", "above the limit", "the next cell without a place",
        "a column beyond the last", "zeros before a row", "one cell alone",
        "no place", "a row without a number",
    ],
)  # fmt: skip
@pytest.mark.parametrize("part", ["xl/any.xml", "xl/any.dat"])
def test_how_far_a_sheet_reaches(rows, problem, part):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(part, f"<worksheet><sheetData>{rows}</sheetData></worksheet>")
    found = extent_problem(out.getvalue())
    assert found is None if problem is None else found is not None and problem in found
