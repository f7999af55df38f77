"""Answers of the past: a key that passed to another party, and an alias that was removed."""

from __future__ import annotations

import pytest
from tests.worlds import a_list, listed, registry, world

from limen.lists.audit import Audit
from limen.lists.manifest import read_manifest
from limen.lists.verify import read_version

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


@pytest.mark.shared
def test_an_alias_that_the_united_nations_removed_hits_on_its_days(shared, tmp_path):
    """QDi.331 was also `Abu Abdurrahman the Moroccan`, of low quality, until early 2024."""
    versions = {}
    for version in read_manifest(shared("data/lists.yml")):
        if version.list_id == "un_sc" and version.published.year == 2024:
            sources = version.sources(shared("data/lists.yml").parent)
            versions[version.published.isoformat()] = [
                entry
                for entry in read_version(version.format, sources, Audit())
                if entry.record_id == "QDi.331"
            ]
    engine = world(tmp_path, registry(a_list("un_sc", "UN")), {"un_sc": versions})

    def outcome(name: str, day: str) -> str:
        query = {"schema": "Person", "properties": {"name": [name]}}
        return engine.screen(query, as_of=day, known_at=day, allow_stale=["un_sc"]).outcome

    removed, stays = "Abu Abdurrahman the Moroccan", "Anders Cameroon Ostensvig Dale"
    days = ("2024-01-05", "2024-05-02", "2024-05-03")
    assert [outcome(removed, day) for day in days] == ["review", "review", "clear"]
    assert [outcome(stays, day) for day in days] == ["hit", "hit", "hit"]
