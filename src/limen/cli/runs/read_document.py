"""Read one document, join the report with the active snapshot, and write it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from limen.cli.destination import write_result
from limen.documents import Document, DocumentReport, read_file, report_on
from limen.model import LimenError
from limen.util.exit_codes import ExitCode


def read_document(
    path: Path, output_format: str, on: date | None, options: Mapping[str, Any]
) -> int:
    """Read, join and write; return the exit code: 6 where a part could not be read."""
    from limen.util.gc import collector_at_rest

    with collector_at_rest():
        document = read_file(path, on=on, encoding=options["encoding"])
        report, messages = _joined(document, report_on(document), options["as_of"])
    write_result(_encoded(report, document, output_format), options["output"])
    if options["propose"]:
        from limen.documents.review import propose

        count = propose(report, options["propose"])
        messages.append(f"{count} proposed for review in {options['propose']}; accept with")
        messages.append(f"  limen regimes accept {options['propose']}")
    if not options["quiet"]:
        messages.extend(f"limitation: {each}" for each in report.document.limitations)
        for line in messages:
            click.echo(line, err=True)
    return ExitCode.CANNOT_SAY if document.limitations else ExitCode.DONE


def _joined(
    document: Document, report: DocumentReport, as_of: str | None
) -> tuple[DocumentReport, list[str]]:
    """Join the report with the active snapshot; return what could not be joined, in words."""
    import limen
    from limen.engine.document_report import join

    try:
        engine = limen.open()
    except LimenError as error:
        return report, [f"no listed parties were looked for: {error.what}; {error.hint}"]
    return join(engine, document, report, as_of)


def _encoded(report: DocumentReport, document: Document, output_format: str) -> bytes:
    if output_format == "json":
        return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"
    if output_format == "html":
        from limen.render.document_html import page

        return page(report, document).encode("utf-8", errors="replace")
    from limen.cli.render.document import lines

    return "".join(f"{line}\n" for line in lines(report)).encode("utf-8", errors="replace")
