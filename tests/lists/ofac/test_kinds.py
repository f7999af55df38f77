"""The table of kinds: every label leads somewhere that exists."""

from __future__ import annotations

import pytest

from limen.lists.readers.ofac.kinds import kind_of, split_item, table
from limen.model.schemata import MATCHABLE, properties

KNOWN = {name for schema in MATCHABLE for name in properties(schema)}


def test_every_property_of_the_table_exists():
    whole = table()
    sections = (whole.documents, whole.words, whole.genders, whole.countries, whole.birth_dates)
    wanted = {
        name for section in (*sections, whole.dates) for key in section for name in key.split()
    }
    wanted |= {name for names in whole.prefixes.values() for name in names.split()}
    wanted |= {register.property for register in whole.registers}
    wanted |= set(whole.alias_kinds.values())
    assert wanted <= KNOWN
    assert set(whole.schemas.values()) <= set(MATCHABLE)


def test_no_label_stands_twice():
    whole = table()
    sections = (
        whole.documents,
        whole.words,
        whole.genders,
        whole.countries,
        whole.birth_dates,
        whole.dates,
        whole.links,
        {"": whole.unmapped},
    )
    labels = [label for section in sections for each in section.values() for label in each]
    assert len(labels) == len(set(labels))


def test_every_register_is_of_a_label_in_the_table():
    for register in table().registers:
        kind = kind_of(register.label)
        assert kind is not None
        assert kind.reads == "documents"


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("Secondary sanctions risk:", "Secondary sanctions risk"),
        ("IFCA Determination - ", "IFCA Determination"),
        (
            "Aircraft Manufacturer’s Serial Number (MSN)",
            "Aircraft Manufacturer's Serial Number (MSN)",
        ),
        ("Digital Currency Address - USDT", "Digital Currency Address - USDT"),
        ("Executive Order 13846 information:", "Executive Order 13846 information"),
        (
            "Executive Order 14024 Directive Information -",
            "Executive Order 14024 Directive Information",
        ),
        ("Listing Date (EO 14014 Directive 1):", "Listing Date (EO 14014 Directive 1)"),
    ],
)
def test_a_label_is_known_however_it_is_closed(printed, label):
    kind = kind_of(printed)
    assert kind is not None
    assert kind.label == label


@pytest.mark.parametrize(
    ("item", "label", "words"),
    [
        ("Telephone No. 009613679153", "Telephone No.", "009613679153"),
        ("Telephone: 0097282851500", "Telephone", "0097282851500"),
        ("IFCA Determination - Port Operator", "IFCA Determination", "Port Operator"),
        (
            "Executive Order 14024 Directive Information - For more information: a link",
            "Executive Order 14024 Directive Information",
            "For more information: a link",
        ),
    ],
)
def test_an_item_is_cut_after_its_longest_label(item, label, words):
    kind, rest = split_item(item)
    assert kind.label == label
    assert rest == words


@pytest.mark.parametrize(
    "item", ["Licensed pilot", "citizenship revoked", "Titles of nobility", ""]
)
def test_a_label_is_a_whole_word(item):
    assert split_item(item) is None
