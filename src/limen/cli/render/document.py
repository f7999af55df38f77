"""A document's report for people: statements first, then who and what it names."""

from __future__ import annotations

from collections.abc import Iterator

from limen.cli.render.text import shown
from limen.documents import DocumentReport
from limen.documents.report import StatementFound


def lines(report: DocumentReport) -> Iterator[str]:
    """The report, line by line."""
    about = report.document
    day = f"{about.date} ({about.date_basis})" if about.date else "unknown; say --date"
    yield f"{shown(about.title or about.name)}"
    yield f"  {about.name}, {about.words:,} words, dated {day}"
    for limitation in about.limitations:
        yield f"  limitation: {shown(limitation)}"
    yield ""
    yield f"STATEMENTS ({len(report.statements)})"
    for each in report.statements:
        yield from _statement(each)
    if report.reported:
        yield f"REPORTED WITHOUT QUOTATION ({len(report.reported)})"
        for each in report.reported:
            yield from _statement(each)


def _statement(said: StatementFound) -> Iterator[str]:
    who = said.speaker or "nobody named"
    role = f", {said.role}" if said.role and said.role != who else ""
    how = ", ".join(
        part
        for part in (said.attribution, said.said_on, (said.channel or "").replace("_", " "))
        if part
    )
    yield f"  {shown(who)}{shown(role)} ({how})"
    yield f"    “{shown(said.quote)}”  [{said.span[0]}–{said.span[1]}]"
    if said.reading:
        denied = "NOT: " if said.reading.polarity == "negative" else ""
        yield f"      if   {shown(said.reading.condition)}"
        yield f"      then {denied}{shown(said.reading.consequence)}"
