"""OFAC's Enhanced XML, from two real files."""

from __future__ import annotations

import gzip
from datetime import date

import pytest
from lxml import etree

from limen.lists.readers.ofac.listed import listed_on
from limen.lists.readers.ofac.periods import Period
from limen.model import ListFormatError


def test_every_record_is_read_and_nothing_is_left_unread(cons_enhanced, irgc):
    assert len(cons_enhanced.entries) == 443
    assert len(irgc.entries) == 293
    assert cons_enhanced.day == "2025-01-10"
    assert irgc.day == "2024-08-28"
    for reading in (cons_enhanced, irgc):
        assert not reading.audit.unread
        assert not reading.disallowed


def test_a_record_says_since_when_under_what_and_with_what_effect(cons_enhanced):
    bank = cons_enhanced["17014"]
    assert bank.listed_on == "2014-07-29"
    assert bank.programmes == ("RUSSIA-EO14024", "UKRAINE-EO13662")
    assert "13662 Sectoral Directive 1" in bank.measures
    assert "Executive Order 13662 (Ukraine)" in bank.acts
    assert bank.extra["Non-SDN Menu-Based Sanctions List"] == ("2022-02-24",)


def test_the_day_the_cover_was_made_is_not_the_day_of_listing():
    dates = {
        "Sectoral Sanctions Identifications List": "2014-07-16",
        "Consolidated List": "2014-10-10",
        "SDN List": "2012-01-01",
    }
    assert listed_on(dates, ["Consolidated List"]) == "2014-07-16"
    assert listed_on(dates, ["SDN List"]) == "2012-01-01"
    assert listed_on({}, ["SDN List"]) is None


def test_every_record_has_its_day_of_listing(cons_enhanced, irgc):
    for reading in (cons_enhanced, irgc):
        assert all(entry.listed_on for entry in reading.entries.values())


def test_a_name_stands_in_every_script_the_latin_one_first(cons_enhanced):
    bank = cons_enhanced["17016"]
    assert bank.properties["name"] == (
        "GAZPROMBANK JOINT STOCK COMPANY",
        "ГАЗПРОМБАНК АКЦИОНЕРНОЕ ОБЩЕСТВО",
    )
    assert "ГАЗПРОМБАНК АКЦИОНЕРНОЕ ОБЩЕСТВО" in bank.extra["Cyrillic"]


def test_a_low_quality_alias_is_weak(cons_enhanced):
    assert cons_enhanced["17014"].properties["weakAlias"] == ("RUSAG",)


def test_marks_of_writing_direction_are_no_part_of_a_name(irgc):
    arabic = [name for each in irgc.entries.values() for name in each.extra.get("Arabic", ())]
    assert arabic
    assert not any(set(name) & set("\u202a\u202b\u202c\u200e\u200f") for name in arabic)


def test_a_document_known_to_be_forged_is_marked(irgc):
    marked = {words for each in irgc.entries.values() for words in each.extra.get("not valid", ())}
    assert marked == {"Passport R24530943", "Passport D9004309"}


def test_a_link_names_the_other_record_and_its_key(irgc):
    aircraft = next(each for each in irgc.entries.values() if each.schema == "Airplane")
    assert aircraft.extra["linkedTo"]
    assert all(
        key in irgc.part("record") or key.isdecimal() for key in aircraft.extra["linkedToId"]
    )


def test_ofac_itself_calls_these_numbers_inn_and_ogrn(cons_enhanced):
    company = cons_enhanced["23554"]
    assert company.extra["issuingAuthority"] == (
        "Registration ID 1028601679688: OGRN",
        "Tax ID No. 8617013396: INN",
    )
    assert company.properties["ogrnCode"] == ("1028601679688",)
    assert company.properties["innCode"] == ("8617013396",)


def test_an_address_in_another_script_is_another_address(cons_enhanced):
    addresses = cons_enhanced["17018"].properties["address"]
    assert "19 ul. Vavilova, Moscow 117312, Russia" in addresses
    assert "ул. Вавилова, д. 19, Москва 117312, Russia" in addresses


def test_bounds_are_put_back_into_the_words_printed_beside_them(shared):
    bounds = ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd")
    seen = set()
    for name in ("cons_enhanced_2025-01-10", "enhanced_irgc_2024-08-28"):
        path = shared(f"data/ofac/formats/{name}.xml.gz")
        tree = etree.fromstring(gzip.decompress(path.read_bytes()))
        for feature in tree.iter("{*}feature"):
            printed = feature.findtext("{*}value")
            value = feature.find("{*}valueDate")
            if value is not None:
                days = [date.fromisoformat(value.findtext(f"{{*}}{each}")) for each in bounds]
                about = value.findtext("{*}isApproximate") == "true"
                period = Period((days[0], days[1]), (days[2], days[3]), about)
                assert period.words() == printed
                seen.add(printed)
    assert len(seen) > 200


HEAD = "<sanctionsData><publicationInfo><dataAsOf>2025-01-10T00:00:00</dataAsOf></publicationInfo>"
ENTITY = (
    "<entities><entity id='1'><generalInfo><entityType>{kind}</entityType></generalInfo><names>"
    "<name><isPrimary>true</isPrimary><isLowQuality>false</isLowQuality><translations><translation>"
    "<script>Latin</script><formattedFullName>X</formattedFullName></translation></translations>"
    "</name></names>{more}</entity></entities></sanctionsData>"
)


@pytest.mark.parametrize(
    ("xml", "where", "what"),
    [
        (HEAD, "xml.txt line 1", "not well-formed"),
        ("<sdnList/>", "xml.txt", "the root element is sdnList, not sanctionsData"),
        (HEAD + ENTITY.format(kind="Planet", more=""), "xml.txt line 1: entity", "'Planet'"),
        (
            HEAD + ENTITY.format(kind="Entity", more="").replace("id='1'", ""),
            "xml.txt line 1: entity",
            "the record has no id",
        ),
        (
            HEAD
            + ENTITY.format(
                kind="Entity",
                more="<addresses><address><translations><translation><addressParts><addressPart>"
                "<type>PLANET</type><value>Mars</value></addressPart></addressParts>"
                "</translation></translations></address></addresses>",
            ),
            "xml.txt line 1: entity/addresses/address",
            "'PLANET'",
        ),
    ],
)
def test_a_broken_file_is_refused_with_its_place(read_text, xml, where, what):
    with pytest.raises(ListFormatError) as refused:
        read_text("ofac_enhanced_xml", xml=xml)
    assert refused.value.where.startswith(where)
    assert what in refused.value.what


def test_a_new_kind_of_document_still_gives_its_number(read_text):
    more = (
        "<identityDocuments><identityDocument id='3'><type>Mars Pass</type>"
        "<documentNumber>M-1</documentNumber><isValid>true</isValid></identityDocument>"
        "</identityDocuments>"
    )
    (entry,) = read_text(
        "ofac_enhanced_xml", xml=HEAD + ENTITY.format(kind="Individual", more=more)
    )
    assert entry.properties["idNumber"] == ("M-1",)
    assert entry.extra["Mars Pass"] == ("M-1",)
