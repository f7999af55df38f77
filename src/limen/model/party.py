"""A party and its wire form, FollowTheMoney JSON.

Reading is strict about shape and lenient about words: what cannot be used is never dropped,
it becomes a :class:`Notice` in the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from itertools import chain
from typing import Any

import msgspec

from limen.model.errors import InputError
from limen.model.partial_date import PartialDate
from limen.model.schemata import (
    known_schema,
    properties,
    suggest_property,
    suggest_schema,
)
from limen.util.lazy_patterns import lazy

Properties = Mapping[str, tuple[str, ...]]

#: Half of a pair of UTF-16: no letter, and nothing can write it out.
_LONE = lazy("[\ud800-\udfff]")

#: Properties of an Address that many write among the party's own.
ADDRESS_PARTS = frozenset(
    ["full", "street", "street2", "postOfficeBox", "city", "postalCode", "region", "state",
     "latitude", "longitude"]
)  # fmt: skip


class Notice(msgspec.Struct, frozen=True, gc=False):
    """Represents something that was not used as given, and what to do about it.

    ``code`` is stable (``unknown-property``); ``field`` names the property, if any.
    """

    code: str
    message: str
    field: str = ""

    def to_dict(self) -> dict[str, str]:
        return {"code": self.code, "message": self.message, "field": self.field}


class Party(msgspec.Struct, frozen=True, gc=False):
    """Represents a person, company, organisation, vessel, aircraft or wallet.

    ``properties`` holds FollowTheMoney properties, each a tuple of strings as the source
    wrote them; dates are partial ISO dates. ``first_seen`` and ``last_seen`` are ISO dates.
    ``addresses`` are embedded Address objects, each by its properties.
    """

    schema: str
    properties: Properties
    id: str = ""
    datasets: tuple[str, ...] = ()
    first_seen: str | None = None
    last_seen: str | None = None
    addresses: tuple[Properties, ...] = ()

    def values(self, *names: str) -> tuple[str, ...]:
        """Return all values of the named properties, in that order, each once."""
        given = [self.properties[name] for name in names if name in self.properties]
        if not given:
            return ()
        if len(given) == 1:  # nearly always, and most often a single value
            values = given[0]
            return tuple(values) if len(values) < 2 else tuple(dict.fromkeys(values))
        return tuple(dict.fromkeys(chain.from_iterable(given)))

    @property
    def caption(self) -> str:
        """Return the name to display: the first name, else alias, else the id."""
        for name in ("name", "alias", "previousName", "weakAlias", "full", "publicKey"):
            if self.properties.get(name):
                return self.properties[name][0]
        return self.id

    def to_ftm(self) -> dict[str, Any]:
        """Return the FollowTheMoney JSON object."""
        wire: dict[str, Any] = {
            "id": self.id,
            "caption": self.caption,
            "schema": self.schema,
            "properties": {name: list(values) for name, values in self.properties.items()},
        }
        if self.addresses:
            wire["properties"]["addressEntity"] = [
                {"schema": "Address", "properties": {name: list(v) for name, v in each.items()}}
                for each in self.addresses
            ]
        if self.datasets:
            wire["datasets"] = list(self.datasets)
        if self.first_seen:
            wire["first_seen"] = self.first_seen
        if self.last_seen:
            wire["last_seen"] = self.last_seen
        return wire


def party_id_of(record: str) -> str:
    """Return the id of the party that a record, ``list:record``, was the first of.

    A party has the id of its oldest record, and the ids of its others lead to it.
    """
    return f"p{sha256(record.encode()).hexdigest()[:12]}"


class PartyReading(msgspec.Struct):
    """Represents a party as it was read, and the notices about the reading."""

    party: Party
    notices: list[Notice] = []


def read_party(wire: Mapping[str, Any], *, where: str = "party") -> PartyReading:
    """Read FollowTheMoney JSON, with a notice for everything that cannot be used.

    Values may be a string or a list; numbers become strings. An unknown property stays out
    of the comparison and in the notices, with the property that was probably meant; those of an
    Address (``city``, ``postalCode``) become one that is embedded.

    Raises:
        InputError: not an object, an unknown schema, or values that are not text.
    """
    if not isinstance(wire, Mapping):
        raise InputError(f"a party is a JSON object, not {type(wire).__name__}", where=where)
    schema = wire.get("schema", "Thing")
    if not isinstance(schema, str) or not known_schema(schema):
        near = suggest_schema(str(schema))
        raise InputError(
            f"unknown schema {schema!r}",
            where=f"{where}: schema",
            hint=f"did you mean {near}?" if near else "use Person, Company, Organization, Vessel",
        )
    given = wire.get("properties", {})
    if not isinstance(given, Mapping):
        raise InputError("properties is not an object", where=f"{where}: properties")
    notices: list[Notice] = []
    by_name, addresses = _read_properties(schema, given, where, notices)
    if schema == "Person" and "name" not in by_name:
        joined = _joined_name(by_name)
        if joined:
            by_name["name"] = (joined,)
    return PartyReading(
        Party(
            schema=schema,
            properties={name: values for name, values in by_name.items() if values},
            id=str(wire.get("id") or ""),
            datasets=_texts(wire.get("datasets", ()), where=f"{where}: datasets"),
            first_seen=_optional(wire.get("first_seen")),
            last_seen=_optional(wire.get("last_seen")),
            addresses=addresses,
        ),
        notices,
    )


def _read_properties(
    schema: str, given: Mapping[str, Any], where: str, notices: list[Notice]
) -> tuple[dict[str, tuple[str, ...]], tuple[Properties, ...]]:
    """Read the properties of a schema, and the addresses among them."""
    by_name: dict[str, tuple[str, ...]] = {}
    parts: dict[str, tuple[str, ...]] = {}
    addresses: tuple[Properties, ...] = ()
    allowed = properties(schema)
    for name, raw in given.items():
        if name == "addressEntity":
            addresses = _embedded(raw, f"{where}: properties.addressEntity", notices)
            continue
        values = _texts(raw, where=f"{where}: properties.{name}")
        kind = allowed.get(name)
        if kind is None and name in ADDRESS_PARTS:
            parts[name] = values
        elif kind is None:
            notices.append(_unknown(schema, name))
        elif kind == "date":
            by_name[name] = _dates(name, values, notices)
        else:
            by_name[name] = values
    return by_name, (*addresses, *([parts] if parts else []))


def _embedded(raw: Any, where: str, notices: list[Notice]) -> tuple[Properties, ...]:
    """Read the Address objects of ``addressEntity``; an id instead of one becomes a notice.

    Raises:
        InputError: a property of one is not text, or is an address itself.
    """
    found = []
    for item in raw if isinstance(raw, (list, tuple)) else (raw,):
        if isinstance(item, Mapping):
            plain = {name: item[name] for name in item if name in properties("Address")}
            parts = item.get("properties", plain)
            if isinstance(parts, Mapping) and "addressEntity" in parts:
                raise InputError(
                    "an address holds another address", where=where, hint="give them side by side"
                )
            reading = read_party({"schema": "Address", "properties": parts}, where=where)
            notices += reading.notices
            found.append(reading.party.properties)
        elif item is not None:
            what = f"{item!r} refers to an address that is not here; give the Address itself"
            notices.append(Notice("unread-address", what, "addressEntity"))
    return tuple(each for each in found if each)


def _unknown(schema: str, name: str) -> Notice:
    near = suggest_property(schema, name)
    hint = f"; did you mean {near}?" if near else ""
    return Notice(
        "unknown-property", f"{schema} has no property {name!r}, so it was not compared{hint}", name
    )


def _texts(raw: Any, *, where: str) -> tuple[str, ...]:
    if isinstance(raw, str):  # nearly always
        text = raw.strip()
        return (_whole(text),) if text else ()
    if raw is None:
        return ()
    items: Iterable[Any] = raw if isinstance(raw, (list, tuple)) else (raw,)
    found: dict[str, None] = {}
    for item in items:
        if item is None:
            continue
        if isinstance(item, bool) or not isinstance(item, (str, int, float)):
            raise InputError(
                f"a value is text, not {type(item).__name__}",
                where=where,
                hint="give a string or a list of strings",
            )
        text = str(item).strip()
        if text:
            found[_whole(text)] = None
    return tuple(found)


def _whole(text: str) -> str:
    """Return a text that can be written out."""
    return text if text.isascii() else _LONE.sub("\ufffd", text)


def _dates(name: str, values: tuple[str, ...], notices: list[Notice]) -> tuple[str, ...]:
    dates = []
    for value in values:
        try:
            dates.append(str(PartialDate.parse(value[:10] if "T" in value else value)))
        except ValueError as error:
            notices.append(Notice("unreadable-date", f"{error}; it was not compared", name))
    return tuple(dates)


def _joined_name(by_name: Mapping[str, tuple[str, ...]]) -> str:
    order = ("firstName", "secondName", "middleName", "fatherName", "lastName")
    return " ".join(by_name[part][0] for part in order if by_name.get(part))


def _optional(value: Any) -> str | None:
    return str(value) if value else None
