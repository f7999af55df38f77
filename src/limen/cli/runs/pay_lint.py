"""Check the form of the payment messages of files, and write what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import click
import msgspec

from limen.batch.payments.sources import Sources
from limen.cli.options import chosen_format
from limen.cli.render.text import counted, printable
from limen.cli.write_records import Records, write_records
from limen.model import InputError
from limen.payments.lint import LintFinding, lint_payments, page_of
from limen.util.exit_codes import ExitCode


def lint_files(files: Sequence[str], options: Mapping[str, Any]) -> int:
    """Lint every message of every file; return 5 where there is an error."""
    output_format = chosen_format(options["output_format"], options["output"], explain=False)
    day = _day(options["as_of"])
    sources = Sources(files)
    found = [
        (name, finding)
        for name, file in sources.files()
        for finding in lint_payments(file.read(), on=day, schemas=options["schemas"])
    ]
    records = Records(
        text=[line for name, finding in found for line in _lines(name, finding)],
        wire=[
            {"file": name} | msgspec.to_builtins(finding) | {"docs": page_of(finding.code)}
            for name, finding in found
        ],
        flat=[_flat(name, finding) for name, finding in found],
    )
    write_records(records, output_format, options["output"])
    errors = sum(finding.level == "error" for _, finding in found)
    if not options["quiet"]:
        total = counted(len(found), "finding")
        click.echo(
            f"{counted(len(sources.paths), 'file')}: {total}, {errors} of them errors", err=True
        )
    return ExitCode.ROW_ERRORS if errors else ExitCode.DONE


def _lines(name: str, finding: LintFinding) -> list[str]:
    place = f" transaction {finding.position}" if finding.position else ""
    line = f" line {finding.line}" if finding.line else ""
    head = f"{name} message {finding.message}{place}{line}: {finding.level} {finding.code}"
    rows = [head, f"  {finding.what}"]
    rows += [f"  {finding.path}"] if finding.path else []
    rows += [f"  fix: {finding.hint}"] if finding.hint else []
    rows.append(f"  see {page_of(finding.code)}")
    return [printable(row) for row in rows]


def _flat(name: str, finding: LintFinding) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(finding)
    start, end = finding.span
    return {"file": name} | row | {"span": f"{start}-{end}", "docs": page_of(finding.code)}


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            f"{text!r} is not a day", where="--as-of", hint="write 2026-07-17"
        ) from error
