"""Collect facts about parties from related FollowTheMoney entities.

Sanctions, documents and addresses refer to a party, or are nested in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, MutableMapping
from dataclasses import dataclass, field
from typing import Any, TypedDict

from limen.lists.audit import Audit
from limen.model import ListFormatError, PartialDate

#: Schema of a related entity -> its property that names the party.
RELATED_SCHEMATA = {
    "Sanction": "entity",
    "Passport": "holder",
    "Identification": "holder",
    "Address": "",
}
_ADDRESS_PARTS = (
    "postOfficeBox",
    "street",
    "street2",
    "city",
    "postalCode",
    "region",
    "state",
    "country",
)
#: Properties of an address that are read; ``full`` has them all, and remarks say nothing of it.
_ADDRESS_READ = frozenset({*_ADDRESS_PARTS, "full", "remarks", "modifiedAt", "retrievedAt"})
#: What FollowTheMoney lets every dated record say.
_INTERVAL = (
    "startDate", "endDate", "date", "summary", "description", "recordId", "sourceUrl", "publisher",
    "publisherUrl", "alephUrl", "index", "namesMentioned", "modifiedAt", "retrievedAt", "proof",
)  # fmt: skip
_DOCUMENT = frozenset(
    {*_INTERVAL, "holder", "type", "country", "number", "authority", "passportNumber", "birthDate",
     "birthPlace", "gender", "personalNumber", "surname", "givenName"}
)  # fmt: skip
#: Properties of related entities that are read or retained; another one is reported.
_KNOWN = {
    "Address": _ADDRESS_READ,
    "Sanction": frozenset(
        {*_INTERVAL, "entity", "authority", "authorityId", "unscId", "program", "programId",
         "programUrl", "provisions", "status", "duration", "reason", "country", "listingDate"}
    ),
    "Passport": _DOCUMENT,
    "Identification": _DOCUMENT,
}  # fmt: skip
#: Values of JSON that are no text, in words.
_KINDS = {dict: "an object", list: "a list", bool: "a truth value"}
#: Fields of a sanction that have a place in the entry, or change with every export.
_READ = frozenset({"entity", "program", "programId", "provisions", "modifiedAt", "retrievedAt"})

Texts = dict[str, tuple[str, ...]]


class ListingFields(TypedDict):
    """The fields of an entry that sanctions decide."""

    programmes: tuple[str, ...]
    measures: tuple[str, ...]
    acts: tuple[str, ...]
    listed_on: str | None
    delisted_on: str | None


@dataclass(slots=True)
class RelatedFacts:
    """The sanctions, documents and addresses of one party, or the text of one address."""

    sanctions: list[Texts] = field(default_factory=list)
    documents: list[tuple[str, Texts]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def plus(self, other: RelatedFacts) -> RelatedFacts:
        """Return the facts of both."""
        return RelatedFacts(
            self.sanctions + other.sanctions,
            self.documents + other.documents,
            self.addresses + other.addresses,
        )

    def values(self, allowed: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yield ``(property, value)`` for the party: addresses, and the numbers of documents."""
        for address in self.addresses:
            yield "address", address
        for schema, document in self.documents:
            preferred = "passportNumber" if schema == "Passport" else "idNumber"
            places = (preferred, "idNumber", "registrationNumber", "notes")
            name = next(place for place in places if place in allowed)
            for number in document.get("number", ()) + document.get("passportNumber", ()):
                yield name, number

    def remarks(self) -> Iterator[tuple[str, str]]:
        """Yield ``(Sanction.field, value)`` for values that have no place in an entry."""
        for schema, texts in (
            *(("Sanction", sanction) for sanction in self.sanctions),
            *self.documents,
        ):
            for name, values in texts.items():
                if name not in _READ and name != RELATED_SCHEMATA[schema]:
                    for value in values:
                        yield f"{schema}.{name}", value


def collect(
    entity: dict[str, Any],
    party: str | None,
    facts: MutableMapping[str, RelatedFacts],
    *,
    where: str,
    audit: Audit,
) -> None:
    """Add the facts of a related entity to the party it names, or the one it is nested in.

    Addresses are filed under their own id: a party refers to them.

    Raises:
        ListFormatError: a value that is no text, or a day of a sanction that is none.
    """
    texts = _texts(entity, where)
    schema = entity["schema"]
    audit.taken.update(f"{schema}.{name}" for name in texts)
    for name in sorted(texts.keys() - _KNOWN[schema]):
        audit.report_unread(f"{schema}.{name}", where)
    if schema == "Address":
        _file(facts, party or str(entity["id"])).addresses.append(_full(texts))
        return
    holders = (party,) if party else texts.get(RELATED_SCHEMATA[schema], ())
    for holder in holders:
        if schema == "Sanction":
            _check_days(texts, where)
            _file(facts, holder).sanctions.append(texts)
        else:
            _file(facts, holder).documents.append((schema, texts))


def listing(sanctions: list[Texts]) -> ListingFields:
    """Return the programmes, measures, acts and days of all sanctions together.

    The listing begins with the first sanction in force, and ends with the last when every one
    has an end. A programme's name is the act where the programme has a key of its own.
    """
    in_force = [sanction for sanction in sanctions if not sanction.get("endDate")]
    starts = [min(days) for sanction in in_force or sanctions if (days := _starts(sanction))]
    ends = [max(sanction["endDate"]) for sanction in sanctions if sanction.get("endDate")]
    return ListingFields(
        programmes=_all(sanctions, lambda one: one.get("programId") or one.get("program", ())),
        measures=_all(sanctions, lambda one: one.get("provisions", ())),
        acts=_all(sanctions, lambda one: one.get("program", ()) if "programId" in one else ()),
        listed_on=min(starts, default=None),
        delisted_on=max(ends, default=None) if not in_force else None,
    )


def _starts(sanction: Texts) -> tuple[str, ...]:
    return sanction.get("startDate") or sanction.get("listingDate", ())


def _all(sanctions: list[Texts], take: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for sanction in sanctions for value in take(sanction)))


def text_of(value: object, *, where: str) -> str:
    """Return a value as text; ``""`` for null.

    Raises:
        ListFormatError: an object, a list or a truth value, which name nobody.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ListFormatError(
            f"a text is expected, not {_KINDS[type(value)]}",
            where=where,
            why="what is printed of it would be compared, and is nobody's",
            hint="give each value as a text of its own",
        )
    return str(value)


def _texts(entity: dict[str, Any], where: str) -> Texts:
    """Return the properties as texts; a nested entity is represented by its id."""
    properties: Texts = {}
    for name, raw in (entity.get("properties") or {}).items():
        values = raw if isinstance(raw, list) else [raw]
        place = f"{where}: {entity['schema']}.{name}"
        texts = (text_of(_id_of(value), where=place) for value in values)
        properties[name] = tuple(text for text in texts if text)
    return {name: values for name, values in properties.items() if values}


def _id_of(value: object) -> object:
    """Return the id of a nested entity; any other value as it is."""
    return value["id"] if isinstance(value, dict) and "id" in value else value


def _full(address: Texts) -> str:
    if "full" in address:
        return address["full"][0]
    return ", ".join(value for part in _ADDRESS_PARTS for value in address.get(part, ()))


def _file(facts: MutableMapping[str, RelatedFacts], key: str) -> RelatedFacts:
    return facts.setdefault(key, RelatedFacts())


def _check_days(sanction: Texts, where: str) -> None:
    for name in ("startDate", "endDate", "listingDate"):
        try:
            days = tuple(str(PartialDate.parse(day[:10])) for day in sanction.get(name, ()))
        except ValueError as error:
            raise ListFormatError(
                str(error),
                where=f"{where}: Sanction.{name}",
                why="the listing would apply on the wrong days",
            ) from error
        if days:
            sanction[name] = days
