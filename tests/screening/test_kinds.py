"""A party's kind raises or lowers a match by name, and never hides one."""

from __future__ import annotations

import pytest
from tests.worlds import a_list, listed, registry, world

from limen.model import Feature
from limen.model.schemata import comparable
from limen.screening.kinds import hold_other_kind, orders
from limen.screening.scoring import Judge, score_of
from limen.screening.weights import WEIGHTS

DAY = "2024-05-28"
LISTED = {
    "Person": "AKSYONOV, Sergey Valeryevich",
    "Company": "Promsvyaz Trading House",
    "Organization": "Falcon Martyrs Brigade",
    "LegalEntity": "Wagner Northern Group",
    "PublicBody": "Ministry of Distant Waters",
    "Vessel": "OCEAN PEARL",
    "Airplane": "Silver Heron Seven",
}
#: Names that the matcher does not find in another order.
TURNED = {
    "LegalEntity": ("OSTEC-ST LTD", "LTD OSTEC-ST"),
    "Company": ("Texco FZE", "FZE Texco"),
    "Organization": ("OTKRYTOE OBSHCHESTVO TEKHNOLOGII", "OBSHCHESTVO TEKHNOLOGII OTKRYTOE"),
    "Vessel": ("BICENTENARIO II", "II BICENTENARIO"),
}
QUERIES = (*LISTED, "Thing")


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    turned = [(schema, name) for schema, (name, _) in TURNED.items()]
    every = [*LISTED.items(), *turned]
    entries = [listed(str(at), name, schema) for at, (schema, name) in enumerate(every)]
    home = tmp_path_factory.mktemp("kinds") / "home"
    return world(home, registry(a_list("us_one", "US")), {"us_one": {DAY: entries}})


def _levels(engine, schema: str, name: str) -> list[str]:
    answer = engine.screen({"schema": schema, "properties": {"name": [name]}}, as_of=DAY)
    return [finding.level for finding in answer.findings if finding.kind == "party"]


@pytest.mark.parametrize("sent_as", QUERIES)
@pytest.mark.parametrize("kind", LISTED)
def test_an_equal_name_is_found_whatever_the_kinds(engine, sent_as, kind):
    crafts = {"Vessel", "Airplane"}
    person_and_craft = {sent_as, kind} & crafts and "Person" in (sent_as, kind)
    expected = ["review"] if person_and_craft else ["hit"]
    assert _levels(engine, sent_as, LISTED[kind]) == expected


@pytest.mark.parametrize("sent_as", QUERIES)
@pytest.mark.parametrize("kind", TURNED)
def test_a_name_of_no_person_is_found_in_another_order(engine, sent_as, kind):
    assert set(_levels(engine, sent_as, TURNED[kind][1])) & {"hit", "review"}


@pytest.mark.parametrize("sent_as", QUERIES)
@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("Person", "Sergey Valeryevich Aksyonov"),
        ("Person", "aksyonov sergey valeryevich"),
        ("Vessel", "Pearl Ocean"),
    ],
)
def test_equal_words_in_another_order_are_a_review_at_least(engine, sent_as, kind, name):
    levels = _levels(engine, sent_as, name)
    if comparable(sent_as, kind):
        assert levels in (["hit"], ["review"])
    else:
        assert levels == ["review"]


def test_the_finding_says_that_the_kinds_differ(engine):
    party = {"schema": "Person", "properties": {"name": ["Ocean Pearl"]}}
    (finding,) = engine.screen(party, as_of=DAY).findings
    assert [feature.name for feature in finding.features if feature.contribution < 0] == ["kind"]
    assert "kind differs" in finding.why
    assert finding.score == pytest.approx(0.69)


def test_another_name_of_another_kind_is_not_found(engine):
    assert _levels(engine, "Company", "Sergey Valeryevich Petrov") == []


ORDERS = [
    ("putin", []),
    ("vladimir putin", ["vladimir putin", "vladimir, putin", "putin vladimir", "putin, vladimir"]),
    (
        "a, b c",
        ["a b c", "a, b c", "a b, c", "b c a", "b, c a", "b c, a", "c a b", "c, a b", "c a, b"],
    ),
]


@pytest.mark.parametrize(("written", "keys"), ORDERS)
def test_the_orders_in_which_a_name_is_looked_up(written, keys):
    assert list(orders(written)) == keys


def test_a_name_of_five_words_is_looked_up_in_every_order_and_one_of_six_in_none():
    assert len(list(orders("a b c d e"))) == 25
    assert list(orders("a b c d e f")) == []


@pytest.mark.parametrize(("score", "held"), [(0.69, False), (0.6901, True), (0.68, False)])
def test_a_match_of_other_kinds_is_held_only_above_the_line(score, held):
    judge = Judge("limen-1", WEIGHTS["limen-1"], 0.7)
    features = [Feature("name", "near", score, query="Ivan Petrov", listed="Petrov Ivan")]
    settled = hold_other_kind(features, "Person", "Company", judge)
    assert [feature.name for feature in settled] == ["name", "kind"][: 1 + held]
    assert score_of(settled) == min(score, 0.69)
