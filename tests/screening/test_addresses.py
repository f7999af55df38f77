"""Parties are screened with every address: inside is a hit, what may be inside is for review."""

import json
import subprocess
import sys
from datetime import UTC, datetime

import jsonschema
import pytest
from tests.conftest import ROOT
from tests.worlds import a_list, listed, person, registry, world

from limen.batch.output.flat_rows import to_flat
from limen.batch.output.writers import answered
from limen.engine.replay import replay
from limen.model.answer import in_form_3

TODAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
NOBODY = "Zorblat Quixeldorf"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    lists = registry(
        a_list("us_one", "US", max_age_days=10_000),
        a_list("eu_one", "EU", max_age_days=10_000),
        a_list("un_one", "UN", max_age_days=10_000),
    )
    day = "2012-01-01"
    versions = {
        name: {day: [listed("1", "Sergey Valeryevich Aksyonov")]}
        for name in ("us_one", "eu_one", "un_one")
    }
    return world(tmp_path_factory.mktemp("addresses") / "home", lists, versions, today=TODAY)


def ask(engine, as_of="2023-01-15", **said):
    wanted = {name: said.pop(name) for name in ("authorities", "lists") if name in said}
    return engine.screen(person(NOBODY, **said), as_of=as_of, **wanted)


def levels(answer):
    return {(each.authority, each.territory): each.level for each in answer.places}


@pytest.mark.parametrize(
    ("said", "because"),
    [
        ({"address": "Yalta, Krimea"}, "C-01: a spelling of the region"),
        ({"address": "ул. Кирова 5, Симферополь", "country": "ru"}, "C-15: Russia masks the city"),
        ({"country": "Crimea"}, "a region where a country was asked for"),
        ({"city": "Simferopol", "country": "ru"}, "parts of an address beside the party's own"),
        ({"addressEntity": {"properties": {"city": ["Yalta"], "postalCode": "298600"}}}, "FtM"),
        ({"addressEntity": {"properties": {"full": "Sevastopol", "country": "ua"}}}, "FtM, whole"),
        ({"addressEntity": {"properties": {"latitude": "44.95", "longitude": "34.10"}}}, "a point"),
        ({"address": ["12 High Street, Leeds, UK", "Kerch, Ukraine"]}, "one address is enough"),
    ],
)
def test_an_address_inside_is_a_hit_of_every_authority_asked(engine, said, because):
    answer = ask(engine, **said)
    assert answer.outcome == "hit", because
    inside = {("US", "ua-crimea"): "hit", ("EU", "ua-crimea"): "hit"}
    assert levels(answer) == inside, because


def test_a_finding_tells_the_law_and_the_words_it_rests_on(engine):
    address = "ул. Кирова 5, Симферополь"
    (finding,) = ask(engine, address=address, country="ru", authorities=["EU"]).places
    assert (finding.kind, finding.id) == ("place", "ua-crimea@eu-692-2014")
    assert finding.instrument == "Regulation (EU) No 692/2014"
    carrier = finding.features[0]
    assert address[slice(*carrier.span)] == "Симферополь"
    assert sum(each.contribution for each in finding.features) == finding.score
    assert "Russia" in finding.contradictions[0]


@pytest.mark.parametrize("said", [{"country": "ir"}, {"address": "Donetsk Oblast"}])
def test_what_is_in_doubt_scores_below_what_is_inside(engine, said):
    for finding in ask(engine, **said).places:
        assert finding.score <= 0.5
        assert sum(each.contribution for each in finding.features) == finding.score


def test_an_address_that_may_be_inside_is_for_review_and_clears_nobody(engine):
    answer = ask(engine, address="Donetsk Oblast")
    assert answer.outcome == "cannot_say"
    assert set(levels(answer).values()) == {"review"}
    assert all("would settle it" in reason for reason in answer.reasons)


@pytest.mark.parametrize("address", ["PO Box 5", "вул. Незнана 5", "asdf"])
def test_an_address_without_a_clue_is_told_and_decides_nothing(engine, address):
    answer = ask(engine, address=address, country="ru")
    assert (answer.outcome, answer.findings) == ("clear", ())
    assert [each.code for each in answer.notices] == ["address-not-placed"]


def test_a_birthplace_is_a_clue_and_never_an_embargo(engine):
    answer = ask(engine, birthPlace="Sevastopol", address="Berlin, Germany")
    assert (answer.outcome, answer.findings) == ("clear", ())
    assert [each.code for each in answer.notices] == ["birthplace-in-territory"]


@pytest.mark.parametrize(
    ("said", "as_of", "outcome", "because"),
    [
        ({"address": "Valiasr Street 12", "country": "ir"}, "2023-01-15", "hit", "it is there"),
        ({"address": "Havana"}, "2023-01-15", "hit", "a city names its country"),
        ({"address": "Damascus"}, "2023-01-15", "hit", "the embargo stood"),
        ({"address": "Damascus"}, "2025-07-02", "clear", "and had ended"),
        ({"country": "ir"}, "2023-01-15", "cannot_say", "a country is no address"),
        ({"nationality": "ir"}, "2023-01-15", "clear", "a nationality is no ground"),
        ({"country": "ir", "address": "Berlin, Germany"}, "2023-01-15", "clear", "it is there"),
        ({"country": "ir", "address": "Berlin"}, "2023-01-15", "cannot_say", "it is one or other"),
        ({"country": ["ir", "de"], "address": "asdf"}, "2023-01-15", "cannot_say", "may be there"),
        ({"country": "ua", "address": "Kirova 5"}, "2023-01-15", "cannot_say", "a street alone"),
        ({"country": "de", "address": "Hauptstr. 5, Berlin"}, "2023-01-15", "clear", "no embargo"),
    ],
)
def test_whole_countries(engine, said, as_of, outcome, because):
    assert ask(engine, as_of, **said).outcome == outcome, because


def test_the_date_and_the_law_of_those_who_are_asked_decide(engine):
    assert ask(engine, "2014-03-01", address="Simferopol").outcome == "clear"
    assert ask(engine, "2014-07-01", address="Simferopol", authorities=["US"]).outcome == "clear"
    assert ask(engine, "2014-07-01", address="Simferopol", authorities=["EU"]).outcome == "hit"
    only = ask(engine, address="Simferopol", lists=["us_one"])
    assert {authority for authority, _ in levels(only)} == {"US"}


def test_lists_that_are_nobodys_law_locate_nothing_and_say_so(engine):
    answer = ask(engine, address="Simferopol", lists=["un_one"])
    assert answer.outcome == "clear"
    assert [each.code for each in answer.notices] == ["address-not-located"]


def test_a_point_that_is_not_on_earth_is_a_reason(engine):
    said = {"addressEntity": {"properties": {"latitude": "444.95", "longitude": "34.10"}}}
    answer = ask(engine, **said)
    assert answer.outcome == "cannot_say"
    assert "is not on earth" in answer.reasons[0]


def test_an_address_said_twice_is_found_once_and_a_long_one_is_not_repeated(engine):
    twice = ask(engine, address="Kerch", authorities=["EU"], addressEntity={"full": "Kerch"})
    assert len(twice.places) == 1
    long = ask(engine, address="Kerch, " + "x, " * 30_000, authorities=["EU"])
    assert long.outcome == "hit"
    assert len(json.dumps(long.to_dict()["findings"])) < 20_000


def test_parties_stand_before_places_and_many_are_asked_as_one(engine):
    asked = person("Sergey Valeryevich Aksyonov", address="Simferopol")
    one = engine.screen(asked, as_of="2023-01-15")
    assert [each.kind for each in one.findings] == sorted(each.kind for each in one.findings)
    assert one.parties
    assert one.places
    (many,) = engine.screen_many([asked], as_of="2023-01-15")
    assert many == one


def test_the_wire_form_keeps_to_the_schema_and_replays(engine):
    said = {"addressEntity": {"properties": {"city": "Simferopol"}}, "address": "Donetsk Oblast"}
    wire = json.loads(json.dumps(ask(engine, **said).to_dict()))
    schema = json.loads((ROOT / "docs/schemas/answer.schema.json").read_text())
    jsonschema.validate(wire, schema)
    assert replay(engine, wire).same


def test_an_answer_of_form_1_replays_and_says_what_it_could_not_see(engine):
    def form_1(answer):
        wire = in_form_3(json.loads(json.dumps(answer.to_dict()))) | {"schema_version": "1"}
        wire["findings"] = [each for each in wire["findings"] if each.pop("kind") == "party"]
        del wire["addresses"]
        return wire

    before = form_1(engine.screen(person("Sergey Valeryevich Aksyonov"), as_of="2023-01-15"))
    assert replay(engine, before).same
    unseen = form_1(ask(engine, address="Simferopol")) | {"outcome": "clear"}
    again = replay(engine, unseen)
    assert not again.same
    assert "did not locate addresses" in again.why


def test_a_bare_name_opens_no_places(engine):
    program = (
        "import sys, limen; from pathlib import Path;"
        f"limen.open(Path({str(engine.snapshot.folder)!r})).screen("
        "{'schema': 'Person', 'properties': {'name': 'A Name', 'birthDate': '1980'}});"
        "print(any(name.startswith('limen.places') for name in sys.modules))"
    )
    command = [sys.executable, "-c", program]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.stdout.strip() == "False", told.stderr


def test_columns_tell_the_address_the_territory_and_the_act(engine):
    answer = ask(engine, address=["Donetsk Oblast", "Kerch"], authorities=["EU"])
    hit, review = (row for row in to_flat(answered(answer, 1, {})))
    assert (hit["limen_kind"], hit["limen_address"]) == ("place", "Kerch")
    assert (hit["limen_territory"], hit["limen_measure"]) == ("ua-crimea", "eu-692-2014")
    assert review["limen_address_outcome"] == "cannot_say"
    (clear,) = to_flat(answered(ask(engine, address="Leeds, UK"), 1, {}))
    assert (clear["limen_outcome"], clear["limen_address_outcome"]) == ("clear", "outside")


@pytest.mark.parametrize(
    ("name", "located", "because"),
    [
        ("Simferopol", True, "a town and nothing else"),
        ("Simferopol Crimea", True, "a town and its region"),
        ("Sim\u00adferopol", True, "a town in disguise"),
        ("Kirova street, Simferopol", True, "written like an address"),
        ("Климент Олесь Симоненко", False, "a person with the name of a village"),
        ("Anton Nika Jerković", False, "another"),
    ],
)
def test_a_name_of_anything_is_located_where_it_is_a_place(engine, name, located, because):
    party = {"schema": "Thing", "properties": {"name": [name]}}
    assert bool(engine.screen(party, as_of="2023-01-15").places) is located, because
