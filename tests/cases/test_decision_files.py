"""Decisions of other systems come in as proposals that keep every rule, after a preview."""

from __future__ import annotations

import json

import pytest
from tests.cases.desk import (
    ANNA,
    APPROVE,
    BO,
    CLEO,
    DORA,
    PROPOSE,
    answer,
    closed,
    do,
    finding,
    opened,
)

from limen.cases.cases import Cases
from limen.cases.exchange import decision_files
from limen.cases.exchange.decision_files import import_decisions
from limen.cases.exchange.export import exported
from limen.cases.verification import verify
from limen.model import InputError, RightsError, StaleDecisionError

NEGATIVE = b'["us_ofac_sdn:1", "C1", "negative", 0.9, "eve", "2025-01-01T00:00:00Z"]\n'
FILED = {
    "subject_id": "C1",
    "record_id": "us_ofac_sdn:1",
    "decision": {
        "outcome": "closed_fp",
        "reason": "dob_conflict",
        "discriminators": [
            {"field": "birth_date", "subject": "1985-05-05", "listed": "1972-11-26"}
        ],
    },
}
CSV = (
    b"subject_id,record_id,outcome,reason,field,subject,listed,field_2,subject_2,listed_2\n"
    b"C1,p1,closed_fp,nationality_conflict,nationality,Bulgaria,Russia,birth_date,1985-05-05,1972-11-26\n"
)


def line(**changes):
    return json.dumps(FILED | changes).encode() + b"\n"


@pytest.mark.parametrize(
    ("form", "content", "reason"),
    [
        ("nomenklatura", NEGATIVE, "decided_elsewhere"),
        ("nomenklatura", b'["C1", "us_ofac_sdn:1", "negative"]', "decided_elsewhere"),
        ("jsonl", line(), "dob_conflict"),
        ("csv", CSV, "nationality_conflict"),
    ],
)
def test_a_file_is_previewed_then_proposed_and_signed_by_another(cases, form, content, reason):
    alert = opened(cases)
    preview = import_decisions(cases, content, form, BO)
    assert [(row.alert, row.becomes) for row in preview.rows] == [(alert.id, "pending_approval")]
    assert (preview.done, cases.alert(alert.id)) == (False, alert)
    done = import_decisions(cases, content, form, BO, seen=preview.digest)
    now = cases.alert(alert.id)
    assert (done.done, now.state, now.reason) == (True, "pending_approval", reason)
    assert now.proposed_by == "bo"
    with pytest.raises(RightsError, match="another person must sign"):
        do(cases, alert, APPROVE, BO)
    assert do(cases, alert, APPROVE, CLEO).state == "closed_fp"
    assert verify(cases.database).faults == ()


def test_what_one_desk_writes_another_reads(cases, tmp_path, clock):
    closed(cases, opened(cases))
    written = b"".join(exported(cases, "nomenklatura"))
    with Cases.open(tmp_path / "other.sqlite", clock=clock) as other:
        alert = opened(other)
        preview = import_decisions(other, written, "nomenklatura", BO)
        import_decisions(other, written, "nomenklatura", BO, seen=preview.digest)
        (event,) = [each for each in other.events(alert.id) if each.type == "alert.propose"]
        (prior,) = event.data["decision"]["discriminators"]
        assert prior["subject"].startswith("negative by bo at 2026-01-01")
        assert "sha256:" in prior["source"]


def test_what_a_file_cannot_do_is_in_the_reply_and_the_rest_is_done(cases):
    first, second = opened(cases), opened(cases, answer(subject="C2"))
    do(cases, second, PROPOSE, CLEO)
    unsure = b'["us_ofac_sdn:1", "C1", "unsure"]\n'
    content = NEGATIVE + unsure + NEGATIVE.replace(b"C1", b"C2") + NEGATIVE.replace(b"C1", b"C9")
    preview = import_decisions(cases, content, "nomenklatura", BO)
    done = import_decisions(cases, content, "nomenklatura", BO, seen=preview.digest)
    refused = {row.alert: row.refused for row in done.rows if row.refused}
    assert "pending_approval cannot be given the action propose" in refused[second.id]
    assert refused[""] == "no alert is about C9 and us_ofac_sdn:1"
    assert (done.undecided, cases.alert(first.id).state) == (1, "pending_approval")


def test_a_profile_restricts_what_a_decision_is_about(cases):
    opened(cases)
    cases.open_alerts([answer()], profile="payments@2")
    assert len(import_decisions(cases, line(), "jsonl", BO).rows) == 2
    (row,) = import_decisions(cases, line(profile="payments@2"), "jsonl", BO).rows
    assert cases.alert(row.alert).profile == "payments@2"


def test_a_preview_of_another_state_or_file_is_refused(cases):
    alert = opened(cases)
    preview = import_decisions(cases, NEGATIVE, "nomenklatura", BO)
    other = NEGATIVE.replace(b"eve", b"mal")
    for content, person in ((other, BO), (NEGATIVE, CLEO)):
        with pytest.raises(StaleDecisionError):
            import_decisions(cases, content, "nomenklatura", person, seen=preview.digest)
    cases.open_alerts([answer(finding(party_id="p9", id="us_ofac_sdn:1"))])
    with pytest.raises(StaleDecisionError):
        import_decisions(cases, NEGATIVE, "nomenklatura", BO, seen=preview.digest)
    assert cases.alert(alert.id) == alert


@pytest.mark.parametrize("person", [DORA, ANNA])
def test_an_import_is_for_level_two(cases, person):
    opened(cases)
    if person is DORA:
        with pytest.raises(RightsError, match="needs the role decide"):
            import_decisions(cases, NEGATIVE, "nomenklatura", person)
        return
    (row,) = import_decisions(cases, NEGATIVE, "nomenklatura", person).rows
    assert "this is for level 2" in row.refused


@pytest.mark.parametrize(
    ("form", "content", "says"),
    [
        ("jsonl", b"", "it has 0 decisions"),
        ("jsonl", b"{}", "missing required field decision"),
        ("jsonl", line() + b"x\n", "line 2"),
        ("jsonl", line(judgement="negative"), "unknown field"),
        ("csv", b"a,b\n1,2\n", "no column is 'a'"),
        ("csv", b"alert,outcome\nA-1\n", "another number of cells"),
        ("csv", b"alert,outcome\nA-1,closed\n", "Invalid enum value"),
        ("csv", b"\xff\xfe", "no CSV in UTF-8"),
        ("csv", b'alert\n"A-1', "no CSV in UTF-8"),
        ("nomenklatura", b'["a", "b", "same"]', "line 1"),
        ("nomenklatura", b'["a", "b", "unsure"]', "it has 0 decisions"),
    ],
)
def test_what_is_of_no_format_is_refused_with_its_line(cases, form, content, says):
    opened(cases)
    with pytest.raises(InputError, match=says):
        import_decisions(cases, content, form, BO)


def test_a_file_is_bounded(cases, monkeypatch):
    monkeypatch.setattr(decision_files, "MOST", 2)
    with pytest.raises(InputError, match="it has 3 decisions"):
        import_decisions(cases, NEGATIVE * 3, "nomenklatura", BO)


def test_an_export_is_whole_whatever_its_length(cases, monkeypatch):
    from limen.cases.exchange import export

    monkeypatch.setattr(export, "_AT_ONCE", 2)
    ids = sorted(opened(cases, answer(subject=f"C{number}")).id for number in range(5))
    rows = [json.loads(row)["id"] for row in b"".join(exported(cases, "jsonl")).splitlines()]
    assert rows == ids
    assert len(b"".join(exported(cases, "events")).splitlines()) == 5
    assert b"".join(exported(cases, "csv")).count(b"\n") == 6
