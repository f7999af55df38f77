"""Find what a decision can rest on: the facts in which a subject and a listed party differ.

They are read from the answer as it was given, so that the analyst ticks what the screening has
found and types only what it could not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from limen.cases.decision import Discriminator
from limen.cases.vocabulary import vocabulary

#: A comparison -> the discriminator that it is.
_FIELDS = {
    "birth_date": "birth_date",
    "birth_place": "birth_place",
    "country": "nationality",
    "gender": "gender",
    "address": "address",
    "identifier:imo": "imo",
}
#: A discriminator -> the reason that rests on it alone, the strongest first.
_REASONS = {
    "entity_type": "entity_type_differs",
    "imo": "vessel_imo_differs",
    "birth_date": "dob_conflict",
    "identifier": "id_number_conflict",
}
_COMMON = "common_name_no_corroboration"


class Difference(NamedTuple):
    """Represents a fact that differs: the discriminator, and the value of both sides."""

    field: str
    subject: str
    listed: str

    @property
    def is_hard(self) -> bool:
        """Return whether it alone tells two parties apart."""
        return vocabulary().fields[self.field] == "hard"

    def discriminator(self) -> Discriminator:
        """Return it as a decision has it."""
        return Discriminator(self.field, self.subject, self.listed)


def differences(
    findings: Sequence[Mapping[str, Any]], query: Mapping[str, Any]
) -> list[Difference]:
    """Return the differences between a subject and a party's records, hard ones first.

    Args:
        findings: those about the party, as they were answered.
        query: what was screened.
    """
    found: dict[tuple[str, ...], Difference] = {}
    for each in (*_kinds(findings, query), *_compared(findings)):
        found.setdefault(each[:2] if each.field == "name_part" else each, each)
    return sorted(found.values(), key=lambda each: not each.is_hard)


def proposed(found: Sequence[Difference], reason: str) -> tuple[int, ...]:
    """Return which differences a reason would rest on, by position: its own, and no others."""
    fields = vocabulary().reasons[reason].fields if reason else ()
    return tuple(at for at, each in enumerate(found) if each.field in fields)


def suggested_reason(found: Iterable[Difference]) -> str:
    """Return the reason that differences speak for; empty where they are not enough."""
    fields = {each.field for each in found}
    for field, reason in _REASONS.items():
        if field in fields:
            return reason
    return _COMMON if len(fields & set(vocabulary().reasons[_COMMON].fields)) > 1 else ""


def _compared(findings: Iterable[Mapping[str, Any]]) -> Iterator[Difference]:
    for finding in findings:
        for feature in finding.get("features", ()):
            name = str(feature["name"])
            field = _FIELDS.get(name) or ("identifier" if name.startswith("identifier:") else "")
            subject, listed = feature.get("query") or "", feature.get("listed") or ""
            if field and feature["verdict"] == "conflict" and subject and listed:
                yield Difference(field, str(subject), str(listed))
            elif name == "name" and feature["verdict"] == "near":
                yield Difference("name_part", str(subject), str(listed))


def _kinds(findings: Iterable[Mapping[str, Any]], query: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield the kinds of both sides, where one is a person and the other is not."""
    kind = str(query.get("schema", ""))
    for finding in findings:
        listed = str(finding.get("schema", ""))
        exact = {kind, listed} & {"Person"} and not {kind, listed} & {"Thing", "LegalEntity", ""}
        if kind != listed and exact:
            yield Difference("entity_type", kind, listed)
