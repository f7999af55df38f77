"""Encode the content of a record as canonical bytes, so that equal content has an equal hash.

The bytes are JSON with sorted keys and without empty fields. The record's id and its part are
in the row that refers to the content, so that a record that did not change from one version
to the next costs no more than that row. Values keep the publisher's order, because the first
name is the one to display.
"""

from __future__ import annotations

import zlib
from hashlib import sha256

import msgspec

from limen.model import WHOLE, ArchiveError, Entry, Properties


class Content(msgspec.Struct, frozen=True, omit_defaults=True):
    """The fields of an :class:`~limen.model.Entry` without its id and part."""

    schema: str | None = None
    properties: Properties = {}
    programmes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    listed_on: str | None = None
    delisted_on: str | None = None
    extra: Properties = {}


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Content)


def encode(entry: Entry) -> tuple[bytes, bytes]:
    """Return the SHA-256 of an entry's content, and its canonical bytes."""
    body = _encoder.encode(
        Content(
            entry.schema,
            _filled(entry.properties),
            entry.programmes,
            entry.measures,
            entry.acts,
            entry.listed_on,
            entry.delisted_on,
            _filled(entry.extra),
        )
    )
    return sha256(body).digest(), body


def _filled(values: Properties) -> dict[str, tuple[str, ...]]:
    if all(values.values()):
        return dict(values)
    return {name: texts for name, texts in values.items() if texts}


#: Deflate's level, method, window and memory: a record is short, and zlib's own window of
#: 32 KiB takes four times as long to lay out for the same result.
_DEFLATE = (6, zlib.DEFLATED, 12, 6)


#: Bytes; a shorter body shrinks too little for the time it takes.
_DEFLATED_FROM = 512


def pack(body: bytes) -> bytes:
    """Return canonical bytes as stored: deflated where that saves; the first byte tells which."""
    if len(body) < _DEFLATED_FROM:
        return body
    deflate = zlib.compressobj(*_DEFLATE)
    packed = deflate.compress(body) + deflate.flush()
    return packed if len(packed) < len(body) else body


def unpack(stored: bytes) -> bytes:
    """Return the canonical bytes of stored ones.

    Raises:
        ArchiveError: the stored bytes are damaged.
    """
    if stored[:1] == b"{":
        return stored
    try:
        return zlib.decompress(stored)
    except zlib.error as error:
        raise damaged(f"a record's content cannot be read: {error}") from error


def decode(stored: bytes, digest: bytes) -> Content:
    """Read stored bytes of which the canonical ones have this SHA-256.

    Raises:
        ArchiveError: the stored bytes are damaged.
    """
    body = unpack(stored)
    if sha256(body).digest() != digest:
        raise damaged("a record's content is not what was stored: its hash differs")
    return _decoder.decode(body)


def to_entry(record_id: str, content: Content, part: str = WHOLE) -> Entry:
    """Return the entry of a record with this content."""
    return Entry(
        record_id,
        part,
        content.schema,
        content.properties,
        content.programmes,
        content.measures,
        content.acts,
        content.listed_on,
        content.delisted_on,
        content.extra,
    )


def damaged(what: str) -> ArchiveError:
    """Return the error for a row that is not as it was stored."""
    return ArchiveError(
        what,
        where="the archive",
        why="answers resting on it would not be those of the publisher",
        hint="restore the archive from a copy, or move it away and load the lists again; "
        "`limen archive verify` checks all of it",
    )
