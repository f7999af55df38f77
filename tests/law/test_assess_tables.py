"""Who had spoken by an instant, what their words make of an event, and views on it."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from tests.law.small import clocks, law_of

from limen.law.assess.assess import assess
from limen.law.assess.conditions import All, AnyOf, Compare, Is, Not, Undefined, evaluate, parse
from limen.law.assess.policies import views
from limen.law.moments import moment
from limen.law.ownership.ownership import conclude, rule_of
from limen.law.ownership.stakes import Stake
from limen.model import InputError, Instant, Interval, RegistryError

# Conditions: every comparison at its bound, and Kleene's three values.


OVERT, LARGE = Is("overt", (True,)), Is("scale", ("large", "full"))
COMPARISONS = [
    (Compare("days", "at_least", 3.0), 2.0, False), (Compare("days", "at_least", 3.0), 3.0, True),
    (Compare("days", "at_least", 3.0), 4.0, True), (Compare("days", "at_most", 3.0), 2.0, True),
    (Compare("days", "at_most", 3.0), 3.0, True), (Compare("days", "at_most", 3.0), 4.0, False),
    (Compare("days", "at_most", 3.0), (5.0, 2.0), True), (LARGE, "large", True),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "given", "value"), COMPARISONS)
def test_a_comparison(condition, given, value):
    assert evaluate(condition, {condition.fact: given}).value is value


T, F, U = Is("overt", (True,)), Is("overt", (False,)), Undefined("open")
KLEENE = [
    (All((T, T)), True), (All((T, F)), False), (All((F, U)), False), (All((T, U)), None),
    (AnyOf((F, F)), False), (AnyOf((T, F)), True), (AnyOf((T, U)), True), (AnyOf((F, U)), None),
    (Not(T), False), (Not(F), True), (Not(U), None), (All(()), True), (AnyOf(()), False),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "value"), KLEENE)
def test_three_values(condition, value):
    assert evaluate(condition, {"overt": True}).value is value


WHYS = [
    (OVERT, {}, ("overt is not known",), ("overt",)),
    (OVERT, {"overt": True}, ("overt is so",), ()),
    (OVERT, {"overt": False}, ("overt is not so, not so",), ()),
    (LARGE, {"scale": "small"}, ("scale is small, not large or full",), ()),
    (Compare("days", "at_least", 3.0), {"days": 2.5}, ("days is 2.5, not at least 3",), ()),
    (LARGE, {"scale": ("small", "full")}, ("scale is small and full",), ()),
    (U, {}, ("open",), ("undefined",)),
    (All((OVERT, LARGE)), {"overt": True}, ("scale is not known",), ("scale",)),
    (AnyOf((OVERT, LARGE)), {"overt": False}, ("scale is not known",), ("scale",)),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "facts", "why", "missing"), WHYS)
def test_only_what_decided_is_told(condition, facts, why, missing):
    found = evaluate(condition, facts)
    assert (found.why, found.missing) == (why, missing)


PARSED = [
    ({"overt": True}, OVERT), ({"overt": "TRUE"}, OVERT), ({"scale": ["large", "full"]}, LARGE),
    ({"days": {"at_least": 3}}, Compare("days", "at_least", 3.0)),
    ({"days": {"at_most": 3}}, Compare("days", "at_most", 3.0)),
    ({"not": {"overt": True}}, Not(OVERT)), ({"undefined": "open"}, U),
    ({"all": [{"overt": True}, {"scale": ["large", "full"]}]}, All((OVERT, LARGE))),
    ({"any": [{"overt": True}]}, AnyOf((OVERT,))),
    ({"overt": True, "scale": ["large", "full"]}, All((OVERT, LARGE))),
    ({"days": 3}, Is("days", (3.0,))), ({"kind": "war"}, Is("kind", ("war",))),
]  # fmt: skip
WRONG = [
    {}, [], "x", {"overt": "maybe"}, {"scale": "huge"}, {"days": "many"}, {"scael": "full"},
    {"days": {"at_least": 3, "at_most": 4}}, {"days": {"above": 3}}, {"scale": {"at_least": 3}},
    {"all": []}, {"any": "x"}, {"undefined": 3}, {"days": {}}, {"scale": None},
]  # fmt: skip


def refuse(what, path, hint):
    return RegistryError(what, where=".".join(map(str, path)), hint=hint)


@pytest.mark.parametrize(("raw", "condition"), PARSED)
def test_a_condition_is_read(raw, condition):
    assert parse(raw, law_of().facts, refuse) == condition


@pytest.mark.parametrize("raw", WRONG)
def test_what_is_no_condition_is_refused(raw):
    with pytest.raises(RegistryError):
        parse(raw, law_of().facts, refuse)


# An event before those who had spoken.


READING = {"trigger": "t", "when": {"scale": ["large", "full"]}}
STATEMENTS = [
    {"id": "S1", "said": "2022-01-19T17:00-05:00", "reading": READING},
    {"id": "S2", "said": "2022-01-20", "reading": {"trigger": "t", "when": {"overt": True}, "lesser": {"overt": False}},
     "supersedes": ["S1"], "speaker": "Y", "rank": "official"},
    {"id": "S3", "said": "2022-02-21 evening", "attribution": "anonymous", "rank": "observer",
     "reading": {"trigger": "t", "about": ["exercise"], "when": {"overt": True}}},
    {"id": "S4", "said": "2022-01-18", "known_from": "2022-01-25", "authority": "EU",
     "reading": {"trigger": "t", "when": {"undefined": "no line was drawn"}}},
    {"id": "S5", "said": "2022-01-18", "quote": "no reading"},
]  # fmt: skip
EVENTS = [
    {"id": "E1", "slug": "crossing", "happened": "2022-02-21T22:00+02:00",
     "facts": {"scale": "small", "overt": {"is": "true", "known_from": "2022-02-23"}}},
    {"id": "E2", "slug": "drill", "happened": "2022-02-01", "kind": "exercise", "facts": {"overt": "false"}},
]  # fmt: skip
LAW = law_of(
    measures=[
        {"id": "on", "status": [{"on": "2014-03-06", "is": "in_force", "source": "S"}]},
        {"id": "waits", "waits_for": ["t"], "status": [{"on": "2022-01-01", "is": "prepared", "source": "S"}]},
        {"id": "may", "waits_for": ["t"], "status": [{"on": "2022-01-01", "is": "enabled", "source": "S"}]},
        {"id": "bill", "status": [{"on": "2022-01-01", "is": "proposed", "source": "S"}]},
    ],
    statements=STATEMENTS,
    events=EVENTS,
)  # fmt: skip


def readings(event, as_of, known_at=None, **more):
    found = assess(LAW, event, clocks(as_of, known_at), **more)
    return {each.statement: (each.value, each.grade, each.standing) for each in found.readings}


SPOKEN = [
    ("2022-01-18", {}, "S4 was made and not known"),
    ("2022-01-19T21:59Z", {}, "a minute before S1"),
    ("2022-01-19T22:00Z", {"S1"}, "at the minute"),
    ("2022-01-20T23:59-05:00", {"S1", "S2"}, "S2 by the last minute of its day"),
    ("2022-01-20T23:58-05:00", {"S1"}, "a minute before"),
    ("2022-01-24", {"S1", "S2"}, "the day before S4 was known"),
    ("2022-01-25", {"S1", "S2", "S4"}, "the day S4 was known"),
]


@pytest.mark.parametrize(("as_of", "who", "because"), SPOKEN)
def test_who_had_spoken(as_of, who, because):
    assert set(readings("crossing", as_of)) == set(who), because


def test_readings_come_in_the_order_in_which_they_were_said():
    found = assess(LAW, "E1", clocks("2022-02-22"))
    assert [each.statement for each in found.readings] == ["S4", "S1", "S2"]
    assert [(each.statement, each.why) for each in found.silent] == [
        ("S3", "it is about exercise, not invasion")
    ]


def test_what_they_make_of_it():
    found = readings("crossing", "2022-02-22")
    assert found == {
        "S1": ("false", "none", "superseded"), "S2": ("unknown", "none", "active"),
        "S4": ("unknown", "none", "active"),
    }  # fmt: skip
    later = readings("crossing", "2022-02-23")
    assert later["S2"] == ("true", "full", "active"), "the fact is known now"
    assert readings("drill", "2022-02-22")["S2"] == ("false", "lesser", "active")
    assert readings("drill", "2022-02-22")["S3"] == ("false", "none", "active")
    supposed = readings("crossing", "2022-02-22", facts={"overt": False, "scale": "full"})
    assert supposed["S2"] == ("false", "lesser", "active")
    assert supposed["S1"] == ("true", "full", "superseded")


def test_an_event_that_was_not_known_has_no_facts():
    before = assess(LAW, "E1", clocks("2022-02-22", "2022-02-21T19:59Z"))
    assert not before.event_known
    assert {each.value for each in before.readings} == {"unknown"}
    assert assess(LAW, "E1", clocks("2022-02-22", "2022-02-21T20:00Z")).event_known


def test_the_sum_of_it():
    law = law_of(
        statements=[
            {"id": "A", "said": "2022-01-01", "reading": READING},
            {"id": "B", "said": "2022-01-02", "reading": {"trigger": "t", "when": {"overt": True}}},
        ],
        events=[{"id": "E", "slug": "e", "happened": "2022-02-01", "facts": {"scale": "full", "overt": "true"}}],
    )  # fmt: skip
    at = clocks("2022-02-02")
    every = assess(law, "E", at)
    assert (every.condition_met, every.triggers[0].condition_met, every.disagreement) == (
        True,
        "every",
        {},
    )
    some = assess(law, "E", at, facts={"overt": False})
    assert (some.condition_met, some.triggers[0].condition_met) == (False, "some")
    assert some.disagreement == {"A": "true", "B": "false"}
    assert some.triggers[0].met_under == ("A",)
    assert some.triggers[0].not_met_under == ("B",)
    none = assess(law, "E", at, facts={"overt": False, "scale": "small"})
    assert (none.condition_met, none.triggers[0].condition_met, none.disagreement) == (
        False,
        "none",
        {},
    )
    silent = assess(law, "E", clocks("2021-12-01", "2022-02-02"))
    assert (silent.condition_met, silent.triggers[0].condition_met) == (False, "none")


def test_what_stands_beside_it():
    found = assess(LAW, "E1", clocks("2022-02-22"))
    assert [each.id for each in found.in_force] == ["on"]
    assert [each.id for each in found.prepared] == ["waits", "may"]
    assert [each.id for each in found.proposed] == ["bill"]
    assert found.triggers[0].prepared == ("waits", "may")


def test_each_fact_that_alone_would_turn_a_reading():
    found = assess(LAW, "E1", clocks("2022-02-23"))
    turns = {
        each.statement: [(turn.fact, turn.value, turn.becomes) for turn in each.turns]
        for each in found.readings
    }
    assert turns == {
        "S1": [("scale", "large", "true"), ("scale", "full", "true")],
        "S2": [("overt", "false", "false")],
        "S4": [],
    }


@pytest.mark.parametrize(
    "more",
    [{"trigger": "none"}, {"policy": "none"}, {"facts": {"none": 1}}, {"facts": {"scale": "huge"}}],
)
def test_what_there_is_not_is_refused(more):
    with pytest.raises(InputError):
        assess(LAW, "E1", clocks("2022-02-22"), **more)
    with pytest.raises(InputError, match="no event is called"):
        assess(LAW, "E9", clocks("2022-02-22"))


# Views: which reading to look at first.


class Word(NamedTuple):
    statement: str
    value: str = "false"
    attribution: str = "named"
    rank: str = "official"
    kind: str = "official"
    trigger: str = "t"
    authority: str = "US"


VIEWS = [
    ("latest_named", [Word("A"), Word("B")], "B", "the last"),
    (
        "latest_named",
        [Word("A"), Word("B", attribution="anonymous")],
        "A",
        "an anonymous line moves nothing",
    ),
    ("latest_named", [Word("A", attribution="anonymous")], None, "no named speaker"),
    ("most_senior", [Word("A", rank="head"), Word("B", rank="principal")], "A", "the head"),
    ("most_senior", [Word("A", rank="principal"), Word("B", rank="spokesperson")], "A", ""),
    ("most_senior", [Word("A", rank="spokesperson"), Word("B", rank="official")], "A", ""),
    ("most_senior", [Word("A", rank="observer"), Word("B", rank="official")], "B", ""),
    ("most_senior", [Word("A", rank="head"), Word("B", rank="head")], "B", "of equals the last"),
    ("strictest", [Word("A", "unknown"), Word("B", "true")], "B", "true first"),
    ("strictest", [Word("A", "false"), Word("B", "unknown")], "B", "unknown before false"),
    ("strictest", [Word("A", "true"), Word("B", "true")], "A", "of equals the first"),
    ("legal_only", [Word("A", kind="act"), Word("B")], "A", "speech counts for nothing"),
    ("legal_only", [Word("A", kind="act"), Word("B", kind="act")], "B", "the last act"),
    ("legal_only", [Word("A")], None, "no act"),
]


@pytest.mark.parametrize(("policy", "words", "chosen", "because"), VIEWS)
def test_a_view(policy, words, chosen, because):
    found = views(words, policy)
    assert (found["US t"].statement if found else None) == chosen, because


def test_each_authority_and_trigger_has_its_own_view():
    found = views([Word("A"), Word("B", authority="EU"), Word("C", trigger="u")], "strictest")
    assert {key: view.statement for key, view in found.items()} == {
        "US t": "A",
        "EU t": "B",
        "US u": "C",
    }
    assert views([Word("A")], None) == {}


# Ownership: each rule at its line.


def rule(**values):
    common = {
        "id": "r",
        "authority": "US",
        "threshold": 50,
        "inclusive": True,
        "aggregate": "always",
        "control": False,
    }
    return law_of(ownership=[common | values]).ownership["r"]


DAY = Instant.parse("2022-06-01")
LINES = [
    ({}, [50.0], "owned", "exactly half"), ({}, [49.99], "not_owned", "just below"),
    ({"inclusive": False}, [50.0], "not_owned", "more than half is needed"),
    ({"inclusive": False}, [50.01], "owned", "just above"),
    ({}, [25.0, 25.0], "owned", "stakes add up"),
    ({"aggregate": "joint_only"}, [25.0, 25.0], "not_owned", "only where they act jointly"),
    ({"threshold": 25}, [25.0], "owned", "another line"),
    ({}, [None], "unknown", "a stake that is not known"),
    ({}, [30.0, None], "unknown", "it may reach the line"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "stakes", "verdict", "because"), LINES)
def test_a_rule_at_its_line(values, stakes, verdict, because):
    held = [Stake(f"L{at}", "X", percent) for at, percent in enumerate(stakes)]
    rest = [] if None in stakes else [Stake("Other", "X", 100.0 - sum(stakes))]
    listed = [stake.owner for stake in held]
    found = conclude(rule(**values), held + rest, listed, DAY)["X"]
    assert found.verdict == verdict, because


CONTROLLED = [
    (True, 10.0, True, "owned"), (True, 10.0, False, "not_owned"), (True, 10.0, None, "unknown"),
    (True, None, None, "unknown"), (True, None, False, "unknown"), (False, 10.0, True, "not_owned"),
]  # fmt: skip


@pytest.mark.parametrize(("counts", "percent", "control", "verdict"), CONTROLLED)
def test_control(counts, percent, control, verdict):
    held = [Stake("A", "X", percent, control)]
    rest = [Stake("Other", "X", 100.0 - percent)] if percent else []
    found = conclude(rule(control=counts), held + rest, ["A"], DAY)["X"]
    assert found.verdict == verdict
    if verdict == "owned":
        assert found.path[0].by == "control"
        assert found.why == "10 percent, and control, which counts under this rule"


EFFECT = [
    ({"from": "2022-06-01"}, True), ({"from": "2022-06-02"}, False), ({"until": "2022-06-02"}, True),
    ({"until": "2022-06-01"}, False), ({"suspended_from": "2022-06-01"}, False),
    ({"suspended_from": "2022-06-02"}, True),
    ({"suspended_from": "2022-05-01", "suspended_until": "2022-06-01"}, True),
    ({"suspended_from": "2022-05-01", "suspended_until": "2022-06-02"}, False),
    ({"authority": "EU"}, False),
]  # fmt: skip


@pytest.mark.parametrize(("values", "holds"), EFFECT)
def test_a_rule_in_effect(values, holds):
    common = {
        "id": "r",
        "authority": "US",
        "threshold": 50,
        "inclusive": True,
        "aggregate": "always",
        "control": False,
    }
    law = law_of(ownership=[common | values])
    assert (rule_of(law, "US", DAY) is not None) == holds


def test_a_stake_is_held_on_its_days_alone():
    held = Interval(Instant.parse("2022-05-01"), Instant.parse("2022-06-02"))
    stake = Stake("A", "X", 60.0, held=held)
    for day, found in (
        ("2022-04-30", False),
        ("2022-05-01", True),
        ("2022-06-01", True),
        ("2022-06-02", False),
    ):
        assert bool(conclude(rule(), [stake], ["A"], Instant.parse(day))) == found, day


# Moments: each part of a day, in its zone.


PARTS = [
    ("2022-02-21 morning", 6, 12), ("2022-02-21 afternoon", 12, 18), ("2022-02-21 evening", 18, 21),
]  # fmt: skip


@pytest.mark.parametrize(("text", "begins", "ends"), PARTS)
@pytest.mark.parametrize(("zone", "hours"), [("-05:00", 5), ("+02:00", -2), ("+05:30", -5.5)])
def test_a_part_of_a_day(text, begins, ends, zone, hours):
    found = moment(text, zone)
    midnight = Instant.parse("2022-02-21").seconds + hours * 3600
    assert (found.first, found.last) == (midnight + begins * 3600, midnight + ends * 3600)
    assert not found.whole_day


def test_night_and_a_whole_day_end_with_their_last_minute():
    midnight = Instant.parse("2022-02-21").seconds
    night, day = moment("2022-02-21 night"), moment("2022-02-21")
    assert (night.first, night.last) == (midnight + 21 * 3600, midnight + 86_400 - 60)
    assert (day.first, day.last, day.whole_day) == (midnight, midnight + 86_400 - 60, True)


def test_some_time_between_two():
    found = moment("2022-02-21T22:00+02:00/2022-02-22T06:00+02:00")
    assert (found.last - found.first, str(found.day)) == (8 * 3600, "2022-02-22")
    instant = Instant.parse("2022-02-22T03:59:59Z")
    assert not found.happened_by(instant)
    assert found.happened_by(Instant.parse("2022-02-22T04:00:00Z"))
    assert found.effective_by(Instant.parse("2022-02-22T04:00:00Z"))
    assert not found.effective_by(instant)


EXACT = [
    ("2022-03-23T00:01-04:00", "2022-03-23T04:00:59Z", False),
    ("2022-03-23T00:01-04:00", "2022-03-23T04:01:00Z", True),
]


@pytest.mark.parametrize(("text", "instant", "effective"), EXACT)
def test_a_minute(text, instant, effective):
    assert moment(text).effective_by(Instant.parse(instant)) is effective
    assert moment(text).happened_by(Instant.parse(instant)) is effective


PASSED = [
    ("2022-04-22", "2022-04-22T23:59:59-05:00", False), ("2022-04-22", "2022-04-23T00:00:00-05:00", True),
    ("2022-04-22", "2022-04-22", False), ("2022-04-22", "2022-04-23", True),
    ("2022-04-22T00:01-05:00", "2022-04-22", True), ("2022-04-22T00:01-05:00", "2022-04-21", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "instant", "passed"), PASSED)
def test_through_a_moment(text, instant, passed):
    assert moment(text, "-05:00").passed_by(Instant.parse(instant)) is passed
