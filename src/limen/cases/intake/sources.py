"""Make alerts of what was screened: one for each subject and party, territory or owner found.

The input is what any channel prints: the answer about a party, a row of a file, a document, a
payment or an address. What is clear makes none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, get_args

import msgspec

from limen.cases.intake.facts import Facts, listed_facts, subject_facts
from limen.cases.storage.canonical import digest
from limen.model import InputError

Channel = Literal["screen", "file", "base", "payment", "document", "place"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
#: The channels of which the subjects are known by an id of their own and come again.
LASTING: frozenset[Channel] = frozenset({"screen", "file", "base", "place"})
#: Kinds of payment reference, the one that names a transaction best first.
_REFERENCES = ("UETR", "EndToEndId", "TxId", "InstrId", "20")
Wire = Mapping[str, Any]


class Candidate(msgspec.Struct, frozen=True):
    """Represents what an alert would be about: a subject and what it may be.

    Attributes:
        subject_id: the customer's or account's own id; without one, a hash of what was screened.
        subject: its name, as received.
        party_id: the party, territory or owner; it stays the same over versions of lists.
        party: its name.
        lists: the lists, or measures, of what was found.
        level: ``"hit"`` or ``"review"``; ``"cannot_say"`` for a payment held without a finding.
        context: where in the input it was found.
        findings: of the answer, those about this party.
        subject_facts: what the subject's side of a decision rests on.
    """

    channel: Channel
    subject_id: str
    subject: str
    party_id: str
    party: str
    lists: tuple[str, ...]
    score: float
    level: str
    context: dict[str, Any]
    findings: tuple[Wire, ...]
    subject_facts: Facts

    def listed_facts(self, depends_on: Iterable[str] = ()) -> Facts:
        """Return what the listed side of a decision rests on."""
        return listed_facts(self.findings, depends_on)


def candidates(wire: Wire, channel: Channel | None = None, subject_id: str = "") -> list[Candidate]:
    """Return what an answer's alerts are about; none where it is clear.

    An answer that is cannot say, with nothing found, has one, of the level ``"cannot_say"``.

    Args:
        wire: what a channel prints.
        channel: how it was screened; found out from the form where it is not given.
        subject_id: the subject's own id; that of the query.

    Raises:
        InputError: it is no answer.
    """
    if "elements" in wire:
        return list(_of_payment(wire, subject_id))
    if "verdicts" in wire:
        return list(_of_location(wire, subject_id))
    if "mentions" in wire and "document" in wire:
        return list(_of_report(wire, subject_id))
    if "findings" not in wire or "query" not in wire:
        raise InputError(
            "this is no answer: it has no findings and no query",
            where="cases",
            hint="give what `limen screen`, `limen pay` or `limen locate` printed as JSON",
        )
    return list(_of_answer(wire, channel or ("file" if "input" in wire else "screen"), subject_id))


def _of_answer(wire: Wire, channel: Channel, subject_id: str) -> Iterator[Candidate]:
    query = wire["query"]
    facts = subject_facts(query)
    identity = subject_id or str(query.get("id") or "") or f"sha256:{digest(facts)}"
    caption = str(query.get("caption") or _first_name(query) or identity)
    context = dict(wire.get("input", {}))
    for party_id, findings in _by_party(wire["findings"]).items():
        yield _candidate(channel, identity, caption, party_id, findings, context, facts)
    if not wire["findings"] and wire["outcome"] == "cannot_say":
        yield _unknown(channel, identity, caption, wire["reasons"], context, facts)


def _of_payment(wire: Wire, subject_id: str) -> Iterator[Candidate]:
    """Yield what a held or rejected payment is held for; one that passes makes no alert."""
    if wire["decision"] == "pass":
        return
    references = wire["references"]
    names = [name for name in _REFERENCES if references.get(name)] or sorted(references)
    identity = subject_id or (
        f"{names[0]}:{references[names[0]]}" if names else f"sha256:{digest(wire['path'])}"
    )
    facts: Facts = {element["path"]: [element["text"]] for element in wire["elements"]}
    found: dict[str, list[Wire]] = {}
    paths: dict[str, list[dict[str, Any]]] = {}
    for element in wire["elements"]:
        place = {name: element[name] for name in ("path", "role", "kind", "text", "span")}
        for party_id, findings in _by_party(element["findings"]).items():
            found.setdefault(party_id, []).extend(findings)
            paths.setdefault(party_id, []).append(place)
    about = {name: wire[name] for name in ("kind", "amount", "currency", "date", "decision")}
    for party_id, findings in found.items():
        context = about | {"elements": paths[party_id]}
        caption = paths[party_id][0]["text"]
        yield _candidate("payment", identity, caption, party_id, findings, context, facts)
    if not found:
        yield _unknown("payment", identity, identity, wire["reasons"], about, facts)


def _of_location(wire: Wire, subject_id: str) -> Iterator[Candidate]:
    query = {name: value for name, value in wire["query"].items() if value}
    facts: Facts = {name: [str(value)] for name, value in sorted(query.items())}
    caption = ", ".join(str(value) for value in query.values())
    row = str(wire.get("input", {}).get("id") or "")
    identity = subject_id or row or f"sha256:{digest(facts)}"
    findings = [
        each
        | {
            "kind": "place",
            "id": f"{each['territory']}@{each['measure']}",
            "caption": each["territory_name"],
            "score": each["confidence"],
            "level": "hit" if each["outcome"] == "inside" else "review",
        }
        for each in wire["findings"]
        if each["outcome"] != "outside"
    ]
    for party_id, found in _by_party(findings).items():
        yield _candidate("place", identity, caption, party_id, found, {}, facts)
    unknown = [each["why"] for each in wire["verdicts"] if each["outcome"] == "cannot_say"]
    if not findings and unknown:
        yield _unknown("place", identity, caption, unknown, {}, facts)


def _of_report(wire: Wire, subject_id: str) -> Iterator[Candidate]:
    """Yield the parties that a document mentions, as of the day that was given."""
    document = wire["document"]
    identity = subject_id or f"sha256:{document['sha256']}"
    found: dict[str, dict[str, Wire]] = {}
    places: dict[str, list[dict[str, Any]]] = {}
    for mention in wire["mentions"]:
        for party in mention["parties"]:
            if party["on_as_of"] is None:
                continue
            about = str(party["party_id"] or party["id"])
            best = found.setdefault(about, {})
            finding = party | {"kind": "mention", "level": party["on_as_of"], "party_id": about}
            if party["id"] not in best or best[party["id"]]["score"] < party["score"]:
                best[party["id"]] = finding
            place = {"text": mention["text"], "span": mention["span"]}
            if place not in places.setdefault(about, []):
                places[about].append(place)
    for about, findings in found.items():
        texts = sorted({place["text"] for place in places[about]})
        facts: Facts = {"document": [document["sha256"]], "text": texts}
        caption = f"{texts[0]} in {document['name']}"
        context = {"document": document["name"], "mentions": places[about]}
        yield _candidate(
            "document", identity, caption, about, list(findings.values()), context, facts
        )
    limits = document["limitations"]
    if not found and limits:
        facts = {"document": [document["sha256"]]}
        yield _unknown("document", identity, document["name"], limits, {}, facts)


def _unknown(
    channel: Channel,
    identity: str,
    caption: str,
    reasons: Iterable[str],
    context: dict[str, Any],
    facts: Facts,
) -> Candidate:
    """Return what is about no party: someone has to find out what could not be compared."""
    return Candidate(
        channel, identity, caption, "no-finding", "; ".join(reasons)[:200], (), 0.0, "cannot_say",
        context, (), facts,
    )  # fmt: skip


def _candidate(
    channel: Channel,
    identity: str,
    caption: str,
    party_id: str,
    findings: list[Wire],
    context: dict[str, Any],
    facts: Facts,
) -> Candidate:
    best = max(findings, key=lambda finding: finding["score"])
    return Candidate(
        channel, identity, caption, party_id, best["caption"],
        tuple(sorted({_list_of(finding) for finding in findings})),
        best["score"],
        "hit" if any(finding["level"] == "hit" for finding in findings) else "review",
        context, tuple(findings), facts,
    )  # fmt: skip


def _by_party(findings: Iterable[Wire]) -> dict[str, list[Wire]]:
    """Group findings by what they are about: a party, a territory, an owned entity."""
    groups: dict[str, list[Wire]] = {}
    for finding in findings:
        groups.setdefault(_about(finding), []).append(finding)
    return groups


def _about(finding: Wire) -> str:
    if finding["kind"] == "place":
        return str(finding["territory"])
    return str(finding.get("party_id") or finding["id"])


def _list_of(finding: Wire) -> str:
    if finding["kind"] == "place":
        return str(finding["measure"])
    return str(finding["id"]).partition(":")[0]


def _first_name(query: Wire) -> str:
    names = query.get("properties", {}).get("name") or ("",)
    return names if isinstance(names, str) else str(names[0])
