"""SECO's list: parts of names, places by reference, and targets that stay after de-listing."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

import pytest
from benchmarks.lists.official.ch import as_xml, write_xml
from benchmarks.lists.official.ch import targets as repackaged

from limen.lists.audit import Audit
from limen.lists.readers.ch.seco import day, read
from limen.lists.registry import load_registry
from limen.lists.source import Source
from limen.model import Entry, ListFormatError
from limen.model.schemata import properties


def source_of(targets: str, attributes: str = 'date="2026-03-15"') -> dict[str, Source]:
    return {"xml": Source.of_bytes("xml", write_xml(targets, attributes), name="seco.xml")}


def read_targets(targets: str) -> tuple[dict[str, Entry], Audit]:
    audit = Audit()
    return {entry.record_id: entry for entry in read(source_of(targets), audit)}, audit


def target(inside: str = "", modifications: str = "", key: str = "5") -> str:
    identity = inside or name("whole-name", "Somebody")
    return (
        f'<target ssid="{key}"><sanctions-set-id>10</sanctions-set-id><individual sex="male">'
        f'<identity ssid="6" main="true">{identity}</identity></individual>{modifications}</target>'
    )


def name(kind: str, value: str, name_type: str = "primary-name", quality: str = "good") -> str:
    return (
        f'<name ssid="7" name-type="{name_type}" quality="{quality}" lang="eng">'
        f'<name-part order="1" name-part-type="{kind}"><value>{value}</value></name-part></name>'
    )


def test_a_name_is_its_parts_in_order_with_their_spellings() -> None:
    entries, audit = read_targets(
        target(
            """<name ssid="1" name-type="primary-name" quality="good" lang="eng">
                 <name-part ssid="2" order="2" name-part-type="given-name"><value>Sergey</value>
                   <spelling-variant ssid="3" lang="rus" script="Cyrl">Сергей</spelling-variant>
                   <spelling-variant ssid="4" lang="eng" script="Latn">Sergei</spelling-variant>
                 </name-part>
                 <name-part ssid="5" order="1" name-part-type="family-name"><value>Aksyonov</value>
                   <spelling-variant ssid="6" lang="rus" script="Cyrl">Аксёнов</spelling-variant>
                 </name-part>
                 <name-part ssid="7" order="3" name-part-type="title"><value>Dr.</value></name-part>
               </name>"""
            + name("whole-name", "Goblin", "alias", "low")
            + name("whole-name", "Aksenov Sergei", "alias")
            + name("whole-name", "Old Name", "formerly-known-as")
        )
    )
    assert entries["5"].properties == {
        "gender": ("male",),
        "name": ("Aksyonov Sergey",),
        "alias": ("Аксёнов Сергей", "Aksyonov Sergei", "Aksenov Sergei"),
        "weakAlias": ("Goblin",),
        "previousName": ("Old Name",),
        "lastName": ("Aksyonov",),
        "firstName": ("Sergey",),
        "title": ("Dr.",),
    }
    assert not audit.unread


def test_programme_set_places_dates_and_documents() -> None:
    entries, audit = read_targets(
        target(
            name("whole-name", "A")
            + """<nationality ssid="1"><country iso-code="RU">Russian Federation</country>
                 </nationality>
                 <day-month-year ssid="2" day="26" month="11" year="1972" calendar="Gregorian"/>
                 <day-month-year ssid="2" year="1973" calendar="Gregorian" quality="good"/>
                 <day-month-year ssid="2" day="1" month="5" year="1402" calendar="Other"/>
                 <place-of-birth ssid="3" place-id="700" quality="good"/>
                 <address ssid="4" place-id="700" main="true"><address-details>1 Kirov St
                   </address-details><zip-code>95000</zip-code><remark>office</remark></address>
                 <identification-document ssid="5" document-type="passport">
                   <number>4509123456</number><issuer code="RU">Russian Federation</issuer>
                   <date-of-issue day="1" month="2" year="2020"/></identification-document>"""
        )
    )
    entry = entries["5"]
    assert entry.programmes == ("Ukraine",)
    assert entry.measures == ("Financial sanctions, annex 8",)
    assert entry.acts == ("Ordinance of 4 March 2022 (SR 946.231.176.72)",)
    assert entry.properties["nationality"] == ("Russian Federation",)
    assert entry.properties["birthDate"] == ("1972-11-26", "1973")
    assert entry.properties["birthPlace"] == ("Simferopol, Crimea, Ukraine",)
    assert entry.properties["address"] == ("1 Kirov St, 95000, Simferopol, Crimea, Ukraine",)
    assert entry.properties["passportNumber"] == ("4509123456",)
    assert entry.properties["notes"] == ("birthDate: 1402-05-01 Other",)
    assert not audit.unread
    assert audit.oddities == {"birthDate not a date of our calendar": 1}


def modification(kind: str, **days: str) -> str:
    said = "".join(f" {name.replace('_', '-')}={quoteattr(when)}" for name, when in days.items())
    return f'<modification modification-type="{kind}"{said}/>'


@pytest.mark.parametrize(
    ("modifications", "listed", "delisted"),
    [
        ([("listed", "2022-03-04")], "2022-03-04", None),
        ([("listed", "2022-03-04"), ("amended", "2023-01-01")], "2022-03-04", None),
        ([("listed", "2014-04-02"), ("de-listed", "2022-03-04")], "2014-04-02", "2022-03-04"),
        ([("de-listed", "2022-03-04"), ("listed", "2014-04-02")], "2014-04-02", "2022-03-04"),
        (
            [("listed", "2014-04-02"), ("de-listed", "2022-03-04"), ("listed", "2022-08-01")],
            "2022-08-01",
            None,
        ),
        ([("listed", "")], None, None),
        ([("listed", ""), ("de-listed", "")], None, "2026-03-15"),
        ([], None, None),
    ],
)
def test_de_listed_targets_stay_with_their_day(modifications, listed, delisted) -> None:
    printed = "".join(
        modification(kind, **({"effective_date": when} if when else {}))
        for kind, when in modifications
    )
    entries, _ = read_targets(target(modifications=printed))
    assert (entries["5"].listed_on, entries["5"].delisted_on) == (listed, delisted)


def test_legal_effect_comes_before_publication() -> None:
    printed = modification("listed", publication_date="2022-03-03", effective_date="2022-03-04")
    entries, _ = read_targets(target(modifications=printed))
    assert entries["5"].listed_on == "2022-03-04"


def test_a_ship_and_a_company() -> None:
    entries, audit = read_targets(
        '<target ssid="8"><sanctions-set-id>10</sanctions-set-id><object object-type="vessel">'
        f'<identity ssid="9" main="true">{name("whole-name", "ADMIRAL")}</identity>'
        "<other-information>IMO number: 9274435</other-information></object></target>"
        '<target ssid="9"><sanctions-set-id>10</sanctions-set-id><entity>'
        f'<identity ssid="9" main="true">{name("whole-name", "Bank Rossiya")}</identity>'
        f'<identity ssid="10" main="false">{name("whole-name", "AB Rossiya")}</identity>'
        '<relation target-id="5" relation-type="related-to"/>'
        "<justification>Because.</justification></entity></target>"
    )
    assert entries["8"].schema == "Vessel"
    assert entries["8"].properties["imoNumber"] == ("9274435",)
    assert entries["9"].schema == "Organization"
    assert entries["9"].properties["alias"] == ("AB Rossiya",)
    assert entries["9"].properties["notes"] == ("Because.",)
    assert entries["9"].extra["relation related-to"] == ("5",)
    assert not audit.unread


@pytest.mark.parametrize(
    ("targets", "what"),
    [
        ("<target ssid='1'></target>", "no individual, entity or object"),
        (target(key=""), "no ssid"),
        (target(name("whole-name", "A", "nickname")), "name-type 'nickname'"),
        (target(name("whole-name", "A", quality="fair")), "quality 'fair'"),
        (target(name("whole-name", "")), "has no name"),
        (target(modifications=modification("listed", effective_date="2022-02-30")), "no day 30"),
    ],
)
def test_a_broken_target_is_refused_with_its_place(targets: str, what: str) -> None:
    with pytest.raises(ListFormatError, match=what) as refused:
        read_targets(targets)
    assert refused.value.where.startswith("seco.xml line ")
    assert ": target" in refused.value.where


def test_an_amendment_and_a_missing_set_are_reported() -> None:
    audit = Audit()
    sources = source_of(target().replace(">10<", ">11<"), 'list-type="amendment" date="2024-01-17"')
    (entry,) = read(sources, audit)
    assert entry.programmes == ()
    assert entry.extra["sanctions-set-id"] == ("11",)
    assert set(audit.oddities) == {
        "an amendment, not the whole list",
        "a sanctions set not in the file",
    }


@pytest.mark.shared
def test_the_official_example_is_read_whole(shared) -> None:
    sources = {"xml": Source.of_path("xml", shared("data/ch/seco_official_example_2024-01-17.xml"))}
    audit = Audit()
    entries = {entry.record_id: entry for entry in read(sources, audit)}
    assert day(sources) == "2024-01-17"
    assert list(entries) == ["64398", "64403", "64393"]
    assert entries["64393"].measures == ("Financial measures, annex 2", "Travel ban, annex 1")
    assert entries["64398"].properties["birthDate"] == ("2025-12-31",)
    assert entries["64398"].properties["nationality"] == ("United Kingdom",)
    assert not audit.unread


@pytest.mark.shared
def test_the_real_targets_read_back_from_the_official_shape(shared) -> None:
    named = repackaged(shared("data/ch/seco_2026-03-15.jsonl.gz"))
    assert len(named) == 7608, "the other 646 are objects of which only the ids were kept"
    canaries = load_registry().get("ch_seco").canaries
    wanted = {canary.record_id for canary in canaries}
    some = [each for place, each in enumerate(named) if not place % 3 or each["ssid"] in wanted]
    entries, audit = read_targets("".join(map(as_xml, some)))
    assert len(entries) == len(some)
    assert not audit.unread
    weak = sum(len(entry.properties.get("weakAlias", ())) for entry in entries.values())
    assert weak > 150
    for entry in entries.values():
        assert entry.properties.keys() <= properties(entry.schema).keys()
    for canary in canaries:
        assert canary.name in entries[canary.record_id].properties["name"]


def variant_name(*parts: tuple[str, str, str]) -> str:
    """Return a name of parts ``(kind, value, variants as printed)``."""
    inside = "".join(
        f'<name-part order="{order}" name-part-type="{kind}"><value>{value}</value>'
        f"{variants}</name-part>"
        for order, (kind, value, variants) in enumerate(parts, start=1)
    )
    return f'<name ssid="7" name-type="primary-name" quality="good" lang="eng">{inside}</name>'


def spelled(text: str, script: str, kind: str = "not-defined") -> str:
    return (
        f'<spelling-variant lang="RUS" script="{script}" spelling-variant-type="{kind}">'
        f"{text}</spelling-variant>"
    )


def test_a_variant_of_one_part_is_spelled_with_the_other_parts() -> None:
    variants = spelled("Petrov", "LATN") + spelled("Петров", "CYRL")
    entries, audit = read_targets(
        target(variant_name(("family-name", "Piatrou", variants), ("given-name", "Dzmitry", "")))
    )
    assert entries["5"].properties["alias"] == ("Petrov Dzmitry", "Петров Dzmitry")
    assert not audit.unread


@pytest.mark.parametrize("script", ["LATN", "CYRL", "Latn", "Cyrl", ""])
def test_no_bare_given_name_becomes_an_alias(script: str) -> None:
    entries, _ = read_targets(
        target(
            variant_name(
                ("family-name", "Muster", ""),
                ("given-name", "Aliaksandr", spelled("Alexander", script)),
            )
        )
    )
    assert entries["5"].properties["alias"] == ("Muster Alexander",)


def test_a_spelling_variant_of_a_new_type_is_reported() -> None:
    _, audit = read_targets(
        target(variant_name(("family-name", "Muster", spelled("Mustr", "LATN", "low"))))
    )
    assert audit.oddities == {"spelling variant of type 'low'": 1}
