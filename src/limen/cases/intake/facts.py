"""The facts of an alert on both sides, and their fingerprints.

A decision holds for the facts that it was made on. Those of the subject are everything that was
screened; those of the listed side are what is compared of each record found, and what the
listing imposes: programmes, measures, acts, period. What merely describes (notes, links, when a
file was read) is not a fact, and neither are case, spacing and the order of values.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from limen.cases.storage.canonical import digest

#: Field -> its values, normalised and sorted.
Facts = dict[str, list[str]]
Wire = Mapping[str, Any]

#: Properties of FollowTheMoney that describe an entry and say nothing of its identity.
_DESCRIPTIONS = frozenset(
    {"createdAt", "description", "keywords", "modifiedAt", "notes", "publisher", "publisherUrl",
     "retrievedAt", "sourceUrl", "summary"}
)  # fmt: skip
#: What is taken of a finding about a place, about ownership, and in a document.
_OF_PLACE = ("territory", "definition", "measure", "outcome", "prohibits", "applied_from",
             "applied_until")  # fmt: skip
_OF_MENTION = ("schema", "caption", "programmes", "listed_from")
_OF_OWNERSHIP = ("authority", "rule", "verdict", "percent", "measures")


def subject_facts(query: Wire) -> Facts:
    """Return the facts of a party as it was screened."""
    return {"schema": _normal([query.get("schema", "")])} | _properties(query)


def listed_facts(findings: Iterable[Wire], depends_on: Iterable[str] = ()) -> Facts:
    """Return the facts of the listed side, each field after the id of its finding.

    Args:
        findings: those of one party, territory or owner.
        depends_on: measures and licences by id, of which the state is a fact too.
    """
    findings, facts = list(findings), {}
    for finding in findings:
        for field, values in _of_finding(finding).items():
            facts[f"{finding['id']} {field}"] = values
    states = _dependencies(findings)
    for each in depends_on:
        facts[f"dependency {each}"] = _normal(states.get(each, ()))
    return facts


def possible_dependencies(findings: Iterable[Wire]) -> set[str]:
    """Return the ids of the measures and licences behind findings."""
    return set(_dependencies(findings))


def fingerprint(facts: Facts) -> str:
    """Return the hash of facts."""
    return digest(facts)


def changed_fields(before: Facts, after: Facts) -> list[str]:
    """Return the fields of which the values differ, or that one side alone has."""
    return sorted(
        field for field in {*before, *after} if before.get(field, []) != after.get(field, [])
    )


def _of_finding(finding: Wire) -> Facts:
    if finding["kind"] == "place":
        return {name: _normal([finding[name]]) for name in _OF_PLACE}
    if finding["kind"] == "ownership":
        return {name: _normal(_listed(finding[name])) for name in _OF_OWNERSHIP}
    if finding["kind"] == "mention":
        return {name: _normal(_listed(finding[name])) for name in _OF_MENTION}
    facts = {"schema": _normal([finding["schema"]])} | _properties(finding["party"])
    for listing in finding["listings"]:
        for name in ("programmes", "measures", "acts"):
            facts[name] = _normal([*facts.get(name, ()), *listing[name]])
        period = [f"{listing['applied_from']} to {listing['applied_to']}"]
        facts["applies"] = _normal([*facts.get("applies", ()), *period])
        facts["imposes"] = _normal([*facts.get("imposes", ()), *_imposed(listing)])
    return facts


def _imposed(listing: Wire) -> Iterator[str]:
    for measure in listing["measures_in_force"]:
        for effect in measure["prohibits"]:
            yield f"{measure['id'] or measure['instrument']}: {effect}"


def _dependencies(findings: Iterable[Wire]) -> dict[str, list[str]]:
    """Map each measure and licence behind findings to its state."""
    found: dict[str, list[str]] = {}
    for finding in findings:
        if finding["kind"] == "place":
            found[finding["measure"]] = ["in force"]
        for listing in finding.get("listings", ()):
            for measure in listing["measures_in_force"]:
                found[measure["id"]] = ["in force"]
                for licence in measure["licences"]:
                    found[licence["key"]] = [f"{licence['standing']} until {licence['until']}"]
    found.pop("", None)
    return found


def _properties(party: Wire) -> Facts:
    properties = party.get("properties", {})
    facts = {
        name: _normal(_listed(values))
        for name, values in properties.items()
        if name not in _DESCRIPTIONS
    }
    return {name: values for name, values in facts.items() if values}


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _normal(values: Iterable[Any]) -> list[str]:
    """Return values without what is not a fact: case, spacing, order, repetition."""
    texts = (unicodedata.normalize("NFKC", str(value)).casefold() for value in values)
    return sorted({joined for text in texts if (joined := " ".join(text.split()))})
