"""What no one should send, and what no one can help: refused, with the reason, and nothing lost."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from tests.cases.desk import ANNA, BO, NO_MATCH, PROPOSE, answer, changed, closed, opened

from limen.cases.cases import Cases
from limen.cases.decision import Act
from limen.cases.verification import verify
from limen.cases.vocabulary import OPEN
from limen.model import CasesError, InputError, LimenError


def test_a_full_disk_is_named_and_what_was_acknowledged_stays(cases):
    kept = closed(cases, opened(cases))

    def no_more_room(connection, _):
        connection.execute("PRAGMA max_page_count = 1").close()

    sa.event.listen(cases.database.engine, "connect", no_more_room)
    cases.database.engine.dispose()
    with pytest.raises(CasesError, match="the disk is full") as full:
        _open_many(cases)
    assert "everything stored before stays as it was" in str(full.value)
    sa.event.remove(cases.database.engine, "connect", no_more_room)
    cases.database.engine.dispose()
    assert cases.alert(kept.id) == kept
    assert verify(cases.database).faults == ()
    assert opened(cases, answer(subject="after")).state == "new"


def _open_many(cases):
    for number in range(2_000):
        opened(cases, answer(subject=f"C{number}", notes=[str(number) * 200]))


@pytest.mark.parametrize(
    "wire",
    [
        answer(name=["\ud800"]),
        answer(name=["x" * 2_000_000]),
        changed(answer(), "findings.0.score", float("nan")),
        changed(answer(), "findings.0.score", 2**70),
        {"findings": [], "nothing": 1},
        {},
    ],
    ids=["half a character", "a name of 2 MB", "no number", "a number too large", "no query", "empty"],
)  # fmt: skip
def test_an_answer_that_cannot_be_stored_is_refused_whole(cases, wire):
    with pytest.raises(LimenError):
        cases.open_alerts([answer(subject="first"), wire])
    assert cases.states(OPEN) == {}
    assert verify(cases.database).events == 0


@pytest.mark.parametrize("version", [0, -1, 10**12])
def test_a_version_that_never_was_is_stale(cases, version):
    alert = opened(cases)
    with pytest.raises(LimenError, match="made on version"):
        cases.act(alert.id, version, PROPOSE, ANNA)


def test_ids_of_nothing_are_refused(cases):
    for work in (
        lambda: cases.act("A-0", 1, PROPOSE, ANNA),
        lambda: cases.good_guy("G-0"),
        lambda: cases.attach("A-0", "a.pdf", b"x", BO),
        lambda: cases.preview(["A-0"], PROPOSE, ANNA),
        lambda: cases.preview([], PROPOSE, ANNA),
    ):
        with pytest.raises(InputError):
            work()


def test_an_attachment_is_bounded_and_its_name_is_no_path(cases):
    alert = opened(cases)
    with pytest.raises(InputError, match="it has 0 bytes"):
        cases.attach(alert.id, "empty.pdf", b"", ANNA)
    with pytest.raises(InputError, match="20,971,521 bytes"):
        cases.attach(alert.id, "large.pdf", bytes((20 << 20) + 1), ANNA)
    cases.attach(alert.id, "../../etc/passwd", b"x", ANNA)
    assert cases.events(alert.id)[-1].data["name"] == "passwd"
    with pytest.raises(CasesError, match="not in the store"):
        cases.content("ab" * 32)


def test_a_store_of_two_processes_is_one_chain(cases):
    with Cases.open(cases.database.path, clock=cases.clock) as other:
        first = opened(cases)
        second = opened(other, answer(subject="C2"))
        other.act(first.id, first.version, PROPOSE, ANNA)
        cases.act(second.id, second.version, Act("propose", NO_MATCH), ANNA)
    assert verify(cases.database).faults == ()
    assert [event.seq for event in cases.events(first.id)] == [1, 3]
