"""End every command that writes: ``python -m tests.crash --times 300 --seed 1 --small-disk``.

The times are shared by the commands. Mounting a small disk needs root; without it, files are
limited instead. Updates of lists are ended by ``python -m benchmarks.lists.kills``.
"""

from __future__ import annotations

import argparse
import math
import sys

from benchmarks import machine
from benchmarks.endings import ENDINGS
from tests.crash.base_writers import WRITERS
from tests.crash.kills import kill, table


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=300)
    options.add_argument("--seconds", type=float, default=math.inf, help="for all together")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--small-disk", action="store_true", help="mount a tmpfs to fill")
    options.add_argument("--writer", action="append", choices=WRITERS, help="only this one")
    options.add_argument("--ending", choices=ENDINGS, help="only this way")
    options.add_argument("--page", action="store_true", help="write results/kills.md")
    chosen = options.parse_args()
    names = chosen.writer or list(WRITERS)
    results = {}
    for name in names:
        results[name] = kill(
            name,
            chosen.times // len(names),
            chosen.seed,
            small_disk=chosen.small_disk,
            seconds=chosen.seconds / len(names),
            only=chosen.ending,
        )
        print(f"{name}: {len(results[name].faults)} faults", file=sys.stderr, flush=True)
    faults = [fault for result in results.values() for fault in result.faults]
    times = sum(sum(codes.values()) for each in results.values() for codes in each.codes.values())
    command = f"python -m tests.crash {' '.join(sys.argv[1:])}"
    lines = [
        *machine.header("Commands that are killed", command),
        *table(results),
        "",
        f"Faults: {len(faults)} of {times}.",
        *(f"- {fault}" for fault in faults),
    ]
    if chosen.page:
        machine.write("kills.md", lines)
    else:
        print("\n".join(lines))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
