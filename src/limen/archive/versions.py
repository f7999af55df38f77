"""The versions of a list: as handed in, as stored, and which is in force when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from typing import Any, Literal

from limen.archive.days import spans
from limen.model import Interval


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as the publisher delivered it, unpacked."""

    name: str
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """Return the hash of the content, in hexadecimal."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class NewVersion:
    """One version of a list, read and checked, to be stored.

    Attributes:
        list_id: ``"us_ofac_sdn"``.
        published: the ISO day the publisher published it.
        format: ``"ofac_legacy_csv"``; parts are carried forward within a format.
        parts: the parts it has, the leading one first (see :class:`limen.model.Entry`).
        carried: the parts that were not available for that day.
        retrieved_at: the instant it was fetched, ISO with its zone.
        reader: the engine version that read it.
        url: where it came from, if from anywhere.
        audit: the fields that its reader left (``Audit.to_dict()``).
    """

    list_id: str
    published: str
    format: str
    parts: tuple[str, ...]
    retrieved_at: str
    reader: str
    carried: tuple[str, ...] = ()
    url: str = ""
    etag: str | None = None
    last_modified: str | None = None
    audit: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a list in the archive.

    Attributes:
        counts: entries by part.
        files: SHA-256 of each file, by its role in the format.
        content_hash: SHA-256 of the content of its entries, whatever the files' bytes.
        confirmed_at: when it was fetched, or the publisher last sent it again or answered that
            it was unchanged.
    """

    id: int
    list_id: str
    published: str
    format: str
    retrieved_at: str
    url: str
    etag: str | None
    last_modified: str | None
    reader: str
    parts: tuple[str, ...]
    carried: tuple[str, ...]
    counts: Mapping[str, int]
    audit: Mapping[str, Any]
    files: Mapping[str, str]
    content_hash: str
    confirmed_at: str


@dataclass(frozen=True, slots=True)
class StoreResult:
    """The result of storing a version.

    ``orphans`` counts records that are in a further part and not in the leading one: they are
    stored, and are not listed.
    """

    outcome: Literal["new", "unchanged"]
    version_id: int
    counts: Mapping[str, int]
    orphans: int


@dataclass(frozen=True, slots=True)
class Check:
    """One request to a publisher for a list, and its result."""

    list_id: str
    checked_at: str
    result: str
    version_id: int | None


@dataclass(frozen=True, slots=True)
class Vintage:
    """A version while it is the newest one, and the versions that provide its parts.

    Attributes:
        known: from the day it was published to the day the next one was.
        sources: ``(part, id of the version that has it)``, the leading part first.
        carried: parts the version did not have, with the day of the version they come from;
            ``None`` where no earlier version has them.
    """

    version: Version
    known: Interval
    sources: tuple[tuple[str, int], ...]
    carried: Mapping[str, str | None]


def vintages(versions: Iterable[Version]) -> tuple[Vintage, ...]:
    """Return the versions of one list in sequence, whatever the order of loading.

    Of two versions published on the same day the one confirmed last counts. A part that a
    version lacks, because it declares so or an earlier one of the same format had it, is
    carried forward from the last one of that format that has it.
    """
    ordered = sorted(versions, key=lambda version: (version.published, *_recency(version)))
    daily = [list(same)[-1] for _, same in groupby(ordered, lambda version: version.published)]
    intervals = spans(tuple([version.published for version in daily]))
    holders: dict[str, dict[str, Version]] = {}
    sequence = []
    for version, known in zip(daily, intervals, strict=True):
        held = holders.setdefault(version.format, {})
        missing = [part for part in (*held, *version.carried) if part not in version.parts]
        held.update(dict.fromkeys(version.parts, version))
        sequence.append(
            Vintage(
                version,
                known,
                _sources(version, held),
                {part: held[part].published if part in held else None for part in missing},
            )
        )
    return tuple(sequence)


def in_force(known: Sequence[Vintage], day: str) -> Vintage | None:
    """Return the last vintage published on or before the ISO day; ``None`` before the first."""
    before = [vintage for vintage in known if vintage.version.published <= day]
    return before[-1] if before else None


def _recency(version: Version) -> tuple[str, tuple[int, ...], str]:
    release = version.reader.partition("+")[0].split(".")
    numbers = tuple(int(number) for number in release if number.isdigit())
    return version.confirmed_at, numbers, version.content_hash


def _sources(version: Version, held: Mapping[str, Version]) -> tuple[tuple[str, int], ...]:
    """Return the leading part, then the others by name, independent of the order of loading."""
    leading = version.parts[0]
    others = sorted(part for part in held if part != leading)
    return tuple((part, held[part].id) for part in (leading, *others))
