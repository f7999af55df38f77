"""A user's own list: the documented table, and what it refuses."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.lists.audit import Audit
from limen.lists.readers.own_csv import COLUMNS, read
from limen.lists.registry import load_registry
from limen.lists.source import Source
from limen.model import Entry, ListFormatError
from limen.model.schemata import properties

DOC = Path(__file__).resolve().parents[2] / "docs/own-lists.md"
STARTER = Path(__file__).resolve().parents[2] / "src/limen/lists/data/starter/limen_starter.csv"


def read_text(text: str) -> tuple[dict[str, Entry], Audit]:
    audit = Audit()
    source = Source.of_bytes("csv", text.encode(), name="own.csv")
    return {entry.record_id: entry for entry in read({"csv": source}, audit)}, audit


def fenced(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", DOC.read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


def test_the_documented_example_is_read_whole() -> None:
    entries, audit = read_text(fenced("csv"))
    assert list(entries) == ["P-1", "C-1", "V-1", "W-1"]
    person, company = entries["P-1"], entries["C-1"]
    assert person.properties["alias"] == ("Иван Петрович Пример", "Example Ivan")
    assert person.properties["weakAlias"] == ("Vanya",)
    assert person.properties["birthDate"] == ("1970-05-01", "1971")
    assert person.acts == ("Board decision 12/2024",)
    assert person.listed_on == "2024-03-01"
    assert company.properties["address"] == ("2 Harbour Road, Limassol", "PO Box 7; Limassol")
    assert company.properties["leiCode"] == ("213800D1EI4B9WTWWD28",)
    assert company.programmes == ("Fraud", "Tax")
    assert company.delisted_on == "2025-06-30"
    assert company.properties["notes"] == ("Sold in 2025; see file C-1",)
    assert entries["V-1"].properties["imoNumber"] == ("9074729",)
    assert entries["V-1"].listed_on == "2025-01"
    assert entries["W-1"].properties["cryptoAddress"] == ("1BoatSLRHtKNngkdXEeobR76b53LETtpyT",)
    for entry in entries.values():
        assert entry.properties.keys() <= properties(entry.schema).keys()
    assert not audit.unread
    assert not audit.oddities


def test_every_column_is_documented_and_in_the_example() -> None:
    header = fenced("csv").splitlines()[0].split(",")
    assert header == list(COLUMNS)
    documented = set(re.findall(r"`([a-z_]+)`", DOC.read_text("utf-8").partition("## The desc")[0]))
    assert set(COLUMNS) <= documented


def test_the_documented_description_is_a_list(tmp_path: Path) -> None:
    (tmp_path / "own_internal.yml").write_text(fenced("yaml"), "utf-8")
    info = load_registry(tmp_path).get("own_internal")
    entries, _ = read_text(fenced("csv"))
    for canary in info.canaries:
        assert canary.name in entries[canary.record_id].properties["name"]


@pytest.mark.parametrize(
    ("text", "where", "what", "hint"),
    [
        ("id,schema,name,birthdate\n", "line 1, column 4", "'birthdate' is unknown", "birth_date?"),
        ("id;schema;name\n", "line 1, column 1", "is unknown", "with commas"),
        ("id,schema\n", "line 1", "lacks name", ""),
        ("", "", "the file is empty", ""),
        ("id,schema,name\n1,person,A\n", "line 2, column 2: schema", "'person'", "Person?"),
        ("id,schema,name\n,Person,A\n", "line 2", "id is empty", ""),
        ("id,schema,name\n1,Person,\n", "line 2, column 3: name", "name is empty", ""),
        ("id,schema,name\n1,Person, ; \n", "line 2, column 3: name", "name is empty", ""),
        ("id,schema,name\n1,Person,A\n1,Person,B\n", "line 3", "own.csv line 2 already", ""),
        ("id,schema,name\n1,Person,A,B\n", "line 2", "4 columns", ""),
        (
            "id,schema,name,birth_date\n1,Person,A,1.5.1970\n",
            "line 2, column 4: birth_date",
            "not a date of the shape",
            "",
        ),
        (
            "name,listed_on,schema,id\nA,2022-02-30,Person,1\n",
            "line 2, column 2: listed_on",
            "no day 30",
            "",
        ),
        (
            "id,schema,name,listed_on,delisted_on\n1,Person,A,2022-02-20,2021\n",
            "line 2, column 5: delisted_on",
            "is before",
            "",
        ),
        ("id,schema,name,gender\n1,Person,A,m\n", "line 2, column 4: gender", "'m'", "female"),
        (
            "id,schema,name,passport_number\n1,Vessel,A,X1\n",
            "line 2, column 4: passport_number",
            "a Vessel has no passport_number",
            "move it",
        ),
        (
            'id,schema,name\n1,Person,"""A"" B;C"\n',
            "line 2, column 3: name",
            "cannot be separated",
            "",
        ),
    ],
)
def test_a_mistake_is_refused_where_it_stands(text, where, what, hint) -> None:
    with pytest.raises(ListFormatError) as refused:
        read_text(text)
    assert refused.value.where == f"own.csv {where}".strip()
    assert what in refused.value.what
    assert hint in refused.value.hint


def test_a_removal_known_to_the_year_may_lie_in_the_year_of_the_listing() -> None:
    entries, _ = read_text("id,schema,name,listed_on,delisted_on\n1,Person,A,2022-03-01,2022\n")
    assert entries["1"].delisted_on == "2022"


def test_quotes_may_be_part_of_a_name() -> None:
    entries, _ = read_text('id,schema,name\n1,Company,"""Alfa"" LLC"\n2,Company,«Бета»\n')
    assert entries["1"].properties["name"] == ('"Alfa" LLC',)
    assert entries["2"].properties["name"] == ("«Бета»",)


def test_what_is_doubtful_is_kept_and_reported() -> None:
    entries, audit = read_text(
        "id,schema,name,country,imo\n1,Vessel,A,Atlantis,9074728\n2,Vessel,B,Panama,9074729\n"
    )
    assert entries["1"].properties["country"] == ("Atlantis",)
    assert audit.oddities == {"country is not a country": 1, "imo fails its check": 1}


plain = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8
)


@given(st.lists(plain, min_size=1, max_size=4, unique=True))
def test_values_survive_whatever_they_contain(values: list[str]) -> None:
    cell = ";".join(f'"{value.replace(chr(34), chr(34) * 2)}"' for value in values)
    out = io.StringIO()
    csv.writer(out).writerows([["id", "schema", "name"], ["1", "Person", cell]])
    entries, _ = read_text(out.getvalue())
    assert entries["1"].properties["name"] == tuple(values)


def test_the_starter_list_is_in_this_format() -> None:
    audit = Audit()
    entries = list(read({"csv": Source.of_path("csv", STARTER)}, audit))
    assert len(entries) > 800
    assert not audit.unread
    assert not audit.oddities
