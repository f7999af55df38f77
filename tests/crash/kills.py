"""End writers at random instants, and check after each."""

from __future__ import annotations

import gc
import math
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.endings import WIDE, Endings, in_child, mount, unmount
from tests.crash.base_writers import WRITERS
from tests.crash.writers import Writer

from limen.util.exit_codes import ExitCode

#: A command that cannot go on says so; it never leaves as if it had a fault of its own.
_REFUSED = (ExitCode.USAGE, ExitCode.DATA_REFUSED)


class Result(NamedTuple):
    """The exit codes of a writer by how it was ended, and what went wrong."""

    codes: dict[str, Counter[int]]
    faults: list[str]


def kill(
    name: str,
    times: int,
    seed: int,
    *,
    small_disk: bool = False,
    seconds: float = math.inf,
    only: str | None = None,
) -> Result:
    """End a writer so often, or for so many seconds, and run it again after each time."""
    until = time.monotonic() + seconds
    chance = random.Random(f"{seed} {name}")
    result = Result({}, [])
    with tempfile.TemporaryDirectory(prefix="limen-crash-") as folder:
        home = Path(folder, "home")
        home.mkdir()
        mounted = small_disk and mount(home, WIDE)
        try:
            writer = WRITERS[name](home)
            gc.freeze()  # children copy no memory that they only read
            endings = Endings(home, small_disk=mounted, only=only)
            writer.prepare(chance)
            endings.learn(writer.run)
            in_child(lambda: writer.check(0))
            for turn in range(times):
                if time.monotonic() > until:
                    break
                ending, code, fault = _once(writer, endings, chance)
                result.codes.setdefault(ending, Counter())[code] += 1
                if fault:
                    result.faults.append(f"{name} {turn}, {ending}, left with {code}: {fault}")
        finally:
            if mounted:
                unmount(home)
    return result


def _once(writer: Writer, endings: Endings, chance: random.Random) -> tuple[str, int, str]:
    writer.prepare(chance)
    ending = endings.draw(chance)
    code, printed = endings.end(writer.run, ending, chance)
    if code > 0 and code != ExitCode.INTERRUPTED and (code not in _REFUSED or not printed):
        return ending, code, f"no word of what to do: {printed}"
    bad, why = in_child(lambda: writer.check(code))
    return ending, code, why or "the check failed" if bad else ""


def table(results: dict[str, Result]) -> Sequence[str]:
    """Return the lines of a table of what each was ended by, and left with."""
    lines = ["| writer | ended by | times | its exit code |", "|---|---|---:|---|"]
    for name, result in results.items():
        for ending, codes in sorted(result.codes.items()):
            printed = ", ".join(f"{code}: {count}" for code, count in sorted(codes.items()))
            lines.append(f"| {name} | {ending} | {sum(codes.values())} | {printed} |")
    return lines
