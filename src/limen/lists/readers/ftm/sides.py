"""What other FollowTheMoney entities say of a party: sanctions, documents, addresses."""

from __future__ import annotations

from collections.abc import Collection, Iterator, MutableMapping
from dataclasses import dataclass, field
from typing import Any, TypedDict

from limen.model import ListFormatError, PartialDate

#: Side schema -> the property that names the party.
SIDES = {"Sanction": "entity", "Passport": "holder", "Identification": "holder", "Address": ""}
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
#: What of a sanction has a place in the entry, or changes with every export and means nothing.
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
class Sides:
    """Everything said of one party, or of one address, by its id."""

    sanctions: list[Texts] = field(default_factory=list)
    documents: list[tuple[str, Texts]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def plus(self, other: Sides) -> Sides:
        """Both together."""
        return Sides(
            self.sanctions + other.sanctions,
            self.documents + other.documents,
            self.addresses + other.addresses,
        )

    def values(self, allowed: Collection[str]) -> Iterator[tuple[str, str]]:
        """``(property, value)`` for the party; a document's number where its kind has a place."""
        for address in self.addresses:
            yield "address", address
        for schema, document in self.documents:
            wanted = "passportNumber" if schema == "Passport" else "idNumber"
            places = (wanted, "idNumber", "registrationNumber", "notes")
            name = next(place for place in places if place in allowed)
            for number in document.get("number", ()) + document.get("passportNumber", ()):
                yield name, number

    def remarks(self) -> Iterator[tuple[str, str]]:
        """``(Sanction.field, value)``: what has no place in an entry."""
        for schema, said in (*(("Sanction", each) for each in self.sanctions), *self.documents):
            for name, values in said.items():
                if name not in _READ and name != SIDES[schema]:
                    for value in values:
                        yield f"{schema}.{name}", value


def said_of(
    entity: dict[str, Any],
    party: str | None,
    sides: MutableMapping[str, Sides],
    *,
    where: str,
) -> None:
    """File what a side entity says under the party it names, or the one it is nested in.

    Addresses are filed under their own id: a party refers to them.
    """
    said = _texts(entity)
    schema = entity["schema"]
    if schema == "Address":
        _file(sides, party or str(entity["id"])).addresses.append(_full(said))
        return
    holders = (party,) if party else said.get(SIDES[schema], ())
    for holder in holders:
        if schema == "Sanction":
            _check_days(said, where)
            _file(sides, holder).sanctions.append(said)
        else:
            _file(sides, holder).documents.append((schema, said))


def listing(sanctions: list[Texts]) -> ListingFields:
    """Programmes, measures, acts and days of all sanctions together.

    It begins with the first sanction still standing, and ends with the last when every one has
    an end. A programme's name is the act where the programme has a key of its own.
    """
    standing = [each for each in sanctions if not each.get("endDate")]
    starts = [min(days) for each in standing or sanctions if (days := _starts(each))]
    ends = [max(each["endDate"]) for each in sanctions if each.get("endDate")]
    return ListingFields(
        programmes=_all(sanctions, lambda each: each.get("programId") or each.get("program", ())),
        measures=_all(sanctions, lambda each: each.get("provisions", ())),
        acts=_all(sanctions, lambda each: each.get("program", ()) if "programId" in each else ()),
        listed_on=min(starts, default=None),
        delisted_on=max(ends, default=None) if not standing else None,
    )


def _starts(sanction: Texts) -> tuple[str, ...]:
    return sanction.get("startDate") or sanction.get("listingDate", ())


def _all(sanctions: list[Texts], take: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for each in sanctions for value in take(each)))


def _texts(entity: dict[str, Any]) -> Texts:
    """The properties as texts; a nested object stands for its id."""
    found: Texts = {}
    for name, raw in (entity.get("properties") or {}).items():
        values = raw if isinstance(raw, list) else [raw]
        texts = (str(value.get("id", "") if isinstance(value, dict) else value) for value in values)
        found[name] = tuple(text for text in texts if text)
    return {name: values for name, values in found.items() if values}


def _full(address: Texts) -> str:
    if "full" in address:
        return address["full"][0]
    return ", ".join(value for part in _ADDRESS_PARTS for value in address.get(part, ()))


def _file(sides: MutableMapping[str, Sides], key: str) -> Sides:
    return sides.setdefault(key, Sides())


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
