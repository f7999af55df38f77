"""The chain is whole, and a byte that was changed is found with its place."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta

import pytest
import sqlalchemy as sa
from tests.cases.desk import ADMIN, ANNA, BO, PASSWORD, PROPOSE, answer, closed, do, opened

from limen.cases.cases import Cases
from limen.cases.storage import schema
from limen.cases.storage.canonical import canonical
from limen.cases.storage.checkpoints import PublicKey, new_key, read_key, read_public_keys
from limen.cases.verification import verify
from limen.model import CasesError


@pytest.fixture
def decided(staffed):
    """A store with two alerts, one of them closed, and a password."""
    cases = staffed
    closed(cases, opened(cases))
    do(cases, opened(cases, answer(subject="C2")), PROPOSE, ANNA)
    cases.change_account("anna", ADMIN, password=PASSWORD)
    return cases


def test_a_store_as_it_was_written_has_no_fault(decided):
    found = verify(decided.database)
    assert found.faults == ()
    assert (found.events, found.contents) == (11, 2)
    with decided.database.reading() as connection:
        assert found.head == connection.scalar(sa.select(schema.head.c.hash)).hex()


def test_an_event_is_canonical_json_and_has_the_hash_of_the_one_before(decided):
    with decided.database.reading() as connection:
        rows = connection.execute(sa.select(schema.event).order_by(schema.event.c.seq)).all()
    for before, row in zip([None, *rows], rows, strict=False):
        event = json.loads(row.body)
        assert canonical(event) == row.body
        assert event["prev"] == (before.hash.hex() if before else "00" * 32)


#: What is changed -> the beginning of the place that is named.
CHANGES = [
    ("UPDATE case_event SET body = replace(body, 'anna', 'bnna') WHERE seq = 7",
     "case_event 7 body or hash"),
    ("UPDATE case_event SET hash = zeroblob(32) WHERE seq = 7", "case_event 7 body or hash"),
    ("UPDATE case_event SET about = 'A-1' WHERE seq = 7", "case_event 7 seq or about"),
    ("DELETE FROM case_event WHERE seq = 7", "case_event 7: missing, up to 7"),
    ("DELETE FROM case_event WHERE seq = 11", "case_head: it is at 11, and the last event is 10"),
    ("UPDATE case_head SET seq = 10", "case_head"),
    ("UPDATE case_alert SET state = 'closed_fp'", "case_alert A-"),
    ("UPDATE case_alert SET decided_by = 'anna' WHERE state = 'closed_fp'", "case_alert A-"),
    ("UPDATE case_account SET roles = roles || ' approve' WHERE id = 'U-anna'",
     "case_account U-anna roles"),
    ("DELETE FROM case_alert WHERE state = 'closed_fp'", "case_alert A-"),
    ("INSERT INTO case_account (id, version, opened_at, changed_at) VALUES ('U-eve', 1, '', '')",
     "case_account U-eve: no event is about it"),
    ("UPDATE case_content SET body = substr(body, 2)", "case_content"),
    ("DELETE FROM case_content", "case_content"),
    ("UPDATE case_secret SET record = record || 'x'", "case_secret U-anna record"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "place"), CHANGES)
def test_a_change_by_hand_is_found_with_its_place(decided, change, place):
    with decided.database.writing() as connection:
        connection.exec_driver_sql(change)
    faults = [str(fault) for fault in verify(decided.database).faults]
    assert any(fault.startswith(place) for fault in faults), faults


def test_every_flipped_byte_of_every_event_is_found_at_its_event(decided, tmp_path):
    path = tmp_path / "copy.sqlite"
    with sqlite3.connect(path) as copy:
        sqlite3.connect(decided.database.path).backup(copy)
        bodies = dict(copy.execute("SELECT seq, body FROM case_event"))
    with Cases.open(path, clock=decided.clock) as flipped:
        for seq, body in bodies.items():
            for at in range(0, len(body), 41):
                changed = bytearray(body)
                changed[at] ^= 1
                _set_body(flipped, seq, bytes(changed))
                faults = verify(flipped.database).faults
                assert any(fault.place.startswith(f"case_event {seq} ") for fault in faults), at
            _set_body(flipped, seq, body)
        assert verify(flipped.database).faults == ()


def _set_body(cases: Cases, seq: int, body: bytes) -> None:
    table = schema.event
    with cases.database.writing() as connection:
        connection.execute(sa.update(table).where(table.c.seq == seq).values(body=body))


@pytest.fixture
def signed(decided, tmp_path):
    """A store of which the head is signed, its private key, and the file of the public one."""
    path = tmp_path / "cases.key"
    new_key().write(path)
    key = read_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert decided.sign(key).seq == 12  # the key itself is an event
    return decided, key, tmp_path / "cases.pub"


def places(cases, keys):
    return [fault.place for fault in verify(cases.database, keys).faults]


def cut_off(cases):
    """Take the last decision and the event of the key out, as if they never were."""
    with cases.database.writing() as connection:
        for change in (
            "DELETE FROM case_event WHERE seq > 10",
            "UPDATE case_head SET seq = 10, hash = (SELECT hash FROM case_event WHERE seq = 10)",
            "UPDATE case_account SET secret_sha256 = '' WHERE id = 'U-anna'",
            "UPDATE case_account SET version = 2 WHERE id = 'U-anna'",
            "DELETE FROM case_secret",
        ):
            connection.exec_driver_sql(change)


def test_events_cut_off_the_end_are_found_by_a_checkpoint(signed):
    cases, _, public = signed
    found = verify(cases.database, read_public_keys(public))
    assert (found.signed_to, found.faults) == (12, ())
    cut_off(cases)
    assert "case_checkpoint 12" in places(cases, ())


def test_an_auditor_needs_the_public_key_alone(signed):
    cases, key, public = signed
    assert read_public_keys(public) == [key.public]
    assert places(cases, [new_key().public]) == ["case_checkpoint 12 key_id"]
    with cases.database.writing() as connection:
        connection.exec_driver_sql("UPDATE case_checkpoint SET signature = zeroblob(64)")
    assert places(cases, [key.public]) == ["case_checkpoint 12 signature"]
    assert places(cases, ()) == []


def test_the_same_head_is_signed_once_and_its_key_added_once(signed):
    cases, key, _ = signed
    first = cases.sign(key)
    assert (first.seq, cases.sign(key)) == (12, first)
    opened(cases, answer(subject="C3"))
    assert cases.sign(key).seq == 13


def test_an_auditor_with_the_first_key_follows_to_the_next(signed, tmp_path):
    cases, key, public = signed
    following = new_key()
    cases.add_key(following.public, key)
    following.write(tmp_path / "cases.key")
    assert read_public_keys(public) == [key.public, following.public]
    assert cases.sign(following).key_id == following.public.id
    assert verify(cases.database, [key.public]).signed_to == 13
    assert places(cases, [key.public]) == places(cases, read_public_keys(public)) == []
    assert places(cases, [following.public]) == ["case_checkpoint 12 key_id"]


def test_a_key_that_whoever_writes_the_store_adds_is_not_trusted(signed):
    cases, key, _ = signed
    forged = new_key()
    cases.add_key(forged.public, forged)
    opened(cases, answer(subject="C3"))
    cases.sign(key)  # the timer signs what it does not know
    opened(cases, answer(subject="C4"))
    cases.sign(forged)
    assert places(cases, [key.public]) == ["case_checkpoint 15 key_id"]


@pytest.mark.parametrize("data", [{}, {"key": "x"}, {"key": "00"}, {"key": "00" * 32},
                                  {"key": "00" * 32, "signed_with": 1, "signature": "x"}])  # fmt: skip
def test_an_event_of_a_key_that_is_none_changes_nothing(signed, data):
    cases, key, _ = signed
    with cases.adding() as ledger:
        ledger.append("", "store.key_added", "system", data)
    assert places(cases, [key.public]) == []


@pytest.mark.parametrize("body", [b"", b"00" * 32, b"\xff", b"-----BEGIN PUBLIC KEY-----\nAA"])
def test_what_is_no_key_is_refused(tmp_path, body):
    (tmp_path / "a.key").write_bytes(body)
    for read in (read_key, read_public_keys):
        with pytest.raises(CasesError, match="no key can be read"):
            read(tmp_path / "a.key")


def test_a_key_of_another_kind_is_refused(tmp_path):
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

    key = generate_private_key(SECP256R1())
    private = (form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    (tmp_path / "a.key").write_bytes(key.private_bytes(*private))
    public = (form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "a.pub").write_bytes(key.public_key().public_bytes(*public))
    for read, name in ((read_key, "a.key"), (read_public_keys, "a.pub")):
        with pytest.raises(CasesError, match="another kind than Ed25519"):
            read(tmp_path / name)


def test_a_public_key_of_all_zeros_signs_nothing():
    assert not PublicKey(bytes(32)).has_signed(b"anything", bytes(64))


def test_a_clock_that_went_back_is_refused_and_one_that_is_slow_is_not(decided):
    alert = opened(decided, answer(subject="C3"))
    decided.clock.now -= timedelta(seconds=4)
    do(decided, alert, PROPOSE, ANNA)
    decided.clock.now -= timedelta(hours=1)
    with pytest.raises(CasesError, match="the clock of this machine is at"):
        decided.act(alert.id, decided.alert(alert.id).version, PROPOSE, BO)
    times = [event.at for event in decided.events(alert.id)]
    assert times == sorted(times)
    assert verify(decided.database).faults == ()


def test_a_file_that_is_something_else_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("not a database, and long enough to be read as a page" * 9)
    with pytest.raises(CasesError, match="this file is not a case store"):
        Cases.open(tmp_path / "notes.txt")
