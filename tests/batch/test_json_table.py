"""JSON lines and JSON documents as rows."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.batch.tables import cells, parties, problems

from limen.model import DataError

FTM = '{"id": "p1", "schema": "Person", "properties": {"name": ["Oleg Deripaska"]}}'


def test_a_record_a_line_is_mapped_by_its_keys(opened):
    table = opened('{"name": "Oleg", "dob": "1968-01-02", "country": ["ru", "cy"]}\n')
    assert parties(table) == [
        {
            "schema": "Person",
            "properties": {"name": ["Oleg"], "birthDate": ["1968-01-02"], "country": ["ru", "cy"]},
        }
    ]


def test_a_followthemoney_party_stays_as_it_is(opened):
    assert parties(opened(f"{FTM}\n")) == [msgspec.json.decode(FTM)]


@pytest.mark.parametrize("text", [f"[{FTM}, {FTM}]", f"[\n {FTM},\n {FTM}\n]\n"])
def test_one_document_of_several_parties_is_read(opened, text):
    assert len(parties(opened(text, "p.json"))) == 2


def test_one_indented_party_is_read(opened):
    indented = msgspec.json.format(FTM, indent=2)
    assert len(parties(opened(indented, "p.json"))) == 1


def test_a_broken_line_is_refused_alone(opened):
    table = opened(f'{FTM}\n{{"name": "x",}}\n[1]\n\n"text"\n{FTM}\n')
    rows = list(table.rows)
    assert [row.line for row in rows if row.problem] == [2, 3, 5]
    assert len([row for row in rows if not row.problem]) == 2


def test_the_fields_of_an_inner_object_are_columns(opened):
    content = (
        '{"customer": {"name": "Oleg Deripaska", "ref": 1, "birth": {"date": "1968-01-02"}}}\n'
    )
    table = opened(content)
    assert table.columns == ("customer.name", "customer.ref", "customer.birth.date")
    (party,) = parties(table)
    assert party["properties"]["name"] == ["Oleg Deripaska"]


def test_one_object_in_a_list_is_read_and_several_are_refused(opened):
    table = opened('{"owners": [{"name": "A B"}]}\n{"owners": [{"name": "A"}, {"name": "B"}]}\n')
    rows = list(table.rows)
    assert rows[0].cells == {"owners.name": "A B"}
    assert rows[1].problem.what == "a list of 2 objects"


@pytest.mark.parametrize(
    "line",
    [
        '{"a": {"name": "A B"}, "a.name": "C D"}',
        '{"owner": {"name": "A B"}, "owner": {"name": "C D"}}',
    ],
)
def test_two_values_of_different_places_cost_their_row(opened, line):
    assert len(problems(opened(f'{line}\n{{"name": "E F"}}\n'))) == 1


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('{"name": "A B", "name": ""}', {"name": "A B"}),
        ('{"name": "A B", "name": "A B"}', {"name": "A B"}),
        ('{"customer": {"name": "A B", "name": "C D"}}', {"customer.name": ["A B", "C D"]}),
        ('{"properties": {"name": ["A B"], "name": ["C D"]}}', {"properties": {"name": ["A B", "C D"]}}),
        ('{"properties": {"name": ["A B"], "name": []}}', {"properties": {"name": ["A B"]}}),
    ],
)  # fmt: skip
def test_every_value_of_a_repeated_key_is_read_with_a_notice(opened, line, cells):
    (row,) = opened(f"{line}\n").rows
    assert (row.cells, row.problem) == (cells, None)
    (notice,) = row.notices
    assert notice.code == "repeated-key"
    document = opened(f"[\n{line}\n]", "p.json")
    assert [row.cells for row in document.rows] == [cells]
    assert "'name' is there twice" in document.warnings[0]


def test_a_document_that_is_not_json_is_refused(opened):
    with pytest.raises(DataError, match="not JSON"):
        opened('[{"name": "A"},\n', "p.json")


@pytest.mark.parametrize("first", [(), ('{"name": "A B"}',)])
def test_json_that_nests_too_deep_is_refused_with_its_place(opened, first):
    deep = f'{{"name": {"[" * 100_000}{"]" * 100_000}}}'
    (problem,) = problems(opened("\n".join((*first, deep))))
    assert problem.startswith(f"portfolio.csv line {len(first) + 1}: ")
    with pytest.raises(DataError, match="nested too deep"):
        opened("[" * 100_000, "p.json")


def test_a_character_that_is_no_text_costs_its_line(opened):
    table = opened(b'{"name": "A\\u0000B"}\n{"name": "M\xef\xbf\xbdller"}\n{"name": "C"}\n')
    assert cells(table) == [["C"]]


def test_columns_are_the_keys_of_all_rows_in_the_sample(opened):
    table = opened('{"name": "A"}\n{"name": "B", "city": "x"}\n')
    assert table.columns == ("name", "city")


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["name", "x", "y"]), st.text(max_size=8), min_size=1),
        min_size=1,
    )
)
def test_what_was_written_is_read(records):
    from io import StringIO

    from limen.batch.tables.json_table import read_json

    text = "".join(f"{msgspec.json.encode(each).decode()}\n" for each in records)
    if "\\u0000" in text or "\ufffd" in text:
        return
    table = read_json(StringIO(text), name="x", position=lambda: (0, 0), sample=5)
    assert [dict(row.cells) for row in table.rows] == records
