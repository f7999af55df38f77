"""Ctrl-C while the archive is read or written is an interrupt, and nothing else."""

import random
import signal
import threading
import time
from collections import Counter

import pytest
import sqlalchemy as sa

from limen.archive.storage.kind import ARCHIVE
from limen.archive.storage.schema import schema_version
from limen.util.database.database import open_database
from limen.util.database.waiting import interrupts_waiting


@pytest.fixture
def database(tmp_path):
    database = open_database(tmp_path / "archive.sqlite", ARCHIVE)
    yield database
    database.engine.dispose()


def rows(database):
    with database.reading() as connection:
        return connection.scalars(sa.select(schema_version.c.version)).all()


def write_under_interrupt(database):
    with database.writing() as connection:
        signal.raise_signal(signal.SIGINT)
        connection.execute(sa.insert(schema_version), {"version": 99, "created_at": "now"})


def read_under_interrupt(database):
    with database.reading():
        signal.raise_signal(signal.SIGINT)
        time.sleep(0)
        pytest.fail("the interrupt did not come")


def test_what_is_being_written_is_stored_before_the_interrupt(database):
    with pytest.raises(KeyboardInterrupt):
        write_under_interrupt(database)
    assert 99 in rows(database)


def test_reading_is_interrupted_at_once_and_can_be_done_again(database):
    with pytest.raises(KeyboardInterrupt):
        read_under_interrupt(database)
    assert rows(database)


def test_the_handler_is_as_before_and_other_threads_have_none():
    before = signal.getsignal(signal.SIGINT)
    with interrupts_waiting(), interrupts_waiting():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
    ran = []
    with interrupts_waiting():
        thread = threading.Thread(target=lambda: [ran.append(1) for _ in _held()])
        thread.start()
        thread.join()
    assert ran == [1]


def _held():
    with interrupts_waiting():
        yield 1


# An interrupt in a callback of the garbage collector is printed by Python, and raised nowhere.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers on this system")
def test_interrupts_at_random_instants_are_nothing_but_interrupts(database):
    """Without the waiting, two in a thousand were an AssertionError or a RuntimeError."""
    chance, ended = random.Random(1), Counter()
    before = signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        for _ in range(150):
            ended[_interrupted(database, chance.uniform(1e-5, 3e-3))] += 1
    finally:
        signal.signal(signal.SIGALRM, before)
    assert ended.keys() <= {"whole", "KeyboardInterrupt"}
    assert rows(database)


def _interrupted(database, seconds):
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        rows(database)
        with database.writing() as connection:
            connection.execute(sa.select(schema_version.c.version))
        time.sleep(seconds)
    except BaseException as error:
        return type(error).__name__
    return "whole"
