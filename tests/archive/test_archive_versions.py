"""Versions that follow each other: parts carried forward, same days, any order of loading."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.archive.by_hand import LIST, load, person, version

from limen.archive import Archive
from limen.model import ArchiveError, Entry, InputError

OFAC = ("sdn", "alt", "add")


def sdn(record_id: str, *programmes: str) -> Entry:
    return person(record_id, f"NAME {record_id}", *programmes, part="sdn")


def alt(record_id: str, *aliases: str) -> Entry:
    return Entry(record_id, "alt", properties={"alias": aliases})


def add(record_id: str, *addresses: str) -> Entry:
    return Entry(record_id, "add", properties={"address": addresses, "alias": ("from add",)})


def names(archive: Archive) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Aliases of each record, and from which day on they were known."""
    return {
        life.record_id: [
            (str(state.known.start), state.entry.properties.get("alias", ()))
            for state in life.states
        ]
        for life in archive.states(LIST)
    }


def test_parts_of_a_record_are_joined_the_leading_part_first(archive):
    entries = [sdn("1", "SDGT"), alt("1", "Other", "Another"), add("1", "Simferopol")]
    load(archive, "2022-01-21", *entries, parts=OFAC)
    ((state,),) = [life.states for life in archive.states(LIST)]
    assert state.entry == Entry(
        "1",
        schema="Person",
        properties={
            "name": ("NAME 1",),
            "alias": ("from add", "Other", "Another"),
            "address": ("Simferopol",),
        },
        programmes=("SDGT",),
    )


def test_a_part_that_could_not_be_had_is_carried_forward(archive):
    load(archive, "2022-01-21", sdn("1"), alt("1", "Old"), parts=OFAC, format_name="csv")
    load(
        archive,
        "2022-02-23",
        sdn("1", "RUSSIA"),
        sdn("2"),
        parts=("sdn",),
        carried=("alt", "add"),
        format_name="csv",
    )
    load(
        archive,
        "2023-12-28",
        sdn("1", "RUSSIA"),
        sdn("2"),
        alt("1", "New"),
        alt("2", "Late"),
        parts=("sdn", "alt"),
        format_name="csv",
    )
    assert names(archive) == {
        "1": [("2022-01-21", ("Old",)), ("2022-02-23", ("Old",)), ("2023-12-28", ("New",))],
        "2": [("2022-02-23", ()), ("2023-12-28", ("Late",))],
    }
    assert [(each.version.published, each.carried) for each in archive.vintages(LIST)] == [
        ("2022-01-21", {}),
        ("2022-02-23", {"alt": "2022-01-21", "add": "2022-01-21"}),
        ("2023-12-28", {"add": "2022-01-21"}),
    ]


def test_a_part_no_earlier_version_has_is_said_to_be_missing(archive):
    load(archive, "2022-02-23", sdn("1"), parts=("sdn",), carried=("alt",))
    (vintage,) = archive.vintages(LIST)
    assert vintage.carried == {"alt": None}


def test_parts_are_not_carried_from_one_format_into_another(archive):
    load(archive, "2025-03-28", person("1", alias="from xml"), format_name="xml")
    load(archive, "2025-12-19", sdn("1"), parts=("sdn",), format_name="csv")
    assert archive.vintages(LIST)[1].carried == {}
    assert names(archive) == {"1": [("2025-03-28", ("from xml",)), ("2025-12-19", ())]}


def test_of_two_versions_of_one_day_the_one_confirmed_last_counts(archive):
    first = load(archive, "2022-02-23", person("1", "FIRST"), retrieved_at="2022-02-23T06:43:00Z")
    load(archive, "2022-02-23", person("1", "SECOND"), retrieved_at="2022-02-23T18:46:00Z")
    assert [state.entry.properties["name"] for state in only(archive)] == [("SECOND",)]
    archive.record_check(LIST, "2022-02-23T20:00:00Z", "unchanged", version_id=first.version_id)
    assert [state.entry.properties["name"] for state in only(archive)] == [("FIRST",)]
    assert len(archive.versions(LIST)) == 2


def test_of_one_file_read_twice_the_newer_reader_counts(archive):
    load(archive, "2022-02-23", person("1", "BETTER"), reader="0.10.0")
    load(archive, "2022-02-23", person("1", "WORSE"), reader="0.9.0")
    assert [state.entry.properties["name"] for state in only(archive)] == [("BETTER",)]


def only(archive):
    (life,) = archive.states(LIST)
    return life.states


def test_a_list_that_is_not_there_is_named_with_those_that_are(archive):
    with pytest.raises(ArchiveError, match="no version of un_sc"):
        archive.first_day("un_sc")
    load(archive, "2022-02-23", person("1"))
    with pytest.raises(ArchiveError) as error:
        list(archive.states("un_sc"))
    assert f"it has {LIST}" in str(error.value)
    assert archive.first_day(LIST) == "2022-02-23"


def test_diff_compares_the_versions_in_force_on_two_days(archive):
    load(archive, "2022-02-17", person("1", "A", "UKRAINE"), person("2", "B"), person("3", "C"))
    load(
        archive, "2022-04-06", person("1", "A", "RUSSIA", alias="Z"), person("3", "C"), person("4")
    )
    diff = archive.diff(LIST, "2022-02-21", "2022-05-01")
    assert (diff.before.published, diff.after.published) == ("2022-02-17", "2022-04-06")
    assert [entry.record_id for entry in diff.added] == ["4"]
    assert [entry.record_id for entry in diff.removed] == ["2"]
    (change,) = diff.changed
    assert change.after.record_id == "1"
    assert [(each.field, each.removed, each.added) for each in change.fields] == [
        ("alias", (), ("Z",)),
        ("programmes", ("UKRAINE",), ("RUSSIA",)),
    ]


def test_a_day_before_the_first_version_is_answered_with_the_days_there_are(archive):
    load(archive, "2022-02-17", person("1"))
    load(archive, "2022-04-06", person("1"))
    with pytest.raises(InputError) as error:
        archive.diff(LIST, "2021-12-31", "2022-04-06")
    assert "2022-02-17, 2022-04-06" in str(error.value)
    with pytest.raises(InputError, match="'yesterday' is no day"):
        archive.diff(LIST, "yesterday", "2022-04-06")


RECORDS = ["1", "2", "3"]
programmes = st.sampled_from([(), ("UKRAINE",), ("RUSSIA",)])
aliases = st.sampled_from([(), ("One",), ("One", "Two"), ("Two", "One")])


@st.composite
def histories(draw):
    """Versions of one list: some whole, some without the part "alt", some of the same day."""
    found = []
    for number in range(draw(st.integers(1, 5))):
        listed = draw(st.sets(st.sampled_from(RECORDS), min_size=1))
        entries = [sdn(record, *draw(programmes)) for record in sorted(listed)]
        whole = draw(st.booleans())
        if whole:
            entries += [alt(record, *draw(aliases)) for record in RECORDS]
        new = version(
            f"2022-0{draw(st.integers(1, 4))}-01",
            parts=("sdn", "alt") if whole else ("sdn",),
            carried=() if whole else draw(st.sampled_from([(), ("alt",)])),
            retrieved_at=f"2026-01-01T0{number}:00:00Z",
        )
        found.append((new, entries))
    return found


def derived(versions):
    """Everything said of the list after loading the versions in the order given."""
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "a.db") as archive:
        for new, entries in versions:
            archive.store(new, entries, {})
        known = archive.vintages(LIST)
        days = [each.version.published for each in known]
        diffs = [archive.diff(LIST, days[0], day) for day in days]
        return (
            list(archive.states(LIST)),
            [(each.known, each.version.content_hash, each.carried) for each in known],
            [(diff.added, diff.removed, diff.changed) for diff in diffs],
        )


@settings(max_examples=15, deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_any_order_of_loading_and_loading_twice_give_the_same(versions, random):
    shuffled = versions + versions
    random.shuffle(shuffled)
    assert derived(versions) == derived(shuffled)


@settings(max_examples=15, deadline=None)
@given(histories())
def test_a_diff_applied_to_the_first_version_gives_the_second(versions):
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "a.db") as archive:
        for new, entries in versions:
            archive.store(new, entries, {})
        days = [each.version.published for each in archive.vintages(LIST)]
        for day in days:
            diff = archive.diff(LIST, days[0], day)
            assert in_any_order(applied(diff, merged_on(archive, days[0]))) == in_any_order(
                merged_on(archive, day)
            )


def in_any_order(entries: dict[str, Entry]) -> dict[str, tuple]:
    """Entries to compare without the order of their values, which a diff leaves out."""
    return {
        record: (
            sorted(entry.programmes),
            {name: sorted(said) for name, said in entry.properties.items()},
        )
        for record, entry in entries.items()
    }


def merged_on(archive: Archive, day: str) -> dict[str, Entry]:
    return {
        life.record_id: state.entry
        for life in archive.states(LIST)
        for state in life.states
        if str(state.known.start) <= day and (state.known.end is None or day < str(state.known.end))
    }


def applied(diff, entries: dict[str, Entry]) -> dict[str, Entry]:
    after = dict(entries)
    for entry in diff.removed:
        assert after.pop(entry.record_id) == entry
    after |= {entry.record_id: entry for entry in diff.added}
    for change in diff.changed:
        record = change.before.record_id
        entry = after[record]
        for each in change.fields:
            if each.field == "programmes":
                entry = replace(entry, programmes=each.after)
            else:
                said = {**entry.properties, each.field: each.after}
                entry = replace(entry, properties={k: v for k, v in said.items() if v})
        after[record] = entry
    return after
