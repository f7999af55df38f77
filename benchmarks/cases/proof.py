"""Verify a store of a million events, as it is and with bytes flipped in a thousand places.

``python -m benchmarks.cases.proof FOLDER`` reads the store that ``benchmarks.cases --build`` made,
flips bytes in it, verifies it, and puts them back.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks import machine
from limen.cases.cases import Cases
from limen.cases.storage import schema
from limen.cases.verification import Verified, verify

#: What is flipped: a table, its key, the column, and how many rows.
PLACES = (
    (schema.event, "seq", "body", 1_000),
    (schema.event, "seq", "hash", 200),
    (schema.alert, "id", "state", 200),
    (schema.alert, "id", "decided_by", 200),
    (schema.alert, "id", "listed_print", 200),
)


def flip(cases: Cases, chance: random.Random) -> list[tuple[sa.Table, str, str, Any, Any]]:
    """Flip one bit in each place, and return what was there."""
    before = []
    with cases.database.writing() as connection:
        for table, key, column, count in PLACES:
            for row in _rows(connection, table, key, column, count, chance):
                before.append((table, key, column, *row))
                _set(connection, table, key, column, row[0], _flipped(row[1], chance))
    return before


def _rows(
    connection: sa.Connection, table: sa.Table, key: str, column: str, count: int,
    chance: random.Random,
) -> list[tuple[Any, Any]]:  # fmt: skip
    keys = list(connection.scalars(sa.select(table.c[key])))
    chosen = chance.sample(keys, count)
    found = []
    for each in chosen:
        query = sa.select(table.c[column]).where(table.c[key] == each)
        found.append((each, connection.scalar(query)))
    return found


def _flipped(value: Any, chance: random.Random) -> Any:
    if isinstance(value, str):
        at = chance.randrange(len(value) + 1)
        return f"{value[:at]}{chr(ord(value[at]) ^ 1)}{value[at + 1 :]}" if at < len(value) else (
            value + "x"
        )  # fmt: skip
    body = bytearray(value)
    body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
    return bytes(body)


def _set(
    connection: sa.Connection, table: sa.Table, key: str, column: str, row: Any, value: Any
) -> None:
    change = sa.update(table).where(table.c[key] == row)
    connection.execute(change.values({column: value}))


def put_back(cases: Cases, before: list[tuple[sa.Table, str, str, Any, Any]]) -> None:
    """Put what was flipped back."""
    with cases.database.writing() as connection:
        for table, key, column, row, value in before:
            _set(connection, table, key, column, row, value)


def missed(before: list[tuple[sa.Table, str, str, Any, Any]], found: Verified) -> list[str]:
    """Return the flipped places that no fault names."""
    named = {" ".join(fault.place.replace(":", "").split()[:2]) for fault in found.faults}
    return [
        f"{table.name} {row} {column}"
        for table, _, column, row, _ in before
        if f"{table.name} {row}" not in named
    ]


def timed(cases: Cases) -> tuple[Verified, float, float]:
    """Verify, and return the result with seconds of the clock and of the processor."""
    start, used = time.perf_counter(), time.process_time()
    found = verify(cases.database)
    return found, time.perf_counter() - start, time.process_time() - used


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--seed", type=int, default=20)
    chosen = options.parse_args()
    with Cases.open(chosen.folder / "cases.sqlite") as cases:
        found, seconds, used = timed(cases)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print("\n".join(machine.header("Verification", "python -m benchmarks.cases.proof")))
        print(f"{found.events:,} events: {seconds:.0f} s, {used:.0f} s of one core, "
              f"{peak:.0f} MB at most, {len(found.faults)} faults")  # fmt: skip
        before = flip(cases, random.Random(chosen.seed))
        try:
            flipped, seconds, _ = timed(cases)
        finally:
            put_back(cases, before)
        lost = missed(before, flipped)
        print(f"{len(before):,} bytes flipped: {len(before) - len(lost):,} named, "
              f"{len(lost)} missed, {seconds:.0f} s")  # fmt: skip
        print("\n".join(lost[:10]))
    return 1 if lost or found.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
