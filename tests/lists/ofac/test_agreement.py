"""One record reads the same from every format, but for what a format does not print."""

from __future__ import annotations

import csv

NAMES = ("name", "alias", "previousName", "weakAlias")
#: Edited by OFAC between the two days.
EDITED = {"9659"}


def latin(values) -> set[str]:
    return {value for value in values if value.isascii()}


def same(one, other, *, without=()) -> list[str]:
    """The properties in which two entries differ, other scripts and a final stop apart."""

    def said(entry, name):
        return {value.removesuffix(".") for value in latin(entry.properties.get(name, ()))}

    names = {*one.properties, *other.properties} - set(without)
    return sorted(name for name in names if said(one, name) != said(other, name))


def test_csv_and_standard_xml_of_the_same_days(ofac, cons_xml, shared):
    primary = ofac("ofac_legacy_csv", sdn="nonsdn/cons_prim_2025-03-26.csv").part("sdn")
    records = cons_xml.part("record")
    assert primary.keys() == records.keys()
    path = shared("data/ofac/nonsdn/cons_prim_2025-03-26.csv")
    with path.open(encoding="ascii", newline="") as lines:
        cut = {row[0] for row in csv.reader(lines) if len(row[-1]) == 1_000}
    assert len(cut) == 10
    for number in primary.keys() - cut - EDITED:
        mine, other = primary[number], records[number]
        assert mine.schema == other.schema
        assert mine.programmes == other.programmes
        elsewhere = ("alias", "previousName", "address", "country")
        assert same(mine, other, without=elsewhere) == [], number
        assert mine.extra.keys() == other.extra.keys(), number


def test_standard_and_enhanced_xml(cons_xml, cons_enhanced):
    records, enhanced = cons_xml.part("record"), cons_enhanced.part("record")
    assert records.keys() == enhanced.keys()
    differing = {
        number: same(record, enhanced[number])
        for number, record in records.items()
        if same(record, enhanced[number])
    }
    assert differing == {
        "18784": ["innCode", "ogrnCode", "okpoCode"]
    }  # no country there in January
    for number, record in records.items():
        assert record.schema == enhanced[number].schema
        assert set(record.programmes) == set(enhanced[number].programmes)


def test_aliases_and_addresses_in_their_own_files(cons, cons_xml):
    records, aliases, addresses = cons_xml.part("record"), cons.part("alt"), cons.part("add")
    common = records.keys() & cons.part("sdn").keys()
    assert len(common) == 442
    agreeing = 0
    for number in common:
        said: set[str] = set()
        for part in (cons.part("sdn"), aliases):
            if number in part:
                said |= {each for name in NAMES for each in part[number].properties.get(name, ())}
        mine = (
            set(addresses[number].properties.get("address", ())) if number in addresses else set()
        )
        record = records[number].properties
        agreeing += said == {each for name in NAMES for each in record.get(name, ())} and (
            mine == set(record.get("address", ()))
        )
    assert agreeing >= 420  # the two versions are nine months apart


def test_an_advanced_name_is_written_as_the_csv_prints_it(sdn, advanced):
    legacy = sdn.part("sdn")
    common = legacy.keys() & advanced.part("record").keys()
    assert len(common) == 36  # one is of 2024
    for number in common:
        mine, other = legacy[number], advanced[number]
        assert mine.schema == other.schema
        for name in ("name", "birthDate", "birthPlace", "gender", "flag", "callSign", "type"):
            assert set(mine.properties.get(name, ())) == latin(other.properties.get(name, ())), name
