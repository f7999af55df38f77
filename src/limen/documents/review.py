"""Proposals for review: what a document says, in the format of the regime files.

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

#: The longest quote that a regime file keeps, in words.
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
    """Write a document's proposals to a file; returns how many there are."""
    records = proposals(report)
    body = yaml.safe_dump(records, allow_unicode=True, sort_keys=False, width=100)
    head = _HEAD.format(name=report.document.name, file=path.name)
    aside = path.with_name(f"{path.name}.partial")
    aside.write_text(head + body, encoding="utf-8")
    aside.replace(path)
    return len(records["statements"]) + len(records["events"])


def proposals(report: DocumentReport) -> dict[str, Any]:
    """The proposals of a document, as the YAML file says them."""
    about = report.document
    tag = f"D-{about.sha256[:8]}"
    said = [*report.statements, *(each for each in report.reported if each.reading)]
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
            _statement(each, f"{tag}-{number}", tag, report)
            for number, each in enumerate(said, start=1)
            if each.speaker
        ],
        "events": list(_events(report, tag)),
    }


def _statement(
    said: StatementFound, name: str, source: str, report: DocumentReport
) -> dict[str, Any]:
    same = next((each.statement for each in said.matches if each.relation == "same"), None)
    who = f"{said.role} {said.speaker}"
    record: dict[str, Any] = {
        "status": "proposed",
        "span": list(said.span),
        **({"same_as": same} if same else {}),
        "id": name,
        "authority": _first(_AUTHORITIES, who, "US" if "White House" in who else ""),
        "speaker": said.speaker,
        "role": said.role,
        "rank": _rank(said),
        "attribution": _HEADS_SHORT.get(said.attribution, said.attribution),
        "channel": _CHANNELS.get(said.channel, said.channel),
        "said": _moment(said.said_on, report.document.date),
        "quote": _short(said),
        "source": source,
    }
    if said.kind == "reported":
        record["quote"] = ""
        record["note"] = "reported speech: these are not the speaker's own words"
    if said.said_on is None:
        record["note"] = "the document does not say on which day; its own day stands here"
    record.update(_reading(said))
    return {key: value for key, value in record.items() if value != "" or key == "authority"}


def _reading(said: StatementFound) -> Iterator[tuple[str, Any]]:
    reading = said.reading
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


#: Kinds of events that a text tells of -> kinds of the regime files.
_EVENT_KINDS = {
    "recognition": "recognition",
    "order": "order",
    "movement": "movement",
    "invasion": "border_crossing",
    "annexation": "annexation",
    "authorisation": "authorisation",
}


def _rank(said: StatementFound) -> str:
    if said.attribution == "anonymous":
        return "official"
    told = f"{said.role} {said.channel or ''}"
    return _first(
        _RANKS, told, "spokesperson" if said.attribution == "institutional" else "observer"
    )


def _first(table: tuple[tuple[str, str], ...], text: str, default: str) -> str:
    for name, pattern in table:
        if re.search(pattern, text, re.IGNORECASE if name.islower() else 0):
            return name
    return default


def _moment(said_on: str | None, day: str | None) -> str:
    """A day as it is; a month as the time between its first and its last minute."""
    text = said_on or day or ""
    if len(text) != 7:
        return text
    from calendar import monthrange

    year, month = map(int, text.split("-"))
    last = monthrange(year, month)[1]
    return f"{text}-01T00:00+00:00/{text}-{last:02}T23:59+00:00"


def _short(said: StatementFound) -> str:
    """The quote, or of a long one the words from the condition on."""
    words = " ".join(said.quote.split()).strip(" ,").split()
    if len(words) <= QUOTE_WORDS:
        return " ".join(words)
    start = 0
    if said.reading is not None:
        head = said.reading.condition.split()[:3]
        starts = range(len(words) - len(head) + 1)
        start = next((at for at in starts if words[at : at + len(head)] == head), 0)
    return " ".join(words[max(0, min(start, len(words) - QUOTE_WORDS)) :][:QUOTE_WORDS])
