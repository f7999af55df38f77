"""No cell of a CSV file is a formula, numbers stay numbers, and nothing is lost."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from limen.util.csv_text import csv_lines, plain_cell, safe_cell

FORMULAS = ["=cmd|' /C calc'!A0", "+SUM(A1)", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1", "＝1+1", "'=1"]
STARTS = "=+-@\t\r\n＝＋－＠"


def read(data):
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_is_written_as_text(cell):
    ((written,),) = read(csv_lines([[cell]]))
    assert written == f"'{cell}"
    assert read(csv_lines([[cell]], raw=True)) == [[cell]]


@pytest.mark.parametrize(
    "cell", ["-5", "+4.5", "-1,234.50", "-1e-9", -5, 0.25, None, "", "O'Neil", "'t Hooft", "a=b"]
)
def test_numbers_and_names_stay_as_they_are(cell):
    assert safe_cell(cell) == cell
    assert csv_lines([[cell]]) == csv_lines([[cell]], raw=True)


@given(st.text(st.sampled_from("'=+-@\t 1.,eA"), max_size=8) | st.text(max_size=20))
@example("''=1")
@example("'-5")
def test_what_was_made_safe_can_be_read_back(cell):
    safe = safe_cell(cell)
    assert plain_cell(safe) == cell
    assert (
        safe[:1] not in STARTS or safe == "" or float(safe.replace(",", "").replace(".", "")) < 9e99
    )
