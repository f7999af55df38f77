"""The page of an evidence pack: everything about an alert on paper, without script or network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from importlib.resources import files
from typing import Any

from limen.cases.alert import Alert, Frozen
from limen.cases.exchange.finding_facts import finding_facts
from limen.cases.storage.ledger import Event
from limen.cases.vocabulary import vocabulary


def page_of(alert: Alert, frozen: Frozen, events: list[Event]) -> str:
    """Return the page as HTML."""
    style = (files("limen.cases") / "data/pack_page.css").read_text("utf-8")
    body = "\n".join(_body(alert, frozen, events))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(alert.id)}</title><style>{style}</style></head>\n"
        f"<body><main>\n{body}\n</main></body></html>\n"
    )


def _body(alert: Alert, frozen: Frozen, events: list[Event]) -> Iterator[str]:
    yield f"<h1>{escape(alert.subject)} <small>and</small> {escape(alert.party)}</h1>"
    yield _table(
        [
            ("alert", alert.id),
            ("state", alert.state),
            ("channel, profile", f"{alert.channel}, {alert.profile}"),
            ("lists", alert.lists),
            ("score", f"{alert.score:.3f} ({alert.level})"),
            ("opened", alert.opened_at),
            ("decided", f"{alert.decided_at} by {alert.decided_by}" if alert.decided_by else "no"),
            ("suppressed by", alert.suppressed_by or "nothing"),
        ]
    )
    yield "<h2>What was screened</h2>"
    facts = frozen.answer.get("query", {}).get("properties") or frozen.subject_facts
    yield _table((name, _joined(values)) for name, values in facts.items())
    for finding in frozen.findings:
        yield from _finding(finding)
    yield from _decisions(events)
    yield "<h2>What happened</h2>"
    rows = [(str(event.seq), event.at, event.by, event.type, _note(event)) for event in events]
    yield _table(rows, heads=("event", "when (UTC)", "who", "what", "note"))
    yield "<h2>What it rests on</h2>"
    stamp = frozen.answer.get("stamp", {})
    yield _table((name, _joined(value)) for name, value in stamp.items())
    yield "<p>A screening aid, not legal advice. README.txt says how to check this pack.</p>"


def _finding(finding: Mapping[str, Any]) -> Iterator[str]:
    yield f"<h2>{escape(finding['caption'])} <small>{escape(finding['id'])}</small></h2>"
    if finding.get("why"):
        yield f"<p>{escape(finding['why'])}</p>"
    facts = finding_facts(finding)
    if facts:
        yield _table(facts)
    features = [
        (
            each["name"], each["verdict"], f"{each['contribution']:+.3f}", each["query"],
            each["listed"],
        )
        for each in finding.get("features", ())
    ]  # fmt: skip
    if features:
        yield _table(
            features, heads=("compared", "verdict", "part of the score", "screened", "listed")
        )
    party = finding.get("party", {}).get("properties", {})
    if party:
        yield _table((name, _joined(values)) for name, values in party.items())
    for listing in finding.get("listings", ()):
        yield _table(
            [
                ("list, record", f"{listing['list']} {listing['record_id']}"),
                ("programmes", _joined(listing["programmes"])),
                ("acts", _joined(listing["acts"])),
                ("applies", f"{listing['applied_from']} to {listing['applied_to'] or 'now'}"),
                ("measures", _joined(_measures(listing))),
            ]
        )


def _measures(listing: Mapping[str, Any]) -> Iterator[str]:
    for measure in listing["measures_in_force"]:
        yield f"{measure['instrument']}: {', '.join(measure['prohibits'])}"


def _decisions(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        decision = event.data.get("decision")
        if not decision:
            continue
        reason = vocabulary().reasons.get(decision["reason"])
        yield f"<h2>Proposed by {escape(event.by)}: {escape(decision['outcome'])}</h2>"
        says = reason.says if reason else ""
        yield f"<p>{escape(decision['reason'])}: {escape(says)}. {escape(decision['note'])}</p>"
        rows = [
            (each["field"], each["subject"], each["listed"], each["source"])
            for each in decision["discriminators"]
        ]
        if rows:
            yield _table(rows, heads=("field", "screened", "listed", "source"))


def _note(event: Event) -> str:
    data = event.data
    return str(data.get("note") or data.get("name") or data.get("to") or data.get("good_guy") or "")


def _table(rows: Iterable[Iterable[str]], heads: Iterable[str] = ()) -> str:
    head = "".join(f"<th>{escape(each)}</th>" for each in heads)
    lines = ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    return f"<table>{f'<tr>{head}</tr>' if head else ''}{''.join(lines)}</table>"


def _joined(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name} {each}" for name, each in value.items())
    if isinstance(value, str) or not isinstance(value, Iterable):
        return str(value)
    return "; ".join(map(str, value))
