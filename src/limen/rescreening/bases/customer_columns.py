"""Turn the parties of a portfolio into the columns of a base, customer by customer."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from xxhash import xxh3_128_digest

from limen.model import LimenError
from limen.names import Matcher, NameRow, build_index, matcher_named, word_arrays
from limen.rescreening.bases.base_format import PLACED, QUALIFIERS
from limen.screening.findings import PartyQuery
from limen.screening.kinds import in_any_order
from limen.screening.party_addresses import gives_a_place
from limen.screening.query.contained_names import keys_inside
from limen.screening.query.read_query import read_one
from limen.snapshot.format import as_written, identifier_hash
from limen.snapshot.strings import pack

Columns = dict[str, NDArray[Any]]

#: The spaces of hashes under which a whole name is filed: as it is written, or a listed name inside
#: it; and with its words in another order.
WRITTEN, TURNED = "written", "turned"
#: In the order of the file: an answer names the first property that has a name.
_encode = msgspec.json.Encoder().encode


class Customer(NamedTuple):
    """One customer as read from the file: its id, its line, and its party."""

    key: str
    line: int
    party: Mapping[str, Any]


class ReadCustomer(NamedTuple):
    """What the columns hold of one customer."""

    key: str
    line: int
    party: bytes
    gives: int
    schema: str
    names: tuple[str, ...]
    written: tuple[int, ...]
    numbers: tuple[int, ...]


def read_customers(customers: Sequence[Customer], matcher: str) -> list[ReadCustomer | LimenError]:
    """Read some customers, in any process; in place of one that cannot be read is the reason."""
    chosen = matcher_named(matcher)
    return [_read(customer, chosen) for customer in customers]


def _read(customer: Customer, matcher: Matcher) -> ReadCustomer | LimenError:
    try:
        query = read_one(customer.party, where="party").query
    except LimenError as error:
        return error
    schema = query.profile.party.schema
    readings = (
        reading for name in query.compared_names for reading in matcher.readings(name, schema)
    )
    numbers = {identifier_hash(*key) for each in query.profile.numbers for key in each.keys}
    return ReadCustomer(
        customer.key, customer.line, _encode(customer.party), _gives(query), schema,
        tuple(dict.fromkeys(readings)), tuple(_keys_of(query)), tuple(numbers),
    )  # fmt: skip


class CustomerColumns:
    """The columns of a base under construction."""

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._parties: list[bytes] = []
        self._lines = array("i")
        self._gives = array("B")
        self._owners = array("i")
        self._texts: list[str] = []
        self._schemas: list[str] = []
        self._written = _Filed()
        self._numbers = _Filed()

    def __len__(self) -> int:
        return len(self._parties)

    def add(self, read: ReadCustomer) -> None:
        """Add one customer."""
        customer = len(self._parties)
        self._keys.append(read.key)
        self._parties.append(read.party)
        self._lines.append(read.line)
        self._gives.append(read.gives)
        for name in read.names:
            self._owners.append(customer)
            self._texts.append(name)
            self._schemas.append(read.schema)
        self._written.add(customer, read.written)
        self._numbers.add(customer, read.numbers)

    def columns(self) -> Columns:
        """Return every column by its name."""
        rows = map(NameRow, self._owners, self._texts, iter(int, 1), self._schemas)
        digests = b"".join(map(xxh3_128_digest, self._parties))
        index = build_index(rows, len(self))
        return {
            **_packed("customers.key", self._keys),
            **_packed("customers.party", self._parties),
            "customers.digest": np.frombuffer(digests, dtype=">u8").astype("u8").reshape(-1, 2),
            "customers.line": np.asarray(self._lines, dtype="i4"),
            "customers.gives": np.asarray(self._gives, dtype="u1"),
            **self._written.columns("written"),
            **self._numbers.columns("numbers"),
            **_prefixed("names", index),
            **_prefixed("words", word_arrays(index)),
        }


class _Filed:
    """Customers by hashes."""

    def __init__(self) -> None:
        self._hashes = array("q")
        self._customers = array("i")

    def add(self, customer: int, hashes: Sequence[int]) -> None:
        self._hashes.extend(hashes)
        self._customers.extend([customer] * len(hashes))

    def columns(self, name: str) -> Columns:
        hashes = np.asarray(self._hashes, dtype="i8")
        customers = np.asarray(self._customers, dtype="i4")
        order = np.argsort(hashes, kind="stable")
        return {f"{name}.hash": hashes[order], f"{name}.customer": customers[order]}


def _gives(query: PartyQuery) -> int:
    """Return the bits of what a customer gives that adds to the score of a name, or places it."""
    profile = query.profile
    bits = sum(1 << bit for bit, kind in enumerate(QUALIFIERS) if profile.first(kind))
    return bits | (PLACED if gives_a_place(profile.party) else 0)


def _keys_of(query: PartyQuery) -> set[int]:
    written = {*map(as_written, query.names), *keys_inside(query.compared_names)}
    turned = filter(None, (in_any_order(as_written(name)) for name in query.names))
    return {
        *(identifier_hash(WRITTEN, key) for key in written),
        *(identifier_hash(TURNED, key) for key in turned),
    }


def _prefixed(table: str, arrays: Mapping[str, NDArray[Any]]) -> Columns:
    return {f"{table}.{name}": values for name, values in arrays.items()}


def _packed(name: str, texts: list[Any]) -> Columns:
    offsets, blob = pack(texts)
    return {f"{name}.offsets": offsets, f"{name}.bytes": blob}
