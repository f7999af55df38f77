"""``--cases``: what a run finds becomes alerts, end to end on each channel, and only once."""

from __future__ import annotations

import shutil
import sys

import pytest
from tests.payment_messages import pacs008, transaction

from limen.cases.cases import Cases
from limen.cases.decision import Act, Decision, Discriminator
from limen.cases.exchange.pack import write_pack
from limen.cases.people import Person
from limen.cases.queue_filter import Filter
from limen.cases.verification import verify

DAY = ("--as-of", "2022-03-01")
ROWS = "id,name,birth date\nC1,Sergey Aksyonov,1985-05-05\nC2,Anna Unlisted,\nC3,Promsvyazbank,\n"


@pytest.fixture
def store(tmp_path, monkeypatch):
    """The case store of the commands, opened anew at each look."""
    path = tmp_path / "cases.sqlite"
    monkeypatch.setenv("LIMEN_CASES", str(path))

    def alerts():
        with Cases.open(path) as cases:
            assert verify(cases.database).faults == ()
            return cases.queue(Filter()).alerts

    alerts.path = path
    return alerts


def summary(alerts):
    return sorted((each.channel, each.profile, each.subject_id, each.party) for each in alerts)


def test_a_name_is_an_alert_once(command, store):
    for outcome in ("1 new", "1 same"):
        result = command("screen", "Sergey Aksyonov", *DAY, "--cases", "desk@1", "--format", "json")
        assert f"alerts: {outcome}" in result.err
    (alert,) = store()
    assert (alert.channel, alert.profile, alert.level) == ("screen", "desk@1", "hit")
    assert alert.subject_id.startswith("sha256:")


def test_the_rows_of_a_file_are_alerts_of_their_customers(command, store, tmp_path):
    (tmp_path / "base.csv").write_text(ROWS)
    for output in ("hits.csv", "again.jsonl"):
        command("screen", "base.csv", *DAY, "--cases", "retail@3", "-o", output)
    assert [(channel, profile, subject) for channel, profile, subject, _ in summary(store())] == [
        ("file", "retail@3", "C1"), ("file", "retail@3", "C3"),
    ]  # fmt: skip


def test_without_it_nothing_is_opened_and_no_database_is_loaded(command, store):
    command("screen", "Sergey Aksyonov", *DAY)
    assert not store.path.exists()
    from limen.cli import run_alerts

    assert "sqlalchemy" not in run_alerts.__dict__
    assert sys.modules["limen.cli.run_alerts"] is run_alerts


def test_a_held_payment_is_an_alert_and_one_that_passes_is_none(command, store, tmp_path):
    held = transaction(2, creditor="SERGEY VALERYEVICH AKSYONOV OR ORDER")
    (tmp_path / "m.xml").write_bytes(pacs008(transaction(1), held))
    command("pay", "m.xml", *DAY, "--cases", "swift@1", "--format", "jsonl")
    (alert,) = store()
    assert (alert.channel, alert.lists) == ("payment", "un_sc")
    with Cases.open(store.path) as cases:
        context = cases.frozen(alert).context
    assert context["decision"] == "hold"
    assert context["elements"][0]["path"].endswith("CdtTrfTxInf[2]/Cdtr/Nm")


def test_a_cut_off_payment_is_an_alert_that_names_no_one(command, store, tmp_path):
    (tmp_path / "cut.xml").write_bytes(pacs008(transaction(4))[:-150])
    command("pay", "cut.xml", *DAY, "--cases", "swift@1", "--format", "jsonl")
    alerts = store()
    assert {(each.party_id, each.level) for each in alerts} == {("no-finding", "cannot_say")}


def test_the_parties_of_a_document_are_alerts_that_can_be_decided_and_packed(
    command, store, tmp_path
):
    text = "Sergey Aksyonov met the board of Promsvyazbank on 1 March 2022. Aksyonov left."
    (tmp_path / "report.txt").write_text(text)
    for _ in range(2):
        command("read", "report.txt", *DAY, "--cases", "press@1", "--format", "json")
    alerts = store()
    assert [each.channel for each in alerts] == ["document"] * 2
    (alert,) = [each for each in alerts if "Aksyonov" in each.subject]
    assert alert.party_id != "us_ofac_sdn:1"
    bo, cleo = (Person(name, frozenset({"decide", "approve"}), 2) for name in ("bo", "cleo"))
    decision = Decision("closed_fp", "dob_conflict",
                        (Discriminator("birth_date", "1985", "1972-11-26", "the article"),))  # fmt: skip
    with Cases.open(store.path) as cases:
        assert cases.frozen(alert).context["mentions"][0]["text"] == "Sergey Aksyonov"
        event = cases.act(alert.id, alert.version, Act("propose", decision), bo)
        cases.act(alert.id, event.seq, Act("approve"), cleo)
        assert cases.alert(alert.id).state == "closed_fp"
        assert len(write_pack(cases.database, alert.id)) > 1_000


def test_a_base_has_an_alert_for_each_pair_and_one_more_for_a_new_customer(
    command, store, home, tmp_path, monkeypatch
):
    own = tmp_path / "home"
    shutil.copytree(home, own)
    monkeypatch.setenv("LIMEN_HOME", str(own))
    (tmp_path / "base.csv").write_text(ROWS)
    assert command("base", "add", "retail", "base.csv").code == 0
    first = command("rescreen", "retail", *DAY, "--cases", "retail@1", "--format", "jsonl")
    assert "alerts: 2 new" in first.err
    again = command("rescreen", "retail", *DAY, "--cases", "retail@1", "--format", "jsonl")
    assert "alerts: 2 same" in again.err
    (tmp_path / "base.csv").write_text(ROWS + "C4,Igor Sechin,1960-09-07\nC5,Sergey Aksyonov,\n")
    assert command("base", "update", "retail", "base.csv").code == 0
    last = command("rescreen", "retail", *DAY, "--cases", "retail@1", "--format", "jsonl")
    assert "1 new" in last.err
    assert [subject for _, _, subject, _ in summary(store())] == ["C1", "C3", "C5"]
    assert {channel for channel, *_ in summary(store())} == {"base"}


def test_an_answer_that_cannot_say_is_an_alert_where_the_policy_wants_it(
    command, store, home, tmp_path, monkeypatch
):
    late = ("screen", "Anna Unlisted", "--as-of", "2023-03-01", "--cases", "desk@1")
    assert "alerts: none" in command(*late).err
    own = tmp_path / "home"
    shutil.copytree(home, own)
    (own / "cases.toml").write_text("[cannot_say]\nscreen = true\n")
    monkeypatch.setenv("LIMEN_HOME", str(own))
    assert "alerts: 1 new" in command(*late).err
    (alert,) = store()
    assert (alert.level, alert.party_id) == ("cannot_say", "no-finding")
    assert alert.party


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("decisions.CSV", "alert,outcome,reason\nA-0123456789abcdef,closed_fp,dob_conflict\n"),
        ("decisions.jsonl", ('{"alert": "A-0123456789abcdef", "decision":'
                            ' {"outcome": "closed_fp", "reason": "dob_conflict"}}')),
    ],
)  # fmt: skip
def test_a_file_of_decisions_is_read_as_its_name_says(command, tmp_path, monkeypatch, name, line):
    monkeypatch.setenv("LIMEN_HOME", str(tmp_path))
    monkeypatch.setenv("LIMEN_PASSWORD", "correct horse battery")
    with Cases.open(tmp_path / "cases.sqlite") as cases:
        cases.add_account("root", ("admin",), None, password="correct horse battery")
        cases.add_account("bo", ("decide",), cases.person("root"), level=2,
                          password="correct horse battery")  # fmt: skip
    (tmp_path / name).write_text(line)
    done = command("cases", "import", str(tmp_path / name), "--user", "bo")
    assert (done.code, "no alert is" in done.out) == (5, True), done.err
