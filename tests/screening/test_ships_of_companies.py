"""A ship's number in the entry of a company leads to the company, and is not called its own."""

import pytest
from tests.worlds import a_list, listed, registry, world

#: An IMO number of a ship, and one of a company: each has its own check digit.
SHIP, COMPANY, MMSI = "9413561", "5985863", "273157300"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    owner = listed("1", "Nova Shipmanagement", "Company", imoNumber=(SHIP, COMPANY), mmsi=MMSI)
    ship = listed("2", "Amulet", "Vessel", imoNumber="9413547")
    home = tmp_path_factory.mktemp("ships") / "home"
    return world(home, registry(a_list("one")), {"one": {"2024-05-28": [owner, ship]}})


@pytest.mark.parametrize(
    ("schema", "numbers", "why"),
    [
        ("Vessel", {"imoNumber": SHIP}, "is that of a ship named in the entry of 'Nova"),
        ("Company", {"imoNumber": f"IMO {COMPANY}"}, "is that of 'Nova Shipmanagement'"),
        ("Vessel", {"imoNumber": "IMO 9413547"}, "is that of 'Amulet'"),
    ],
)
def test_the_sentence_says_whose_number_it_is(engine, schema, numbers, why):
    party = {"schema": schema, "properties": {"name": "Unlike Any", **numbers}}
    answer = engine.screen(party, as_of="2024-05-28")
    assert answer.outcome == "hit"
    assert [why in finding.why for finding in answer.findings] == [True]
