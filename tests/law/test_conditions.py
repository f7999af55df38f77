"""Three values: what Kleene's logic must keep, whatever the condition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.law.assess.conditions import (
    All,
    AnyOf,
    Compare,
    Is,
    Not,
    Undefined,
    evaluate,
    facts_of,
    parse,
    value_of,
)
from limen.model import RegistryError

NAMES = ("assembled", "overt", "uniformed", "days")
LEAVES = (
    st.sampled_from(NAMES[:3]).flatmap(
        lambda name: st.sampled_from([Is(name, (True,)), Is(name, (False,))])
    )
    | st.integers(0, 5).map(lambda bound: Compare("days", "at_least", float(bound)))
    | st.just(Undefined("nobody said"))
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: (
        inner.map(Not)
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
    ),
    max_leaves=8,
)
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "assembled": st.booleans(),
        "overt": st.booleans(),
        "uniformed": st.booleans(),
        "days": st.integers(0, 5).map(float),
    },
)


@given(CONDITIONS, FACTS)
def test_the_value_alone_is_that_of_the_explanation(condition, facts):
    assert value_of(condition, facts) is evaluate(condition, facts).value


@given(CONDITIONS, FACTS)
def test_unknown_names_what_is_missing_and_a_value_names_nothing(condition, facts):
    truth = evaluate(condition, facts)
    assert bool(truth.missing) == (truth.value is None)
    for name in truth.missing:
        assert name == "undefined" or (name in set(facts_of(condition)) and name not in facts)


@given(CONDITIONS, FACTS, FACTS)
def test_more_facts_never_turn_a_value_over(condition, facts, more):
    """What was true or false with less knowledge stays so with more."""
    before = value_of(condition, facts)
    after = value_of(condition, {**more, **facts})
    assert before is None or after is before


@given(CONDITIONS, FACTS)
def test_not_of_not_is_the_same(condition, facts):
    assert value_of(Not(Not(condition)), facts) is value_of(condition, facts)


def test_every_reading_of_the_bundled_law_is_unknown_of_an_event_without_facts(law):
    for name, statement in law.statements.items():
        if statement.reading is not None:
            condition, _ = law.conditions(statement)
            assert evaluate(condition, {}).value is None, name


def test_a_condition_is_data_and_nothing_is_executed(law):
    def refuse(what, path, hint):
        return RegistryError(what, where=".".join(map(str, path)), hint=hint)

    for raw in ("__import__('os')", [], {}, {"all": "x"}, {"undefined": 3}, {"eval": "1"}):
        with pytest.raises(RegistryError):
            parse(raw, law.facts, refuse)
