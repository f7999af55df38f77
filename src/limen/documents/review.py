"""Propose a document's statements and events for review, in the format of the regime files.

Everything carries ``status: proposed`` and its span, and decides nothing: the file is no
regime file until ``limen regimes accept`` has taken it, record by record, from a reviewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from limen.documents.conditions.condition_facts import facts_of
from limen.documents.report import DocumentReport, EventFound, StatementFound
from limen.util.files import write_output

#: The longest quote of a regime file, in words.
QUOTE_WORDS = 25
_HEAD = """\
# Proposed from {name} by `limen read`. Nothing here is in force or in use: read each record
# against its span, correct it, and accept it with
#   limen regimes accept {file} --id ID --reviewer NAME
# A record with `same_as` is already in the regime files. An empty `authority` has to be filled.
"""
_AUTHORITIES = (
    ("UA", r"\bUkrain\w+|Zelensk\w+|Kyiv"),
    ("G7", r"\bG7\b"),
    ("NATO", r"\bNATO\b|North Atlantic"),
    (
        "US",
        (
            r"\bWhite House|\bU\.?S\.?\b|United States|American|Treasury Department|State "
            r"Department|Pentagon|OFAC|Biden"
        ),
    ),
    ("UK", r"\bUK\b|British|Britain|Downing Street|MPs|House of Commons|United Kingdom|Treasury"),
    ("EU", r"\bEU\b|European (?:Union|Commission|Council)|Brussels"),
    ("DE", r"German|Berlin|Bundestag"),
    ("CA", r"Canad\w+|Ottawa"),
    ("JP", r"Japan\w*|Tokyo"),
    ("AU", r"Australia\w*|Canberra"),
    ("CH", r"Swiss|Switzerland"),
)  # fmt: skip
_RANKS = (
    ("spokesperson", r"press secretary|spokes\w+|readout"),
    ("head", r"\bpresident\b|prime minister|chancellor|\bking\b|\bqueen\b"),
    ("principal", r"minister|secretary|commissioner|high representative|chair\w*"),
)
_CHANNELS = {
    "conference_call": "background_call",
    "tweet": "post",
    "letter": "written_statement",
    None: "report",
}
_HEADS_SHORT = {"institutional": "collective", None: "anonymous"}


def propose(report: DocumentReport, path: Path) -> int:
    """Write a document's proposals to a file and return how many there are."""
    records = proposals(report)
    body = yaml.safe_dump(records, allow_unicode=True, sort_keys=False, width=100)
    head = _HEAD.format(name=report.document.name, file=path.name)
    write_output(path, (head + body).encode())
    return len(records["statements"]) + len(records["events"])


def proposals(report: DocumentReport) -> dict[str, Any]:
    """Return the proposals of a document, as the YAML file says them."""
    about = report.document
    tag = f"D-{about.sha256[:8]}"
    statements = [
        *report.statements,
        *(statement for statement in report.reported if statement.reading),
    ]
    return {
        "document": {
            "id": tag,
            "name": about.name,
            "sha256": about.sha256,
            "date": about.date,
            "title": about.title,
        },
        "regime": "russia-ukraine",
        "title": "Russia and Ukraine",
        "statements": [
            _statement(statement, f"{tag}-{number}", tag, report)
            for number, statement in enumerate(statements, start=1)
            if statement.speaker
        ],
        "events": list(_events(report, tag)),
    }


def _statement(
    statement: StatementFound, name: str, source: str, report: DocumentReport
) -> dict[str, Any]:
    same = next(
        (statement.statement for statement in statement.matches if statement.relation == "same"),
        None,
    )
    who = f"{statement.role} {statement.speaker}"
    record: dict[str, Any] = {
        "status": "proposed",
        "span": list(statement.span),
        **({"same_as": same} if same else {}),
        "id": name,
        "authority": _first(_AUTHORITIES, who, "US" if "White House" in who else ""),
        "speaker": statement.speaker,
        "role": statement.role,
        "rank": _rank(statement),
        "attribution": _HEADS_SHORT.get(statement.attribution, statement.attribution),
        "channel": _CHANNELS.get(statement.channel, statement.channel),
        "said": _moment(statement.said_on, report.document.date),
        "quote": _short(statement),
        "source": source,
    }
    if statement.kind == "reported":
        record["quote"] = ""
        record["note"] = "reported speech: these are not the speaker's own words"
    if statement.said_on is None:
        record["note"] = "the document does not say on which day; its own day is given here"
    record.update(_reading(statement))
    return {key: value for key, value in record.items() if value != "" or key == "authority"}


def _reading(statement: StatementFound) -> Iterator[tuple[str, Any]]:
    reading = statement.reading
    if reading is None:
        return
    denied = "does not follow: " if reading.polarity == "negative" else ""
    yield "condition", reading.condition
    yield "consequence", denied + reading.consequence
    when = facts_of(reading.condition, reading.polarity)
    if when is not None and reading.triggers:
        yield "reading", {"trigger": reading.triggers[0], "says": reading.condition, "when": when}


def _events(report: DocumentReport, tag: str) -> Iterator[dict[str, Any]]:
    for number, event in enumerate(report.events, start=1):
        if event.happened and len(event.happened) == 10:
            yield _event(event, f"{tag}-E{number}", tag)


def _event(event: EventFound, name: str, source: str) -> dict[str, Any]:
    record: dict[str, Any] = {
        "status": "proposed",
        "span": list(event.span),
        **({"same_as": event.known[0]} if event.known else {}),
        "id": name,
        "slug": re.sub(r"[^a-z0-9]+", "-", f"{event.words} {name}".lower()).strip("-"),
        "title": " ".join(event.text.split())[:140],
        "kind": _EVENT_KINDS.get(event.kind, "report"),
        "happened": event.happened,
        "zone": "+00:00",
        "source": source,
    }
    return record


#: Kinds of events in a document -> kinds of the regime files.
_EVENT_KINDS = {
    "recognition": "recognition",
    "order": "order",
    "movement": "movement",
    "invasion": "border_crossing",
    "annexation": "annexation",
    "authorisation": "authorisation",
}


def _rank(statement: StatementFound) -> str:
    if statement.attribution == "anonymous":
        return "official"
    office = f"{statement.role} {statement.channel or ''}"
    return _first(
        _RANKS, office, "spokesperson" if statement.attribution == "institutional" else "observer"
    )


def _first(table: tuple[tuple[str, str], ...], text: str, default: str) -> str:
    for name, pattern in table:
        if re.search(pattern, text, re.IGNORECASE if name.islower() else 0):
            return name
    return default


def _moment(statement_day: str | None, day: str | None) -> str:
    """Return a day as it is, a month as the time from its first to its last minute."""
    text = statement_day or day or ""
    if len(text) != 7:
        return text
    from calendar import monthrange

    year, month = map(int, text.split("-"))
    last = monthrange(year, month)[1]
    return f"{text}-01T00:00+00:00/{text}-{last:02}T23:59+00:00"


def _short(statement: StatementFound) -> str:
    """Return the quote, or of a long one the words from the condition on."""
    words = " ".join(statement.quote.split()).strip(" ,").split()
    if len(words) <= QUOTE_WORDS:
        return " ".join(words)
    start = 0
    if statement.reading is not None:
        head = statement.reading.condition.split()[:3]
        starts = range(len(words) - len(head) + 1)
        start = next((at for at in starts if words[at : at + len(head)] == head), 0)
    return " ".join(words[max(0, min(start, len(words) - QUOTE_WORDS)) :][:QUOTE_WORDS])
