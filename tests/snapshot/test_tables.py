"""What a snapshot's columns say: spans, names, identifiers; and the canaries that guard it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from tests.worlds import TODAY, Canary, a_list, fill, listed, registry, world

from limen.archive import ContentState
from limen.engine.canaries import CanaryQuery, first_missed
from limen.model import Entry, Instant, Interval, SnapshotError
from limen.snapshot import Snapshot, active_id
from limen.snapshot.build import build
from limen.snapshot.build.tables import _known_spans, _name_spans
from limen.snapshot.format import (
    ALWAYS,
    EXACT_NAME,
    NAME_KINDS,
    NEVER,
    WEAK,
    as_written,
    identifier_hash,
)

DAYS = ("2024-01-10", "2024-02-01", "2024-03-01", "2024-04-01")


def second(day: str) -> int:
    return Instant.parse(day).seconds


def states(*stretches: tuple[str, str | None, tuple[str, ...]]) -> list[ContentState]:
    """The names of a record, from one day to another."""
    return [
        ContentState(
            Interval(Instant.parse(start), Instant.parse(end) if end else None),
            Entry("1", schema="Person", properties={"name": names}),
        )
        for start, end, names in stretches
    ]


SPANS = [
    ([("2024-01-10", None, ("A",))], [("2024-01-10", None)], "open"),
    ([("2024-01-10", "2024-03-01", ("A",))], [("2024-01-10", None)],
     "removed: it was listed before, and a question about that day needs its names"),
    ([("2024-01-10", "2024-02-01", ("A",)), ("2024-02-01", None, ("B",))],
     [("2024-01-10", "2024-02-01"), ("2024-02-01", None)], "changed"),
    ([("2024-01-10", "2024-02-01", ("A",)), ("2024-03-01", "2024-04-01", ("A",))],
     [("2024-01-10", "2024-03-01"), ("2024-03-01", None)], "removed, back, and removed again"),
]  # fmt: skip


@pytest.mark.parametrize(("stretches", "expected", "because"), SPANS)
def test_a_state_is_the_last_word_until_the_next(stretches, expected, because):
    found = _known_spans(states(*stretches))
    right = [(second(start), second(end) if end else NEVER) for start, end in expected]
    assert found == right, because


NAMES = [
    (
        [("A",), ("A", "B"), ("B",)],
        {"A": [(0, 2)], "B": [(1, None)]},
        "stretches that touch are one",
    ),
    (
        [("A",), ("B",), ("A",)],
        {"A": [(0, 1), (2, None)], "B": [(1, 2)]},
        "those that do not are two",
    ),
    ([("A", "A")], {"A": [(0, None)]}, "twice the same is one name"),
]


@pytest.mark.parametrize(("names", "expected", "because"), NAMES)
def test_a_name_is_known_while_a_state_has_it(names, expected, because):
    held = states(*((day, None, stated) for day, stated in zip(DAYS, names, strict=False)))
    known = list(zip(held, _known_spans(held), strict=True))
    found = {text: spans for (kind, text), spans in _name_spans(known).items() if kind == 0}
    right = {
        text: [(second(DAYS[a]), NEVER if b is None else second(DAYS[b])) for a, b in spans]
        for text, spans in expected.items()
    }
    assert found == right, because


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory) -> Snapshot:
    """One party that changes, goes and comes back; one that stays."""
    first = listed("1", "Anna Quist", alias=("Anja",), weakAlias=("The Hat",), passportNumber="AB123456",
                   listed_on="2024-01-05", programmes=("P",))  # fmt: skip
    second_ = listed("1", "Anna Kvist", alias=("Anja",), programmes=("Q",), listed_on="2024-01-05")
    other = listed("2", "Bo Lindqvist Ltd", "Company", abbreviation=("BL",), previousName=("Lind",))
    engine = world(
        tmp_path_factory.mktemp("tables") / "home",
        registry(a_list("one", max_age_days=400)),
        {"one": {DAYS[0]: [first, other], DAYS[1]: [second_, other], DAYS[2]: [other],
                 DAYS[3]: [first, other]}},
    )  # fmt: skip
    return engine.snapshot


def test_the_columns_are_of_one_length(snapshot):
    assert len(snapshot) == 2
    assert list(snapshot.record_ids) == ["1", "2"]
    for table, rows in (("states", 4), ("listings", None), ("names", None)):
        starts = snapshot.parties[table].tolist()
        assert starts == sorted(starts)
        assert len(starts) == 3
        if rows:
            assert starts[-1] == rows
    for first, last in pairwise(snapshot.parties["names"].tolist()):
        assert last > first
    assert snapshot.manifest.counts["parties"] == 2
    assert snapshot.manifest.counts["states"] == 4
    assert snapshot.manifest.counts["names"] == len(snapshot.names["kind"])


KNOWN = [
    ("2024-01-09", None, "before anything was known"),
    ("2024-01-10", "Anna Quist", "the first version"),
    ("2024-01-31", "Anna Quist", "its last day"),
    ("2024-02-01", "Anna Kvist", "the second"),
    ("2024-03-01", "Anna Kvist", "removed: the last that was known of it"),
    ("2024-03-31", "Anna Kvist", "still"),
    ("2024-04-01", "Anna Quist", "back"),
]


@pytest.mark.parametrize(("day", "name", "because"), KNOWN)
def test_what_was_known_of_a_party(snapshot, day, name, because):
    state = snapshot.state_at(0, Instant.parse(day))
    assert (state.properties["name"][0] if state else None) == name, because


LISTED = [
    ("2024-01-04", "2024-01-10", (), "before the publisher's date"),
    ("2024-01-05", "2024-01-10", ("P",), "on the publisher's date"),
    ("2024-01-31", "2024-04-01", ("P",), "the last day under P"),
    ("2024-02-01", "2024-04-01", ("Q",), "the first under Q"),
    ("2024-02-29", "2024-04-01", ("Q",), "the last day before it was removed"),
    ("2024-03-01", "2024-04-01", (), "the day it was removed"),
    ("2024-03-01", "2024-02-29", ("Q",), "before its removal was known"),
    ("2024-04-01", "2024-04-01", ("P",), "back"),
    ("2024-04-01", "2024-03-31", (), "before that was known"),
]


@pytest.mark.parametrize(("applied", "known", "programmes", "because"), LISTED)
def test_which_listings_applied(snapshot, applied, known, programmes, because):
    rows = snapshot.listing_rows(0, Instant.parse(applied), Instant.parse(known))
    found = tuple(tag for row in rows for tag in snapshot.terms(row).programmes)
    assert found == programmes, because


def test_names_have_their_kinds_and_spans(snapshot):
    def known(day: str) -> set[tuple[str, str]]:
        rows = snapshot.name_rows(0, Instant.parse(day))
        return {(snapshot.name_texts[row], NAME_KINDS[snapshot.names["kind"][row]]) for row in rows}

    assert known("2024-01-31") == {
        ("Anna Quist", "name"),
        ("Anja", "alias"),
        ("The Hat", "weakAlias"),
    }
    assert known("2024-02-01") == {("Anna Kvist", "name"), ("Anja", "alias")}
    assert NAME_KINDS[WEAK] == "weakAlias"


def test_numbers_and_names_are_filed_as_they_are_written(snapshot):
    assert snapshot.parties_with("document", "AB123456") == [0]
    assert snapshot.parties_with("imo", "AB123456") == []
    for written in ("anna quist", "  ANNA   Quist "):
        assert snapshot.parties_with(EXACT_NAME, as_written(written)) == [0]
    assert snapshot.parties_with(EXACT_NAME, as_written("Lind")) == [1]
    hashes = snapshot.identifiers["hash"]
    assert (np.diff(hashes) >= 0).all()
    assert (hashes >= 0).all()


def test_a_hash_is_of_63_bits_and_of_space_and_key():
    assert 0 <= identifier_hash("imo", "9074729") < 1 << 63
    assert identifier_hash("imo", "9074729") == identifier_hash("imo", "9074729")
    assert identifier_hash("imo", "9074729") != identifier_hash("document", "9074729")
    assert identifier_hash("a", "bc") != identifier_hash("ab", "c")


def test_open_ends_lie_beyond_every_date():
    assert second("9999-12-31") < NEVER == 1 << 62
    assert second("0001-01-01") > ALWAYS == -(1 << 62)


# Canaries: a snapshot that misses a party it must find is not taken.


NAME = "Valentina Orlov"


def built(home, *canaries: Canary, entries=None):
    lists = registry(a_list("one", canaries=tuple(canaries)))
    parties = [listed("1", NAME), listed("2", f"{NAME} Petrovna"), listed("3", "Ottokar Zell")]
    fill(home, {"one": {"2024-05-28": entries or parties}})
    return build(home, lists, clock=lambda: TODAY)


CANARIES = [
    (Canary(name=NAME, record_id="1"), True, "its own party is found"),
    (Canary(name="Ottokar Zell", record_id="3"), True, "another's"),
    (Canary(name=NAME, record_id="3"), False, "others are found under its name, and it is not"),
    (Canary(name=NAME, record_id="4"), False, "a party that is not there"),
    (Canary(name="Ximena Olla", record_id="1"), False, "no one is found under its name"),
    (Canary(name=NAME, record_id="4", until=date(2024, 5, 28)), True, "it ended on that day"),
    (Canary(name=NAME, record_id="4", until=date(2024, 5, 29)), False, "it ends a day later"),
]


@pytest.mark.parametrize(("canary", "taken", "because"), CANARIES)
def test_a_canary_is_satisfied_only_by_its_own_party(tmp_path, canary, taken, because):
    home = tmp_path / "home"
    if taken:
        assert built(home, canary).manifest.canaries == (f"one:{canary.record_id}",), because
    else:
        with pytest.raises(SnapshotError, match=f"one:{canary.record_id}"):
            built(home, canary)
        assert active_id(home) is None, because


def test_the_first_canary_that_is_missed_is_told(tmp_path):
    from limen.engine import Engine

    engine = Engine(Snapshot(built(tmp_path / "home").folder), clock=lambda: TODAY)
    day = Instant.parse("2024-05-28")
    good = CanaryQuery("one", "one:1", NAME, day)
    bad, worse = CanaryQuery("one", "one:3", NAME, day), CanaryQuery("one", "one:9", NAME, day)
    assert first_missed(engine, []) is None
    assert first_missed(engine, [good]) is None
    assert first_missed(engine, [good, bad, worse]) is bad


BOUNDS = [
    ("2024-01-31T23:59:59Z", None, [], 0),
    ("2024-02-01T00:00:00Z", "old", ["Quentin Farnsworth"], 1),
    ("2024-02-29T23:59:59Z", "old", ["Quentin Farnsworth"], 1),
    ("2024-03-01T00:00:00Z", "new", ["Perpetua Oduya"], 1),
    ("2024-03-31T23:59:59Z", "new", ["Perpetua Oduya"], 1),
    ("2024-04-01T00:00:00Z", "new", ["Perpetua Oduya"], 0),
]


@pytest.fixture(scope="module")
def renamed(tmp_path_factory):
    """A party of a list kept in UTC, that was renamed in March and removed in April."""
    home = tmp_path_factory.mktemp("renamed") / "home"
    same = {"passportNumber": "GB530001234"}  # without it the key was given to another party
    old = listed("1", "Quentin Farnsworth", notes="old", **same)
    new = listed("1", "Perpetua Oduya", notes="new", **same)
    days = {"2024-02-01": [old], "2024-03-01": [new], "2024-04-01": [listed("2", "Another")]}
    return world(home, registry(a_list("uk_one", "UK")), {"uk_one": days}).snapshot


@pytest.mark.parametrize(("at", "notes", "names", "listings"), BOUNDS)
def test_what_is_read_of_a_party_in_the_seconds_around_each_version(
    renamed, at, notes, names, listings
):
    at, party = Instant.parse(at), list(renamed.record_ids).index("1")
    state = renamed.state_at(party, at)
    assert (state.properties["notes"] if state else None) == ((notes,) if notes else None)
    rows = renamed.name_rows(party, at)
    assert [renamed.name_texts[row] for row in rows] == names
    assert np.flatnonzero(renamed.names_known(at) & (renamed.names["party"] == party)).tolist() == (
        rows
    )
    assert len(renamed.listing_rows(party, at, at)) == listings
    assert (renamed.listed_at(at, at) & (renamed.listings["party"] == party)).sum() == listings
