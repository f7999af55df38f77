"""What became of a record, field by field and day by day: small cases of every kind."""

from __future__ import annotations

import pytest
from tests.archive.by_hand import person

from limen.archive.content import Content
from limen.archive.days import first_day_of, instant, last_day_of, spans
from limen.archive.diff import FieldChange, field_changes
from limen.archive.history import history_of, is_named
from limen.archive.merge import contents_of, join, keys_in, timelines
from limen.archive.timeline import RecordStates, content_states, listing_rows
from limen.archive.versions import Version, Vintage, in_force, vintages
from limen.model import Interval

DAYS = ("2022-01-10", "2022-02-01", "2022-03-01", "2022-04-01")


def version(number: int, published: str, **more) -> Version:
    values = {
        "list_id": "one", "format": "f", "retrieved_at": "2022-05-01T00:00:00Z", "url": "",
        "etag": None, "last_modified": None, "reader": "0.1.0", "parts": ("record",),
        "carried": (), "counts": {"record": 1}, "audit": {}, "files": {"csv": f"sha {number}"},
        "content_hash": f"{number:064}", "confirmed_at": "2022-05-01T00:00:00Z",
    }  # fmt: skip
    return Version(id=number, published=published, **(values | more))


PARTIAL = [
    ("2014", "2014-01-01", "2014-12-31"), ("2014-02", "2014-02-01", "2014-02-28"),
    ("2016-02", "2016-02-01", "2016-02-29"), ("2014-12", "2014-12-01", "2014-12-31"),
    ("2014-03-17", "2014-03-17", "2014-03-17"), (None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("partial", "first", "last"), PARTIAL)
def test_the_first_and_last_day_of_a_partial_date(partial, first, last):
    assert (first_day_of(partial), last_day_of(partial)) == (first, last)


def test_spans_touch_and_the_last_is_open():
    assert spans(DAYS[:3]) == (
        Interval(instant(DAYS[0]), instant(DAYS[1])), Interval(instant(DAYS[1]), instant(DAYS[2])),
        Interval(instant(DAYS[2]), None),
    )  # fmt: skip
    assert spans(()) == ()


EVENTS = [
    ([(0, {})], [("listed", 0)], "in one version"),
    ([(0, {}), (1, {"name": "B"})], [("listed", 0), ("changed", 1)], "changed"),
    ([(0, {}), (1, None)], [("listed", 0), ("removed", 1)], "gone"),
    ([(0, {}), (1, None), (2, {})], [("listed", 0), ("removed", 1), ("listed_again", 2)], "back"),
    (
        [(0, {}), (1, {"delisted_on": "2022-01-20"})],
        [("listed", 0), ("removed", 1)],
        "marked as removed",
    ),
    (
        [(0, {}), (1, {"delisted_on": "2022-02-01"})],
        [("listed", 0), ("removed", 1)],
        "marked that day",
    ),
    (
        [(0, {}), (1, {"delisted_on": "2022-02-02"})],
        [("listed", 0), ("changed", 1)],
        "marked for later",
    ),
    ([(0, {"delisted_on": "2021-12"}), (1, {})], [("removed", 0), ("listed_again", 1)], "unmarked"),
    ([(0, {"delisted_on": "2021"})], [("removed", 0)], "in the first version as removed"),
]


@pytest.mark.parametrize(("contents", "events", "because"), EVENTS)
def test_what_each_version_did(contents, events, because):
    entries = [
        (
            DAYS[at],
            None
            if more is None
            else person(
                "1", more.get("name", "A"), **{k: v for k, v in more.items() if k != "name"}
            ),
        )
        for at, more in contents
    ]
    known = vintages([version(at, day) for at, day in enumerate(DAYS)])
    record = RecordStates("one", "1", content_states(entries), listing_rows(entries, DAYS[0]))
    found = history_of(record, known)
    assert [(each.what, each.day) for each in found.events] == [
        (what, DAYS[at]) for what, at in events
    ], because
    assert all(each.files == {"csv": f"sha {DAYS.index(each.day)}"} for each in found.events)
    assert found.caption == [more.get("name", "A") for _, more in contents if more is not None][-1]


CHANGES = [
    ({}, {}, []), ({}, {"name": "B"}, [("name", ("A",), ("B",))]),
    ({"birthDate": "1960"}, {}, [("birthDate", ("1960",), ())]),
    ({"listed_on": "2014"}, {"listed_on": "2015"}, [("listed_on", ("2014",), ("2015",))]),
    ({}, {"delisted_on": "2015"}, [("delisted_on", (), ("2015",))]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "changes"), CHANGES)
def test_which_fields_differ(before, after, changes):
    def entry(more):
        return person("1", more.get("name", "A"), **{k: v for k, v in more.items() if k != "name"})

    found = field_changes(entry(before), entry(after))
    assert [(each.field, each.before, each.after) for each in found] == changes


def test_programmes_differ_whatever_their_order():
    one, two = person("1", "A", "P", "Q"), person("1", "A", "Q", "P")
    assert field_changes(one, two) == ()
    (found,) = field_changes(one, person("1", "A", "P", "R"))
    assert (found.field, found.added, found.removed) == ("programmes", ("R",), ("Q",))
    assert FieldChange("x", ("a", "b"), ("b", "c")).added == ("c",)


NAMED = [
    (("anna",), True), (("anna", "quist"), True), (("quist", "anna"), True), (("anja",), True),
    (("anna", "anja"), False), (("olga",), False), (("qui",), True), (("oslo",), False),
]  # fmt: skip


@pytest.mark.parametrize(("words", "named"), NAMED)
def test_one_name_has_every_word(words, named):
    content = Content(
        "Person", {"name": ("Anna QUIST",), "weakAlias": ("Anja",), "address": ("Oslo",)},
        (), (), (), None, None, {},
    )  # fmt: skip
    assert is_named(content, words) == named


# Versions, and which is in force when.


def test_vintages_follow_each_other_by_day():
    found = vintages([version(2, DAYS[1]), version(1, DAYS[0])])
    assert [each.version.id for each in found] == [1, 2]
    assert [each.known for each in found] == list(spans(DAYS[:2]))
    for day, number in ((DAYS[0], 1), ("2022-01-31", 1), (DAYS[1], 2), ("2023-01-01", 2)):
        assert in_force(found, day).version.id == number, day
    assert in_force(found, "2022-01-09") is None


SAME_DAY = [
    ({"confirmed_at": "2022-05-02T00:00:00Z"}, 2, "confirmed later"),
    ({"confirmed_at": "2022-04-30T00:00:00Z"}, 1, "confirmed earlier"),
    ({"reader": "0.10.0"}, 2, "a newer reader"),
    ({"reader": "0.0.9"}, 1, "an older reader"),
    ({"reader": "0.1.0+local", "content_hash": "9" * 64}, 2, "of the same, the larger hash"),
    ({"content_hash": "0" * 64}, 1, "the smaller hash"),
]


@pytest.mark.parametrize(("more", "number", "because"), SAME_DAY)
def test_of_two_versions_of_one_day_the_last_confirmed_counts(more, number, because):
    both = [version(1, DAYS[0]), version(2, DAYS[0], **more)]
    for order in (both, both[::-1]):
        (found,) = vintages(order)
        assert found.version.id == number, because


def test_parts_are_carried_forward_within_a_format():
    found = vintages(
        [
            version(1, DAYS[0], parts=("sdn", "alt", "add")),
            version(2, DAYS[1], parts=("sdn",), carried=("alt",)),
            version(3, DAYS[2], parts=("sdn", "add")),
            version(4, DAYS[3], format="g", parts=("sdn",), carried=("alt",)),
        ]
    )
    assert [each.sources for each in found] == [
        (("sdn", 1), ("add", 1), ("alt", 1)), (("sdn", 2), ("add", 1), ("alt", 1)),
        (("sdn", 3), ("add", 3), ("alt", 1)), (("sdn", 4),),
    ]  # fmt: skip
    assert [dict(each.carried) for each in found] == [
        {}, {"alt": DAYS[0], "add": DAYS[0]}, {"alt": DAYS[0]}, {"alt": None},
    ]  # fmt: skip


# Records joined from their parts.


PARTS = {
    (1, "sdn"): {7: 70, 8: 80},
    (1, "alt"): {7: 71, 9: 91},
    (2, "sdn"): {7: 70, 9: 90},
    (2, "alt"): {7: 72},
}


def vintage(number: int, day: str, *parts: str) -> Vintage:
    return Vintage(version(number, day), Interval(), tuple((part, number) for part in parts), {})


def read(number: int, part: str):
    return PARTS[number, part]


def test_the_leading_part_says_who_is_listed():
    assert keys_in(vintage(1, DAYS[0], "sdn", "alt"), read) == {7: (70, 71), 8: (80, None)}
    assert keys_in(vintage(1, DAYS[0], "sdn"), read) == {7: (70,), 8: (80,)}


def test_a_timeline_has_the_days_at_which_something_changed():
    found = timelines(
        [
            vintage(1, DAYS[0], "sdn", "alt"),
            vintage(1, DAYS[1], "sdn", "alt"),
            vintage(2, DAYS[2], "sdn", "alt"),
        ],
        read,
    )
    assert found == {
        7: [(DAYS[0], (70, 71)), (DAYS[2], (70, 72))],
        8: [(DAYS[0], (80, None)), (DAYS[2], None)],
        9: [(DAYS[2], (90, None))],
    }
    assert contents_of([(70, 71), None, (80, None)]) == {70, 71, 80}


def test_joined_values_stand_once_and_the_leading_part_alone_is_law():
    leading = Content(
        None,
        {"name": ("A",), "alias": ("B",)},
        ("P",),
        ("M",),
        ("Act",),
        "2014",
        None,
        {"x": ("1",)},
    )
    further = Content(
        "Person", {"alias": ("B", "C")}, ("Q",), (), (), "2015", "2016", {"x": ("1", "2")}
    )
    found = join("1", (1, None, 2), {1: leading, 2: further})
    assert found.schema == "Person"
    assert found.properties == {"name": ("A",), "alias": ("B", "C")}
    assert (found.programmes, found.measures, found.acts) == (("P",), ("M",), ("Act",))
    assert (found.listed_on, found.delisted_on) == ("2014", None)
    assert found.extra == {"x": ("1", "2")}
    alone = join("1", (1, None), {1: leading})
    assert (alone.schema, alone.properties) == (None, {"name": ("A",), "alias": ("B",)})
