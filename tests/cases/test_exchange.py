"""What leaves the desk: packs that are checked without Limen, exports, figures, judgements."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO

import msgspec
import pytest
from tests.cases.desk import ADMIN, ANNA, PASSWORD, answer, closed, opened
from tests.screened import AFTER, small_home

from limen.cases.exchange.figures import figures
from limen.cases.exchange.judgements import write_judgements
from limen.cases.exchange.pack import write_pack
from limen.cases.storage.checkpoints import new_key
from limen.cli.main_command import limen
from limen.cli.run_command import run
from limen.model import RightsError


@pytest.fixture
def packed(cases, tmp_path):
    """A closed alert with an attachment, and the folder of its pack."""
    alert = opened(cases)
    cases.attach(alert.id, "../passport.pdf", b"%PDF a passport", ANNA)
    closed(cases, alert)
    key = new_key()
    key.write(tmp_path / "cases.key")
    cases.sign(key)
    body = write_pack(cases.database, alert.id)
    assert body == write_pack(cases.database, alert.id)
    zipfile.ZipFile(BytesIO(body)).extractall(tmp_path)
    return alert, tmp_path / alert.id


def checked(folder):
    """What the pack's own check prints, in a Python that has nothing of Limen."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(folder / "verify.py")], capture_output=True, text=True,
        env={}, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def test_a_pack_has_everything_and_is_checked_on_a_bare_machine(packed):
    _, folder = packed
    assert checked(folder) == (0, "4 events, 13 files, 0 faults\n")
    assert json.loads((folder / "answer.json").read_text()) == answer()
    page = (folder / "page.html").read_text()
    for text in (
        "AKSYONOV, Sergey",
        "dob_conflict",
        "Executive Order 13660",
        "anna",
        "bo",
        "85-05-05",
    ):
        assert text in page
    assert "<script" not in page
    chain = json.loads((folder / "chain.json").read_text())
    assert chain["checkpoint"]["seq"] == chain["head"]["seq"] == 5
    (attached,) = (folder / "attachments").iterdir()
    if shutil.which("openssl"):
        signed = ("-inkey", "../cases.pub", "-in", "checkpoint.txt", "-sigfile", "checkpoint.sig")
        tool = ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", *signed]
        done = subprocess.run(tool, cwd=folder, capture_output=True, text=True, check=False)
        assert "Verified Successfully" in done.stdout
    assert attached.read_bytes() == b"%PDF a passport"
    assert attached.name.endswith("-passport.pdf")


@pytest.mark.parametrize("name", ["answer.json", "events.jsonl", "page.html", "chain.json"])
def test_a_flipped_byte_in_a_pack_is_found(packed, name):
    _, folder = packed
    body = bytearray((folder / name).read_bytes())
    body[len(body) // 2] ^= 1
    (folder / name).write_bytes(body)
    done = subprocess.run(
        ["sha256sum", "-c", "MANIFEST.sha256"], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 1
    code, printed = checked(folder)
    assert (code, f"{name}: not as it was packed" in printed) == (1, True) or name == "chain.json"
    assert code == 1


def test_decided_alerts_are_judgements_of_a_resolver(cases):
    alert = closed(cases, opened(cases))
    opened(cases, answer(subject="C2"))
    (line,) = write_judgements(cases.database)
    assert json.loads(line) == [
        "us_ofac_sdn:1", "C1", "negative", 0.91, "bo", cases.alert(alert.id).decided_at
    ]  # fmt: skip


def test_figures_have_no_name(cases, clock):
    closed(cases, opened(cases))
    opened(cases, answer(subject="C2"))
    clock.pass_days(3)
    found = figures(cases.database, clock().strftime("%Y-%m-%dT%H:%M:%S.000Z"))
    assert found["by_state"] == {"closed_fp": 1, "new": 1}
    assert found["open_by_age"] == {
        "1 days": 0, "3 days": 0, "7 days": 1, "30 days": 0, "90 days": 0, "older": 0
    }  # fmt: skip
    assert (found["events"], found["opened_by_channel"]) == (4, {"screen": 2})
    assert (found["closed_by_reason"], found["overdue"]) == ({"dob_conflict": 1}, 1)
    assert "Aksyonov" not in msgspec.json.encode(found).decode()


def test_the_command_line_opens_decides_and_verifies(tmp_path, monkeypatch, capfdbinary):
    engine = small_home(tmp_path)
    party = {"id": "C1", "schema": "Person", "properties": {"name": ["Sergey Aksyonov"]}}
    wire = engine.screen(party, as_of=AFTER).to_dict()
    (tmp_path / "hits.json").write_bytes(msgspec.json.encode(wire))
    monkeypatch.setenv("LIMEN_HOME", str(tmp_path))
    monkeypatch.setenv("LIMEN_PASSWORD", "a password for all of them")
    monkeypatch.setenv("LIMEN_NEW_PASSWORD", "a password for all of them")

    def command(*arguments: str, code: int = 0) -> str:
        capfdbinary.readouterr()
        assert run(limen, ["cases", *arguments]) == code
        printed = capfdbinary.readouterr()
        return (printed.out + printed.err).decode()

    assert "must have the role admin" in command("users", "add", "root", "--role", "read", code=2)
    command("users", "add", "root", "--role", "admin")
    for name, role in (("anna", "decide"), ("bo", "approve")):
        command("users", "add", name, "--role", role, "--level", "2", "--user", "root")
    assert "1 answers, 1 new" in command("open", str(tmp_path / "hits.json"))
    assert "1 answers, 1 same" in command("open", str(tmp_path / "hits.json"))
    (alert,) = json.loads(command("list", "--format", "json").partition("]\n")[0] + "]")
    propose = (
        "decide", alert["id"], "propose", "--version", str(alert["version"]), "--reason",
        "dob_conflict", "--differs", "birth_date", "1985-05-05", "1972-11-26", "--source",
        "birth_date", "passport", "--user", "anna",
    )  # fmt: skip
    assert "pending_approval" in command(*propose)
    assert "made on version" in command(*propose, code=3)
    approve = ("decide", alert["id"], "approve", "--version", str(alert["version"] + 1), "--user")
    assert "it needs the role approve" in command(*approve, "anna", code=2)
    assert "closed_fp" in command(*approve, "bo")
    monkeypatch.setenv("LIMEN_PASSWORD", "another password")
    assert "do not fit" in command(*approve, "bo", code=2)
    assert "limen-cases" in command("checkpoint")
    assert "0 faults" in command("verify")
    monkeypatch.chdir(tmp_path)
    command("pack", alert["id"], "-o", "pack.zip")
    zipfile.ZipFile("pack.zip").extractall()
    assert checked(tmp_path / alert["id"])[0] == 0
    assert run(limen, ["replay", f"{alert['id']}/answer.json"]) == 0
    assert "no alert" in command("list", "--format", "table")
    assert command("export", "--format", "csv").count("\n") == 2


def test_wrong_passwords_lock_the_account_and_time_or_an_admin_opens_it(cases, clock):

    cases.add_account("root", ADMIN.roles, None, password=PASSWORD)
    for _ in range(5):
        with pytest.raises(RightsError, match="do not fit"):
            cases.sign_in("root", "wrong")
    with pytest.raises(RightsError, match="locked until"):
        cases.sign_in("root", PASSWORD)
    clock.pass_days(0.1)
    assert cases.sign_in("root", PASSWORD).name == "root"
    with pytest.raises(RightsError, match="do not fit"):
        cases.sign_in("nobody", PASSWORD)
