"""Feed changed inputs to every reader: ``python -m tests.fuzz --seconds 600 --seed 1``.

Each input has a number; ``--reader NAME --seed S --number N --save FOLDER`` makes it again.
A run with ``--ledger FILE`` goes on after the numbers that the file counts, and counts in it.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

# Arrow's own allocators reserve more address space than a process here may have.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

import msgspec
from benchmarks import machine
from tests.fuzz.oracle import Tally, go_on, mutant, warm
from tests.fuzz.readers import Reader, readers

from limen.util.files import write_whole

#: Seconds that a reader is fed before the next one: a run that is ended has fed all of them.
_TURN = 20.0
_KINDS = ("too long", "read", "refused", "netted", "raised", "slow", "large", "ended")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=600, help="for all readers together")
    options.add_argument("--inputs", type=int, default=1_000_000, help="of a reader, at most")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--reader", action="append", help="only this one, by name or family")
    options.add_argument("--number", type=int, help="only this input")
    options.add_argument("--save", type=Path, help="write this input into a folder")
    options.add_argument("--ledger", type=Path, help="counts of several runs")
    options.add_argument("--page", action="store_true", help="write results/fuzz.md")
    chosen = options.parse_args()
    wanted = [
        reader
        for reader in readers()
        if not chosen.reader or {reader.name, reader.family} & set(chosen.reader)
    ]
    if chosen.save:
        for reader in wanted:
            _save(reader, chosen.seed, chosen.number or 0, chosen.save)
        return 0
    chosen.stop = chosen.inputs if chosen.number is None else chosen.number + 1
    tallies = _fuzz_all(chosen, wanted)
    lines = _page(tallies, f"python -m tests.fuzz {' '.join(sys.argv[1:])}")
    if chosen.page:
        machine.write("fuzz.md", lines)
    else:
        print("\n".join(lines))
    return 1 if any(tally.findings for tally in tallies.values()) else 0


def _fuzz_all(chosen: argparse.Namespace, wanted: Sequence[Reader]) -> dict[str, Tally]:
    """Feed the readers in turn until the time is over, or each has had all its inputs."""
    tallies = _counted(chosen.ledger)
    present = [reader for reader in wanted if _is_present(reader)]
    end = time.monotonic() + chosen.seconds
    turn = min(_TURN, chosen.seconds / max(1, len(present)))
    while present and time.monotonic() < end:
        for reader in list(present):
            tally = tallies.setdefault(reader.name, Tally(number=chosen.number or 0))
            until = min(end, time.monotonic() + turn)
            go_on(tally, reader, chosen.seed, chosen.stop, until=until)
            if tally.number >= chosen.stop:
                present.remove(reader)
            if chosen.ledger:
                write_whole(chosen.ledger, msgspec.json.encode(tallies))
        print(f"{sum(each.inputs for each in tallies.values()):,}", file=sys.stderr, flush=True)
    return tallies


def _counted(ledger: Path | None) -> dict[str, Tally]:
    if ledger is None or not ledger.exists():
        return {}
    return msgspec.json.decode(ledger.read_bytes(), type=dict[str, Tally])


def _is_present(reader: Reader) -> bool:
    try:
        warm(reader)
    except FileNotFoundError as error:
        print(f"NOT FUZZED: {reader.name}: {error}", file=sys.stderr)
        return False
    return True


def _save(reader: Reader, seed: int, number: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in mutant(reader, seed, number).items():
        (folder / f"{reader.name}-{number}-{name}".replace("/", "_")).write_bytes(data)


def _page(tallies: dict[str, Tally], command: str) -> list[str]:
    lines = [
        *machine.header("Changed inputs", command),
        "`netted`: a value that the reader left to the check around all readers, which names the",
        "file and the record before it. `raised`, `slow` (over 2 s of CPU), `large` (over 300 MB)",
        "and `ended` are findings. `too long` are inputs of more than 10 MB, which were not fed.",
        "",
        f"| reader | inputs | {' | '.join(_KINDS)} | most CPU, s | most memory, MB |",
        f"|---|---:|{'---:|' * (len(_KINDS) + 2)}",
    ]
    for name, tally in tallies.items():
        kinds = " | ".join(f"{tally.kinds[kind]:,}" for kind in _KINDS)
        lines.append(
            f"| {name} | {tally.inputs:,} | {kinds} | {tally.cpu:.2f} | {tally.memory >> 20} |"
        )
    inputs = sum(tally.inputs for tally in tallies.values())
    findings = [(name, each) for name, tally in tallies.items() for each in tally.findings]
    lines += ["", f"{len(findings)} findings in {inputs:,} inputs."]
    lines += [f"- {name} {each.number}: {each.why}" for name, each in findings[:200]]
    netted = [(why, count) for tally in tallies.values() for why, count in tally.netted.items()]
    lines += [f"- netted {count} times: {why}" for why, count in sorted(netted)[:100]]
    return lines


if __name__ == "__main__":
    sys.exit(main())
