"""The weeks of the founding case, on OFAC's real files: who, when, under which programme."""

import pytest

LIST = {"lists": ["us_ofac_sdn"]}


def who(name, schema="Person", **properties):
    return {"schema": schema, "properties": {"name": name, **properties}}


def programmes(answer, record_id):
    """Programmes of a record as of the day, or None where it is no hit."""
    for finding in answer.findings:
        if finding.id == f"us_ofac_sdn:{record_id}" and finding.level == "hit":
            return set(finding.listings[0].programmes)
    return None


@pytest.mark.parametrize(
    ("name", "record_id", "day", "expected"),
    [
        ("Vladimir Vladimirovich Putin", 35096, "2022-02-21", None),
        ("Vladimir Vladimirovich Putin", 35096, "2022-03-01", {"RUSSIA-EO14024"}),
        ("Denis Bortnikov", 34577, "2022-02-21", None),
        ("Denis Bortnikov", 34577, "2022-02-23", {"RUSSIA-EO14024"}),
        ("Sergei Borisovich Ivanov", 16688, "2022-02-21", {"UKRAINE-EO13661"}),
        ("Sergei Borisovich Ivanov", 16688, "2022-02-25", {"UKRAINE-EO13661", "RUSSIA-EO14024"}),
        ("Igor Ivanovich Sechin", 16692, "2022-02-21", {"UKRAINE-EO13661"}),
        ("Сергей Валерьевич Аксенов", 16642, "2022-02-21", {"UKRAINE-EO13660"}),
    ],
)
def test_who_was_listed_under_what(february, name, record_id, day, expected):
    answer = february.screen(who(name), as_of=day, **LIST)
    assert programmes(answer, record_id) == expected


def test_a_bank_is_found_by_its_bic_from_the_day_it_is_listed(february):
    bank = who("Some Branch Name", "Company", swiftBic="BFEARUMM")
    assert february.screen(bank, as_of="2022-02-21", **LIST).outcome == "clear"
    assert february.screen(bank, as_of="2022-02-23", **LIST).outcome == "hit"


def test_what_was_not_yet_known_is_not_used(february):
    answer = february.screen(
        who("Vladimir Putin"), as_of="2022-02-23", known_at="2022-02-23", **LIST
    )
    assert programmes(answer, 35096) is None


def test_evidence_says_what_was_carried_forward(february):
    answer = february.screen(who("Sergey Aksyonov"), as_of="2022-03-01", **LIST)
    (finding, *_) = answer.findings
    assert finding.provenance.version == "2022-01-21"
    later = february.screen(who("Vladimir Vladimirovich Putin"), as_of="2022-03-01", **LIST)
    assert later.findings[0].provenance.carried == {"add": "2022-01-21", "alt": "2022-01-21"}


def test_a_clear_rests_on_lists_of_that_day(february):
    answer = february.screen(
        who("Margaret Appleyard"), as_of="2022-02-21", authorities=["US", "UN"]
    )
    assert answer.outcome == "cannot_say"
    states = {each.list: (each.state, each.version) for each in answer.coverage}
    assert states["us_ofac_sdn"] == ("ok", "2022-02-17")
    assert states["un_sc"] == ("ok", "2022-02-18")
    assert states["us_ofac_cons"] == ("missing", None)


def test_before_the_first_version_the_first_day_is_named(february):
    answer = february.screen(who("Margaret Appleyard"), as_of="2021-12-01", **LIST)
    assert answer.outcome == "cannot_say"
    assert "2022-01-21" in answer.reasons[0]
