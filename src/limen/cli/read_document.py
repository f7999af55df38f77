"""One document read, joined with what is known, and shown."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from limen.documents import DocumentReport, read_file, report_on


def read_document(path: Path, wanted: str, on: date | None, options: Mapping[str, Any]) -> int:
    """Read, join and write; returns the exit code."""
    document = read_file(path, on=on, encoding=options["encoding"])
    report = report_on(document)
    _write(_encoded(report, document.text, wanted), options["output"])
    return 0


def _encoded(report: DocumentReport, text: str, wanted: str) -> bytes:
    if wanted == "json":
        return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"
    from limen.cli.render.document import lines

    return "".join(f"{line}\n" for line in lines(report)).encode("utf-8", errors="replace")


def _write(data: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    output.write_bytes(data)
    click.echo(f"written to {output}", err=True)
