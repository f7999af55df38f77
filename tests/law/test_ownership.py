"""Ownership by each authority's own rule: the table at the end of section 3.1, and its edges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.law.ownership.ownership import conclude, rule_of
from limen.law.ownership.stakes import Stake
from limen.law.ownership.stakes_file import read_stakes
from limen.model import InputError, Instant, Interval

DAY = Instant.parse("2025-01-15")
BEFORE = Instant.parse("2024-06-01")


def verdict(law, authority, stakes, listed=("A", "B"), on=DAY, entity="X", measure=None):
    rule = rule_of(law, authority, on, measure=measure)
    assert rule is not None
    return conclude(rule, stakes, listed, on)[entity].verdict


FORTY_AND_TEN = [
    Stake("A", "X", 40, control=False), Stake("B", "X", 10, control=False), Stake("C", "X", 50),
]  # fmt: skip
EXACTLY_HALF = [Stake("A", "X", 50.0, control=False), Stake("C", "X", 50)]
NOT_STATED = [Stake("A", "X", 30), Stake("C", "X", 70)]
RUNS_IT = [Stake("A", "X", 30, control=True), Stake("C", "X", 70)]


@pytest.mark.parametrize(
    ("authority", "stakes", "on", "expected"),
    [
        ("US", FORTY_AND_TEN, DAY, "owned"),
        ("EU", FORTY_AND_TEN, DAY, "owned"),
        ("EU", FORTY_AND_TEN, BEFORE, "not_owned"),
        ("UK", FORTY_AND_TEN, DAY, "not_owned"),
        ("US", EXACTLY_HALF, DAY, "owned"),
        ("EU", EXACTLY_HALF, DAY, "owned"),
        ("EU", EXACTLY_HALF, BEFORE, "not_owned"),
        ("UK", EXACTLY_HALF, DAY, "not_owned"),
        ("US", RUNS_IT, DAY, "not_owned"),
        ("EU", RUNS_IT, DAY, "owned"),
        ("UK", RUNS_IT, DAY, "owned"),
        ("US", NOT_STATED, DAY, "not_owned"),
        ("EU", NOT_STATED, DAY, "unknown"),
        ("UK", NOT_STATED, DAY, "unknown"),
    ],
)
def test_the_table_of_section_3_1(law, authority, stakes, on, expected):
    assert verdict(law, authority, stakes, on=on) == expected


def test_uk_stakes_add_up_where_owners_act_jointly(law):
    jointly = [Stake("A", "X", 40, acting_with="pact"), Stake("B", "X", 11, acting_with="pact")]
    assert verdict(law, "UK", jointly) == "owned"


def test_ownership_goes_down_the_chain_to_a_fixpoint(law):
    chain = [Stake("A", "X", 50), Stake("X", "Y", 50), Stake("Y", "Z", 30), Stake("B", "Z", 20)]
    rule = rule_of(law, "US", DAY)
    found = conclude(rule, reversed(chain), ["A", "B"], DAY)
    assert {name: each.verdict for name, each in found.items()} == dict.fromkeys("XYZ", "owned")
    assert [(step.owner, step.owned) for step in found["Z"].path] == [
        ("B", "Z"), ("Y", "Z"), ("X", "Y"), ("A", "X"),
    ]  # fmt: skip


#: Shares that the file has no owner for, and circles, by (owner, owned, percent): X is looked at.
GAPS = [
    ([("A", "X", 30)], "unknown", 100.0, "70 percent may be of anyone"),
    ([("A", "X", 30), ("C", "X", 20)], "unknown", 80.0, "30 of it is A's, 50 may be"),
    ([("A", "X", 30), ("C", "X", 50)], "unknown", 50.0, "exactly the line"),
    ([("A", "X", 30), ("C", "X", 50.01)], "not_owned", 49.99, "just below it"),
    ([("C", "X", 30)], "unknown", 70.0, "the listed may hold the rest alone"),
    ([("C", "X", 100)], "not_owned", 0.0, "all of it is another's"),
    ([("A", "X", 60)], "owned", 100.0, "what is known is enough"),
    ([("A", "C", 30), ("C", "X", 100)], "unknown", 100.0, "a gap above is one below"),
    ([("A", "X", 40), ("Y", "X", 60), ("X", "Y", 60), ("C", "Y", 40)], "unknown", 100.0, "a circle"),
    ([("Y", "X", 100), ("X", "Y", 100)], "not_owned", 0.0, "a circle without the listed"),
    ([("A", "X", 10), ("Y", "X", 40), ("C", "X", 50), ("X", "Y", 40), ("C", "Y", 60)], "not_owned",
     10.0, "half, if Y were owned, and Y is not"),
]  # fmt: skip


@pytest.mark.parametrize(("stakes", "expected", "at_most", "because"), GAPS)
def test_what_nobody_in_the_file_holds_is_never_taken_for_another_s(
    law, stakes, expected, at_most, because
):
    held = [Stake(*each) for each in stakes]
    found = conclude(rule_of(law, "US", DAY), held, ["A"], DAY)["X"]
    assert (found.verdict, found.at_most) == (expected, at_most), because


def test_a_finding_that_is_open_names_the_gap_or_the_circle(law):
    rule = rule_of(law, "US", DAY)
    gap = conclude(rule, [Stake("A", "X", 30)], ["A"], DAY)["X"]
    assert "30 percent is known, up to 100 possible (70 has no known owner)" in gap.why
    stakes = [Stake("A", "X", 40), Stake("Y", "X", 60), Stake("X", "Y", 60), Stake("C", "Y", 40)]
    found = conclude(rule, stakes, ["A"], DAY)
    assert "circle of owners" in found["X"].why
    assert found["Y"].verdict == "unknown"


def test_a_stake_that_is_not_known_is_unknown_never_no(law):
    rule = rule_of(law, "US", DAY)
    (found,) = conclude(rule, [Stake("A", "X", None), Stake("C", "X", 30)], ["A"], DAY).values()
    assert (found.verdict, found.percent, found.at_most) == ("unknown", 0.0, 70.0)
    assert verdict(law, "US", [Stake("A", "X", None), Stake("C", "X", 60)]) == "not_owned"


def test_a_stake_sold_before_the_day_does_not_count(law):
    sold = [Stake("A", "X", 60, held=Interval(None, Instant.parse("2024-12-31")))]
    rule = rule_of(law, "US", DAY)
    assert conclude(rule, sold, ["A"], DAY) == {}


def test_the_rule_does_not_reach_directive_1_and_reaches_directive_3(law):
    assert rule_of(law, "US", DAY, measure="us-eo-14024-directive-1") is None
    assert rule_of(law, "US", DAY, measure="us-eo-14024-directive-3").id == "us-directive-3"


def test_the_affiliates_rule_is_suspended_for_a_year(law):
    def in_effect(day):
        rule = rule_of(law, "US", Instant.parse(day), measure="us-bis-entity-list")
        return rule is not None and rule.id == "us-bis-affiliates"

    assert not in_effect("2025-09-28")
    assert in_effect("2025-10-15")
    assert not in_effect("2025-11-10")
    assert not in_effect("2026-11-09")
    assert in_effect("2026-11-10")


@given(
    shares=st.lists(st.integers(0, 20), min_size=1, max_size=5),
    more=st.integers(0, 20),
    authority=st.sampled_from(["US", "EU", "UK"]),
)
def test_a_larger_stake_never_frees_an_entity(law, shares, more, authority):
    stakes = [Stake(f"L{at}", "X", share) for at, share in enumerate(shares)]
    listed = [stake.owner for stake in stakes] + ["M"]
    first = verdict(law, authority, stakes, listed)
    second = verdict(law, authority, [*stakes, Stake("M", "X", more)], listed)
    assert not (first == "owned" and second != "owned")
    assert (first, second) != ("unknown", "not_owned")


def test_a_file_of_stakes_is_read():
    raw = b"owner,owned,percent,control,from,to,source\nA,X,40,no,2020-01-01,,register\nB,X,,,,,\n"
    first, second = read_stakes(raw, "owners.csv")
    assert (first.percent, first.control, first.source) == (40.0, False, "register")
    assert (second.percent, second.control) == (None, None)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"owner,owned,percnt\n", "did you mean percent?"),
        (b"owner,owned\n", "the column percent is missing"),
        (b"owner,owned,percent\nA,X,140\n", "line 2: percent: '140' is not a percentage"),
        (b"owner,owned,percent,control\nA,X,1,maybe\n", "line 2: control"),
        (b"owner,owned,percent,from,to\nA,X,1,2021-01-01,2020-01-01\n", "cannot end"),
        (b"owner,owned,percent\n,X,1\n", "line 2: owner and owned"),
        (b"owner,owned,percent\nA,X,0.5\nB,X,1\n", "write 50 for half"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(raw, says):
    with pytest.raises(InputError) as refused:
        read_stakes(raw, "owners.csv")
    assert says in str(refused.value)


@pytest.mark.parametrize("shares", [("0.5%", ""), ("0.5", "40"), ("0", "0"), ("", "")])
def test_small_shares_are_read_where_they_can_be_no_fractions(shares):
    lines = "".join(f"A,X{at},{share}\n" for at, share in enumerate(shares))
    found = read_stakes(f"owner,owned,percent\n{lines}".encode(), "owners.csv")
    assert [each.percent for each in found] == [
        float(share.rstrip("%")) if share else None for share in shares
    ]


def test_a_stake_that_is_not_known_never_takes_from_the_others(law):
    """Stakes that add up to more than all are of a wrong file; what is unknown is then nothing."""
    stakes = [Stake("A", "X", 60), Stake("C", "X", 60), Stake("B", "X", None)]
    (found,) = conclude(rule_of(law, "US", DAY), stakes, ["A", "B"], DAY).values()
    assert (found.percent, found.at_most) == (60, 60)
