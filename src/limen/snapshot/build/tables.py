"""Turn the states of records into the columns of a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

import msgspec
import numpy as np

from limen import names
from limen.archive import ContentState, ListingRow, RecordStates
from limen.model import Instant, Interval, Party
from limen.model.identifiers import SCHEMES, identifiers
from limen.names import NameRow
from limen.snapshot.format import (
    ALWAYS,
    BASES,
    EXACT_NAME,
    NAME_KINDS,
    NEVER,
    SCHEMAS,
    StateBody,
    Terms,
    as_written,
    identifier_hash,
    save_array,
)
from limen.snapshot.strings import pack

_SCHEMA_CODES = {name: code for code, name in enumerate(SCHEMAS)}
_BASIS_CODES = {name: code for code, name in enumerate(BASES)}
#: Values remembered with their numbers' hashes: those of all lists today, in ten megabytes.
_NUMBERS = 1 << 16
_encode = msgspec.json.Encoder(order="sorted").encode

Span = tuple[int, int]
#: Day of a version -> part it did not have -> day of the version it was carried from.
Carried = Mapping[str, Mapping[str, str]]


class Tables:
    """The columns of a snapshot under construction, record by record."""

    def __init__(self) -> None:
        self._lists: list[int] = []
        self._schemas: list[int] = []
        self._records: list[str] = []
        self._first_state: list[int] = [0]
        self._first_listing: list[int] = [0]
        self._first_name: list[int] = [0]
        self._identifier_rows = 0
        self._state_spans: list[Span] = []
        self._state_bodies: list[bytes] = []
        self._listings: list[tuple[int, int, int, int, int, int, int]] = []
        self._terms: dict[bytes, int] = {}
        self._names: list[tuple[str, int, int, int]] = []
        self._name_rows: list[NameRow] = []
        self._identifier_hashes: list[int] = []
        self._identifier_parties: list[int] = []

    @property
    def counts(self) -> dict[str, int]:
        """Count the rows of each table, once they are saved."""
        return {
            "parties": len(self._records),
            "states": len(self._state_spans),
            "listings": len(self._listings),
            "names": len(self._names),
            "identifiers": self._identifier_rows,
        }

    def add(self, list_position: int, record: RecordStates, carried: Carried) -> None:
        """Add one record of one list with all its states and listings.

        ``carried`` maps the day of each version to the parts it did not have.
        """
        party = len(self._records)
        schema = record.states[-1].entry.schema or "LegalEntity"
        self._lists.append(list_position)
        self._schemas.append(_SCHEMA_CODES[schema])
        self._records.append(record.record_id)
        known = list(zip(record.states, _known_spans(record.states), strict=True))
        for state, span in known:
            self._add_state(party, schema, state, span, carried)
        for listing in record.listings:
            self._add_listing(party, listing)
        for (kind, text), spans in _name_spans(known).items():
            for known_from, known_to in spans:
                self._names.append((text, kind, known_from, known_to))
                self._name_rows.append(NameRow(party, text, kind, schema))
            self._add_identifiers(party, (identifier_hash(EXACT_NAME, as_written(text)),))
        self._first_state.append(len(self._state_spans))
        self._first_listing.append(len(self._listings))
        self._first_name.append(len(self._names))

    def _add_state(
        self, party: int, schema: str, state: ContentState, span: Span, carried: Carried
    ) -> None:
        entry = state.entry
        day = _day(state.known.start)
        body = StateBody(entry.properties, entry.extra, day, dict(carried.get(day, {})))
        self._state_spans.append(span)
        self._state_bodies.append(_encode(body))
        for name, values in entry.properties.items():
            if name in SCHEMES:
                for printed in values:
                    self._add_identifiers(party, _hashes(schema, name, printed))

    def _add_identifiers(self, party: int, hashes: Sequence[int]) -> None:
        self._identifier_hashes += hashes
        self._identifier_parties += (party,) * len(hashes)

    def _add_listing(self, party: int, listing: ListingRow) -> None:
        terms = _encode(Terms(listing.programmes, listing.measures, listing.acts))
        position = self._terms.setdefault(terms, len(self._terms))
        self._listings.append(
            (
                party,
                *_span(listing.applied),
                *_span(listing.known),
                _BASIS_CODES[listing.applied_basis],
                position,
            )
        )

    def save(self, folder: Path) -> None:
        """Write every column into an empty folder."""
        columns: dict[str, np.ndarray] = {
            "parties.list": np.array(self._lists, dtype=np.uint16),
            "parties.schema": np.array(self._schemas, dtype=np.uint8),
            "parties.states": np.array(self._first_state, dtype=np.int64),
            "parties.listings": np.array(self._first_listing, dtype=np.int64),
            "parties.names": np.array(self._first_name, dtype=np.int64),
            **_packed("parties.record", self._records),
            **_packed("states.body", self._state_bodies),
            **_packed("terms", self._terms),
            **self._span_columns(),
            **self._identifier_columns(),
            **_packed("names.text", [name[0] for name in self._names]),
            "names.party": np.array([row.party for row in self._name_rows], dtype=np.int32),
            "names.kind": np.array([name[1] for name in self._names], dtype=np.uint8),
            "names.known_from": np.array([name[2] for name in self._names], dtype=np.int64),
            "names.known_to": np.array([name[3] for name in self._names], dtype=np.int64),
        }
        index = names.build_index(self._name_rows, len(self._records))
        for name, values in (*columns.items(), *_prefixed("index", index)):
            save_array(folder, name, values)

    def _span_columns(self) -> dict[str, np.ndarray]:
        states = np.array(self._state_spans, dtype=np.int64).reshape(-1, 2)
        listings = np.array(self._listings, dtype=np.int64).reshape(-1, 7)
        return {
            "states.known_from": states[:, 0],
            "states.known_to": states[:, 1],
            "listings.party": listings[:, 0].astype(np.int32),
            "listings.applied_from": listings[:, 1],
            "listings.applied_to": listings[:, 2],
            "listings.known_from": listings[:, 3],
            "listings.known_to": listings[:, 4],
            "listings.basis": listings[:, 5].astype(np.uint8),
            "listings.terms": listings[:, 6].astype(np.int32),
        }

    def _identifier_columns(self) -> dict[str, np.ndarray]:
        """Sort identifiers by hash and party, each pair once."""
        hashes = np.array(self._identifier_hashes, dtype=np.int64)
        parties = np.array(self._identifier_parties, dtype=np.int32)
        order = np.lexsort((parties, hashes))
        hashes, parties = hashes[order], parties[order]
        first = np.ones(len(hashes), dtype=bool)
        first[1:] = (hashes[1:] != hashes[:-1]) | (parties[1:] != parties[:-1])
        self._identifier_rows = int(first.sum())
        return {"identifiers.hash": hashes[first], "identifiers.party": parties[first]}


@lru_cache(maxsize=_NUMBERS)
def _hashes(schema: str, name: str, printed: str) -> tuple[int, ...]:
    """Return the hashes of the numbers in a value; cached, as several lists print each."""
    party = Party(schema, {name: (printed,)})
    keys = (key for identifier in identifiers(party) for key in identifier.keys)
    return tuple(identifier_hash(*key) for key in keys)


@cache
def _day(start: Instant | None) -> str:
    """Return the ISO day a state is known from; cached, as thousands of states share each."""
    return str(start)


def _packed(name: str, texts: Iterable[str | bytes]) -> dict[str, np.ndarray]:
    offsets, blob = pack(texts)
    return {f"{name}.offsets": offsets, f"{name}.bytes": blob}


def _prefixed(prefix: str, arrays: Mapping[str, np.ndarray]) -> list[tuple[str, np.ndarray]]:
    return [(f"{prefix}.{name}", values) for name, values in arrays.items()]


def _span(interval: Interval) -> Span:
    start = interval.start.seconds if interval.start else ALWAYS
    return start, interval.end.seconds if interval.end else NEVER


def _known_spans(states: Sequence[ContentState]) -> list[Span]:
    """Return when each state was the newest: until the next, also after a removal.

    A removal ends a listing's effect, not what is known of the party: a query about an earlier
    day still needs its names.
    """
    if len(states) == 1:
        return [(_span(states[0].known)[0], NEVER)]
    starts = [_span(state.known)[0] for state in states]
    return list(zip(starts, [*starts[1:], NEVER], strict=True))


def _name_spans(known: Iterable[tuple[ContentState, Span]]) -> dict[tuple[int, str], list[Span]]:
    """Return when each name of a record was known, adjoining intervals joined."""
    spans: dict[tuple[int, str], list[Span]] = {}
    for state, (known_from, known_to) in known:
        properties = state.entry.properties
        for kind, field in enumerate(NAME_KINDS):
            for text in dict.fromkeys(properties[field]) if field in properties else ():
                name_spans = spans.setdefault((kind, text), [])
                if name_spans and name_spans[-1][1] == known_from:
                    name_spans[-1] = (name_spans[-1][0], known_to)
                else:
                    name_spans.append((known_from, known_to))
    return spans
