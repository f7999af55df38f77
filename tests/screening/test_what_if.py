"""What if: an overlay over a portfolio, which changes nothing and says so on every line."""

from __future__ import annotations

import pytest
from tests.worlds import a_list, listed, person, registry, world

from limen.law.codes import read_sector
from limen.law.ownership.stakes_file import Stakes
from limen.law.suppose.supposed import Supposed
from limen.model import Instant, read_party
from limen.simulation.before import Before
from limen.simulation.holding import Holding, Row
from limen.simulation.supposed_targets import TargetComparer
from limen.util.budget import UNLIMITED

DAY = "2024-05-28"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    lists = registry(a_list("us_ofac_sdn", "US"), a_list("eu_fsf", "EU"))
    bank = listed(
        "1",
        "GRAIN BANK",
        "Company",
        alias=("Зерновой банк",),
        swiftBic="GRNBRUMM",
        programmes=("RUSSIA-EO14024",),
        acts=("Executive Order 14024",),
    )
    other = listed("2", "Somebody Else Entirely", programmes=("UKR",))
    versions = {"us_ofac_sdn": {DAY: [bank]}, "eu_fsf": {DAY: [other]}}
    return world(tmp_path_factory.mktemp("what-if") / "home", lists, versions)


def company(name, **properties):
    return {"schema": "Company", "properties": {"name": name, **properties}}


def test_a_supposed_listing_hits_by_every_name_and_number_lists_know(engine):
    portfolio = [
        Holding(company("Grain Bank"), 10.0),
        Holding(company("Зерновой банк"), 20.0),
        Holding(company("Another Name Ltd", swiftBic="GRNBRUMM"), 30.0),
        Holding(company("Quite Other Ltd"), 40.0),
    ]
    found = engine.what_if(None, portfolio, at=DAY, assume=["party=Grain Bank@EU"])
    assert sorted(hit.row for hit in found.hits) == [0, 1, 2]
    assert found.newly_hit == {"EU": 3}
    assert found.amounts == {"EU": 60.0}
    assert found.hit_before == 3, "the American list had them; the European law is what is new"


def test_what_is_already_listed_by_the_same_authority_is_not_new(engine):
    found = engine.what_if(None, [company("Grain Bank")], at=DAY, assume=["party=Grain Bank@US"])
    (hit,) = found.hits
    assert (hit.newly, hit.before) == (False, "hit")
    assert found.newly_hit == {}


def test_a_licence_supposed_to_end_shows_whom_it_may_have_covered(engine):
    found = engine.what_if(
        None, [company("Grain Bank")], at=DAY, assume=["licence-ends=RUSSIA-EO14024/6C"]
    )
    (hit,) = found.hits
    assert (hit.by, hit.certainty, hit.target) == ("licence_ended", "review", "RUSSIA-EO14024/6C")


def test_kherson_added_to_the_covered_regions(engine):
    portfolio = [
        company("Seaside Foods", address="Skadovsk, Kherson oblast, Ukraine"),
        company("Inland Foods", address="Lviv, Ukraine"),
    ]
    found = engine.what_if(
        None, portfolio, at="2022-11-01", assume=["territory=ua-ngc-kherson@us-eo-14065"]
    )
    assert {hit.row for hit in found.hits} == {0}
    (hit,) = found.hits
    assert (hit.authority, hit.by, hit.target) == ("US", "territory", "ua-ngc-kherson")
    assert "import" in hit.prohibits


KHERSON = "territory=ua-ngc-kherson@us-eo-14065"
CRIMEA = "territory=ua-crimea@us-eo-14065"


@pytest.mark.parametrize(
    ("assume", "properties", "cannot", "because"),
    [
        (KHERSON, {}, 1, "neither address nor country"),
        (KHERSON, {"country": "ua"}, 1, "the country contains the territory"),
        (KHERSON, {"country": "de"}, 0, "the country excludes it"),
        (KHERSON, {"country": ["de", "ua"]}, 1, "one of the two contains it"),
        (KHERSON, {"country": "ua", "address": "Lviv, Ukraine"}, 0, "the address excludes it"),
        (CRIMEA, {"country": "ru"}, 1, "addresses in Crimea are also written as of Russia"),
        ("territory=cu@us-eo-14065", {"country": "ua"}, 0, "Ukraine is not Cuba"),
        ("territory=cu@us-eo-14065", {}, 1, "it may be in Cuba"),
    ],
)
def test_a_row_without_an_address_is_not_taken_for_outside(
    engine, assume, properties, cannot, because
):
    found = engine.what_if(
        None, [company("Seaside Foods", **properties)], at="2022-11-01", assume=[assume]
    )
    assert sum(reach.cannot_be_assessed for reach in found.reaches) == cannot * len(
        found.reaches
    ), because
    assert found.hits == ()


def test_from_a_territory_to_a_full_block_is_shown_as_widened(engine):
    party = company("Quite Other Bank", address="Lenina 1, Sevastopol, Crimea")
    found = engine.what_if(None, [party], at=DAY, assume=["party=Quite Other Bank@US"])
    (hit,) = found.hits
    assert (hit.newly, hit.widened) == (False, True)
    assert "import" in hit.imposed_before
    assert "asset_freeze" not in hit.imposed_before
    assert found.widened == {"US": 1}


def test_what_a_partly_blocked_party_owns_is_widened_with_it(tmp_path):
    lists = registry(a_list("us_ofac_cons", "US"))
    bank = listed(
        "1", "GRAIN BANK", "Company", programmes=("UKRAINE-EO13662",),
        extra={"Executive Order 13662 Directive Determination": ("Subject to Directive 1",)},
    )  # fmt: skip
    engine = world(tmp_path / "home", lists, {"us_ofac_cons": {DAY: [bank]}})
    stakes = Stakes.of(b"owner,owned,percent\nGrain Bank,Granary Ltd,100\n", "o.csv")
    found = engine.what_if(
        None, [company("Granary Ltd")], at=DAY, assume=["party=Grain Bank@US"], ownership=stakes
    )
    (hit,) = found.hits
    assert (hit.by, hit.newly, hit.widened) == ("ownership", False, True)
    assert hit.imposed_before
    assert "asset_freeze" not in hit.imposed_before


def test_it_changes_no_answer_and_writes_nothing(engine):
    def state():
        return {
            path: (path.stat().st_mtime_ns, path.stat().st_size)
            for path in engine.snapshot.folder.parent.rglob("*")
        }

    before, answer = state(), engine.screen(person("Nobody At All"), as_of=DAY).to_dict()
    engine.what_if("EV05", [person("Nobody At All")], at="2022-02-21T23:59-05:00")
    engine.what_if(None, [person("Nobody At All")], at=DAY, assume=["party=Nobody At All@US"])
    assert state() == before
    assert engine.screen(person("Nobody At All"), as_of=DAY).to_dict() == answer


MIDNIGHT = "2022-02-21T23:59-05:00"


def test_an_event_that_meets_no_trigger_supposes_nothing_and_gives_the_reason(engine):
    found = engine.what_if("EV02", [person("Nobody At All")], at=MIDNIGHT)
    assert (found.supposed, found.hits) == ((), ())
    assert "still waiting" in found.nothing
    assert all(each.reading.value != "true" for each in found.readings)


def test_a_reading_supposes_what_waits_of_its_own_authority_alone(engine):
    found = engine.what_if("EV05", [person("Nobody At All")], at=MIDNIGHT)
    assert {each.authority for each in found.supposed} == {"US"}
    assert {name for each in found.supposed for name in each.under} == {"S09a", "S11"}
    assert found.disagreement["S09a"] == "true"
    assert found.disagreement["S10a"] == "unknown"


def test_sectors_reach_whom_the_columns_of_the_portfolio_place_in_them(engine):
    bank = (read_sector("64.19"),)
    portfolio = [
        Holding(company("Quite Another Bank", country="ru"), sectors=bank),
        Holding(company("Quite Another Bank", country="de"), sectors=bank),
        Holding(company("Quite Another Farm", country="ru"), sectors=(read_sector("01.11"),)),
        Holding(company("Quite Another Thing", country="ru")),
    ]
    found = engine.what_if("EV08", portfolio, at=MIDNIGHT, hindsight=False)
    by_sector = [hit for hit in found.hits if hit.certainty == "hit"]
    assert [(hit.row, hit.by, hit.target) for hit in by_sector] == [(0, "sector", "banks")]
    (reach,) = (each for each in found.reaches if each.provision == "dollar")
    assert (reach.hits, reach.cannot_be_assessed) == (1, 1), "the row without a sector"
    assert "no sector" in reach.why


def test_a_partial_measure_that_becomes_a_full_block_is_shown(tmp_path):
    lists = registry(a_list("us_ofac_cons", "US"))
    bank = listed(
        "1", "GRAIN BANK", "Company", programmes=("UKRAINE-EO13662",),
        extra={"Executive Order 13662 Directive Determination": ("Subject to Directive 1",)},
    )  # fmt: skip
    engine = world(tmp_path / "home", lists, {"us_ofac_cons": {DAY: [bank]}})
    assume = ["party=Grain Bank@US"]
    found = engine.what_if(None, [company("Grain Bank")], at=DAY, assume=assume)
    (hit,) = found.hits
    assert (hit.newly, hit.widened) == (False, True)
    assert "asset_freeze" not in hit.imposed_before
    assert found.widened == {"US": 1}
    assert found.newly_hit == {}


def test_two_actual_days_differ_by_what_began_and_its_act(tmp_path):
    lists = registry(a_list("us_ofac_sdn", "US"))
    bank = listed("1", "GRAIN BANK", "Company", programmes=("RUSSIA-EO14024",))
    versions = {
        "us_ofac_sdn": {"2024-05-20": [listed("9", "Other")], DAY: [listed("9", "Other"), bank]}
    }
    engine = world(tmp_path / "home", lists, versions)
    found = engine.between("2024-05-21", DAY, [company("Grain Bank"), company("Quite Other Ltd")])
    assert (found.rows, found.changed_rows) == (2, 1)
    began = [each for each in found.changes if each.by == "listing"]
    assert [(each.change, each.measure) for each in began] == [("began", "us-eo-14024")]
    assert "asset_freeze" in began[0].prohibits
    assert began[0].prohibits_before == ()


def test_a_territory_without_ground_is_unknown_and_never_outside(engine):
    day = Instant.parse(DAY)
    comparer = TargetComparer(engine.regimes.law, engine.places, [], day, UNLIMITED)
    party = read_party(company("Inland Foods", address="Lviv, Ukraine"), where="row 1").party
    row = Row(0, Holding(party), party, Before("clear", {}, {}, {}))
    supposed = Supposed(
        measure="m",
        authority="US",
        instrument="i",
        prohibits=("import",),
        territories=("xx-north",),
    )
    (hit,) = comparer.compare(row, 0, supposed)
    assert (hit.certainty, hit.why) == ("cannot_say", "where xx-north lies is not known")
