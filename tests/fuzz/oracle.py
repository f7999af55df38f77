"""Feed inputs to a reader in a process of its own, and judge each.

An input is read, or refused with its place. Anything else is a finding: another exception, a
refusal without a place, more than 2 s of CPU, more than 300 MB of memory, or a process that ended.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import IO, NamedTuple

from tests.fuzz.corpus import Files
from tests.fuzz.readers import Reader

from limen.model import LimenError, ListFormatError
from limen.server.http.problems import ProblemError

MOST_CPU = 2.0
MOST_MEMORY = 300 << 20
#: An input that takes more CPU, or waits longer, ends its process. The clock also runs where the
#: process gets no processor: then an input of milliseconds was ended after 300 s.
_CPU_END, _WALL_END = 20.0, 3_600.0
#: Address space of a process beyond what it has: no reader fills the machine's memory.
_SPACE = 2 << 30
#: Larger inputs are not fed: the bounds are for those of 10 MB.
_MOST_BYTES = 10 << 20


class Verdict(NamedTuple):
    """What became of one input. ``why`` is empty where it was read or refused with its place."""

    number: int
    kind: str
    why: str
    cpu: float
    memory: int
    size: int


@dataclass(slots=True)
class Tally:
    """The verdicts of one reader's inputs."""

    kinds: dict[str, int] = field(default_factory=Counter)
    findings: list[Verdict] = field(default_factory=list)
    #: Where a reader left a value to the net that gives every error a place.
    netted: dict[str, int] = field(default_factory=Counter)
    inputs: int = 0
    cpu: float = 0.0
    memory: int = 0
    #: The number of the next input.
    number: int = 0

    def __post_init__(self) -> None:
        """Count on with what a ledger held."""
        self.kinds, self.netted = Counter(self.kinds), Counter(self.netted)

    def take(self, verdict: Verdict) -> None:
        """Count a verdict."""
        self.inputs += 1
        self.number = verdict.number + 1
        self.kinds[verdict.kind] += 1
        self.cpu, self.memory = max(self.cpu, verdict.cpu), max(self.memory, verdict.memory)
        if verdict.kind == "netted":
            self.netted[verdict.why] += 1
        elif verdict.why:
            self.findings.append(verdict)


def fuzz(reader: Reader, seed: int, numbers: range, *, until: float) -> Tally:
    """Feed the inputs of these numbers until then (``time.monotonic``), and count."""
    tally = Tally(number=numbers.start)
    go_on(tally, reader, seed, numbers.stop, until=until)
    return tally


def go_on(tally: Tally, reader: Reader, seed: int, stop: int, *, until: float) -> None:
    """Feed the next inputs after those that were counted, up to a number and until then."""
    ended = "ended"
    while ended == "ended" and tally.number < stop and time.monotonic() < until:
        for verdict in _in_child(reader, seed, range(tally.number, stop), until):
            tally.take(verdict)
            ended = verdict.kind


def warm(reader: Reader) -> None:
    """Feed a whole input, so that no child has to load what the reader needs.

    Raises:
        FileNotFoundError: the real files are absent.
    """
    outcome(reader, reader.wholes()[0])


def mutant(reader: Reader, seed: int, number: int) -> Files:
    """Return the input of that number; it is the same wherever it is made."""
    return reader.mutant(Random(f"{seed} {reader.name} {number}"))


def _in_child(reader: Reader, seed: int, numbers: range, until: float) -> Iterator[Verdict]:
    """Yield the verdicts of a child, and one more where an input ended it."""
    with tempfile.TemporaryFile("w+") as lines:
        child = os.fork()
        if not child:
            code = 1
            try:
                code = _feed_all(reader, seed, numbers, until, lines)
            except BaseException:
                traceback.print_exc(limit=-6)
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        lines.seek(0)
        number = numbers.start
        for line in lines:
            if line.endswith("\n"):
                yield (verdict := Verdict(*json.loads(line)))
                number = verdict.number + 1
        code = os.waitstatus_to_exitcode(status)
        if code:
            why = signal.Signals(-code).name if code < 0 else f"exit code {code}"
            yield Verdict(number, "ended", f"the process ended: {why}", 0.0, 0, 0)


def _feed_all(reader: Reader, seed: int, numbers: range, until: float, lines: IO[str]) -> int:
    gc.freeze()  # what the parent made is looked at no more
    space = _address_space() + _SPACE
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    for number in numbers:
        if time.monotonic() > until:
            break
        signal.setitimer(signal.ITIMER_PROF, _CPU_END)
        signal.setitimer(signal.ITIMER_REAL, _WALL_END)
        files = mutant(reader, seed, number)
        lines.write(json.dumps(_judged(reader, number, files)) + "\n")
        lines.flush()
    return 0


def _judged(reader: Reader, number: int, files: Files) -> Verdict:
    size = sum(map(len, files.values()))
    if size > _MOST_BYTES:
        return Verdict(number, "too long", "", 0.0, 0, size)
    _begin_peak()
    before, start = _peak(), time.process_time()
    kind, why = outcome(reader, files)
    cpu, memory = time.process_time() - start, _peak() - before
    if cpu > MOST_CPU:
        kind, why = "slow", f"{cpu:.1f} s of CPU for {size:,} bytes"
    elif memory > MOST_MEMORY:
        kind, why = "large", f"{memory >> 20} MB for {size:,} bytes"
    return Verdict(number, kind, why, cpu, memory, size)


def outcome(reader: Reader, files: Files) -> tuple[str, str]:
    """Feed files; return what became of them, and why where that is a finding."""
    try:
        reader.feed(files)
    except ProblemError as error:
        return "refused", "" if 400 <= error.status < 500 else f"status {error.status}"
    except LimenError as error:
        if isinstance(error, ListFormatError) and error.what.startswith("a value cannot be read"):
            return "netted", _place(error.__cause__ or error)
        return "refused", "" if error.where else f"refused without a place: {error}"
    except Exception as error:
        return "raised", _place(error)
    return "read", ""


def _place(error: BaseException) -> str:
    """Return where an exception came from, in the words of a traceback."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if "limen" in frame.filename
    ]
    last = frames[-1] if frames else traceback.extract_tb(error.__traceback__)[-1]
    where = "/".join(Path(last.filename).parts[-2:])
    return f"{where}:{last.lineno} {last.name}: {type(error).__name__}: {str(error)[:100]}"


def _begin_peak() -> None:
    """Let the peak of memory begin anew, with what is in use."""
    Path("/proc/self/clear_refs").write_text("5")


def _peak() -> int:
    """Return the most memory of this process since the peak began, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()
