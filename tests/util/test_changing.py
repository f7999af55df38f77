"""A file that several processes change: each change stays, and remains of a killed one go."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

from limen.server.access.keys import ApiKeys
from limen.util.changing import changing


def _add(folder: str, first: int) -> None:
    keys = ApiKeys(Path(folder))
    for number in range(first, first + 10):
        keys.add(f"key-{number}", "read")


def test_of_keys_that_are_added_at_once_all_stay(tmp_path):
    processes = [
        multiprocessing.get_context("fork").Process(target=_add, args=(str(tmp_path), 10 * at))
        for at in range(3)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert {key.name for key in ApiKeys(tmp_path).all()} == {f"key-{at}" for at in range(30)}


def test_what_a_killed_writer_left_is_removed(tmp_path):
    path = tmp_path / "keys.json"
    (tmp_path / "keys.json.123.partial").write_text("half")
    (tmp_path / "other.json.123.partial").write_text("of another file")
    with changing(path):
        assert not (tmp_path / "keys.json.123.partial").exists()
    assert (tmp_path / "other.json.123.partial").exists()
