"""The real yente-client from PyPI against a real server: every call it has."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.server.live import running
from yente_client import Client, Company, Person
from yente_client.exceptions import (
    AuthenticationError,
    BadRequestError,
    NotFoundError,
    ServerError,
)

from limen.model.party import party_id_of
from limen.server.access.keys import ApiKeys


@pytest.fixture(scope="module")
def yente(settings):
    with running(settings) as base, Client(base_url=base) as client:
        yield client


def test_health_and_readiness(yente):
    assert yente.healthz().status == "ok"
    assert yente.readyz().status == "ok"


def test_match_finds_a_listed_person(yente):
    found = yente.match(Person(name="Sergey Aksyonov", birthDate="1972-11-26"))
    assert found.top.id == party_id_of("un_sc:1")
    assert found.top.match
    assert found.top.contributing_explanations["birth_date"].score > 0
    assert found.total.value == 1


def test_match_takes_every_parameter_the_client_has(yente):
    found = yente.match(
        Company(name="Promsvyazbank"),
        threshold=0.9,
        cutoff=0.5,
        algorithm="best",
        limit=3,
        datasets=["default", "un_sc"],
        exclude_schemata=["Person"],
        topics=["sanction"],
        changed_since=datetime(2022, 1, 1, tzinfo=UTC),
        exclude_entities=["un_sc:2"],
        weights={"name_literal": 0.2},
        config={"nm_number_mismatch": 0.4},
    )
    assert [each.id for each in found.results] == [party_id_of("un_sc:3")]
    assert found.limit == 3


def test_an_unknown_config_key_is_refused_with_what_was_meant(yente):
    with pytest.raises(BadRequestError, match="Unknown config key"):
        yente.match(Person(name="Anna"), config={"nm_number_mismatc": 1})


def test_search_pages_and_counts(yente):
    found = yente.search("Promsvyazbank")
    assert found.results[0].id == party_id_of("un_sc:3")
    assert found.facets["datasets"].values[0].name == "un_sc"
    everybody = yente.search("", limit=1, offset=1)
    assert (everybody.total.value, len(everybody.results), everybody.offset) == (4, 1, 1)


def test_an_entity_with_its_listings_inside(yente):
    party = yente.fetch("un_sc:1")
    (listing,) = party.properties["sanctions"]
    assert listing.schema_ == "Sanction"
    assert listing.properties["startDate"] == ["2014-03-17"]
    assert "sanctions" not in yente.fetch("un_sc:1", nested=False).properties


def test_what_is_beside_an_entity(yente):
    assert yente.adjacent("un_sc:1").adjacent["sanctions"].total.value == 1
    beside = yente.adjacent("un_sc:1", prop="sanctions", limit=5)
    assert beside.results[0].caption == "UKRAINE-EO13660"


def test_nobody_of_that_id(yente):
    with pytest.raises(NotFoundError, match="No such entity!"):
        yente.fetch("un_sc:nobody")


def test_datasets_and_algorithms(yente):
    found = yente.datasets()
    names = {each.name for each in found.datasets}
    assert {"default", "un_sc", "us_ofac_sdn", "un"} <= names
    assert set(found.current) == {"un_sc", "us_ofac_sdn"}
    assert yente.datasets() == found  # the second time by its ETag
    assert yente.algorithms().best == "limen-1"


def test_statements_which_yente_itself_has_not(yente):
    found = yente.statements(canonical_id="un_sc:1", prop="birthDate")
    assert [each.value for each in found.results] == ["1972-11-26"]
    assert found.results[0].first_seen.isoformat() == "2022-02-17T00:00:00"


def test_an_unknown_dataset_is_not_found(yente):
    with pytest.raises(NotFoundError, match="No such dataset"):
        yente.match(Person(name="Anna"), datasets=["us_ofac_snd"])


def test_where_keys_were_made_a_key_is_asked_for(home, settings, tmp_path):
    copy = tmp_path / "keyed"
    shutil.copytree(home, copy)
    secret = ApiKeys(copy / "server").add("desk", "screen")
    with running(replace(settings, home=copy)) as base:
        with Client(base_url=base) as nobody, pytest.raises(AuthenticationError):
            nobody.match(Person(name="Anna"))
        with Client(base_url=base, api_key=secret) as desk:
            assert desk.match(Person(name="Sergey Aksyonov")).top.match


def test_a_refusal_reaches_the_client_as_an_error_and_a_match_does_not(settings, yente):
    """The client reads the status alone: an empty result with 200 would be a clear."""
    late = replace(settings, clock=lambda: datetime(2022, 6, 1, tzinfo=UTC))
    with running(late) as base, Client(base_url=base) as client:
        assert client.match(Person(name="Sergey Aksyonov")).top.match
        with pytest.raises(ServerError, match="un_sc: the version of") as refused:
            client.match(Person(name="Wilhelmina Unlisted"))
        assert refused.value.status_code == 503
        with pytest.raises(ServerError, match="cannot carry a clear"):
            client.search("Wilhelmina Unlisted")
    assert yente.match(Person(name="Wilhelmina Unlisted")).results == []
    with pytest.raises(BadRequestError, match="was not all compared"):
        yente.match(Person(name="Wilhelmina Unlisted", birthDate="soon"))
