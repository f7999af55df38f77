"""FollowTheMoney JSON lines: parties, what other lines say of them, and broken lines."""

from __future__ import annotations

import json
from typing import Any

import pytest

from limen.lists.audit import Audit
from limen.lists.readers.ftm.ftm import read
from limen.lists.readers.ftm.simple import read as read_simple
from limen.lists.source import Source
from limen.model import Entry, ListFormatError
from limen.model.schemata import properties


def read_lines(*entities: dict[str, Any] | str) -> tuple[dict[str, Entry], Audit]:
    lines = (each if isinstance(each, str) else json.dumps(each) for each in entities)
    audit = Audit()
    source = Source.of_bytes("jsonl", "\n".join(lines).encode(), name="e.json")
    return {entry.record_id: entry for entry in read({"jsonl": source}, audit)}, audit


def entity(key: str, schema: str, **said: Any) -> dict[str, Any]:
    return {"id": key, "schema": schema, "properties": said}


PERSON = entity("p", "Person", name=["Ivan"], birthDate=["1970-05-01T00:00:00"])


def test_what_stands_on_other_lines_joins_its_party_wherever_it_stands() -> None:
    sanction = entity(
        "s",
        "Sanction",
        entity=["p"],
        program=["Ordinance of 4 March 2022"],
        programId=["SECO-UKRAINE"],
        provisions=["Asset freeze"],
        startDate=["2023-08-16"],
        reason=["because"],
    )
    passport = entity("d", "Passport", holder=["p"], number=["4509"], country=["ru"])
    entries, audit = read_lines(sanction, PERSON, passport)
    (entry,) = entries.values()
    assert entry.programmes == ("SECO-UKRAINE",)
    assert entry.acts == ("Ordinance of 4 March 2022",)
    assert entry.measures == ("Asset freeze",)
    assert entry.listed_on == "2023-08-16"
    assert entry.delisted_on is None
    assert entry.properties["passportNumber"] == ("4509",)
    assert entry.properties["birthDate"] == ("1970-05-01",)
    assert entry.extra["Sanction.reason"] == ("because",)
    assert entry.extra["Passport.country"] == ("ru",)
    assert not audit.unread


def test_nested_targets_read_the_same() -> None:
    nested = entity(
        "p",
        "Company",
        name=["A"],
        sanctions=[entity("s", "Sanction", entity=["p"], program=["X"], startDate=["2022-03-01"])],
        addressEntity=[entity("a", "Address", city=["Minsk"], country=["by"])],
        passports=[entity("d", "Passport", holder=["p"], number=["77"])],
        ownershipOwner=[entity("o", "Ownership", owner=["p"])],
    )
    entries, audit = read_lines(nested)
    assert entries["p"].programmes == ("X",)
    assert entries["p"].listed_on == "2022-03-01"
    assert entries["p"].properties["address"] == ("Minsk, by",)
    assert entries["p"].properties["idNumber"] == ("77",), "a company has no passport"
    assert audit.unread == {"Company.ownershipOwner: Ownership": 1}


@pytest.mark.parametrize(
    ("periods", "listed", "delisted"),
    [
        ([("2014-03-20", None)], "2014-03-20", None),
        ([("2014-03-20", "2020-01-01"), ("2022-02-25", None)], "2022-02-25", None),
        ([("2014-03-20", "2020-01-01"), ("2015-01-01", "2021-05-06")], "2014-03-20", "2021-05-06"),
        ([(None, None)], None, None),
        ([], None, None),
    ],
)
def test_the_listing_ends_only_when_every_sanction_has(periods, listed, delisted) -> None:
    sanctions = [
        entity(
            f"s{place}",
            "Sanction",
            entity="p",
            **({"startDate": [start]} if start else {}),
            **({"endDate": [end]} if end else {}),
        )
        for place, (start, end) in enumerate(periods)
    ]
    entries, _ = read_lines(PERSON, *sanctions)
    assert (entries["p"].listed_on, entries["p"].delisted_on) == (listed, delisted)


def test_a_party_that_is_no_target_is_counted_and_not_listed() -> None:
    entries, audit = read_lines(PERSON | {"target": False}, entity("o", "Ownership", owner=["p"]))
    assert not entries
    assert audit.oddities == {"not a target": 1}
    assert audit.unread == {"Ownership (the whole entity)": 1}


@pytest.mark.parametrize(
    ("value", "kind"),
    [({"first": "Ivan"}, "an object"), ([["Ivan"]], "a list"), (True, "a truth value")],
)
@pytest.mark.parametrize("schema", ["Person", "Passport", "Sanction", "Address"])
def test_what_is_no_text_is_refused_with_its_place(value, kind, schema) -> None:
    name = {"Person": "name", "Passport": "number", "Sanction": "program", "Address": "city"}[
        schema
    ]
    with pytest.raises(ListFormatError, match=f"a text is expected, not {kind}") as refused:
        read_lines(
            PERSON,
            entity("x", schema, holder=["p"], entity=["p"])
            | {"properties": {name: value if isinstance(value, list) else [value]}},
        )
    assert refused.value.where.startswith("e.json line 2: ")
    assert refused.value.where.endswith(name)


def test_null_is_no_value_and_a_number_is_its_digits() -> None:
    entries, audit = read_lines(entity("p", "Person", name=["A", None], idNumber=[4509]))
    assert entries["p"].properties == {"name": ("A",), "idNumber": ("4509",)}
    assert not audit.unread


def test_parts_of_an_address_that_are_not_read_are_reported() -> None:
    address = entity("a", "Address", city=["Minsk"], latitude=["53.9"])
    entries, audit = read_lines(entity("p", "Person", name=["A"], addressEntity=[address]))
    assert entries["p"].properties["address"] == ("Minsk",)
    assert audit.unread == {"Address.latitude": 1}


def test_an_unknown_property_is_reported_with_what_was_meant() -> None:
    entries, audit = read_lines(entity("p", "Person", name=["A"], birthdate=["1970"]))
    assert audit.unread == {"Person.birthdate; did you mean birthDate?": 1}
    assert entries["p"].extra["birthdate"] == ("1970",)


def test_a_wallet_needs_no_name() -> None:
    entries, _ = read_lines(entity("w", "CryptoWallet", publicKey=["1Boat"]))
    assert entries["w"].properties == {"publicKey": ("1Boat",)}


def test_a_document_over_several_lines_is_refused_for_what_it_is() -> None:
    with pytest.raises(ListFormatError, match="over several lines, not an entity a line"):
        read_lines('{"versions": ', '{"1": "https://example.org/delta.json"}}')


@pytest.mark.parametrize(
    ("line", "what", "hint"),
    [
        ('{"id": "x", "schema": "Per', "not JSON", "fetch"),
        ("[1, 2]", "an object, not list", ""),
        ('{"schema": "Person", "properties": {}}', "has no id", ""),
        ('{"id": "x", "schema": ["Person"], "properties": {}}', "unknown schema", ""),
        ("[" * 100_000, "nested too deep", "fetch"),
        ('{"id": "x", "schema": "person", "properties": {}}', "'person'", "Person?"),
        ('{"id": "x", "schema": "Person"}', "no properties", ""),
        ('{"op": "ADD", "entity": {}}', "a change to a list", "whole"),
        (
            '{"id": "s", "schema": "Sanction", "properties": {"startDate": ["2022-02-31"]}}',
            "no day 31",
            "",
        ),
    ],
)
def test_a_broken_line_is_refused_with_its_number(line: str, what: str, hint: str) -> None:
    bad = line.replace('"startDate"', '"entity": ["p"], "startDate"')
    with pytest.raises(ListFormatError, match=what) as refused:
        read_lines(PERSON, "", bad)
    assert refused.value.where.startswith("e.json line 3")
    assert hint in refused.value.hint


def test_a_line_without_end_is_refused(monkeypatch) -> None:
    monkeypatch.setattr("limen.lists.readers.ftm.ftm._MAX_LINE_BYTES", 16)
    with pytest.raises(ListFormatError, match="a line longer than 16 bytes"):
        read_lines(PERSON)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("path", "parties", "links"),
    [
        ("yente_t1_entities.ftm.json", 6, {}),
        ("yente_zala_entities.ftm.json.gz", 14, {"Ownership": 14, "Family": 4, "Directorship": 3}),
        ("yente_parteispenden_entities.ftm.json.gz", 96, {"Payment": 290}),
    ],
)
def test_of_real_exports_only_links_are_left_unread(shared, path, parties, links) -> None:
    audit = Audit()
    source = Source.of_path("jsonl", shared(f"data/ftm/{path}"))
    entries = list(read({"jsonl": source}, audit))
    assert len(entries) == len({entry.record_id for entry in entries}) == parties
    assert audit.unread == {f"{schema} (the whole entity)": many for schema, many in links.items()}
    for entry in entries:
        assert entry.properties.keys() <= properties(entry.schema).keys()


@pytest.mark.shared
def test_a_real_delta_is_no_list(shared) -> None:
    path = shared("data/ftm/yente_t2_20240528014702-pfh_delta.json")
    with pytest.raises(ListFormatError, match="a change to a list"):
        list(read({"jsonl": Source.of_path("jsonl", path)}, Audit()))


@pytest.mark.shared
def test_the_real_simple_table_is_read_whole(shared) -> None:
    audit = Audit()
    path = shared("data/ftm/targets_simple_ua_war_sanctions_2026-03-13.csv.gz")
    entries = list(read_simple({"csv": Source.of_path("csv", path)}, audit))
    assert len(entries) == 5600
    assert not audit.unread
    assert not audit.oddities
    rosalin = next(entry for entry in entries if entry.record_id == "NK-24cf2zYe7LEKhr2zFck73j")
    assert rosalin.properties == {
        "name": ("ROSALIN",),
        "alias": ("Ceram Sea", "Gold Sun", "Nurkez"),
        "country": ("lr", "pa", "sg", "st"),
        "imoNumber": ("IMO9253325",),
    }
    assert rosalin.programmes == ("UA-WS-MARE",)
    for entry in entries:
        assert entry.properties.keys() <= properties(entry.schema).keys()


def test_the_simple_table_refuses_a_row_it_cannot_place() -> None:
    table = b"id,schema,name\n1,Persn,A\n"
    with pytest.raises(ListFormatError, match="unknown schema") as refused:
        list(read_simple({"csv": Source.of_bytes("csv", table, name="t.csv")}, Audit()))
    assert refused.value.where == "t.csv line 2"
    assert refused.value.hint == "did you mean Person?"


@pytest.mark.parametrize("datasets", ["1", '"us_x"', '["us_x", 1]', "null"])
def test_datasets_of_any_kind_are_retained(datasets: str) -> None:
    line = f'{{"id": "p", "schema": "Person", "datasets": {datasets}, "properties": {{"name": ["A"]}}}}'
    entries, _ = read_lines(line)
    assert "us_x" not in datasets or "us_x" in entries["p"].extra["datasets"]
