"""What people may do with an alert, in which state, and what is refused."""

from __future__ import annotations

import pytest
from tests.cases.desk import (
    ANNA,
    APPROVE,
    BO,
    CLEO,
    DOB,
    DORA,
    PROPOSE,
    answer,
    closed,
    do,
    finding,
    opened,
)  # fmt: skip

from limen.cases.decision import Act, Decision, Discriminator
from limen.cases.people import Person
from limen.cases.queue_filter import Filter
from limen.cases.vocabulary import OPEN
from limen.model import InputError, LimenError, RightsError, StaleDecisionError


def test_two_people_close_an_alert_and_every_step_is_an_event(cases):
    alert = opened(cases)
    assert (alert.state, alert.is_open, alert.tier, alert.level) == ("new", 1, 1, "hit")
    assert alert.due_at == "2026-01-01T17:00:01.000Z"  # eight hours from its opening
    do(cases, alert, Act("start"), ANNA)
    alert = do(cases, alert, PROPOSE, ANNA)
    assert (alert.state, alert.proposal, alert.proposed_by) == (
        "pending_approval", "closed_fp", "anna",
    )  # fmt: skip
    alert = do(cases, alert, APPROVE, BO)
    assert (alert.state, alert.is_open, alert.decided_by) == ("closed_fp", 0, "bo")
    events = cases.events(alert.id)
    assert [(event.type, event.by) for event in events] == [
        ("alert.opened", "system"),
        ("alert.start", "anna"),
        ("alert.propose", "anna"),
        ("alert.approve", "bo"),
    ]
    assert events[2].data["decision"]["discriminators"] == [
        {"field": "birth_date", "subject": "1985-05-05", "listed": "1972-11-26", "source": ""}
    ]
    assert events[3].data["answer"] == alert.answer


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        (Decision("closed_fp", ""), "a reason is needed"),
        (Decision("closed_fp", "score_too_low"), "no reason is 'score_too_low'"),
        (Decision("closed", "dob_conflict", (DOB,)), "no outcome is 'closed'"),
        (Decision("closed_true", "dob_conflict", (DOB,)), "is no reason for closed_true"),
        (Decision("closed_fp", "dob_conflict"), "needs the discriminator birth_date"),
        (
            Decision("closed_fp", "dob_conflict", (Discriminator("birth_date", "", "1972-11-26"),)),
            "needs the value of both sides",
        ),
        (
            Decision("closed_fp", "dob_conflict", (Discriminator("birth_date", "1972-11-26", "1972-11-26"),)),
            "no difference",
        ),
        (
            Decision("closed_fp", "dob_conflict", (Discriminator("birth_date", "1985-05-05", "1960"),)),
            "does not have '1960': it has 1972-11-26",
        ),
        (
            Decision("closed_fp", "dob_conflict", (Discriminator("birth_date", "1986", "1972-11-26"),)),
            "'1986' is not in what was screened, and no source is given",
        ),
        (
            Decision("closed_fp", "gender_conflict", (Discriminator("gender", "f", "male", "passport"),)),
            "does not have 'male': it has none",
        ),
        (
            Decision("closed_fp", "nationality_conflict", (Discriminator("nationality", "Bulgaria", "Russia"),)),
            "nationality alone does not tell two parties apart",
        ),
        (Decision("closed_fp", "dob_conflict", (DOB,), "x" * 10_001), "10,001 characters"),
        (Decision("closed_fp", "dob_conflict", (DOB,), "x" * 1_048_576), "1,048,576 characters"),
        (Decision("closed_true", "identity_confirmed"), "it is empty"),
        (Decision("closed_fp", "dob_conflict", (DOB,), "", ("ab" * 32,)), "not in the store"),
    ],
)  # fmt: skip
def test_a_decision_that_breaks_a_rule_changes_nothing(cases, decision, says):
    alert = opened(cases)
    with pytest.raises(LimenError, match=says):
        do(cases, alert, Act("propose", decision), BO)
    assert cases.alert(alert.id) == alert
    assert len(cases.events(alert.id)) == 1


def test_two_soft_discriminators_or_one_with_a_source_are_enough(cases):
    soft = Decision(
        "closed_fp",
        "nationality_conflict",
        (
            Discriminator("nationality", "Bulgaria", "Russia"),
            Discriminator("name_part", "Sergey", "AKSYONOV, Sergey", "the passport"),
        ),
    )
    alert = do(cases, opened(cases), Act("propose", soft), ANNA)
    assert alert.reason == "nationality_conflict"
    other = opened(cases, answer(subject="C2"))
    sourced = Discriminator("birth_date", "1986-01-01", "1972-11-26", "identity card, seen")
    decision = Decision("closed_fp", "dob_conflict", (sourced,))
    assert do(cases, other, Act("propose", decision), ANNA).state == "pending_approval"


@pytest.mark.parametrize(
    ("what", "person", "says"),
    [
        (PROPOSE, DORA, "it needs the role decide"),
        (Act("approve"), ANNA, "it needs the role approve"),
        (Act("draw_sample"), BO, "it needs the role audit"),
        (Act("propose", Decision("closed_true", "identity_confirmed", (), "it is him")), ANNA,
         "this is for level 2"),
        (Act("assign", to="bo"), ANNA, "may assign to no one else"),
        (Act("assign", to="dora"), BO, "dora has no role decide"),
        (Act("assign", to="nobody"), BO, "no account is 'nobody'"),
        (Act("escalate"), ANNA, "it is empty"),
        (Act("approve"), BO, "an alert that is new cannot be given the action approve"),
        (Act("close"), BO, "no action is 'close'"),
        (Act("undo", note="oops"), ANNA, "alert.opened, which cannot be taken back"),
    ],
)  # fmt: skip
def test_who_may_not_is_refused(staffed, what, person, says):
    cases = staffed
    alert = opened(cases)
    with pytest.raises(InputError, match=says):
        do(cases, alert, what, person)
    assert cases.alert(alert.id) == alert


def test_no_one_signs_what_they_proposed_nor_returns_it(cases):
    alert = do(cases, opened(cases), PROPOSE, BO)
    for what in (APPROVE, Act("return", note="no")):
        with pytest.raises(RightsError, match="another person must sign it"):
            do(cases, alert, what, BO)
    alert = do(cases, alert, Act("return", note="which passport?"), CLEO)
    assert (alert.state, alert.assignee, alert.proposal) == ("returned", "bo", "")


def test_an_escalated_alert_is_no_longer_for_level_one(cases):
    alert = do(cases, opened(cases), Act("escalate", note="needs the file"), ANNA)
    assert (alert.state, alert.tier, alert.assignee) == ("escalated", 2, "")
    with pytest.raises(RightsError, match="level 2"):
        do(cases, alert, PROPOSE, ANNA)
    do(cases, alert, Act("request_info", note="birth date of the director?"), BO)
    do(cases, alert, Act("receive_info", note="sent"), BO)
    match = Act("propose", Decision("closed_true", "identity_confirmed", (), "passport agrees"))
    do(cases, alert, match, BO)
    assert do(cases, alert, APPROVE, CLEO).state == "closed_true"


def test_of_two_people_at_one_alert_the_second_is_refused(cases):
    alert = opened(cases)
    cases.act(alert.id, alert.version, PROPOSE, ANNA)
    with pytest.raises(StaleDecisionError, match=r"made on version \d+: anna did 'propose'"):
        cases.act(alert.id, alert.version, Act("escalate", note="unsure"), CLEO)
    assert cases.alert(alert.id).state == "pending_approval"


def test_whoever_works_on_an_alert_has_it(staffed):
    cases = staffed
    alert = do(cases, opened(cases), Act("start"), CLEO)
    with pytest.raises(InputError, match="cleo is working on it"):
        do(cases, alert, PROPOSE, ANNA)
    do(cases, alert, Act("assign", to="anna"), BO)
    assert do(cases, alert, PROPOSE, ANNA).state == "pending_approval"


def test_undo_is_an_event_by_the_same_person_before_another_acts(cases):
    alert = do(cases, opened(cases), PROPOSE, ANNA)
    with pytest.raises(RightsError, match="only anna can take it back"):
        do(cases, alert, Act("undo", note="wrong"), BO)
    alert = do(cases, alert, Act("undo", note="the wrong alert"), ANNA)
    assert (alert.state, alert.proposal, alert.proposed_by) == ("new", "", "")
    done = closed(cases, alert)
    alert = do(cases, done, Act("undo", note="not yet"), BO)
    assert (alert.state, alert.proposal, alert.is_open) == ("pending_approval", "closed_fp", 1)
    assert [event.type for event in cases.events(alert.id)].count("alert.undo") == 2


def test_a_sample_is_checked_by_a_third_person_and_a_failed_one_is_open_again(cases):
    alert = do(cases, closed(cases, opened(cases)), Act("draw_sample"), DORA)
    auditor = Person("bo", frozenset({"audit"}), 2)
    with pytest.raises(RightsError, match="another person must check it"):
        do(cases, alert, Act("pass_sample"), auditor)
    assert cases.queue(Filter(sample="drawn")).alerts == (cases.alert(alert.id),)
    alert = do(cases, alert, Act("fail_sample", note="no copy of the passport"), DORA)
    assert (alert.state, alert.sample, alert.is_open) == ("reopened", "failed", 1)


def test_bulk_decisions_do_what_the_preview_had_or_nothing(cases):
    alerts = [opened(cases, answer(subject=f"C{number}")) for number in range(5)]
    keys = [alert.id for alert in alerts]
    preview = cases.preview(keys, PROPOSE, ANNA)
    assert [row.becomes for row in preview.rows] == ["pending_approval"] * 5
    assert {alert.state for alert in cases.queue(Filter()).alerts} == {"new"}
    do(cases, alerts[3], Act("comment", note="look at this one"), CLEO)
    with pytest.raises(StaleDecisionError, match="changed since the preview"):
        cases.act_on_all(keys, PROPOSE, ANNA, seen=preview.digest)
    again = cases.preview(keys, PROPOSE, ANNA)
    cases.act_on_all(keys, PROPOSE, ANNA, seen=again.digest)
    assert {alert.state for alert in cases.queue(Filter()).alerts} == {"pending_approval"}
    own = cases.preview(keys, APPROVE, Person("anna", frozenset({"approve"}), 2))
    assert own.refused == 5
    with pytest.raises(InputError, match="5 of 5 alerts refuse it"):
        cases.act_on_all(keys, APPROVE, Person("anna", frozenset({"approve"}), 2), seen=own.digest)


def test_queues_are_in_the_order_in_which_alerts_are_due(cases, clock):
    for number in range(7):
        opened(cases, answer(subject=f"C{number}"))
    first = cases.queue(Filter(open_only=True, limit=3))
    second = cases.queue(Filter(open_only=True, limit=3, after=first.next))
    third = cases.queue(Filter(open_only=True, limit=3, after=second.next))
    seen = [alert.subject_id for page in (first, second, third) for alert in page.alerts]
    assert seen == [f"C{number}" for number in range(7)]
    assert (first.count, third.next) == (7, "")
    clock.pass_days(30)
    now = clock().strftime("%Y-%m-%dT%H:%M:%S.000Z")
    assert cases.queue(Filter(overdue=now)).count == 7  # late, and still open
    assert cases.states(OPEN) == {"new": 7}


def test_one_subject_party_and_profile_has_one_alert(cases):
    wires = [answer(), answer(finding(), finding(id="eu_fsf:9", party_id="p1")),
             answer(finding(id="eu_fsf:7", party_id="p2"), subject="C1")]  # fmt: skip
    first, second, third = (cases.open_alerts([wire]) for wire in wires)
    assert [each.outcome for each in (*first, *second, *third)] == ["new", "changed", "new"]
    assert first[0].alert == second[0].alert != third[0].alert
    assert "eu_fsf:9" in second[0].trigger
    other = cases.open_alerts([answer()], profile="payments-eu@7")
    assert other[0].outcome == "new"
