"""What stood at an instant: standings, provisions and licences, each at its boundary."""

from __future__ import annotations

import pytest
from tests.law.small import clocks, law_of

from limen.law.assess.conditions import evaluate
from limen.law.in_force import measure_state, provisions, view
from limen.law.licence_state import is_valid
from limen.law.listing_measures import Printed, measures_behind
from limen.law.moments import moment
from limen.law.queries.licences import authorised
from limen.law.timeline import ticks, timeline
from limen.model import InputError, Instant

LIFE = [
    {"on": "2022-02-01", "is": "proposed", "source": "S"},
    {"on": "2022-02-21", "is": "in_force", "source": "S"},
    {"on": "2022-03-10", "is": "amended", "source": "S", "known_from": "2022-03-12"},
    {"on": "2022-05-01", "is": "suspended", "source": "S"},
    {"on": "2022-06-01", "is": "ended", "source": "S"},
]
LAW = law_of(
    measures=[
        {
            "id": "m", "programmes": ["P"], "acts": ["Executive Order 1", "2022/332"],
            "status": LIFE,
            "provisions": [
                {"id": "a", "source": "S", "from": "2022-02-21", "until": "2022-04-01", "prohibits": ["import"]},
                {"id": "b", "source": "S", "from": "2022-03-01", "through": "2022-04-01", "prohibits": ["export"]},
                {"id": "c", "source": "S", "from": "2022-02-21", "known_from": "2022-02-25", "prohibits": ["arms"],
                 "targets": {"territories": ["x"]}},
                {"id": "d", "source": "S", "from": "2022-03-05", "prohibits": ["gold"],
                 "targets": {"territories": ["x"], "programmes": ["P"]}},
            ],
        },
        {"id": "always", "status": [{"on": "2014-03-06", "is": "in_force", "source": "S"}]},
        {"id": "waits", "status": [{"on": "2022-01-01", "is": "prepared", "source": "S"}], "waits_for": ["t"]},
    ],
    licences=[
        {"number": "1", "from": "2022-02-22", "through": "2022-03-23"},
        {"number": "2", "from": "2022-02-22", "until": "2022-03-23"},
        {"number": "3", "from": "2022-02-22"},
        {"number": "3", "letter": "A", "from": "2022-03-01", "replaces": "P/3", "known_from": "2022-03-03"},
        {"number": "4", "from": "2022-02-22", "revoked": "2022-03-05"},
        {"number": "5", "from": "2022-02-22", "activities": ["fish"], "when": {"scale": ["small"]}, "until": "2022-12-01"},
    ],
)  # fmt: skip


STOOD = [
    ("2022-01-31", None, None, "before anything"),
    ("2022-02-01", None, "proposed", "the day it was proposed"),
    ("2022-02-20", None, "proposed", "the day before it came into force"),
    ("2022-02-21", None, "in_force", "the day it came into force"),
    ("2022-03-11", None, "in_force", "amended, and not known yet"),
    ("2022-03-12", None, "amended", "amended, and known"),
    ("2022-03-10", "2022-03-12", "amended", "as known later"),
    ("2022-03-10", "2022-03-11", "in_force", "as known before"),
    ("2022-04-30", None, "amended", "the last day it bound"),
    ("2022-05-01", None, "suspended", "suspended"),
    ("2022-06-01", None, "ended", "ended"),
    ("2022-02-21T04:59Z", None, "proposed", "before midnight in Washington"),
    ("2022-02-21T05:00Z", "2022-02-23", "in_force", "at midnight in Washington"),
]


@pytest.mark.parametrize(("as_of", "known_at", "standing", "because"), STOOD)
def test_how_a_measure_stood(as_of, known_at, standing, because):
    found = measure_state(LAW, LAW.measures["m"], clocks(as_of, known_at))
    assert (found.change.is_ if found else None) == standing, because
    if found:
        assert found.binding == (standing in ("in_force", "amended"))
        since = {"amended": "2022-02-21", "in_force": "2022-02-21"}.get(standing, found.change.on)
        assert view(LAW, found, clocks(as_of, known_at)).since == since


HELD = [
    ("2022-02-20", "", "before any"),
    ("2022-02-21", "a", "the first day; c is not known"),
    ("2022-02-24", "a", "the day before c was known"),
    ("2022-02-25", "ac", "c is known"),
    ("2022-03-01", "abc", "b begins"),
    ("2022-03-31", "abcd", "the last day before a's until"),
    ("2022-04-01", "bcd", "until is the first day without, through the last with"),
    ("2022-04-02", "cd", "b is through"),
]


@pytest.mark.parametrize(("as_of", "held", "because"), HELD)
def test_which_provisions_held(as_of, held, because):
    found = provisions(LAW, LAW.measures["m"], clocks(as_of))
    assert "".join(each.id for each in found) == held, because


LICENCES = [
    ("2022-02-21", "", "before any was issued"),
    ("2022-02-22", "P/1 P/2 P/3 P/4 P/5", "the day they were issued"),
    ("2022-03-02", "P/1 P/2 P/3 P/4 P/5", "3A replaces 3, and is not known yet"),
    ("2022-03-03", "P/1 P/2 P/3A P/4 P/5", "3A is known"),
    ("2022-03-04", "P/1 P/2 P/3A P/4 P/5", "the last day of 4"),
    ("2022-03-05", "P/1 P/2 P/3A P/5", "4 is revoked"),
    ("2022-03-22", "P/1 P/2 P/3A P/5", "the last day of 2"),
    ("2022-03-23", "P/1 P/3A P/5", "through 23 March: until 23 March is over"),
    ("2022-03-24", "P/3A P/5", "1 is over"),
    ("2022-12-01", "P/3A", "5 is over"),
]


@pytest.mark.parametrize(("as_of", "valid", "because"), LICENCES)
def test_which_licences_were_valid(as_of, valid, because):
    found = [key for key, each in LAW.licences.items() if is_valid(LAW, each, clocks(as_of))]
    assert " ".join(found) == valid, because


AUTHORISED = [
    ("trade", "2022-02-20", {}, "not_prohibited", (), (), "the measure did not bind yet"),
    ("trade", "2022-02-23", {}, "true", ("P/1", "P/2", "P/3", "P/4"), (), "any activity"),
    ("trade", "2022-05-01", {}, "not_prohibited", (), (), "suspended"),
    ("fish", "2022-04-15", {}, "true", ("P/3A",), (), "a general licence is enough"),
    ("trade", "2022-06-01", {}, "not_prohibited", (), (), "ended"),
]


@pytest.mark.parametrize(
    ("activity", "as_of", "facts", "value", "by", "missing", "because"), AUTHORISED
)
def test_whether_it_was_authorised(activity, as_of, facts, value, by, missing, because):
    found = authorised(LAW, LAW.measures["m"], activity, clocks(as_of), facts)
    assert (found.value, found.by, found.missing) == (value, by, missing), because


RESEARCHED = [
    ("trade", "2022-03-31", "true", (), "an exemption without an end, on the last day"),
    ("trade", "2022-04-01", "unknown", ("free",), "the day after"),
    ("fish", "2022-04-01", "unknown", ("brief",), "to an end that is not over"),
    ("fish", "2022-06-01", "unknown", ("brief",), "it ended since, and may go on"),
    ("salt", "2022-03-01", "unknown", ("doubtful",), "unconfirmed"),
    ("sugar", "2022-03-31", "unknown", (), "it is open whom the licence is for"),
    ("sugar", "2022-04-01", "unknown", ("P/1",), "and now also whether it held"),
    ("tea", "2022-03-01", "false", (), "nothing is for it"),
]  # fmt: skip


@pytest.mark.parametrize(("activity", "as_of", "value", "not_known", "because"), RESEARCHED)
def test_no_permission_is_assumed(activity, as_of, value, not_known, because):
    free = {"title": "E", "kind": "exemption", "from": "2022-02-21", "source": "S"}
    exceptions = [
        free | {"id": "free", "activities": ["trade"]},
        free | {"id": "brief", "activities": ["fish"], "until": "2022-05-01"},
        free | {"id": "doubtful", "activities": ["salt"], "confidence": "unconfirmed"},
    ]
    known = {"known_to": "2022-03-31"}
    parties = {"any_party": False, "class_of_parties": "those it names", "activities": ["sugar"]}
    status = [{"on": "2022-02-21", "is": "in_force", "source": "S"}]
    law = law_of(
        measures=[{"id": "m", "status": status, "exceptions": exceptions} | known],
        licences=[{"number": "1", "from": "2022-02-22"} | parties | known],
    )
    found = authorised(law, law.measures["m"], activity, clocks(as_of), {})
    assert (found.value, tuple(key for key, _ in found.not_known)) == (value, not_known), because


CONDITIONS = [
    ({}, "unknown", (), ("scale",), "the fact is missing"),
    ({"scale": "small"}, "true", ("P/5",), (), "the condition holds"),
    ({"scale": "large"}, "false", (), (), "it does not"),
]


@pytest.mark.parametrize(("facts", "value", "by", "missing", "because"), CONDITIONS)
def test_a_licence_with_a_condition(facts, value, by, missing, because):
    law = law_of(
        measures=[{"id": "m", "status": LIFE}],
        licences=[
            {"number": "5", "from": "2022-02-22", "activities": ["fish"], "when": {"scale": ["small"]}},
            {"number": "6", "from": "2022-02-22", "activities": ["hunt"]},
            {"number": "7", "from": "2022-02-22", "lifts": ["other"]},
        ],
    )  # fmt: skip
    found = authorised(law, law.measures["m"], "fish", clocks("2022-03-01"), facts)
    assert (found.value, found.by, found.missing) == (value, by, missing), because
    assert found.considered == ("P/5",)


BEHIND = [
    ({"programmes": ("P",)}, ["m"], "by its tag"),
    ({"programmes": ("Q",)}, [], "another tag"),
    ({"acts": ("Executive Order 1",)}, ["m"], "by its act"),
    ({"acts": ("The Executive Order 1",)}, ["m"], "with an article"),
    ({"acts": ("Council Implementing Regulation (EU) 2022/332 (OJ L53)",)}, ["m"], "by its number"),
    ({"acts": ("32022R0332",)}, ["m"], "by its number as CELEX writes it"),
    ({"acts": ("32022D0332",)}, ["m"], "a decision's"),
    ({"acts": ("32022R0333",)}, [], "another number"),
    ({"acts": ("2022/3321",)}, ["m"] * 0, "a longer number"),
]


@pytest.mark.parametrize(("printed", "measures", "because"), BEHIND)
def test_which_measures_are_behind_a_listing(printed, measures, because):
    listing = Printed("us", printed.get("programmes", ()), printed.get("acts", ()))
    found = measures_behind(LAW, listing, clocks("2022-03-06"))
    assert [each.id for each in found if each.id] == measures, because


def test_a_listing_tells_what_is_prohibited_of_parties_and_what_is_licensed():
    (found,) = measures_behind(LAW, Printed("us", ("P",), ()), clocks("2022-03-06"))
    assert found.prohibits == ("import", "export", "gold"), "c is about ground alone"
    assert [each.key for each in found.licences] == ["P/1", "P/2", "P/3A", "P/5"]
    assert [each.until for each in found.licences] == [
        "2022-03-23",
        "2022-03-23",
        None,
        "2022-12-01",
    ]
    assert found.licences[-1].conditions == ("how large was it?",)
    assert (found.since, found.source) == ("2022-02-21", ("S",))


def test_a_tag_without_a_measure_in_force_names_its_instrument():
    (found,) = measures_behind(LAW, Printed("us", ("P",), ()), clocks("2022-06-02"))
    assert (found.id, found.instrument, found.since, found.prohibits) == ("", "Act P", None, ())


LISTS = [
    ({"on_lists": ["us"]}, "us", True), ({"on_lists": ["us"]}, "eu", False),
    ({"not_on_lists": ["us"]}, "us", False), ({"not_on_lists": ["us"]}, "eu", True),
]  # fmt: skip


@pytest.mark.parametrize(("where", "list_id", "behind"), LISTS)
def test_a_tag_means_a_measure_on_some_lists(where, list_id, behind):
    law = law_of(measures=[{"id": "m", "programmes": ["P"], "status": LIFE, **where}])
    found = measures_behind(law, Printed(list_id, ("P",), ()), clocks("2022-03-01"))
    assert ("m" in [each.id for each in found]) == behind


@pytest.mark.parametrize(
    ("marks", "programmes", "behind"),
    [(("directive: 1",), ("P",), True), (("directive: 2",), ("P",), False), ((), ("P",), False),
     (("directive: 1",), ("Q",), False)],
)  # fmt: skip
def test_an_entry_may_say_itself_that_it_is_under_a_measure(marks, programmes, behind):
    law = law_of(
        measures=[
            {"id": "m", "programmes": ["P"], "mark": "directive: 1", "status": LIFE, "acts": ["A"]}
        ]
    )
    found = measures_behind(law, Printed("us", programmes, ("A",), marks), clocks("2022-03-01"))
    assert ("m" in [each.id for each in found]) == behind


# Time, drawn.


HOUR, DAY = 3_600, 86_400
AXES = [
    (0, 10 * HOUR, 11, HOUR, "ten hours by the hour"),
    (0, 10 * HOUR + 1, 2, 6 * HOUR, "more by six hours"),
    (0, 60 * HOUR, 11, 6 * HOUR, "sixty hours by six"),
    (0, 60 * HOUR + 1, 3, DAY, "more by the day"),
    (0, 10 * DAY, 11, DAY, "ten days by the day"),
    (0, 10 * DAY + 1, 2, 7 * DAY, "more by the week"),
    (0, 70 * DAY, 11, 7 * DAY, "ten weeks"),
    (DAY, 71 * DAY + 1, 2, 28 * DAY, "more by the month: February and March of 1970"),
    (100, HOUR + 100, 2, HOUR, "one mark is none: the ends instead"),
]


@pytest.mark.parametrize(("start", "end", "count", "step", "because"), AXES)
def test_the_marks_of_an_axis(start, end, count, step, because):
    found = ticks(start, end)
    assert (len(found), found[1] - found[0]) == (count, step), because
    assert start <= found[0]
    assert found[-1] <= end


def day(text: str) -> int:
    return Instant.parse(text).seconds


LONG_AXES = [
    ("2022-01-02", "2022-10-28", ["2022-02-01", "2022-03-01", "2022-04-01"], "ten months"),
    (
        "2022-01-02",
        "2022-10-29",
        ["2022-02-01", "2022-03-01", "2022-04-01"],
        "on the first of them",
    ),
    ("2022-01-02", "2024-06-01", ["2022-04-01", "2022-07-01", "2022-10-01"], "by the quarter"),
    ("2014-03-06", "2023-01-01", ["2015-01-01", "2016-01-01", "2017-01-01"], "by the year"),
    ("1989-05-01", "2026-01-01", ["1990-01-01", "1995-01-01", "2000-01-01"], "by five years"),
    ("1905-01-01", "2026-01-01", ["1920-01-01", "1940-01-01", "1960-01-01"], "by twenty"),
]


@pytest.mark.parametrize(("start", "end", "first", "because"), LONG_AXES)
def test_long_axes_are_marked_on_the_first_of_months(start, end, first, because):
    assert [str(Instant(second, whole_day=True)) for second in ticks(day(start), day(end))][
        :3
    ] == first, because


def test_a_timeline_has_each_standing_as_a_stretch():
    found = timeline(LAW, "r", clocks("2022-04-01", "2022-12-01"))
    bar = next(each for each in found.bars if each.id == "m")
    assert [(each.standing, each.since) for each in bar.stretches] == [
        ("proposed", "2022-02-01"), ("in_force", "2022-02-21"), ("amended", "2022-03-10"),
        ("suspended", "2022-05-01"),
    ]  # fmt: skip
    ends = [each.end for each in bar.stretches]
    assert ends == [
        moment(text, "-05:00").first
        for text in ("2022-02-21", "2022-03-10", "2022-05-01", "2022-06-01")
    ]
    assert found.start == moment("2014-03-06", "-05:00").first
    early = timeline(LAW, "r", clocks("2022-04-01", "2022-03-11"))
    bar = next(each for each in early.bars if each.id == "m")
    assert [each.standing for each in bar.stretches] == ["proposed", "in_force"], "as known then"
    assert bar.stretches[-1].end is None


WINDOWS = [
    ("2022-01-31", {"always", "waits"}, "the day before m's first stretch"),
    ("2022-02-01", {"always", "waits", "m"}, "the day of it"),
    ("2021-12-31", {"always"}, "before waits was prepared"),
]


@pytest.mark.parametrize(("end", "visible", "because"), WINDOWS)
def test_a_window_shows_what_touches_it(end, visible, because):
    found = timeline(
        LAW, "r", clocks("2022-12-01"), start=Instant.parse("2021-01-01"), end=Instant.parse(end)
    )
    assert {bar.id for bar in found.bars} == visible, because


@pytest.mark.parametrize(("start", "visible"), [("2022-06-01", True), ("2022-06-02", False)])
def test_a_window_after_the_end_does_not(start, visible):
    found = timeline(LAW, "r", clocks("2022-12-01"), start=Instant.parse(start))
    assert ("m" in {bar.id for bar in found.bars}) == visible


def test_a_window_that_ends_before_it_begins_is_refused():
    with pytest.raises(InputError, match="ends before it begins"):
        timeline(
            LAW,
            "r",
            clocks("2022-12-01"),
            start=Instant.parse("2022-02-02"),
            end=Instant.parse("2022-02-01"),
        )


def test_another_authority_is_left_out():
    assert timeline(LAW, "r", clocks("2022-12-01"), authority="EU").bars == ()
    assert len(timeline(LAW, "r", clocks("2022-12-01"), authority="US").bars) == 3


def test_a_relief_s_condition_is_the_law_s_own():
    condition = LAW.relief_condition(LAW.licences["P/5"])
    assert evaluate(condition, {"scale": "small"}).value is True
    assert LAW.relief_condition(LAW.licences["P/1"]) is None
