"""Owned by listed parties: a finding of its own kind, by each authority's rule."""

from __future__ import annotations

import pytest
from tests.payment_messages import pacs008, transaction
from tests.worlds import a_list, listed, registry, world

from limen.engine.replay import replay
from limen.law.ownership.stakes_file import Stakes
from limen.model import InputError
from limen.simulation.holding import Holding

DAY = "2024-05-28"
LISTS = {"us_ofac_sdn": "US", "uk_fcdo": "UK", "eu_fsf": "EU", "au_dfat": "AU"}
FILE = b"""owner,owned,percent,control,from,source
Kestrel Harbour Bank,Leasing Ltd,50,no,2020-01-01,register
Quite Other Ltd,Leasing Ltd,50,no,,register
Kestrel Harbour Bank,Controlled Ltd,20,yes,,register
Quite Other Ltd,Controlled Ltd,80,no,,register
Kestrel Harbour Bank,Silent Ltd,20,,,register
Quite Other Ltd,Silent Ltd,80,no,,register
Kestrel Harbour Bank,Gap Ltd,30,no,,register
Quite Other Ltd,Hidden Ltd,30,no,,register
Leasing Ltd,Ship Ltd,60,no,,register
Quite Other Ltd,Ship Ltd,40,no,,register
Quite Other Ltd,Free Ltd,100,yes,,register
Ministry of Grain,Mill Ltd,100,yes,,register
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    bank = listed("1", "KESTREL HARBOUR BANK", "Company")
    listings = {
        "us_ofac_sdn": (bank_under("RUSSIA-EO14024"), ministry()),
        "uk_fcdo": (bank,),
        "eu_fsf": (bank_under("UKR"),),
        "au_dfat": (bank,),
    }
    lists = registry(*(a_list(name, authority) for name, authority in LISTS.items()))
    versions = {
        name: {DAY: [*entries, listed("9", "Filler")]} for name, entries in listings.items()
    }
    return world(tmp_path_factory.mktemp("owned") / "home", lists, versions)


def bank_under(tag):
    return listed("1", "KESTREL HARBOUR BANK", "Company", programmes=(tag,))


def ministry():
    mark = {"Listing Date (EO 14024 Directive 1a)": ("2022-02-22",)}
    return listed(
        "2", "MINISTRY OF GRAIN", "Organization", programmes=("RUSSIA-EO14024",), extra=mark
    )


@pytest.fixture(scope="module")
def stakes():
    return Stakes.of(FILE, "owners.csv")


def company(name):
    return {"schema": "Company", "properties": {"name": [name]}}


def findings(engine, stakes, name):
    answer = engine.screen(company(name), as_of=DAY, ownership=stakes)
    return answer, {each.authority: each for each in answer.owned}


@pytest.mark.parametrize(
    ("name", "verdicts"),
    [
        # exactly half: enough in the US, not in the UK, nor in the EU before July 2024
        ("Leasing Ltd", {"US": "owned", "AU": "undecided"}),
        ("Ship Ltd", {"US": "owned", "AU": "undecided"}),
        # control counts in the UK and the EU, and in the US it does not
        ("Controlled Ltd", {"UK": "owned", "EU": "owned", "AU": "undecided"}),
        # a control that is not stated is undecided where control counts
        ("Silent Ltd", {"UK": "undecided", "EU": "undecided", "AU": "undecided"}),
        # 70 percent may be of anyone
        ("Gap Ltd", dict.fromkeys(("US", "UK", "EU", "AU"), "undecided")),
        ("Free Ltd", {}),
        ("Somebody Else Ltd", {}),
    ],
)
def test_each_authority_decides_by_its_own_rule(engine, stakes, name, verdicts):
    _, found = findings(engine, stakes, name)
    assert {name: each.verdict for name, each in found.items()} == verdicts


def test_a_finding_names_rule_path_shares_and_dates(engine, stakes):
    answer, found = findings(engine, stakes, "Ship Ltd")
    us = found["US"]
    assert (us.kind, us.rule, us.level) == ("ownership", "us-50", "hit")
    assert [(step.owner, step.percent, step.by) for step in us.path] == [
        ("Leasing Ltd", 60.0, "owned"),
        ("Kestrel Harbour Bank", 50.0, "listed"),
    ]
    assert us.path[1].held_from == "2020-01-01"
    assert us.measures == ("us-eo-14024",)
    assert answer.outcome == "hit"
    assert found["AU"].rule == ""
    assert "no ownership rule of AU" in found["AU"].why
    wire = answer.to_dict()
    assert wire["findings"][0]["kind"] == "ownership"


def test_a_measure_without_a_rule_is_named_and_finds_nothing(engine, stakes):
    answer, found = findings(engine, stakes, "Mill Ltd")
    assert found == {}
    (notice,) = [each for each in answer.notices if each.code == "no-ownership-rule"]
    assert "us-eo-14024-directive-1a" in notice.message


def test_a_gap_without_a_listed_owner_is_a_notice(engine, stakes):
    answer, found = findings(engine, stakes, "Hidden Ltd")
    (notice,) = [each for each in answer.notices if each.code == "ownership-incomplete"]
    assert found == {}
    assert "no known owner of Hidden Ltd is listed" in notice.message
    assert "(70 has no known owner)" in notice.message


def test_a_finding_carries_the_measures_of_its_own_path_alone(tmp_path):
    banks = (bank_under("RUSSIA-EO14024"), listed("2", "ORCHID TRADE", programmes=("SDGT",)))
    engine = world(
        tmp_path / "home", registry(a_list("us_ofac_sdn", "US")), {"us_ofac_sdn": {DAY: [*banks]}}
    )
    rows = b"Kestrel Harbour Bank,Leasing Ltd,100\nOrchid Trade,Farm Ltd,100\n"
    rows += b"Kestrel Harbour Bank,Both Ltd,30\nOrchid Trade,Both Ltd,70\n"
    both = Stakes.of(b"owner,owned,percent\n" + rows, "o.csv")
    measures = {
        name: set(findings(engine, both, name)[1]["US"].measures)
        for name in ("Leasing Ltd", "Farm Ltd", "Both Ltd")
    }
    assert measures == {
        "Leasing Ltd": {"us-eo-14024"},
        "Farm Ltd": {"us-eo-13224"},
        "Both Ltd": {"us-eo-14024", "us-eo-13224"},
    }


def test_without_stakes_an_answer_is_as_it_was(engine, stakes):
    plain = engine.screen(company("Free Ltd"), as_of=DAY)
    given = engine.screen(company("Free Ltd"), as_of=DAY, ownership=stakes)
    assert plain.outcome == given.outcome == "clear"
    assert [each.code for each in given.notices] == ["ownership"], "what was applied is on record"
    (many,) = engine.screen_many([company("Free Ltd")], as_of=DAY, ownership=stakes)
    assert many == given


def test_an_owner_of_whom_a_list_cannot_say_leaves_it_undecided(tmp_path):
    lists = registry(a_list("us_ofac_sdn", "US"), a_list("uk_fcdo", "UK", max_age_days=1))
    versions = {
        "us_ofac_sdn": {DAY: [listed("9", "Filler")]},
        "uk_fcdo": {"2024-05-01": [listed("9", "Filler")]},
    }
    engine = world(tmp_path / "home", lists, versions)
    stakes = Stakes.of(b"owner,owned,percent\nKestrel Harbour Bank,Leasing Ltd,100\n", "o.csv")
    answer, found = findings(engine, stakes, "Leasing Ltd")
    assert {name: each.verdict for name, each in found.items()} == {"UK": "undecided"}
    assert "not known whether Kestrel Harbour Bank is listed: uk_fcdo" in found["UK"].why
    assert answer.outcome == "review"


def test_what_if_reaches_what_a_supposed_party_owns(engine):
    stakes = Stakes.of(b"owner,owned,percent,control\nGrain House,Granary Ltd,60,no\n", "o.csv")
    found = engine.what_if(
        None, [Holding(company("Granary Ltd"))], at=DAY, assume=["party=Grain House@US"],
        ownership=stakes,
    )  # fmt: skip
    (hit,) = found.hits
    assert (hit.by, hit.target, hit.certainty, hit.newly) == (
        "ownership",
        "Granary Ltd",
        "hit",
        True,
    )
    assert "us-50" in hit.why


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        Stakes.read(tmp_path / "nothing.csv")


@pytest.mark.parametrize(
    ("creditor", "decision", "kinds"),
    [("Leasing Ltd", "hold", {"ownership"}), ("Free Ltd", "pass", set())],
)
def test_a_payment_to_what_a_listed_party_owns_is_a_hold(engine, stakes, creditor, decision, kinds):
    message = pacs008(transaction(creditor=creditor))
    as_of = {"as_of": DAY}
    (alone,) = engine.screen_payment(message, **as_of).transactions
    assert alone.decision == "pass"
    (owned,) = engine.screen_payment(message, **as_of, ownership=stakes).transactions
    assert owned.decision == decision
    assert {found.kind for each in owned.elements for found in each.findings} == kinds


@pytest.mark.parametrize("name", ["Leasing Ltd", "Hidden Ltd", "Nobody At All Ltd"])
def test_an_answer_with_stakes_is_taken_again_with_the_same_stakes(engine, stakes, name):
    wire = engine.screen(company(name), as_of=DAY, ownership=stakes).to_dict()
    assert wire["stamp"]["ownership"] == {"name": "owners.csv", "sha256": stakes.sha256}
    assert replay(engine, wire, ownership=stakes).same
    renamed = Stakes.of(FILE.replace(b",register", b","), "first.csv")
    wire = engine.screen(company(name), as_of=DAY, ownership=renamed).to_dict()
    again = Stakes.of(FILE.replace(b",register", b","), "second.csv")
    assert replay(engine, wire, ownership=again).same


def test_an_answer_with_stakes_is_not_taken_again_with_others(engine, stakes):
    wire = engine.screen(company("Leasing Ltd"), as_of=DAY, ownership=stakes).to_dict()
    with pytest.raises(InputError, match=r"owners\.csv, and none are given"):
        replay(engine, wire)
    with pytest.raises(InputError, match="not those of the answer"):
        replay(engine, wire, ownership=Stakes.of(FILE + b"A,B,1,,,\n", "owners.csv"))


def test_an_answer_without_stakes_has_none_in_its_stamp(engine):
    wire = engine.screen(company("Leasing Ltd"), as_of=DAY).to_dict()
    assert "ownership" not in wire["stamp"]
    assert replay(engine, wire).same


def test_an_answer_of_before_stamps_had_stakes_is_taken_again(engine, stakes):
    wire = engine.screen(company("Leasing Ltd"), as_of=DAY, ownership=stakes).to_dict()
    del wire["stamp"]["ownership"]
    assert replay(engine, wire, ownership=stakes).same


def test_a_payment_names_the_stakes_in_its_stamp(engine, stakes):
    message = pacs008(transaction())
    with_stakes = engine.screen_payment(message, as_of=DAY, ownership=stakes).to_dict()
    assert with_stakes["transactions"][0]["stamp"]["ownership"]["sha256"] == stakes.sha256
    without = engine.screen_payment(message, as_of=DAY).to_dict()
    assert "ownership" not in without["transactions"][0]["stamp"]
