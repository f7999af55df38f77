"""Several values in one cell, as OFSI and the Official Journal print them."""

import pytest

from limen.lists.parsing.enumerations import split_enumerated


@pytest.mark.parametrize(
    ("printed", "values"),
    [
        ("1) Saudi Arabia 2) Qatar", ("Saudi Arabia", "Qatar")),
        ("(1) Russian (2) USSR (until 1991)", ("Russian", "USSR (until 1991)")),
        ("(1)-(2) Tunisia (3) Algeria", ("Tunisia", "Tunisia", "Algeria")),
        ("a) General b)Major General", ("General", "Major General")),
        ("(a) Algerian, (b) German", ("Algerian", "German")),
        ("Kuwaiti no. (A)001714467 (B)101505554", ("Kuwaiti no.", "001714467", "101505554")),
        ("K929139 (Tunisian), (b) 00319547", ("K929139 (Tunisian)", "00319547")),
        ("Iran (Islamic Republic of)", ("Iran (Islamic Republic of)",)),
        ("12/SAKHANA(N)020199", ("12/SAKHANA(N)020199",)),
        ("Dawa Group (B)", ("Dawa Group (B)",)),
        ("  ", ()),
    ],
)
def test_enumerated_values(printed, values):
    assert split_enumerated(printed) == values
