"""Answers of the past: a key that passed to another party, and an alias that was removed."""

from __future__ import annotations

import pytest
from tests.worlds import a_list, listed, registry, world

BEFORE, AFTER = "2022-03-01", "2022-04-08"
OLD, NEW, ALIAS = "Ivan Sergeevich PETROVSKY", "Northern Trade Bank", "Viktor KUZMIN"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    versions = {
        BEFORE: [listed("1", OLD), listed("2", "Pavel Antonovich ORLOV", alias=ALIAS)],
        AFTER: [listed("1", NEW, "Company"), listed("2", "Pavel Antonovich ORLOV")],
    }
    lists = registry(a_list("au_one", "AU"))
    return world(tmp_path_factory.mktemp("home"), lists, {"au_one": versions})


@pytest.mark.parametrize(
    ("name", "schema", "day", "outcome"),
    [
        (OLD, "Person", "2022-04-07", "hit"),
        (NEW, "Company", "2022-04-07", "clear"),
        (OLD, "Person", AFTER, "clear"),
        (NEW, "Company", AFTER, "hit"),
        (ALIAS, "Person", "2022-04-07", "hit"),
        (ALIAS, "Person", AFTER, "clear"),
    ],
)
def test_a_name_hits_on_the_days_on_which_it_was_listed(engine, name, schema, day, outcome):
    query = {"schema": schema, "properties": {"name": [name]}}
    answer = engine.screen(query, as_of=day, known_at=day, allow_stale=["au_one"])
    assert answer.outcome == outcome


def test_the_party_that_lost_the_key_is_another_than_the_one_that_has_it(engine):
    """Asked with what is known now about the day before, the old name still is its own party."""
    found = {
        name: engine.screen(
            {"schema": schema, "properties": {"name": [name]}}, as_of=day, allow_stale=["au_one"]
        ).parties
        for name, schema, day in ((OLD, "Person", "2022-04-07"), (NEW, "Company", AFTER))
    }
    assert [len(parties) for parties in found.values()] == [1, 1]
    assert found[OLD][0].id != found[NEW][0].id
