"""Good-guys suppress one pair, as long as nothing that they rest on has changed."""

from __future__ import annotations

import pytest
from tests.cases.desk import (
    ANNA,
    APPROVE,
    BO,
    CLEO,
    PROPOSE,
    answer,
    changed,
    closed,
    do,
    finding,
    opened,
)  # fmt: skip

from limen.cases.decision import Act, Decision
from limen.cases.intake.facts import changed_fields, listed_facts, subject_facts
from limen.cases.queue_filter import Filter
from limen.model import InputError, RightsError, StaleDecisionError

LICENCE = "UKRAINE/26A"
RECORD = "findings.0.party.properties"
LISTING = "findings.0.listings.0"
MEASURE = f"{LISTING}.measures_in_force.0"
CUSTOMER = "query.properties"


def active(cases, wire=None, depends_on=()):
    """A good-guy of an alert that two people closed, proposed by Bo and approved by Cleo."""
    alert = closed(cases, opened(cases, wire or answer()))
    good_guy = cases.propose_good_guy(alert.id, BO, note="another man", depends_on=depends_on)
    seen = cases.simulate_good_guy(good_guy.id)
    return cases.approve_good_guy(good_guy.id, CLEO, simulation=seen.digest)


#: What changes, its new value (``None``: it is gone), and whether the alert must open again.
LIST_CHANGES = [
    (f"{RECORD}.name", ["AKSENOV, Sergey"], True),
    (f"{RECORD}.name", ["Aksyonov,  SERGEY"], False),
    (f"{RECORD}.name", ["AKSYONOV, Sergey", "GOBLIN"], True),
    (f"{RECORD}.alias", ["Сергей Аксёнов", "Goblin"], True),
    (f"{RECORD}.alias", None, True),
    (f"{RECORD}.weakAlias", ["Goblin"], True),
    (f"{RECORD}.previousName", ["AKSYONOV, S."], True),
    (f"{RECORD}.birthDate", ["1985-05-05"], True),
    (f"{RECORD}.birthDate", ["1972-11-26", "1985"], True),
    (f"{RECORD}.birthDate", None, True),
    (f"{RECORD}.birthPlace", ["Sofia"], True),
    (f"{RECORD}.gender", ["male"], True),
    (f"{RECORD}.nationality", ["Russia", "Bulgaria"], True),
    (f"{RECORD}.passportNumber", ["AB 124"], True),
    (f"{RECORD}.passportNumber", ["ab  123"], False),
    (f"{RECORD}.address", ["Sofia"], True),
    (f"{RECORD}.deathDate", ["2026-01-02"], True),
    (f"{RECORD}.position", ["Prime minister"], True),
    (f"{RECORD}.notes", ["Head of the Republic of Crimea"], False),
    (f"{RECORD}.sourceUrl", ["https://example.org"], False),
    (f"{RECORD}.modifiedAt", ["2026-02-01"], False),
    ("findings.0.schema", "Organization", True),
    (f"{LISTING}.programmes", ["UKRAINE-EO13660", "RUSSIA-EO14024"], True),
    (f"{LISTING}.programmes", ["RUSSIA-EO14024"], True),
    (f"{LISTING}.measures", ["asset_freeze"], True),
    (f"{LISTING}.acts", ["Executive Order 14024"], True),
    (f"{LISTING}.applied_to", "2026-02-01", True),
    (f"{LISTING}.applied_from", "2026-01-01", True),
    (f"{LISTING}.known_from", "2026-01-01", False),
    (f"{MEASURE}.id", "us-eo-14024", True),
    (f"{MEASURE}.prohibits", ["asset_freeze", "travel_ban"], True),
    (f"{MEASURE}.prohibits", [], True),
    (f"{MEASURE}.licences", [], True),  # the licence that it depends on was revoked
    (f"{MEASURE}.licences.0.standing", "cannot_say", True),
    (f"{MEASURE}.licences.0.until", "2026-03-01", True),
    ("findings.0.score", 0.99, False),
    ("findings.0.level", "review", False),
    ("stamp.snapshot", "fedcba9876543210", False),
]
CUSTOMER_CHANGES = [
    (f"{CUSTOMER}.name", ["Sergey Aksenov"], True),
    (f"{CUSTOMER}.name", ["SERGEY  AKSYONOV"], False),
    (f"{CUSTOMER}.name", ["Sergey Aksyonov", "Sergey Petrov"], True),
    (f"{CUSTOMER}.birthDate", ["1972-11-26"], True),
    (f"{CUSTOMER}.birthDate", None, True),
    (f"{CUSTOMER}.nationality", ["Russia"], True),
    (f"{CUSTOMER}.nationality", ["BULGARIA"], False),
    (f"{CUSTOMER}.address", ["Simferopol"], True),
    (f"{CUSTOMER}.passportNumber", ["AB 123"], True),
    (f"{CUSTOMER}.owner", ["Aksyonov Holding"], True),
    (f"{CUSTOMER}.sector", ["Defence"], True),
    (f"{CUSTOMER}.notes", ["called today"], False),
    ("query.schema", "Company", True),
    ("query.caption", "Aksyonov S.", False),
]
CHANGES = LIST_CHANGES + CUSTOMER_CHANGES


def test_there_are_fifty_changes():
    assert len(CHANGES) >= 50


@pytest.mark.parametrize(("path", "value", "opens"), CHANGES)
def test_a_changed_fact_opens_the_alert_again_and_nothing_else_does(cases, path, value, opens):
    good_guy = active(cases, depends_on=[LICENCE])
    before = cases.open_alerts([answer()], profile="weekly")[0]
    assert before.outcome == "suppressed"
    (after,) = cases.open_alerts([changed(answer(), path, value)], profile="weekly")
    assert after.alert == before.alert
    alert = cases.alert(after.alert)
    if opens:
        assert (after.outcome, alert.state, alert.is_open) == ("reopened", "reopened", 1)
        now = cases.good_guy(good_guy.id)
        assert now.state == "review"
        if not path.startswith(f"{MEASURE}.licences"):  # the dependency alone has changed
            assert after.trigger.startswith("subject" if path.startswith("query") else "listed")
        assert now.trigger
    else:
        assert (after.outcome, alert.state) == ("same", "suppressed")
        assert alert.suppressed_by == good_guy.id
        assert cases.good_guy(good_guy.id).state == "active"


def test_the_same_changes_open_a_closed_alert_again(cases):
    for number, (path, value, opens) in enumerate(CHANGES):
        first = answer(subject=f"C{number}")
        alert = closed(cases, opened(cases, first))
        (after,) = cases.open_alerts([changed(first, path, value)])
        opens = opens and not path.startswith(f"{MEASURE}.licences")  # nothing depends on it
        assert after.outcome == ("reopened" if opens else "same"), path
        assert cases.alert(alert.id).state == ("reopened" if opens else "closed_fp"), path


def test_a_new_record_of_the_party_opens_it_again(cases):
    active(cases)
    cases.open_alerts([answer()], profile="weekly")
    more = answer(finding(), finding(id="eu_fsf:9"))
    (after,) = cases.open_alerts([more], profile="weekly")
    assert after.outcome == "reopened"
    assert "eu_fsf:9 name" in cases.events(after.alert)[-1].data["listed"]


def test_another_party_or_customer_of_the_same_name_is_not_suppressed(cases):
    active(cases)
    other = cases.open_alerts([answer(finding(id="eu_fsf:7", party_id="p2"))])
    twin = cases.open_alerts([answer(subject="C2")])
    assert [each.outcome for each in (*other, *twin)] == ["new", "new"]


def test_what_is_suppressed_is_visible_and_counted(cases):
    good_guy = active(cases)
    for profile in ("weekly", "payments@7"):
        cases.open_alerts([answer()], profile=profile)
    ((held, count),) = cases.good_guys("active")
    assert (held.id, count) == (good_guy.id, 2)
    page = cases.queue(Filter(suppressed_by=good_guy.id))
    assert [alert.state for alert in page.alerts] == ["suppressed", "suppressed"]
    assert cases.events(page.alerts[0].id)[0].data == {"good_guy": good_guy.id}


def test_it_expires_and_what_it_suppressed_is_open_again(cases, clock):
    good_guy = active(cases)
    alert = cases.open_alerts([answer()], profile="weekly")[0].alert
    assert cases.expire_good_guys() == []
    clock.pass_days(366)
    assert cases.expire_good_guys() == [good_guy.id]
    assert cases.good_guy(good_guy.id).state == "review"
    assert (cases.alert(alert).state, cases.alert(alert).is_open) == ("reopened", 1)
    assert "expired" in cases.alert(alert).trigger


def test_one_that_is_over_covers_nothing_even_before_it_was_reviewed(cases, clock):
    good_guy = active(cases)
    clock.pass_days(366)
    (after,) = cases.open_alerts([answer()], profile="weekly")
    assert after.outcome == "new"
    assert cases.good_guy(good_guy.id).state == "review"


def test_a_closed_alert_is_open_again_when_its_decision_is_old(cases, clock):
    alert = closed(cases, opened(cases))
    clock.pass_days(360)
    assert cases.open_alerts([answer()])[0].outcome == "same"
    clock.pass_days(10)
    (after,) = cases.open_alerts([answer()])
    assert (after.outcome, cases.alert(alert.id).state) == ("reopened", "reopened")


def test_a_pending_proposal_on_facts_that_changed_is_open_again(cases):
    alert = do(cases, opened(cases), PROPOSE, ANNA)
    (after,) = cases.open_alerts([changed(answer(), f"{RECORD}.birthDate", ["1985-05-05"])])
    assert after.outcome == "reopened"
    alert = cases.alert(alert.id)
    assert (alert.state, alert.proposal) == ("reopened", "")
    with pytest.raises(InputError, match="the listed record does not have '1972-11-26'"):
        do(cases, alert, PROPOSE, ANNA)


def test_simulation_comes_first_and_a_true_match_forbids_it(cases):
    alert = closed(cases, opened(cases))
    for number in range(3):
        opened_again = cases.open_alerts([answer()], profile=f"p{number}")[0].alert
        closed(cases, cases.alert(opened_again))
    good_guy = cases.propose_good_guy(alert.id, BO, note="another man")
    seen = cases.simulate_good_guy(good_guy.id)
    assert (len(seen.alerts), seen.by_state, seen.true_matches) == (4, {"closed_fp": 4}, ())
    true = cases.alert(cases.open_alerts([answer()], profile="p9")[0].alert)
    with pytest.raises(StaleDecisionError, match="of another state"):
        cases.approve_good_guy(good_guy.id, CLEO, simulation=seen.digest)
    match = Decision("closed_true", "identity_confirmed", (), "passport seen")
    do(cases, true, Act("propose", match), BO)
    do(cases, true, APPROVE, CLEO)
    seen = cases.simulate_good_guy(good_guy.id)
    assert seen.true_matches == (true.id,)
    with pytest.raises(InputError, match="a true match"):
        cases.approve_good_guy(good_guy.id, CLEO, simulation=seen.digest)


def test_level_one_and_the_proposer_cannot(cases):
    alert = opened(cases)
    with pytest.raises(InputError, match="must be closed_fp"):
        cases.propose_good_guy(alert.id, BO, note="another man")
    closed(cases, alert)
    with pytest.raises(RightsError, match="level 2 and above"):
        cases.propose_good_guy(alert.id, ANNA, note="another man")
    good_guy = cases.propose_good_guy(alert.id, BO, note="another man")
    seen = cases.simulate_good_guy(good_guy.id).digest
    with pytest.raises(RightsError, match="another person must approve"):
        cases.approve_good_guy(good_guy.id, BO, simulation=seen)
    with pytest.raises(InputError, match="is about this pair already"):
        cases.propose_good_guy(alert.id, CLEO, note="again")
    with pytest.raises(RightsError, match="level 2 and above"):
        cases.end_good_guy(good_guy.id, ANNA, note="no")


def test_a_text_or_a_name_without_an_id_can_have_none(cases):
    alert = closed(cases, opened(cases, changed(answer(), "query.id", "")))
    with pytest.raises(InputError, match="an id of its own"):
        cases.propose_good_guy(alert.id, BO, note="another man")


def test_ending_one_opens_what_it_suppressed(cases):
    good_guy = active(cases)
    alert = cases.open_alerts([answer()], profile="weekly")[0].alert
    assert cases.end_good_guy(good_guy.id, BO, note="he has moved") == [alert]
    assert (cases.good_guy(good_guy.id).state, cases.alert(alert).state) == ("ended", "reopened")


def test_facts_name_the_field_that_changed():
    before, after = answer(), changed(answer(), f"{RECORD}.gender", ["male"])
    listed = changed_fields(listed_facts(before["findings"]), listed_facts(after["findings"]))
    assert listed == ["us_ofac_sdn:1 gender"]
    assert subject_facts(before["query"]) == subject_facts(after["query"])
