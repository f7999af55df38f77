"""Find readers that take more than linear time: ``python -m tests.fuzz.growth --seconds 600``.

Each change is made twice, the second time with what grows four times as long. An input that then
takes far more than four times the CPU is a finding; so is one that takes long for each megabyte.
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.fuzz.corpus import Files
from tests.fuzz.mutations.values import Growing
from tests.fuzz.oracle import outcome, warm
from tests.fuzz.readers import Reader, readers

_SIZE = 1 << 14
_TIMES = 4
#: Four times the input may take this many times the CPU; below so many seconds, clocks decide.
_MOST_TIMES = 8.0
_SHORT = 0.15
_MOST_SECONDS_A_MEGABYTE = 8.0


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=600, help="for all readers together")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--reader", action="append", help="only this one, by name or family")
    chosen = options.parse_args()
    wanted = [
        each
        for each in readers()
        if not chosen.reader or {each.name, each.family} & set(chosen.reader)
    ]
    findings = 0
    for reader in wanted:
        warm(reader)
        findings += _grow(reader, chosen.seed, time.monotonic() + chosen.seconds / len(wanted))
    return 1 if findings else 0


def _grow(reader: Reader, seed: int, until: float) -> int:
    """Print the findings of a reader and its slowest input; return how many there are."""
    findings = number = fed = 0
    worst = (0.0, 0)
    while time.monotonic() < until:
        small, large = (_mutant(reader, seed, number, size) for size in (_SIZE, _TIMES * _SIZE))
        grown = _size(large) - _size(small)
        if grown > _SIZE:
            before, after = _cpu(reader, small), _cpu(reader, large)
            pace = (after - before) / grown * (1 << 20)
            worst, fed = max(worst, (pace, number)), fed + 1
            if after > _SHORT and (after > _MOST_TIMES * before or pace > _MOST_SECONDS_A_MEGABYTE):
                findings += 1
                print(
                    f"{reader.name} {number}: {before:.2f} s for {_size(small):,} bytes, "
                    f"{after:.2f} s for {_size(large):,}",
                    flush=True,
                )
        number += 1
    print(
        f"{reader.name}: {findings} findings in {fed} inputs that grew, of {number}; "
        f"at most {worst[0]:.1f} s a megabyte (input {worst[1]})",
        flush=True,
    )
    return findings


def _mutant(reader: Reader, seed: int, number: int, size: int) -> Files:
    return reader.mutant(Growing(f"{seed} {reader.name} {number}", size))


def _size(files: Files) -> int:
    return sum(map(len, files.values()))


def _cpu(reader: Reader, files: Files) -> float:
    start = time.process_time()
    outcome(reader, files)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
