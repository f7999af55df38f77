"""``limen read``: read a document's statements, their speakers, and the parties it names."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from limen.cli.options import cases_option, debug_option, quiet_option


@click.command()
@click.argument("document", type=click.Path(path_type=Path), metavar="DOCUMENT")
@click.option("--date", "on", metavar="DATE", help="The document's day, where it does not say.")
@click.option("--as-of", metavar="DATE", help="Who is listed on this day; today.")
@click.option("--encoding", metavar="NAME", help="Of a text file; found out.")
@click.option(
    "--seconds", type=click.FloatRange(min=0, min_open=True), default=120, show_default=True,
    help="The time it may take; beyond it nothing is printed.",
)  # fmt: skip
@click.option(
    "--megabytes", type=click.IntRange(min=1), default=1024, show_default=True,
    help="The memory it may take.",
)  # fmt: skip
@click.option(
    "--propose", type=click.Path(path_type=Path), metavar="FILE",
    help="Write proposed statements and events for review, as YAML.",
)  # fmt: skip
@click.option(
    "--format", "output_format", type=click.Choice(["table", "json", "html"]),
    help="A table on a terminal, JSON in a pipe.",
)  # fmt: skip
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), metavar="FILE",
    help="Write to a file, which appears only when it is whole.",
)  # fmt: skip
@cases_option
@quiet_option
@debug_option
def read(document: Path, **options: Any) -> int:
    """Read a document: listed parties, places, acts, events, and statements with their speakers.

    Text, HTML, PDF, DOCX and EML. Nothing found decides a screening or an assessment
    before it was accepted with `limen regimes accept`.

    \b
      limen read report.txt
      limen read report.pdf --date 2022-02-21 --propose out.yml
      limen read report.html --format html -o report-read.html
    """  # noqa: D301 (click reads the escape)
    from limen.cli.runs.read_document import read_document

    output_format = options["output_format"] or _format_of(options["output"])
    return read_document(document, output_format, _day(options["on"], "--date"), options)


def _format_of(output: Path | None) -> str:
    if output is None:
        return "table" if sys.stdout.isatty() else "json"
    return {".html": "html", ".htm": "html", ".json": "json"}.get(output.suffix.lower(), "table")


def _day(text: str | None, flag: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        from limen.model import InputError

        raise InputError(f"{text!r} is not a day", where=flag, hint="write 2022-02-21") from error
