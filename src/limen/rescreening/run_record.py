"""Define what a run leaves: its record, the pairs that hold after it, and what changed.

A run is a folder of a base, ``runs/ID``, that appears whole:

============== ===========================================================================
run.json       :class:`RunRecord`: the question, both sides, how each pair was treated
views.json     the digest of every entry that was listed, by its id
pairs.jsonl    every :class:`.Pair` that holds after the run, by key
changes.jsonl  every :class:`.PairChange` of the run
candidates.npy the pairs that were compared: customers, and positions of entries
============== ===========================================================================

The file ``last`` of the base names the run that the next one goes on from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from limen.model import DataError, ListCoverage
from limen.rescreening.customer_pairs import Pair, PairChange, PairKey, PairOutcome
from limen.rescreening.entry_views import ChangedEntry
from limen.util.files import PRIVATE, whole_file

T = TypeVar("T")
FORMAT = 1
RUN, VIEWS, PAIRS, CHANGES, CANDIDATES = (
    "run.json", "views.json", "pairs.jsonl", "changes.jsonl", "candidates.npy",
)  # fmt: skip
LAST = "last"
RunKind = Literal["whole", "changes"]


class RunInputs(msgspec.Struct, frozen=True):
    """Everything that a run's result depends on, besides the run before it."""

    base: str
    version: str
    snapshot: str
    engine: str
    matcher: str
    threshold: float
    as_of: str
    known_at: str
    authorities: tuple[str, ...]
    lists: tuple[str, ...]
    allow_stale: tuple[str, ...]


class Treatment(msgspec.Struct, frozen=True):
    """How the pairs of customers and changed entries were treated; the counts add up.

    ``pairs`` = ``customers`` times ``entries`` = ``ruled_out`` + ``compared`` + ``screened_whole``.

    Attributes:
        customers: customers of the base.
        entries: entries that changed and are listed.
        pairs: all pairs of the two.
        ruled_out: pairs that share no name that could score, no equal name and no number.
        compared: pairs that were screened.
        screened_whole: pairs of customers that were screened against every list.
        routes: pairs that each look-up found, by what it looks up.
        places: customers of whom the addresses were located.
    """

    customers: int
    entries: int
    pairs: int
    ruled_out: int
    compared: int
    screened_whole: int
    routes: Mapping[str, int]
    places: int


class RunRecord(msgspec.Struct, frozen=True):
    """The record of one run.

    Attributes:
        id: digest of the inputs and of the run before.
        kind: ``whole`` where every customer was screened, ``changes`` where only what changed was.
        why: why every customer was screened; empty for ``changes``.
        before: the run that this one went on from.
        before_sha256: the hash of its record, so that the runs of a base are a chain.
        started: when; UTC.
        ended: when.
        known_until: the last day that the snapshot knows.
        coverage: what each list could carry.
        territories: digest of the law over territories.
        changed: the entries that changed, without those of a first run.
        customers: how many were new, changed, gone.
        treatment: how the pairs were treated.
        outcomes: how many pairs became what.
        holding: how many pairs hold after the run, by level.
        files: SHA-256 of the run's other files.
    """

    format: int
    id: str
    inputs: RunInputs
    kind: RunKind
    why: str
    before: str | None
    before_sha256: str
    started: str
    ended: str
    known_until: str
    coverage: tuple[ListCoverage, ...]
    territories: str
    changed: tuple[ChangedEntry, ...]
    customers: Mapping[str, int]
    treatment: Treatment
    outcomes: Mapping[str, int]
    holding: Mapping[str, int]
    files: Mapping[str, str]


def run_id(inputs: RunInputs, before: str | None) -> str:
    """Return the id of a run, which is the same whenever it is repeated."""
    return sha256(msgspec.json.encode((inputs, before))).hexdigest()[:16]


def last_run(folder: Path) -> str | None:
    """Return the id of the last run of a base; ``None`` before any."""
    try:
        return (folder / LAST).read_text("ascii").strip()
    except FileNotFoundError:
        return None


def runs_folder(folder: Path) -> Path:
    """Return the folder of a base's runs."""
    return folder / "runs"


def read_run(folder: Path) -> RunRecord:
    """Read the record of a run.

    Raises:
        DataError: it is not there, damaged, or of another format.
    """
    try:
        return msgspec.json.decode((folder / RUN).read_bytes(), type=RunRecord)
    except (OSError, msgspec.MsgspecError) as error:
        raise DataError(
            f"the record cannot be read: {error}",
            where=f"run {folder.name}",
            hint="`limen rescreen BASE --whole` screens every customer again",
        ) from error


def read_views(run: Path) -> dict[str, bytes]:
    """Return the digests of the entries that a run has seen."""
    return msgspec.json.decode((run / VIEWS).read_bytes(), type=dict[str, bytes])


def read_pairs(run: Path) -> dict[PairKey, Pair]:
    """Return the pairs that hold after a run."""
    return {pair.key: pair for pair in read_lines(run / PAIRS, Pair)}


def read_changes(run: Path) -> Iterator[PairChange]:
    """Yield what became of pairs in a run."""
    return read_lines(run / CHANGES, PairChange)


def changes_of(
    run: Path, outcome: PairOutcome | Literal[""], start: int, limit: int
) -> list[PairChange]:
    """Return some of what became of pairs in a run: of one outcome, or of all.

    Lines before ``start`` are not decoded: each begins with its outcome.
    """
    begin = b'{"outcome":"%s"' % outcome.encode() if outcome else b"{"
    decode = msgspec.json.Decoder(PairChange).decode
    with (run / CHANGES).open("rb") as stream:
        chosen = (line for line in stream if line.startswith(begin))
        return [decode(line) for line in islice(chosen, start, start + limit)]


def read_lines(path: Path, kind: type[T]) -> Iterator[T]:
    """Yield the records of a file of JSON lines."""
    decode = msgspec.json.Decoder(kind).decode
    with path.open("rb") as stream:
        yield from map(decode, stream)


def write_lines(path: Path, lines: Iterable[msgspec.Struct]) -> None:
    """Write records as JSON lines, whole."""
    encode = msgspec.json.Encoder().encode
    with whole_file(path, mode=PRIVATE) as stream:
        for line in lines:
            stream.write(encode(line) + b"\n")
