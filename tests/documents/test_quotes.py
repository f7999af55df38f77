"""Quotation marks of every style, nested, continued, and apostrophes that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.documents.text.quotes import quotes_in


def quoted(text, **rest):
    return [text[slice(*each.span)] for each in quotes_in(text, 0, len(text), **rest)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“A,” he said. “B.”", ["A,", "B."]),
        ('"A," he said. "B."', ["A,", "B."]),
        ("‘We’re our allies’ keepers,’ she said.", ["We’re our allies’ keepers,"]),
        ("'It's late,' she said. 'Go.'", ["It's late,", "Go."]),
        ("“He said ‘no’ twice,” she said.", ["He said ‘no’ twice,"]),
        ("‘She said “no” twice,’ he said.", ["She said “no” twice,"]),
        ("«Нет», — сказал он.", ["Нет"]),
        ("„Nein“, sagte er.", ["Nein"]),
        ("the ’90s and the leaders’ summit", []),
        ("a 6' 2\" man", []),
    ],
)
def test_styles(text, expected):
    assert quoted(text) == expected


def test_a_quotation_left_open_goes_on():
    text = "“We begin.\n\n“We end.” He left."
    first = list(quotes_in(text, 0, 10))
    second = list(quotes_in(text, 12, len(text), open_before=True))
    assert [first[0].closed, second[0].follows] == [False, True]


@given(st.text(alphabet="ab .,!?“”‘’\"'«»\n", max_size=120))
def test_any_marks_give_spans_in_order_and_inside(text):
    at = 0
    for each in quotes_in(text, 0, len(text)):
        assert at <= each.outer[0] <= each.span[0] <= each.span[1] <= each.outer[1] <= len(text)
        at = each.outer[1]
