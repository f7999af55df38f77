"""Ids of parties over versions of lists: stable, with merges and splits on their days."""

from __future__ import annotations

import pytest
from tests.identity.conftest import DAYS, groups, joined, record, subject
from tests.worlds import listed

from limen.archive import Archive
from limen.identity import holders, read_subject
from limen.model.party import party_id_of

IVAN = "Ivan Sergeevich PETROVSKY"


def parties(identity):
    return {
        (identity.subjects[each.subject].id, each.since): each.party
        for each in identity.memberships
    }


def test_a_party_has_the_id_of_its_oldest_record():
    old = read_subject(record("b_x", listed("1", IVAN, birthDate="1970-02-03")))
    new = read_subject(record("a_x", listed("2", IVAN, birthDate="1970-02-03"), since=DAYS[1]))
    assert set(parties(joined(old, new)).values()) == {party_id_of("b_x:1")}


def test_a_number_that_is_printed_later_merges_two_parties_from_then_on():
    bare, numbered = listed("1", "ACME"), listed("1", "ACME", taxNumber="7702070139")
    one = read_subject(record("a_x", bare, numbered))
    other = subject("b_x", "2", "Acme", taxNumber="7702070139")
    identity = joined(one, other)
    assert parties(identity) == {
        ("a_x:1", DAYS[0]): party_id_of("a_x:1"),
        ("b_x:2", DAYS[0]): party_id_of("b_x:2"),
        ("b_x:2", DAYS[1]): party_id_of("a_x:1"),
    }
    (event,) = identity.events()
    assert (event.day, identity.subjects[event.subject].id) == (DAYS[1], "b_x:2")
    assert event.why == "joined by number"


def test_a_birth_date_that_contradicts_splits_a_party_from_its_day_on():
    first = listed("1", IVAN, passportNumber="AB5829461")
    later = listed("1", IVAN, passportNumber="AB5829461", birthDate="1950-01-01")
    one = read_subject(record("a_x", first, later))
    other = subject("b_x", "2", IVAN, passportNumber="AB5829461", birthDate="1970-02-03")
    identity = joined(one, other)
    assert parties(identity)["b_x:2", DAYS[0]] == party_id_of("a_x:1")
    assert parties(identity)["b_x:2", DAYS[1]] == party_id_of("b_x:2")
    assert groups(identity) == []


def test_a_key_given_to_another_party_is_two_records():
    swapped = record("ca_x", listed("1", "Marial CHANUONG"), listed("1", "Peter GADET"))
    old, new = holders(swapped, DAYS[0])
    assert (old.record_id, new.record_id) == (f"1@{DAYS[1]}", "1")
    assert str(old.listings[-1].applied.end) == DAYS[1]
    assert groups(joined(*map(read_subject, (old, new)))) == []


@pytest.mark.parametrize(
    "later",
    [
        listed("1", "SAINT LIGHT", "Vessel", imoNumber="9187629"),
        listed("1", "YOUNG YONGG", "Vessel"),
    ],
)
def test_a_party_that_was_renamed_keeps_its_record(later):
    first = listed("1", "YOUNG YONG", "Vessel", imoNumber="9187629")
    assert len(list(holders(record("us_x", first, later), DAYS[0]))) == 1


@pytest.mark.shared
def test_the_two_canadian_keys_that_were_swapped_are_four_records(shared, tmp_path):
    from limen.archive import NewVersion, SourceFile
    from limen.lists.audit import Audit
    from limen.lists.manifest import read_manifest
    from limen.lists.verify import read_version

    with Archive.open(tmp_path / "archive.sqlite") as archive:
        for version in read_manifest(shared("data/lists.yml")):
            if version.list_id == "ca_sema":
                sources = version.sources(shared("data/lists.yml").parent)
                day = version.published.isoformat()
                archive.store(
                    NewVersion(
                        "ca_sema",
                        day,
                        "ca_sema_xml",
                        ("record",),
                        retrieved_at=f"{day}T00:00:00Z",
                        reader="x",
                    ),
                    read_version("ca_sema_xml", sources, Audit()),
                    {"xml": SourceFile("x", sources["xml"].read())},
                )
        found = [each for item in archive.states("ca_sema") for each in holders(item, "2020-10-01")]
    passed = [each.record_id for each in found if "@" in each.record_id]
    assert passed == ["ss:1@2025-03-01", "ss:2@2025-03-01"]
    swapped = [read_subject(each) for each in found if each.record_id.startswith("ss:")]
    assert groups(joined(*swapped)) == []
