"""Enforcement cases that were addresses nobody read (regimes.md, section 5), through the engine."""

from __future__ import annotations

import pytest
from tests.worlds import a_list, listed, registry, world


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    versions = {"us_x": {"2024-05-30": [listed("1", "Somebody")]}}
    return world(tmp_path_factory.mktemp("home"), registry(a_list("us_x")), versions)


@pytest.mark.parametrize(
    "address", ["Yalta, Krimea", "Simferopol", "Krym, g. Kerch", "Sebastopol, Ukraine"]
)
def test_c_01_a_common_alternative_spelling_is_read(engine, address):
    """Amazon: addresses in Crimea by city, or by 'a common alternative spelling'."""
    assert engine.locate(address, as_of="2016-05-01").outcome("US") == "inside"


@pytest.mark.parametrize(
    "address", ["Embassy of Iran, Tokyo", "Embassy of Cuba, 167 High Holborn, London"]
)
def test_c_01_an_embassy_of_an_embargoed_state_in_a_third_country(engine, address):
    location = engine.locate(address, as_of="2016-05-01", authorities=["US"])
    assert location.outcome("US") == "inside"
    assert "government" in {clue.role for clue in location.clues}


def test_c_06_an_ip_address_in_crimea_is_not_only_for_login_security(engine):
    """BitGo: the resolved place of an IP address decides where nobody said anything else."""
    location = engine.locate({"ip_country": "UA", "ip_region": "Crimea"}, as_of="2019-01-01")
    assert location.outcome("US") == "inside"


def test_c_08_location_is_looked_at_for_every_event_and_not_at_onboarding_only(engine):
    """Kraken: a customer who said Kyiv on the first day, seen in Crimea on another."""
    said = {"city": "Kyiv", "country": "UA"}
    assert engine.locate(said, as_of="2018-01-01").outcome("US") == "outside"
    seen = engine.locate({**said, "ip_region": "Crimea", "ip_country": "UA"}, as_of="2018-06-01")
    assert seen.outcome("US") == "inside"
    assert seen.contradictions


def test_c_10_a_change_of_the_rule_is_run_on_those_already_there(engine):
    """Poloniex: the same customer base, asked before and after the measures."""
    base = ["Sevastopol, Russia", "Donetsk, Ukraine", "Lviv, Ukraine"]
    found = {
        day: [engine.locate(each, as_of=day).outcome("US") for each in base]
        for day in ("2014-12-18", "2014-12-19", "2022-02-21")
    }
    assert found["2014-12-18"] == ["outside", "outside", "outside"]
    assert found["2014-12-19"] == ["inside", "outside", "outside"]
    assert found["2022-02-21"] == ["inside", "inside", "outside"]


@pytest.mark.parametrize(
    "address",
    [
        {"TwnNm": "Simferopol", "Ctry": "RU"},
        {"city": "Russia", "address": "Kerch, ul. Lenina 5", "country": "RU"},
        {"country": "Russia", "region": "Crimea"},
        "ul. Lenina 1, Feodosiya, Russia",
        {"PstCd": "298100", "Ctry": "RU"},
    ],
)
def test_c_15_a_country_field_does_not_mask_a_city(engine, address):
    """CoinList: 'Russia' in one field hid Crimea, or a city of it, in another."""
    location = engine.locate(address, as_of="2021-06-01", authorities=["US"])
    assert location.outcome("US") == "inside"


def test_c_16_evidence_beats_what_the_customer_declares(engine):
    """Swedbank Latvia: the file and the IP address said Crimea; the denial was believed."""
    declared = {"city": "Riga", "country": "LV"}
    assert engine.locate(declared, as_of="2016-06-01").outcome("US") == "outside"
    known = {**declared, "ip_country": "UA", "ip_region": "Crimea", "phone": "+7 3652 60 12 34"}
    location = engine.locate(known, as_of="2016-06-01")
    assert location.outcome("US") != "outside"
    assert location.contradictions


def test_the_stamp_says_what_the_answer_rests_on(engine):
    stamp = engine.locate("Yalta", as_of="2022-02-21", known_at="2022-03-01").stamp
    assert (stamp.as_of, stamp.known_at) == ("2022-02-21", "2022-03-01")
    assert stamp.snapshot == engine.snapshot.manifest.id
