"""Store a job's request and its progress: two small files in the job's folder."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from limen.batch.screen_arguments import ScreenArguments
from limen.util.files import PRIVATE, write_whole

JobState = Literal["queued", "running", "done", "failed", "cancelled"]
ENDED: tuple[JobState, ...] = ("done", "failed", "cancelled")

REQUEST, PROGRESS, ALIVE, CANCEL, INPUT = "request.json", "progress.json", "alive", "cancel", "in"


class StakesFile(msgspec.Struct, frozen=True):
    """Represents a CSV file of stakes as it was sent: its name and its bytes."""

    name: str
    raw: bytes


class PaymentJob(msgspec.Struct, frozen=True):
    """Represents how a file of payment messages is screened.

    ``policy`` is the file of channels; ``ownership`` who owns whom, where that was sent.
    """

    channel: str
    policy: str | None
    ownership: StakesFile | None = None


class JobRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Represents what a job has to do.

    ``snapshot`` is the folder of the snapshot in service when the file arrived; ``header`` is
    whether its first line holds headings, and ``columns`` maps columns to properties. A file of
    ``payments`` has neither.
    """

    file: str
    snapshot: str
    query: ScreenArguments = msgspec.field(name="asking")
    schema: str | None = None
    date_order: Literal["dmy", "mdy"] | None = None
    header: bool | None = None
    columns: dict[str, str] = {}
    format: Literal["csv", "csv-raw", "jsonl"] = "csv"
    created_at: str = ""
    owner: str = ""
    payments: PaymentJob | None = None


class ColumnUse(msgspec.Struct, frozen=True):
    """Represents what a column was read as; ``""`` where it was only passed through."""

    column: str
    target: str
    note: str = ""


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """Represents a job's progress: ``done`` and ``total`` in bytes, ``rate`` in rows a second.

    ``passed``, ``held`` and ``rejected`` are of transactions, of a file of payment messages.
    """

    state: JobState = "queued"
    rows: int = 0
    hit: int = 0
    review: int = 0
    clear: int = 0
    cannot_say: int = 0
    refused: int = 0
    passed: int = 0
    held: int = 0
    rejected: int = 0
    done: int = 0
    total: int = 0
    rate: float = 0.0
    seconds_left: float | None = None
    seconds: float = 0.0
    columns: tuple[ColumnUse, ...] = ()
    warnings: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    error: str = ""


def write(folder: Path, name: str, record: msgspec.Struct) -> None:
    """Write a record under its name, whole or not at all."""
    write_whole(folder / name, msgspec.json.encode(record), mode=PRIVATE)


def read_request(folder: Path) -> JobRequest:
    """Read what a job has to do."""
    return msgspec.json.decode((folder / REQUEST).read_bytes(), type=JobRequest)


def read_progress(folder: Path) -> Progress:
    """Read the progress that a job last wrote."""
    try:
        return msgspec.json.decode((folder / PROGRESS).read_bytes(), type=Progress)
    except FileNotFoundError:
        return Progress()


def results_path(folder: Path, file_format: str) -> Path:
    """Return the path of a job's results."""
    return folder / f"results.{file_format.removesuffix('-raw')}"
