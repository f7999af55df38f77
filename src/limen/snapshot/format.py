"""Define what a snapshot is on disk: a manifest and a folder of arrays, each with its hash.

A snapshot answers for every date: each name, state and listing has the seconds from which and
until which it held (``applied``) and could be known (``known``), half-open, so that a query
filters by comparison alone. ``ALWAYS`` and ``NEVER`` are the open ends.

Tables, one ``.npy`` file a column:

========== ==============================================================================
parties    one row a list's record: ``list`` (position in the manifest), ``schema``
           (position in ``SCHEMAS``), ``record`` (packed strings), ``states``, ``listings``
           and ``names`` (first row in those tables; one entry more than parties)
states     what the list publishes of the party: ``known_from``, ``known_to``, ``body``
           (packed JSON of :class:`StateBody`)
listings   when and why it is listed: ``party``, ``applied_from``, ``applied_to``,
           ``known_from``, ``known_to``, ``basis`` (position in ``BASES``), ``terms``
           (position in ``terms``, packed JSON of :class:`Terms`)
names      every name of every party: ``party``, ``kind`` (position in ``NAME_KINDS``),
           ``known_from``, ``known_to``, ``text`` (packed strings)
identifiers  ``hash`` (sorted), ``party``: see :func:`identifier_hash`; every name is filed
           here too, as it is written, in the space ``EXACT_NAME``
identity   who is whom: ``first`` (row of each record; one entry more), ``known_from`` and
           ``party`` (position in ``ids``) of each row, ``ids`` (packed strings) and ``story``
           (packed MessagePack of ``PartyStory``): see ``limen.snapshot.party_records``
index      the arrays that ``limen.names`` builds and reads
places     the arrays that ``limen.places`` builds and reads
regimes    the arrays that ``limen.law`` builds and reads, one a pack: ``law`` is the one in use,
           ``law_<id>`` an earlier one
========== ==============================================================================

``judgements.jsonl`` is a copy of the user's judgements on which the parties rest, if there are any.
"""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from math import prod
from mmap import ACCESS_COPY, mmap
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from xxhash import xxh3_64_intdigest, xxh3_128

from limen.model import Instant
from limen.model.schemata import MATCHABLE
from limen.util.text import single_spaced

#: Goes up when an engine could misread a snapshot made before.
FORMAT = 10
MANIFEST = "manifest.json"

#: Seconds before and after any instant; far from the ends of int64, so that sums are safe.
ALWAYS = -(1 << 62)
NEVER = 1 << 62

SCHEMAS = MATCHABLE
BASES = ("publisher", "first_seen", "on_or_before")
NAME_KINDS = ("name", "alias", "previousName", "weakAlias", "abbreviation")
WEAK = NAME_KINDS.index("weakAlias")
#: The space of identifiers in which whole names are filed.
EXACT_NAME = "name as written"

#: The header that ``np.save`` writes. A snapshot has a hundred columns, and a command for one name
#: opens most of them: ``np.load`` would evaluate each header as Python.
_HEADER = re.compile(
    rb"\x93NUMPY\x01\x00..\{'descr': '([<|][a-z]\d)', 'fortran_order': False, "
    rb"'shape': \((\d+),(?: (\d+))?\), \} *\n",
    re.DOTALL,
)


class StateBody(msgspec.Struct, frozen=True, gc=False):
    """The content of a record over one interval of the known clock.

    ``carried`` maps a part that the version lacked to the day of the version it came from.
    """

    properties: Mapping[str, tuple[str, ...]]
    extra: Mapping[str, tuple[str, ...]] = {}
    version: str = ""
    carried: dict[str, str] = {}


class Terms(msgspec.Struct, frozen=True, gc=False):
    """The programmes, measures and legal acts under which a party is listed."""

    programmes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()


class VersionInfo(msgspec.Struct, frozen=True):
    """One version of a list: its day, hash and size, and when it was confirmed as current."""

    published: str
    sha256: str
    records: int
    carried: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()


class ListInfo(msgspec.Struct, frozen=True):
    """A list in a snapshot, with the limits that answers are held to.

    A list that was never loaded is included, without versions, so that a query for it can
    report that it is missing. ``stands_in_for`` names the list that this one replaces where
    only this one was loaded.
    """

    id: str
    title: str
    authority: str
    max_age_days: int
    min_records: int
    max_records: int
    default: bool
    sample: bool
    in_service_from: str | None
    in_service_until: str | None
    speaks_from: str | None
    stands_in_for: str | None
    versions: tuple[VersionInfo, ...]


class LawPack(msgspec.Struct, frozen=True):
    """One version of the law in a snapshot: its hash, the day it was published, its title."""

    id: str
    published: str
    title: str


class FileInfo(msgspec.Struct, frozen=True):
    """The hashes and size of a file of the snapshot.

    ``sha256`` proves that two snapshots are the same. ``xxh3`` (128 bits) only finds damage,
    at 10 GB/s, so that every process checks every file that it reads.
    """

    sha256: str
    xxh3: str
    bytes: int


class Manifest(msgspec.Struct, frozen=True):
    """The table of contents of a snapshot.

    ``id`` is the hash of everything else but ``built_at``, so that the same archive compiled
    twice by the same engine is the same snapshot. ``law`` has the packs by day, the one in use
    last.
    """

    format: int
    id: str
    built_at: str
    engine: str
    known_until: str
    lists: tuple[ListInfo, ...]
    law: tuple[LawPack, ...]
    counts: dict[str, int]
    canaries: tuple[str, ...]
    files: dict[str, FileInfo]


def pack_known(packs: Sequence[LawPack], known_at: Instant | None) -> LawPack:
    """Return the newest pack of law that was known at an instant, of those in order of days.

    Before the first it is the first, whose records say themselves since when each was known;
    without an instant it is the newest.
    """
    if known_at is None:
        return packs[-1]
    day = known_at.day.isoformat()
    return next((pack for pack in reversed(packs) if pack.published <= day), packs[0])


def manifest_id(manifest: Manifest) -> str:
    """Return the snapshot's name: the first 16 hexadecimal digits of its content's hash."""
    neutral = msgspec.structs.replace(manifest, id="", built_at="")
    return sha256(msgspec.json.encode(neutral, order="sorted")).hexdigest()[:16]


def file_info(path: Path) -> FileInfo:
    """Hash and measure a file."""
    digest = sha256()
    checksum = xxh3_128()
    size = 0
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
            checksum.update(chunk)
            size += len(chunk)
    return FileInfo(digest.hexdigest(), checksum.hexdigest(), size)


def as_written(name: str) -> str:
    """Return the key under which a whole name is filed: the name but for case and blanks."""
    return single_spaced(name)


def identifier_hash(space: str, key: str) -> int:
    """Return the 63-bit hash under which an identifier is filed.

    Different identifiers may share a hash: whoever looks one up confirms it on the text.
    """
    return xxh3_64_intdigest(f"{space}\x1f{key}") >> 1


def save_array(folder: Path, name: str, values: np.ndarray) -> None:
    """Write one column as ``name.npy``."""
    np.save(folder / f"{name}.npy", np.ascontiguousarray(values), allow_pickle=False)


def map_copy(path: Path) -> mmap:
    """Map a file copy-on-write: kernels take its arrays as writable, and it is never written."""
    with path.open("rb") as stream:
        return mmap(stream.fileno(), 0, access=ACCESS_COPY)


def column_of(content: mmap | bytes) -> NDArray[Any]:
    """Return the column in a mapped file.

    Raises:
        ValueError: it is not a whole column.
    """
    header = _HEADER.match(content)
    if header is None:
        raise ValueError("it does not begin like a column")
    kind, rows, width = header.groups()
    shape = (int(rows), int(width)) if width else (int(rows),)
    dtype = np.dtype(kind.decode("ascii"))
    if prod(shape) * dtype.itemsize != len(content) - header.end():
        raise ValueError(f"it has {len(content)} bytes, more or fewer than its header says")
    return np.ndarray(shape, dtype, content, header.end())
