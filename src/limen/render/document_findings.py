"""What was found in a document as lists in HTML: parties, places, statements, acts, events.

The report page of ``limen read`` and the server's page both draw these lists. Everything that
comes from the document or from a list is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape

from limen.documents import DocumentReport
from limen.documents.report import (
    EventFound,
    ListedAs,
    MeasureFound,
    MentionFound,
    PlaceFound,
    StatementFound,
)
from limen.render.coverage_sentences import since
from limen.render.marked_text import listed_by, outcomes_in_words

#: Parties drawn for a mention; one party is often on several lists.
_PARTIES = 5

#: The address of a party's page by its id.
PartyLink = Callable[[str], str]


def findings_lists(report: DocumentReport, *, party_link: PartyLink | None = None) -> str:
    """Return the lists of a report, one section each; empty ones but the parties' are left out.

    Args:
        report: what was found.
        party_link: where a party has a page of its own; without it no party is a link.
    """
    statements = (*report.statements, *report.reported)
    drawn = (
        _section("parties", "Listed parties", _parties(report, party_link)),
        _list("places", "Places under embargo", map(_place, report.places or ())),
        _section("statements", "Statements", map(_statement, statements)) if statements else "",
        _list("acts", "Acts and measures", map(_act, report.measures)),
        _list("events", "Events", map(_event, report.events)),
    )
    return "\n".join(filter(None, drawn))


def _section(name: str, title: str, parts: Iterable[str]) -> str:
    return (
        f'<section aria-labelledby="{name}"><h2 id="{name}">{title}</h2>\n'
        f"{''.join(parts)}</section>"
    )


def _list(name: str, title: str, rows: Iterable[str]) -> str:
    items = "".join(f"<li>{row}</li>" for row in rows)
    return _section(name, title, (f'<ul class="plain">{items}</ul>',)) if items else ""


def _dim(text: str) -> str:
    return f' <span class="dim">{escape(text)}</span>' if text else ""


def _parties(report: DocumentReport, party_link: PartyLink | None) -> Iterator[str]:
    if report.mentions is None:
        yield "<p>There were no lists to compare with.</p>"
    elif not report.mentions:
        yield "<p>None.</p>"
    for number, mention in enumerate(report.mentions or (), start=1):
        yield _mention(number, mention, party_link)


def _mention(number: int, mention: MentionFound, party_link: PartyLink | None) -> str:
    parties = sorted(
        mention.parties, key=lambda party: (party.on_as_of is None, -party.score, party.id)
    )
    rows = [f"<li>{_party(party, party_link)}</li>" for party in parties[:_PARTIES]]
    if len(parties) > _PARTIES:
        rows.append(f'<li class="dim">and {len(parties) - _PARTIES} more</li>')
    times = f"{len(mention.chain)} times" if len(mention.chain) > 1 else ""
    return (
        f'<article class="found listed" aria-labelledby="n{number}"><h3 id="n{number}">'
        f'<a href="#m{number}" dir="auto">{escape(mention.text)}</a>{_dim(times)}</h3>\n'
        f"<p>{escape(listed_by(mention))}</p>"
        f'<ul class="plain">{"".join(rows)}</ul></article>\n'
    )


def _party(party: ListedAs, party_link: PartyLink | None) -> str:
    level = party.on_as_of
    badge = (
        f'<span class="badge {level}">{level} {party.score:.2f}</span>'
        if level
        else '<span class="badge plain">none known then</span>'
    )
    caption = f'<span dir="auto">{escape(party.caption)}</span>'
    if party_link is not None:
        link = escape(party_link(party.id))
        caption = f'<a href="{link}" dir="auto">{escape(party.caption)}</a>'
    day, basis = party.listed_from, party.listed_basis
    start = f", {since(day, basis)}" if day else ""
    return f"{badge} {caption}{_dim(party.id.partition(':')[0] + start)}"


def _place(place: PlaceFound) -> str:
    verdicts = outcomes_in_words(place.outcomes)
    return f'<strong dir="auto">{escape(place.text)}</strong>{_dim(verdicts)}'


def _statement(statement: StatementFound) -> str:
    speaker = escape(statement.speaker or "Unnamed speaker")
    role = statement.role if statement.role and statement.role != statement.speaker else ""
    about = filter(None, (statement.attribution, statement.said_on, statement.channel))
    kind = " · reported" if statement.kind == "reported" else ""
    matches = (
        f'<p class="dim">{escape(known.relation.replace("_", " "))} as '
        f"{escape(known.statement)}</p>"
        for known in statement.matches
    )
    return (
        f'<article class="found statement"><p><strong>{speaker}</strong>'
        f"{f', {escape(role)}' if role else ''}"
        f"{_dim(', '.join(about).replace('_', ' ') + kind)}</p>\n"
        f'<blockquote dir="auto">{escape(statement.quote)}</blockquote>\n'
        f"{_reading(statement)}{''.join(matches)}</article>\n"
    )


def _reading(statement: StatementFound) -> str:
    reading = statement.reading
    if reading is None:
        return ""
    denied = "<strong>not</strong> " if reading.polarity == "negative" else ""
    return (
        f'<p class="dim">Read as: if {escape(reading.condition)}, then {denied}'
        f"{escape(reading.consequence.strip('. '))}. This is a proposal; it has no effect until "
        "it is accepted.</p>\n"
    )


def _act(act: MeasureFound) -> str:
    return f"{escape(act.text)}{_dim(', '.join(act.known))}"


def _event(event: EventFound) -> str:
    happened = f", {event.happened}" if event.happened else ""
    known = f": {', '.join(event.known)}" if event.known else ""
    return f"{escape(event.text)}{_dim(event.kind.replace('_', ' ') + happened + known)}"
