"""``limen pay``: every transaction in every output, counted, resumable, with its exit code."""

from __future__ import annotations

import csv
import io

import pytest
from tests.payment_messages import pacs008, transaction

from limen.batch.payments.encoders import PaymentLines

DAY = ("--as-of", "2022-03-01")
HIT = {"creditor": "SERGEY VALERYEVICH AKSYONOV OR ORDER"}


@pytest.fixture
def folder(tmp_path):
    """Three messages: one passes, one has three transactions of which one is held, one is cut."""
    inbox = tmp_path / "inbox"
    (inbox / "deeper").mkdir(parents=True)
    (inbox / "a.xml").write_bytes(pacs008(transaction()))
    three = pacs008(transaction(1), transaction(2, **HIT), transaction(3))
    (inbox / "b.xml").write_bytes(three)
    (inbox / "deeper/c.xml").write_bytes(pacs008(transaction(4))[:-150])
    return inbox


def test_every_transaction_of_a_folder_is_written(command, folder):
    result = command("pay", str(folder), *DAY, "--format", "jsonl")
    decisions = [(line["file"], line["position"], line["decision"]) for line in result.lines]
    assert decisions[:4] == [
        ("a.xml", 1, "pass"), ("b.xml", 1, "pass"), ("b.xml", 2, "hold"), ("b.xml", 3, "pass"),
    ]  # fmt: skip
    assert {line["decision"] for line in result.lines if line["file"] == "c.xml"} == {"hold"}
    assert result.code == 5
    assert "3 messages" in result.err
    assert "could not be read to the end" in result.err


def test_the_table_shows_what_does_not_pass(command, folder):
    out = command("pay", str(folder / "b.xml"), *DAY, "--format", "table").out
    for shown in ("HOLD", "transaction 2", "creditor, name: SERGEY VALERYEVICH AKSYONOV OR ORDER",
                  "CdtTrfTxInf[2]/Cdtr/Nm", "un_sc:1", "2 transactions pass"):  # fmt: skip
        assert shown in out, shown


@pytest.mark.parametrize(
    ("options", "code"),
    [((), 0), (("--fail-on", "reject"), 0), (("--fail-on", "hold"), 10),
     (("--fail-on", "hold", "--channel", "sct_inst"), 11)],  # a UN list is none of the EU's
)  # fmt: skip
def test_exit_codes(command, folder, options, code):
    assert command("pay", str(folder / "b.xml"), *DAY, *options, "--quiet").code == code


def test_a_rejection_leaves_with_eleven(command, tmp_path):
    path = tmp_path / "m.xml"
    path.write_bytes(pacs008(transaction(creditor_agent="PRMSRUMM")))
    options = ("--channel", "sct_inst", "--fail-on", "hold")
    assert command("pay", str(path), *DAY, *options).code == 11


def test_what_is_not_known_leaves_with_six(command, tmp_path):
    path = tmp_path / "m.xml"
    path.write_bytes(pacs008(transaction(creditor="NOTPROVIDED")))
    result = command("pay", str(path), *DAY)
    assert result.code == 6
    assert "only for what is not known" in result.err


def test_standard_input(command):
    result = command("pay", "-", *DAY, stdin=pacs008(transaction(**HIT)))
    assert [line["decision"] for line in result.lines] == ["hold"]


def test_flat_formats_have_a_row_a_finding(command, folder, tmp_path):
    pyarrow = pytest.importorskip("pyarrow.parquet")
    rows = list(csv.DictReader(io.StringIO(
        command("pay", str(folder / "b.xml"), *DAY, "--format", "csv").out
    )))  # fmt: skip
    assert [row["decision"] for row in rows] == ["pass", "hold", "pass"]
    assert (rows[1]["role"], rows[1]["limen_party_id"]) == ("creditor", "un_sc:1")
    out = tmp_path / "out.parquet"
    command("pay", str(folder / "b.xml"), *DAY, "-o", str(out))
    table = pyarrow.read_table(out).to_pylist()
    assert [row["decision"] for row in table] == ["pass", "hold", "pass"]
    assert table[1]["limen_score"] > 0.8


def test_an_interrupted_run_goes_on_to_the_same_bytes(command, tmp_path, monkeypatch):
    path, whole, out = (tmp_path / name for name in ("many.xml", "whole.jsonl", "out.jsonl"))
    path.write_bytes(pacs008(*(transaction(n, creditor=f"Payee {n}") for n in range(1, 60))))
    command("pay", str(path), *DAY, "-o", str(whole))
    encode, seen = PaymentLines.row, []

    def interrupted(encoder, screened):
        seen.append(screened)
        if len(seen) == 40:
            raise KeyboardInterrupt
        return encode(encoder, screened)

    monkeypatch.setattr(PaymentLines, "row", interrupted)
    broken = command("pay", str(path), *DAY, "-o", str(out))
    monkeypatch.setattr(PaymentLines, "row", encode)
    assert (broken.code, out.exists()) == (130, False)
    assert "interrupted after 39 rows" in broken.err
    assert command("pay", str(path), "-o", str(out)).code == 2
    resumed = command("pay", str(path), "-o", str(out), "--resume")
    assert resumed.code == 0, resumed.err
    assert out.read_bytes() == whole.read_bytes()
    assert "59 transactions" in resumed.err


def test_a_look_back_takes_each_as_of_its_own_day(command, tmp_path):
    path = tmp_path / "old.xml"
    agent = {"creditor_agent": "PRMSRUMM"}
    path.write_bytes(
        pacs008(
            transaction(1, date="2022-02-18", **agent), transaction(2, date="2022-02-26", **agent)
        )
    )
    result = command("pay", str(path), "--look-back", *DAY, "--format", "jsonl")
    days = [(line["stamp"]["as_of"], line["decision"], line["decision_then"])
            for line in result.lines]  # fmt: skip
    assert days == [("2022-02-18", "pass", "pass"), ("2022-02-26", "hold", "hold")]
    assert "0 do not pass now" in result.err


def test_a_look_back_counts_what_was_not_known_then(command, tmp_path):
    path = tmp_path / "old.xml"
    named = {"creditor": "SERGEY VALERYEVICH AKSYONOV"}
    path.write_bytes(pacs008(transaction(date="2022-02-10", **named)))
    (line,) = command("pay", str(path), "--look-back", *DAY, "--format", "jsonl").lines
    assert line["decision"] == "hold"
    assert line["stamp"]["as_of"] == "2022-02-10"


def test_lint_names_what_is_wrong_with_the_form(command, tmp_path):
    path = tmp_path / "m.xml"
    path.write_bytes(pacs008(transaction(creditor="NOTPROVIDED", creditor_agent="BARCXX")))
    result = command("pay", "lint", str(path), "--format", "jsonl")
    found = {(line["code"], line["level"]) for line in result.lines}
    assert {("placeholder", "warning"), ("invalid-identifier", "error")} <= found
    assert (result.code, "of them errors" in result.err) == (5, True)
    text = command("pay", "lint", str(path), "--format", "table").out
    assert "m.xml message 1 transaction 1" in text
    path.write_bytes(pacs008(transaction()))
    assert command("pay", "lint", str(path), "-q").code == 0


def test_what_is_not_there_is_refused(command, tmp_path):
    (tmp_path / "empty").mkdir()
    assert command("pay", "nowhere.xml", *DAY).code == 2
    assert command("pay", str(tmp_path / "empty"), *DAY).code == 2
    assert command("pay", "-", *DAY, "--channel", "none").code == 2
