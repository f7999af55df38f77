"""A finding names the measures behind it: what is prohibited of whom, since when, by which act."""

from __future__ import annotations

import pytest
from tests.worlds import a_list, listed, registry, world

DAY = "2022-06-28"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    lists = registry(
        a_list("us_ofac_sdn"),
        a_list("us_ofac_cons"),
        a_list("eu_fsf", "EU"),
        a_list("uk_fcdo", "UK"),
    )
    directive_3 = {"Listing Date (EO 14024 Directive 3)": ("24 Feb 2022",)}
    return world(
        tmp_path_factory.mktemp("measures") / "home",
        lists,
        {
            "us_ofac_sdn": {
                DAY: [
                    listed("1", "SBERBANK OF RUSSIA", "Company", programmes=("RUSSIA-EO14024",)),
                    listed(
                        "2", "AL-SOMETHING BRIGADE", "Organization", programmes=("SDGT", "UK-LIBYA")
                    ),
                    listed("4", "NAMELESS OLIGARCH", programmes=("RUSSIA-EO14024",)),
                    listed("3", "NAMELESS TAG LTD", "Company", programmes=("NO-SUCH-TAG",)),
                ]
            },
            "us_ofac_cons": {
                DAY: [
                    listed(
                        "9",
                        "GAZPROMBANK",
                        "Company",
                        programmes=("RUSSIA-EO14024",),
                        extra=directive_3,
                    )
                ]
            },
            "eu_fsf": {
                DAY: [
                    listed(
                        "5",
                        "Maria ZAKHAROVA",
                        programmes=("UKR",),
                        acts=("2022/260 (OJ L42I)",),
                    )
                ]
            },
            "uk_fcdo": {
                DAY: [
                    listed(
                        "7",
                        "Gennady TIMCHENKO",
                        programmes=("The Russia (Sanctions) (EU Exit) Regulations 2019",),
                        measures=("Asset freeze", "Travel Ban"),
                    ),
                    listed(
                        "8",
                        "SHADOW TANKER",
                        "Vessel",
                        programmes=("The Russia (Sanctions) (EU Exit) Regulations 2019",),
                        measures=('Shipping sanctions: (see "Other information")', "Moon ban"),
                    ),
                    listed(
                        "9",
                        "UNPRINTED LTD",
                        "Company",
                        programmes=("The Russia (Sanctions) (EU Exit) Regulations 2019",),
                    ),
                ]
            },
        },
    )


def behind(engine, name, schema="Company", as_of=DAY):
    answer = engine.screen({"schema": schema, "properties": {"name": name}}, as_of=as_of)
    (finding,) = answer.findings
    return {each.id: each for each in finding.listings[0].measures_in_force}


def test_an_ofac_finding_names_its_order_and_the_licences_then_valid(engine):
    (measure,) = behind(engine, "Sberbank of Russia").values()
    assert measure.id == "us-eo-14024"
    assert measure.instrument == "Executive Order 14024"
    assert measure.prohibits == ("asset_freeze",)
    assert measure.since == "2021-04-15"
    licences = {each.key: each for each in measure.licences}
    assert "RUSSIA-EO14024/6A" in licences
    assert "RUSSIA-EO14024/6" not in licences, "6A has replaced it without its having run out"
    assert licences["RUSSIA-EO14024/6A"].conditions


def test_the_same_tag_on_the_other_list_is_the_directive_and_no_blocking(engine):
    assert behind(engine, "Gazprombank").keys() == {"us-eo-14024-directive-3"}


def test_a_licence_for_named_banks_is_offered_to_these_banks_alone(engine):
    (bank,) = behind(engine, "Sberbank of Russia").values()
    (other,) = behind(engine, "Nameless Oligarch", "Person").values()
    assert "RUSSIA-EO14024/8C" in {each.key for each in bank.licences}
    assert {each.key for each in other.licences} == {
        f"RUSSIA-EO14024/{each}" for each in ("5", "6A", "7A", "25", "27", "31")
    }
    assert all(each.confidence and each.known_to for each in other.licences)


def test_an_eu_listing_is_behind_its_regulation_and_the_act_that_listed_it(engine):
    found = behind(engine, "Maria Zakharova", "Person")
    assert found.keys() == {"eu-269-2014", "eu-2022-260"}
    assert "making_funds_available" in found["eu-269-2014"].prohibits


def test_an_act_by_its_celex_number_is_the_same_act(engine):
    from limen.law.listing_measures import Printed
    from limen.model import Instant

    day = Instant.parse(DAY)
    printed = Printed("eu_journal", (), ("32022R0332",))
    (found,) = engine.regimes.measures_behind(printed, as_of=day, known_at=day)
    assert found.id == "eu-2022-328"


def test_a_uk_regime_name_is_its_regulations(engine):
    found = behind(engine, "Gennady Timchenko", "Person")
    measure = found["uk-si-2019-855"]
    assert measure.prohibits == ("asset_freeze", "making_funds_available", "travel")


def test_a_specified_ship_is_not_frozen_and_a_new_word_is_not_lost(engine):
    measure = behind(engine, "Shadow Tanker", "Vessel")["uk-si-2019-855"]
    assert measure.prohibits == ("port_access", "ship_services", "ship_registration")
    (unknown,) = (each for each in measure.effects if not each.prohibits)
    assert (unknown.by, unknown.confidence) == ("Moon ban", "unconfirmed")


def test_a_designation_that_prints_no_measure_has_no_effect_invented_for_it(engine):
    measure = behind(engine, "Unprinted Ltd")["uk-si-2019-855"]
    assert measure.prohibits == ()
    assert "prints per entry" in measure.effects[0].says


def test_a_tag_whose_measure_is_not_encoded_still_names_its_instrument(engine):
    found = behind(engine, "Al-Something Brigade")
    assert found["us-eo-13224"].prohibits == ("asset_freeze",)
    name = "The Libya (Sanctions) (EU Exit) Regulations 2020"
    assert found[""].instrument == name
    assert found[""].prohibits == ()


def test_an_unknown_tag_names_nothing(engine):
    assert behind(engine, "Nameless Tag Ltd") == {}
