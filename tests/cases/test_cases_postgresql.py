"""The same desk in PostgreSQL: a hundred people decide at once, each with a connection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from tests.cases.desk import APPROVE, PROPOSE, answer, opened
from tests.postgresql import postgresql

from limen.cases.cases import Cases
from limen.cases.people import Person
from limen.cases.queue_filter import Filter
from limen.cases.storage.schema import metadata
from limen.cases.verification import verify
from limen.cases.vocabulary import OPEN
from limen.model import LimenError

PEOPLE = 100


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql(connections=PEOPLE + 20) as address:
        yield address


@pytest.fixture
def url(server: str) -> str:
    engine = sa.create_engine(server.replace("postgresql:", "postgresql+psycopg:"))
    metadata.drop_all(engine)
    engine.dispose()
    return server


def at_once(url: str, work) -> Counter[str]:
    """Let a hundred people do something at the same instant, and count what each was answered."""
    together, results = Barrier(PEOPLE), []

    def one(number: int) -> None:
        person = Person(f"p{number}", frozenset({"decide", "approve"}), 2)
        with Cases.open(url) as cases:
            together.wait()
            try:
                results.append(work(cases, number, person))
            except LimenError as error:
                results.append(type(error).__name__)

    threads = [Thread(target=one, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(results)


def test_of_a_hundred_people_at_one_alert_one_decides_and_one_signs(url):
    with Cases.open(url) as cases:
        alert = opened(cases)

        def propose(held: Cases, _: int, person: Person) -> str:
            return held.act(alert.id, alert.version, PROPOSE, person).type

        assert at_once(url, propose) == {"alert.propose": 1, "StaleDecisionError": PEOPLE - 1}
        pending = cases.alert(alert.id)

        def approve(held: Cases, _: int, person: Person) -> str:
            return held.act(alert.id, pending.version, APPROVE, person).type

        counts = at_once(url, approve)
        assert counts.pop("alert.approve") == 1
        assert sum(counts.values()) == PEOPLE - 1
        assert set(counts) <= {"StaleDecisionError", "RightsError"}
        closed = cases.alert(alert.id)
        assert closed.state == "closed_fp"
        assert closed.decided_by != closed.proposed_by
        types = [event.type for event in cases.events(alert.id)]
        assert types == ["alert.opened", "alert.propose", "alert.approve"]
        assert verify(cases.database).faults == ()


def test_a_hundred_people_at_a_hundred_alerts_lose_no_decision(url):
    with Cases.open(url) as cases:
        alerts = [opened(cases, answer(subject=f"C{number}")) for number in range(PEOPLE)]

        def decide(held: Cases, number: int, person: Person) -> str:
            alert = alerts[number]
            event = held.act(alert.id, alert.version, PROPOSE, person)
            other = alerts[(number + 1) % PEOPLE]
            for _ in range(PEOPLE):  # until the neighbour has proposed
                now = held.alert(other.id)
                if now.state == "pending_approval":
                    return held.act(other.id, now.version, APPROVE, person).type
            return event.type

        done = at_once(url, decide)
        states = cases.states((*OPEN, "closed_fp"))
        assert set(done) <= {"alert.approve", "alert.propose"}
        assert states.get("closed_fp", 0) == done["alert.approve"]
        assert states.get("pending_approval", 0) == PEOPLE - done["alert.approve"]
        found = verify(cases.database)
        assert found.faults == ()
        assert found.events == PEOPLE + PEOPLE + done["alert.approve"]
        page = cases.queue(Filter(limit=PEOPLE))
        assert all(alert.proposed_by != alert.decided_by for alert in page.alerts)


def test_both_databases_have_the_same_chain(url, tmp_path):
    from tests.cases.desk import Clock, closed

    heads = []
    for place in (url, tmp_path / "cases.sqlite"):
        with Cases.open(place, clock=Clock()) as cases:
            closed(cases, opened(cases))
            heads.append(verify(cases.database))
    assert heads[0] == heads[1]
    assert heads[0].faults == ()
