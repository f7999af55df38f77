"""Read FollowTheMoney JSON lines (OpenSanctions' entities or nested targets) into entries.

A line is an entity. Parties become entries; facts about them are in related entities, on lines
of their own before or after (``Sanction.entity``, ``Passport.holder``) or nested inside the
party: sanctions give programmes and dates, passports and identifications their numbers,
addresses their text. An entity with ``"target": false`` is there to explain another, and is not
listed. The file is read twice: once for the related entities, once for the parties.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from limen.lists.audit import Audit
from limen.lists.formats import Sources
from limen.lists.readers.ftm.related import (
    RELATED_SCHEMATA,
    RelatedFacts,
    collect,
    listing,
    text_of,
)
from limen.lists.source import Source
from limen.model import Entry, ListFormatError, PartialDate
from limen.model.schemata import MATCHABLE, properties
from limen.util.suggest import closest, did_you_mean

#: One entity; nested targets run to megabytes.
_MAX_LINE_BYTES = 64 << 20
_PARTIES = frozenset(MATCHABLE) - {"Address"}
#: FollowTheMoney's other schemata: links, documents and things that are no party.
_NOT_PARTIES = frozenset(
    {
        "Analyzable", "Article", "Assessment", "Associate", "Audio", "BankAccount", "Call",
        "CallForTenders", "Contract", "ContractAward", "CourtCase", "CourtCaseParty", "Debt",
        "Directorship", "Document", "Documentation", "EconomicActivity", "Email", "Employment",
        "Event", "Family", "Folder", "HyperText", "Image", "Interest", "Interval", "License",
        "Membership", "Mention", "Message", "Note", "Occupancy", "Ownership", "Package", "Page",
        "Pages", "Payment", "PlainText", "Position", "Post", "Project", "ProjectParticipant",
        "RealEstate", "Representation", "Risk", "Similar", "Succession", "Table", "TaxRoll",
        "Trip", "UnknownLink", "UserAccount", "Value", "Video", "Workbook",
    }
)  # fmt: skip
#: An export's fields about itself; ``last_seen`` changes with every export and means nothing.
_ABOUT = frozenset(
    {"id", "schema", "properties", "caption", "datasets", "referents", "target", "first_seen",
     "last_seen", "last_change"}
)  # fmt: skip

Entity = dict[str, Any]


def read(sources: Sources, audit: Audit) -> Iterator[Entry]:
    """Yield an entry for every party.

    Raises:
        ListFormatError: a line that is not an entity, an entity without id, or a schema that
            FollowTheMoney does not have.
    """
    source = sources["jsonl"]
    related: dict[str, RelatedFacts] = defaultdict(RelatedFacts)
    for where, entity in _entities(source):
        if entity["schema"] in RELATED_SCHEMATA:
            collect(entity, None, related, where=where, audit=audit)
    for where, entity in _entities(source):
        schema = entity["schema"]
        if schema in RELATED_SCHEMATA:
            continue
        if schema not in _PARTIES:
            audit.report_unread(f"{schema} (the whole entity)", where)
        elif entity.get("target") is False:
            audit.report_oddity("not a target", where)
        else:
            yield _Party(entity, related, where, audit).entry()


def _entities(source: Source) -> Iterator[tuple[str, Entity]]:
    decode = msgspec.json.Decoder().decode
    with source.open() as stream:
        number = 0
        while line := stream.readline(_MAX_LINE_BYTES):
            number += 1
            where = f"{source.name} line {number:,}"
            if len(line) >= _MAX_LINE_BYTES and not line.endswith(b"\n"):
                raise ListFormatError(
                    f"a line longer than {_MAX_LINE_BYTES:,} bytes",
                    where=where,
                    why="not an entity a line",
                )
            if not line.strip():
                continue
            try:
                wire = decode(line)
            except (msgspec.DecodeError, RecursionError) as error:
                if number == 1 and _is_json(line + stream.read(_MAX_LINE_BYTES)):
                    raise ListFormatError(
                        "a JSON document over several lines, not an entity a line",
                        where=where,
                        hint="give the entities.ftm.json of the version; an index names it",
                    ) from error
                raise ListFormatError(
                    f"not JSON, or nested too deep: {error}",
                    where=where,
                    why="a list cut short would clear everybody after the cut",
                    hint="fetch the file again",
                ) from error
            yield where, _entity(wire, where)


def _is_json(text: bytes) -> bool:
    try:
        msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _entity(wire: object, where: str) -> Entity:
    if not isinstance(wire, dict):
        raise ListFormatError(f"an entity is an object, not {type(wire).__name__}", where=where)
    if "op" in wire:
        raise ListFormatError(
            "a change to a list, not a list",
            where=where,
            hint="load the whole entities.ftm.json of the version",
        )
    if not isinstance(wire.get("id"), str) or not wire["id"]:
        raise ListFormatError(
            "the entity has no id",
            where=where,
            why="without it the record cannot be distinguished from others",
        )
    schema = wire.get("schema")
    if not isinstance(schema, str) or not (
        schema in _PARTIES or schema in RELATED_SCHEMATA or schema in _NOT_PARTIES
    ):
        raise ListFormatError(
            f"unknown schema {schema!r}",
            where=where,
            why="the party would not be screened",
            hint=did_you_mean(str(schema), _PARTIES),
        )
    if not isinstance(wire.get("properties"), dict):
        raise ListFormatError("the entity has no properties", where=where)
    return wire


class _Party:
    """One party, with its own properties and the facts about it in related entities."""

    def __init__(
        self, entity: Entity, related: Mapping[str, RelatedFacts], where: str, audit: Audit
    ) -> None:
        self._entity = entity
        self._related = related
        self._where = where
        self._audit = audit
        self._allowed = properties(entity["schema"])
        self._properties: dict[str, dict[str, None]] = {}
        self._extra: dict[str, dict[str, None]] = {}

    def entry(self) -> Entry:
        own = {self._entity["id"]: RelatedFacts()}
        for name, raw in self._entity["properties"].items():
            self._take(name, raw if isinstance(raw, list) else [raw], own)
        facts = self._related.get(self._entity["id"], RelatedFacts()).plus(own[self._entity["id"]])
        for name, value in facts.values(self._allowed):
            self._add(name, value)
        self._extra_of(facts)
        fields = listing(facts.sanctions)
        if not facts.sanctions:
            tags = self._properties.get("programId") or self._properties.get("program", {})
            fields["programmes"] = tuple(tags)
        return Entry(
            record_id=self._entity["id"],
            schema=self._entity["schema"],
            properties={name: tuple(values) for name, values in self._properties.items()},
            extra={name: tuple(values) for name, values in self._extra.items()},
            **fields,
        )

    def _take(self, name: str, values: list[Any], own: dict[str, RelatedFacts]) -> None:
        for value in values:
            if isinstance(value, dict) and name not in self._allowed:
                self._nested(name, value, own)
                continue
            text = text_of(value, where=f"{self._where}: {name}")
            self._audit.taken[f"{self._entity['schema']}.{name}"] += bool(text)
            if name == "addressEntity":
                self._address(text)
            elif name in self._allowed:
                self._add(name, text)
            elif text:
                self._keep(name, text)
                near = closest(name, self._allowed)
                hint = f"; did you mean {near}?" if near else ""
                self._audit.report_unread(f"{self._entity['schema']}.{name}{hint}", self._where)

    def _nested(self, name: str, value: Entity, own: dict[str, RelatedFacts]) -> None:
        where = f"{self._where}: {name}"
        if value.get("schema") in RELATED_SCHEMATA:
            collect(value, self._entity["id"], own, where=where, audit=self._audit)
        else:
            schema = value.get("schema")
            self._audit.report_unread(f"{self._entity['schema']}.{name}: {schema}", where)

    def _address(self, reference: str) -> None:
        address_facts = self._related.get(reference)
        if address_facts is None:
            self._keep("addressEntity", reference)
            self._audit.report_oddity("addressEntity not in the file", self._where)
            return
        for address in address_facts.addresses:
            self._add("address", address)

    def _add(self, name: str, value: str) -> None:
        if not (value := " ".join(value.split())):
            return
        if self._allowed[name] == "date":
            try:
                value = str(PartialDate.parse(value[:10] if "T" in value else value))
            except ValueError:
                self._audit.report_oddity(f"{name} not a date", self._where)
                self._keep(name, value)
                return
        self._properties.setdefault(name, {})[value] = None

    def _keep(self, name: str, value: str) -> None:
        self._extra.setdefault(name, {})[value] = None

    def _extra_of(self, facts: RelatedFacts) -> None:
        for name in self._entity.keys() - _ABOUT:
            self._audit.report_unread(name, self._where)
        datasets = self._entity.get("datasets") or ()
        for dataset in datasets if isinstance(datasets, list) else (datasets,):
            self._keep("datasets", str(dataset))
        for name, value in facts.remarks():
            self._keep(name, value)
