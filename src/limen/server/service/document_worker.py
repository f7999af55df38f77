"""Read documents in a thread and with an engine of their own, so that requests do not wait.

A long document takes seconds, and an engine answers one question at a time. The thread's engine
maps the same snapshot as the one in service; its table for searching texts is built with the
first document.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from limen.engine import Engine
from limen.model import DataError, Outcome
from limen.screening.outcome import gravest
from limen.server.http.problems import ProblemError
from limen.server.metrics import SUBJECTS
from limen.server.settings import Settings
from limen.snapshot import Snapshot

if TYPE_CHECKING:  # only a server that reads documents needs to load that room
    from limen.documents import Document, DocumentReport


@dataclass(frozen=True, slots=True)
class DocumentAnswer:
    """Represents a document and what was found in it.

    Attributes:
        outcome: ``hit`` where it names a party that was listed at ``as_of``, ``review`` where it
            may name one; ``clear`` only where there are no reasons against it.
        reasons: what prevents a clear.
    """

    document: Document
    report: DocumentReport
    outcome: Outcome
    reasons: tuple[str, ...]
    as_of: str
    snapshot: str


class DocumentWorker:
    """Reads the documents of one worker, one after another."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._thread = ThreadPoolExecutor(1, "limen-reading")
        self._engine: Engine | None = None

    async def read(
        self,
        data: bytes,
        name: str,
        *,
        folder: Path,
        on: date | None = None,
        as_of: str | None = None,
        known_at: str | None = None,
        allow_stale: Sequence[str] = (),
    ) -> DocumentAnswer:
        """Read a document and search it for what a snapshot lists.

        Args:
            data: its bytes, in any format that can be read.
            name: its name.
            folder: of the snapshot in service.
            on: the document's own day, where the caller knows it.
            as_of: when listings must have applied; today.
            known_at: when they must have been known.
            allow_stale: ids of lists that may fail their coverage.

        Raises:
            ProblemError: 422, it cannot be read as a document; 503, not in the time allowed.
            InputError: the question cannot be understood.
        """

        def work() -> DocumentAnswer:
            return self._read(data, name, on, self._engine_of(folder), as_of, known_at, allow_stale)

        seconds = self._settings.limits.document_seconds
        try:
            future = asyncio.get_running_loop().run_in_executor(self._thread, work)
            answer = await asyncio.wait_for(future, seconds)
        except TimeoutError as error:
            raise ProblemError(
                503, f"the document was not read in {seconds:g} s",
                hint="cut it into parts, or use `limen read`",
            ) from error  # fmt: skip
        SUBJECTS.labels("document", answer.outcome).inc()
        return answer

    def close(self) -> None:
        """Accept no more documents."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _engine_of(self, folder: Path) -> Engine:
        if self._engine is None or self._engine.snapshot.folder != folder:
            self._engine = Engine(Snapshot(folder), clock=self._settings.clock)
        return self._engine

    @staticmethod
    def _read(
        data: bytes,
        name: str,
        on: date | None,
        engine: Engine,
        as_of: str | None,
        known_at: str | None,
        allow_stale: Sequence[str],
    ) -> DocumentAnswer:
        from limen.documents import report_on
        from limen.documents.readers import read_bytes
        from limen.engine.document_report import join

        try:
            document = read_bytes(data, name, on=on)
        except DataError as error:
            raise ProblemError(422, error.what, field="file", hint=error.hint) from error
        scope = engine.scope(as_of, known_at, (), None, allow_stale)
        report, further = join(
            engine, document, report_on(document), as_of, known_at=known_at, allow_stale=allow_stale
        )
        reasons = (*scope.reasons, *document.limitations, *further)
        return DocumentAnswer(
            document, report, _outcome(report, reasons), reasons, str(scope.question.as_of),
            engine.snapshot.manifest.id,
        )  # fmt: skip


def _outcome(report: DocumentReport, reasons: Sequence[str]) -> Outcome:
    parties = (party for mention in report.mentions or () for party in mention.parties)
    return gravest((party.on_as_of for party in parties), reasons)
