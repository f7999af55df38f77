"""Define what a version of a customer base is on disk: a manifest and a folder of arrays.

Each array is a file with its hash, as in a snapshot (:mod:`limen.snapshot.format`); a customer is
its position. Columns:

=========== ==============================================================================
customers   ``key`` and ``party`` (packed strings: the customer's id, and its FollowTheMoney
            object), ``digest`` (128 bits of that object, as two numbers), ``line`` (of the
            file) and ``gives`` (bits: what of :data:`QUALIFIERS` the customer gives)
names       the arrays of a name index over all names that are compared word by word
words       which names have each word: see ``limen.names.index.reverse_search``
written     ``hash`` (sorted), ``customer``: every key under which a whole name may be looked up
numbers     ``hash`` (sorted), ``customer``: every identifier
=========== ==============================================================================

``refused.jsonl`` has the rows that could not be read, each with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import msgspec

from limen.batch.row_party import Columns
from limen.model import InputError
from limen.snapshot.format import FileInfo

#: Goes up when an engine could misread a base made before.
FORMAT = 1
MANIFEST = "manifest.json"
REFUSED = "refused.jsonl"

#: What a customer may give that adds to the score of a name, in the order of the bits; the last
#: bit is for what places a customer: an address, a country, a birthplace.
QUALIFIERS = ("dates", "countries", "birth_places", "addresses")
PLACED = 1 << len(QUALIFIERS)


class SourceInfo(msgspec.Struct, frozen=True):
    """The file that a version was compiled from: its name, hash and size."""

    name: str
    sha256: str
    bytes: int


class BaseManifest(msgspec.Struct, frozen=True):
    """The table of contents of one version of a base.

    ``id`` is the hash of everything else but ``built_at``: the same file compiled twice by the same
    engine is the same version. ``names`` is the digest of the tables that names were read with.
    """

    format: int
    id: str
    base: str
    built_at: str
    engine: str
    matcher: str
    names: str
    source: SourceInfo
    columns: Columns
    keyed_by: str
    counts: Mapping[str, int]
    files: Mapping[str, FileInfo]


class RefusedRow(msgspec.Struct, frozen=True):
    """A row of the file that is not in the base, and why."""

    line: int
    reason: str


def base_id(manifest: BaseManifest) -> str:
    """Return a version's name: the first 16 hexadecimal digits of its content's hash."""
    neutral = msgspec.structs.replace(manifest, id="", built_at="")
    return sha256(msgspec.json.encode(neutral, order="sorted")).hexdigest()[:16]


def source_info(path: Path) -> SourceInfo:
    """Hash and measure the user's file.

    Raises:
        InputError: it cannot be read.
    """
    digest, size = sha256(), 0
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
                size += len(chunk)
    except OSError as error:
        raise InputError(
            f"it cannot be read: {error.strerror or error}",
            where=str(path),
            hint="name a file that is there and that you may read",
            unchanged="the base stays as it was",
        ) from error
    return SourceInfo(path.name, digest.hexdigest(), size)
