"""Describe a finding that is about no listed party's record: a place, ownership, or a mention.

The case's page and the evidence pack print the same facts, with a label each. What a finding does
not have makes no line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_DEFINITIONS = {
    "fixed": "fixed borders",
    "control": "by who controls it on the day",
    "named_region": "the region that the act names",
}
_BASES = {
    "publisher": "since {}, as the list prints",
    "first_seen": "since {}, the first version that has it",
    "on_or_before": "on or before {}",
}


def finding_facts(finding: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the label and text of each fact of a finding, in the order of reading."""
    kinds = {"place": _of_place, "ownership": _of_ownership, "mention": _of_mention}
    describe = kinds.get(str(finding.get("kind", "")))
    facts = describe(finding) if describe else iter(())
    return [(label, text) for label, text in facts if text]


def _of_place(finding: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    act = [_text(finding, "instrument"), _text(finding, "article")]
    until = _text(finding, "applied_until")
    yield "authority", _text(finding, "authority")
    yield "act", ", ".join(filter(None, act))
    yield "prohibits", _text(finding, "prohibits")
    since = f"since {_text(finding, 'applied_from')}"
    yield "applies", f"{since}{f' until {until}' if until else ''}".replace("T", " ")
    yield "territory", _DEFINITIONS.get(_text(finding, "definition"), "")
    yield (
        "the address is",
        {"inside": "inside", "outside": "outside"}.get(_text(finding, "outcome"), "not determined"),
    )
    yield "located as", _place(finding.get("place"))
    yield "could also be", "; ".join(_place(each) for each in finding.get("runners_up") or ())
    yield "contradicted by", "; ".join(map(str, finding.get("contradictions") or ()))
    yield "would be decided by", _text(finding, "settles")


def _of_ownership(finding: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "authority", _text(finding, "authority")
    yield "share that counts", f"{finding['percent']:g} %"
    if finding["at_most"] != finding["percent"]:
        yield "with all that is not known", f"{finding['at_most']:g} %"
    for step in finding["path"]:
        percent = "an unknown share" if step["percent"] is None else f"{step['percent']:g} %"
        yield "stake", f"{step['owner']} has {percent} of {step['owned']} ({step['source']})"
    yield "measures of the owners", ", ".join(map(str, finding["measures"]))
    yield "file of stakes", _text(finding, "stakes")


def _of_mention(finding: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    since = _text(finding, "listed_from")
    yield "record", _text(finding, "id")
    yield "kind", _text(finding, "schema")
    yield "score", f"{finding['score']:.2f}"
    if since:
        yield "listed", _BASES.get(_text(finding, "listed_basis"), "since {}").format(since)
    yield "on the day asked about", _text(finding, "on_as_of")
    yield "on the document's date", _text(finding, "on_document_date")


def _place(place: Any) -> str:
    """Return a place in words: `limen locate` prints one as an object, an answer as text."""
    if not isinstance(place, Mapping):
        return str(place or "")
    names = (place.get(name) for name in ("name", "oblast", "country"))
    return ", ".join(str(name) for name in names if name)


def _text(finding: Mapping[str, Any], name: str) -> str:
    value = finding.get(name)
    return "" if value is None else str(value)
