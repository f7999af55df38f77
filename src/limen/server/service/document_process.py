"""Read documents in a process of its own: ``python -m limen.server.service.document_process``.

A document is hostile input for large parsers, so whoever reads it can be ended at any moment, and
has no more memory than it is given. The process takes frames on standard input (four bytes of
length, then MessagePack) and writes one frame for each; it ends with its input. Its engine maps the
same snapshot as the one in service.
"""

from __future__ import annotations

import logging
import math
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from limen.documents import DocumentReport, report_on
from limen.documents.document import Block
from limen.documents.readers import read_bytes
from limen.engine import Engine
from limen.engine.document_report import join
from limen.model import DataError, LimenError, Outcome
from limen.screening.outcome import gravest
from limen.server.http.problems import ProblemError, problem_of
from limen.snapshot import Snapshot
from limen.util.process_limits import limit_memory

_LOG = logging.getLogger("limen.server")
#: Bytes of a frame's length.
_LENGTH = 4
#: Processor seconds beyond the time allowed, for a process that no parent ends any more.
_SPARE_SECONDS = 5


class OpenRequest(msgspec.Struct, frozen=True, tag="open"):
    """Represents the snapshot to search in, and how much memory its documents may take."""

    folder: str
    memory: int


class ReadRequest(msgspec.Struct, frozen=True, tag="read"):
    """Represents a document, the question, the present moment, and the seconds allowed."""

    data: bytes
    name: str
    on: date | None
    as_of: str | None
    known_at: str | None
    allow_stale: tuple[str, ...]
    now: datetime
    seconds: float


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """Represents that the snapshot is open."""


class DocumentAnswer(msgspec.Struct, frozen=True, tag="answer"):
    """Represents a document and what was found in it.

    Attributes:
        text, blocks: the document's text and its paragraphs.
        outcome: ``hit`` where it names a party that was listed at ``as_of``, ``review`` where it
            may name one; ``clear`` only where there are no reasons against it.
        reasons: what prevents a clear.
    """

    text: str
    blocks: tuple[Block, ...]
    report: DocumentReport
    outcome: Outcome
    reasons: tuple[str, ...]
    as_of: str
    snapshot: str


class DocumentRefusal(msgspec.Struct, frozen=True, tag="refusal"):
    """Represents why a document was not read, as a problem.

    ``spent`` is whether the process has no room for another document.
    """

    status: int
    detail: str
    field: str = ""
    hint: str = ""
    why: str = ""
    spent: bool = False


REQUEST = msgspec.msgpack.Decoder(OpenRequest | ReadRequest)
REPLY = msgspec.msgpack.Decoder(Ready | DocumentAnswer | DocumentRefusal)


def frame(message: msgspec.Struct) -> bytes:
    """Return a message with its length in front."""
    body = msgspec.msgpack.encode(message)
    return len(body).to_bytes(_LENGTH, "big") + body


def length_of(head: bytes) -> int:
    """Return the length of the message behind a frame's first four bytes."""
    return int.from_bytes(head, "big")


class _Reader:
    """Represents the process's engine, opened by the first request."""

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._now = datetime.now().astimezone()

    def reply(self, request: OpenRequest | ReadRequest) -> msgspec.Struct:
        """Return what a request is answered with."""
        try:
            if isinstance(request, OpenRequest):
                return self._open(request)
            return self._read(request)
        except ProblemError as problem:
            return _refusal(problem)
        except LimenError as error:
            return _refusal(problem_of(error))
        except MemoryError:
            return DocumentRefusal(
                422, "the document needs more memory than is allowed", "file",
                "cut it into parts, or use `limen read`", spent=True,
            )  # fmt: skip
        except Exception:
            _LOG.exception("a document cannot be read")
            return DocumentRefusal(
                500, "this is a fault of Limen: the document cannot be read", "file",
                "see the server's log",
            )  # fmt: skip

    def _open(self, request: OpenRequest) -> Ready:
        limit_memory(0)
        engine = Engine(Snapshot(Path(request.folder)), clock=lambda: self._now)
        engine.documents  # noqa: B018 (builds its table of names)
        self._engine = engine
        limit_memory(request.memory)
        return Ready()

    def _read(self, request: ReadRequest) -> DocumentAnswer:
        engine = self._engine
        if engine is None:
            raise ProblemError(503, "no snapshot is open")
        self._now = request.now
        _limit_processor(request.seconds)
        try:
            document = read_bytes(request.data, request.name, on=request.on)
        except DataError as error:
            raise ProblemError(422, error.what, field="file", hint=error.hint) from error
        scope = engine.scope(request.as_of, request.known_at, (), None, request.allow_stale)
        report, further = join(
            engine, document, report_on(document), request.as_of,
            known_at=request.known_at, allow_stale=request.allow_stale,
        )  # fmt: skip
        reasons = (*scope.reasons, *document.limitations, *further)
        return DocumentAnswer(
            document.text, document.blocks, report, _outcome(report, reasons), reasons,
            str(scope.question.as_of), engine.snapshot.manifest.id,
        )  # fmt: skip


def _outcome(report: DocumentReport, reasons: Sequence[str]) -> Outcome:
    parties = (party for mention in report.mentions or () for party in mention.parties)
    return gravest((party.on_as_of for party in parties), reasons)


def _refusal(problem: ProblemError) -> DocumentRefusal:
    return DocumentRefusal(problem.status, problem.detail, problem.field, problem.hint, problem.why)


def _limit_processor(seconds: float) -> None:
    """End this process after some seconds of work, even where its parent is gone."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime + seconds) + _SPARE_SECONDS
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer every frame of a stream."""
    reader = _Reader()
    while len(head := source.read(_LENGTH)) == _LENGTH:
        request = REQUEST.decode(source.read(length_of(head)))
        sink.write(frame(reader.reply(request)))
        sink.flush()


def main() -> None:
    """Serve standard input; what libraries print goes to standard error."""
    os.nice(5)  # requests have priority
    logging.basicConfig(format="%(asctime)s %(message)s")
    with os.fdopen(os.dup(1), "wb") as sink:
        os.dup2(2, 1)
        serve(sys.stdin.buffer, sink)


if __name__ == "__main__":
    main()
