"""A document's report for people: statements first, then who and what it names."""

from __future__ import annotations

from collections.abc import Iterator

from limen.cli.render.text import counted, shown
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
    yield from _mentions(report)
    yield from _others(report)


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
    for known in said.matches:
        yield f"      {known.relation.replace('_', ' ')}: {known.statement} ({shown(known.why)})"


def _mentions(report: DocumentReport) -> Iterator[str]:
    if report.mentions is None:
        yield "LISTED PARTIES: no lists were there to compare with; `limen lists update`"
        return
    yield f"LISTED PARTIES ({len(report.mentions)})"
    for mention in report.mentions:
        then = sorted(
            {each.id.partition(":")[0] for each in mention.parties if each.on_document_date}
        )
        now = sorted({each.id.partition(":")[0] for each in mention.parties if each.on_as_of})
        yield f"  {shown(mention.text)}  ({counted(len(mention.chain), 'place')})"
        yield f"    on the document's day  {', '.join(then) or 'on no list'}"
        yield f"    as of the day asked    {', '.join(now) or 'on no list'}"


def _others(report: DocumentReport) -> Iterator[str]:
    """Places, measures and events, one a line; a place that stands often, once."""
    if report.places:
        yield "PLACES UNDER EMBARGO"
        seen = {each.text: each for each in report.places}
        for place in seen.values():
            told = ", ".join(f"{who} {outcome}" for who, outcome in sorted(place.outcomes.items()))
            yield f"  {shown(place.text)}: {told.replace('_', ' ')}"
    if report.measures:
        yield f"MEASURES AND ACTS ({len(report.measures)})"
        for act in report.measures:
            known = f" = {', '.join(act.known)}" if act.known else ""
            yield f"  {shown(act.text)}{known}"
    if report.events:
        yield f"EVENTS ({len(report.events)})"
        for event in report.events:
            known = f" = {', '.join(event.known)}" if event.known else ""
            yield f"  {event.happened or 'no day'}  {event.kind}: {shown(event.words)}{known}"
