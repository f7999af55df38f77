"""Draw a document's report for a terminal: statements first, then what it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from limen.cli.render.text import counted, printable
from limen.documents import DocumentReport
from limen.documents.report import StatementFound
from limen.model import ListCoverage
from limen.render.coverage_sentences import on_lists


def lines(
    report: DocumentReport, now: Sequence[ListCoverage], then: Sequence[ListCoverage] | None
) -> Iterator[str]:
    """Yield the report, line by line.

    Args:
        report: of the document.
        now: what the lists could carry as of the day of the query.
        then: the same as of the document's own day; ``None`` where it has none.
    """
    about = report.document
    day = f"{about.date} ({about.date_basis})" if about.date else "unknown; say --date"
    yield f"{printable(about.title or about.name)}"
    yield f"  {about.name}, {about.words:,} words, dated {day}"
    for limitation in about.limitations:
        yield f"  limitation: {printable(limitation)}"
    yield ""
    yield f"STATEMENTS ({len(report.statements)})"
    for each in report.statements:
        yield from _statement(each)
    if report.reported:
        yield f"REPORTED WITHOUT QUOTATION ({len(report.reported)})"
        for each in report.reported:
            yield from _statement(each)
    yield from _mentions(report, now, then)
    yield from _others(report)


def _statement(statement: StatementFound) -> Iterator[str]:
    who = statement.speaker or "speaker not named"
    role = f", {statement.role}" if statement.role and statement.role != who else ""
    how = ", ".join(
        part
        for part in (
            statement.attribution,
            statement.said_on,
            (statement.channel or "").replace("_", " "),
        )
        if part
    )
    yield f"  {printable(who)}{printable(role)} ({how})"
    yield f"    “{printable(statement.quote)}”  [{statement.span[0]}–{statement.span[1]}]"
    if statement.reading:
        denied = "NOT: " if statement.reading.polarity == "negative" else ""
        yield f"      if   {printable(statement.reading.condition)}"
        yield f"      then {denied}{printable(statement.reading.consequence)}"
    for known in statement.matches:
        relation = known.relation.replace("_", " ")
        yield f"      {relation}: {known.statement} ({printable(known.why)})"


def _mentions(
    report: DocumentReport, now: Sequence[ListCoverage], then: Sequence[ListCoverage] | None
) -> Iterator[str]:
    if report.mentions is None:
        yield "LISTED PARTIES: no lists were there to compare with; `limen lists update`"
        return
    yield f"LISTED PARTIES ({len(report.mentions)})"
    for mention in report.mentions:
        before = [each.id.partition(":")[0] for each in mention.parties if each.on_document_date]
        after = [each.id.partition(":")[0] for each in mention.parties if each.on_as_of]
        own_day = "unknown: the document has no day" if then is None else on_lists(before, then)
        yield f"  {printable(mention.text)}  ({counted(len(mention.chain), 'place')})"
        yield f"    on the document's day  {own_day}"
        yield f"    as of the given day    {on_lists(after, now)}"


def _others(report: DocumentReport) -> Iterator[str]:
    """Yield places, measures and events, one a line, each place once."""
    if report.places:
        yield "PLACES UNDER EMBARGO"
        seen = {each.text: each for each in report.places}
        for place in seen.values():
            outcomes = ", ".join(
                f"{who} {outcome}" for who, outcome in sorted(place.outcomes.items())
            )
            yield f"  {printable(place.text)}: {outcomes.replace('_', ' ')}"
    if report.measures:
        yield f"MEASURES AND ACTS ({len(report.measures)})"
        for act in report.measures:
            known = f" = {', '.join(act.known)}" if act.known else ""
            yield f"  {printable(act.text)}{known}"
    if report.events:
        yield f"EVENTS ({len(report.events)})"
        for event in report.events:
            known = f" = {', '.join(event.known)}" if event.known else ""
            yield f"  {event.happened or 'no day'}  {event.kind}: {printable(event.words)}{known}"
