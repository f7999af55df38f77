"""Time and memory of a process that reads what a stranger wrote end with a refusal."""

from __future__ import annotations

import time

import pytest

from limen.model import LimitError, TimeLimitError
from limen.util.process_limits import memory_limit, time_limit

pytest.importorskip("resource")


def test_time_ends_also_what_catches_every_exception():
    with (
        pytest.raises(TimeLimitError, match=r"the time allowed, 0\.05 s"),
        time_limit(0.05, where="a.pdf", hint="raise it with --seconds"),
    ):
        _as_readers_of_damaged_files_do()


def _as_readers_of_damaged_files_do():
    started = time.monotonic()
    while time.monotonic() - started < 20:
        try:
            time.sleep(0.001)
        except Exception:
            continue


def test_memory_ends_and_is_allowed_again():
    with (
        pytest.raises(LimitError, match="more memory than is allowed, 64 MB"),
        memory_limit(64 << 20, where="a.pdf", hint="raise it with --megabytes"),
    ):
        bytearray(512 << 20)
    assert len(bytearray(128 << 20)) == 128 << 20


def test_what_ends_in_time_is_left_alone():
    with time_limit(30, where="a", hint=""), memory_limit(1 << 30, where="a", hint=""):
        done = sum(range(10))
    assert done == 45
