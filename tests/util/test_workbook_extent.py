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


@pytest.mark.parametrize(
    ("cells", "spanned"),
    [
        ('<c r="A1"><v>1</v></c><c r="XFD1048576" s="1"/>', False),
        ("<c r='a1'><v>1</v></c><c r = 'XFD1048576'><v>1</v></c>", True),
        ("<x:c xmlns:x='urn:x' r='A1'><v>1</v></x:c><c r='ZZ99999'><is><t>x</t></is></c>", True),
        ("<c><v>1</v></c><c r='first'><v>1</v></c>", False),
    ],
    ids=["a border alone is no cell", "spelled otherwise", "prefixed", "without a place"],
)
def test_what_counts_as_a_cell(cells, spanned):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        sheet = f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>"
        packed.writestr("xl/any.xml", sheet)
    assert (extent_problem(out.getvalue()) is not None) is spanned
