"""Read one document, join the report with the active snapshot, and write it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from limen.cli.destination import write_result
from limen.cli.run_alerts import run_alerts
from limen.documents import Document, DocumentReport, read_file, report_on
from limen.model import LimenError, ListCoverage
from limen.render.coverage_sentences import fails, rests_on
from limen.util.exit_codes import ExitCode
from limen.util.process_limits import memory_limit, time_limit


def read_document(
    path: Path, output_format: str, on: date | None, options: Mapping[str, Any]
) -> int:
    """Read, join and write; return the exit code: 6 where a part could not be read or compared."""
    from limen.util.gc import collector_at_rest

    allowed: dict[str, str] = {"where": path.name}
    with (
        collector_at_rest(),
        time_limit(options["seconds"], **allowed, hint="raise it with --seconds"),
    ):
        with memory_limit(options["megabytes"] << 20, **allowed, hint="raise it with --megabytes"):
            document = read_file(path, on=on, encoding=options["encoding"])
            report = report_on(document)
        joined = _joined(document, report, options["as_of"])
    report, messages = joined.report, joined.messages
    with run_alerts(options, "document") as alerts:
        alerts.add(lambda: msgspec.to_builtins(report))
    write_result(_encoded(joined, document, output_format), options["output"])
    if options["propose"]:
        from limen.documents.review import propose

        count = propose(report, options["propose"])
        messages.append(f"{count} proposed for review in {options['propose']}; accept with")
        messages.append(f"  limen regimes accept {options['propose']}")
    if not options["quiet"]:
        messages.extend(f"limitation: {each}" for each in report.document.limitations)
        for line in messages:
            click.echo(line, err=True)
    unsure = document.limitations or any(map(fails, (*joined.now, *(joined.then or ()))))
    return ExitCode.CANNOT_SAY if unsure else ExitCode.DONE


@dataclass(frozen=True, slots=True)
class _Joined:
    """Represents a report with what the lists could carry as of the query's and its own day.

    ``then`` is ``None`` where the document has no day.
    """

    report: DocumentReport
    messages: list[str]
    now: tuple[ListCoverage, ...] = ()
    then: tuple[ListCoverage, ...] | None = None


def _joined(document: Document, report: DocumentReport, as_of: str | None) -> _Joined:
    """Join the report with the active snapshot; return what could not be joined, in words."""
    import limen
    from limen.engine.document_report import join

    try:
        engine = limen.open()
    except LimenError as error:
        message = f"no listed parties were looked for: {error.what}; {error.hint}"
        return _Joined(report, [message])
    report, messages = join(engine, document, report, as_of)
    now = engine.coverage(as_of=as_of)
    messages.append(f"as of the given day {rests_on(now)}")
    day = document.dated.day
    if day is None or day > engine.applied(as_of).day:
        return _Joined(report, messages, now)
    then = engine.coverage(as_of=day)
    messages.append(f"on the document's day {rests_on(then)}")
    return _Joined(report, messages, now, then)


def _encoded(joined: _Joined, document: Document, output_format: str) -> bytes:
    report = joined.report
    if output_format == "json":
        return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"
    if output_format == "html":
        from limen.render.document_html import page

        return page(report, document).encode("utf-8", errors="replace")
    from limen.cli.render.document import lines

    return "".join(f"{line}\n" for line in lines(report, joined.now, joined.then)).encode(
        "utf-8", errors="replace"
    )
