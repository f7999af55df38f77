"""Check that a version is the list it claims to be, whole, and of its day.

A version that fails changes nothing: the last good one stays. The checks take entries one by
one, and do not know where they are stored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import msgspec

from limen.lists.audit import Audit
from limen.lists.formats import FORMATS, Sources, format_named
from limen.lists.registry import Canary, ListInfo
from limen.model import Entry, LimenError, ListCheckError, ListFormatError
from limen.model.schemata import MATCHABLE, NAME_PROPERTIES, ancestors, known_schema, properties
from limen.util.text import single_spaced

#: Publishers generate a file up to a few days before or after the day they name.
DAYS_APART = timedelta(days=3)
_LEADING = frozenset(layout.parts[0] for layout in FORMATS.values())


@dataclass(frozen=True, slots=True)
class VersionSummary:
    """The counts of a version that passed its checks.

    Attributes:
        records: entries of the leading part, which is the number of listed records.
        entries: entries by part.
        canaries: names of the canaries due on its day, all of which it holds.
    """

    list_id: str
    published: date
    records: int
    entries: Mapping[str, int]
    canaries: tuple[str, ...]


@contextmanager
def locate_refusals(info: ListInfo, *, active: date | None) -> Iterator[None]:
    """Add the list, and the version that stays active, to any error raised in the block."""
    try:
        yield
    except LimenError as error:
        if not error.where.startswith(info.id):
            error.where = ": ".join(part for part in (info.id, error.where) if part)
        error.unchanged = (
            f"the version of {active} stays active" if active else f"{info.id} is still not loaded"
        )
        raise


def published_day(
    format_name: str, sources: Sources, stated: date | None, *, retrieved: date
) -> date | None:
    """Return the day of a version: as stated, else as printed in its files, else ``None``.

    Raises:
        ListCheckError: the files print another day than the one stated, or it is in the future.
        ListFormatError: the files cannot be read that far.
    """
    where = ", ".join(source.name for source in sources.values())
    text = format_named(format_name).published_on(sources)
    printed = _printed_day(text, where) if text else None
    if printed and stated and abs(printed - stated) > DAYS_APART:
        raise ListCheckError(
            f"the file says it is of {printed}, and was given as of {stated}",
            where=where,
            why="answers about the days between would rest on the wrong list",
            hint="correct the day, or the file",
        )
    day = stated or printed
    if day and day > retrieved + timedelta(days=1):
        raise ListCheckError(
            f"it is of {day}, and was retrieved on {retrieved}",
            where=where,
            why="it would pass for the newest version until then",
            hint="correct the day; or this machine's clock",
        )
    return day


def _printed_day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ListFormatError(
            f"the day printed in the file cannot be read: {error}",
            where=where,
            why="the version would take the wrong place among the others",
            hint="fetch the file again; the format may have changed",
        ) from error


def read_version(
    format_name: str, sources: Sources, audit: Audit, *, partial: Collection[str] = ()
) -> Iterator[Entry]:
    """Read the entries of one version; ``partial`` names the parts that were not available.

    Raises:
        ListFormatError: files missing or unknown to the format, or not in that format.
        RegistryError: no such format.
    """
    layout = format_named(format_name)
    if misfit := layout.misfit(sources, partial):
        raise ListFormatError(
            misfit,
            where=", ".join(sources) or "no files",
            why="a part left out would read as a part that lost all its entries",
            hint="give every file of the version, or say in lists.yml which part is partial",
        )
    return _located(layout.read(sources, audit), sources)


def _located(entries: Iterator[Entry], sources: Sources) -> Iterator[Entry]:
    """Yield the entries; whatever a value breaks in a reader becomes a refusal with its place."""
    last = "the beginning of the file"
    try:
        for entry in entries:
            last = f"record {entry.record_id}"
            yield entry
    except LimenError:
        raise
    except (ValueError, LookupError, TypeError, ArithmeticError, msgspec.MsgspecError) as error:
        raise ListFormatError(
            f"a value cannot be read: {error}",
            where=f"{', '.join(source.name for source in sources.values())}, after {last}",
            why="the record would be lost, or read wrongly",
            hint="see how the publisher prints it; the format may have changed",
        ) from error


def verify_version(
    info: ListInfo,
    entries: Iterable[Entry],
    *,
    previous_count: int | None,
    published: date,
    previous_parts: Mapping[str, int] | None = None,
) -> VersionSummary:
    """Check a version entry by entry, then as a whole.

    Args:
        info: the registry's entry for the list.
        entries: the version, as it is read.
        previous_count: the records of the version before it; ``None`` if it is the first.
        published: the version's day.
        previous_parts: for each part of this version that does not lead, its entries in the
            last version before that had it.

    Raises:
        ListCheckError: the first check that fails.
    """
    checks = _Checks(info, published)
    for entry in entries:
        checks.take(entry)
    checks.check_count(previous_count)
    checks.check_parts(previous_parts or {})
    checks.check_canaries()
    return VersionSummary(
        list_id=info.id,
        published=published,
        records=len(checks.listed),
        entries={part: len(ids) for part, ids in checks.ids.items()},
        canaries=tuple(canary.name for canary in checks.due),
    )


class _Checks:
    """The checks of one version, with the entries seen so far."""

    def __init__(self, info: ListInfo, published: date) -> None:
        self.ids: dict[str, set[str]] = {}
        self.listed: set[str] = set()
        self.due = tuple(canary for canary in info.canaries if canary.covers(published))
        self._info = info
        self._published = published
        self._names: dict[str, set[str]] = {canary.record_id: set() for canary in self.due}
        self._removed: dict[str, str] = {}

    def take(self, entry: Entry) -> None:
        ids = self.ids.setdefault(entry.part, set())
        if entry.record_id in ids:
            raise self._refusal(
                f"record {entry.record_id} is twice in part {entry.part}",
                why="one of the two would hide the other",
            )
        ids.add(entry.record_id)
        self._check_properties(entry)
        if entry.part in _LEADING:
            self._take_leading(entry)
        if entry.record_id in self._names:
            self._note_canary(entry)

    def _take_leading(self, entry: Entry) -> None:
        self.listed.add(entry.record_id)
        if not _can_be_found(entry):
            raise self._refusal(
                f"record {entry.record_id} has no name",
                why="it could never be found",
                hint="see how the publisher prints it; the format may have changed",
            )

    def check_count(self, previous_count: int | None) -> None:
        band, records = self._info.records, len(self.listed)
        if not records:
            raise self._refusal(
                "the list is empty",
                why="an empty list clears everybody; retired addresses have served empty files",
                hint=f"see {self._info.page} for where the list is now",
            )
        if not band.min <= records <= band.max:
            raise self._refusal(
                f"{records:,} records, where {band.min:,} to {band.max:,} are expected",
                why="the file is cut short, or is another list",
                hint=f"if the list really changed so much, change records in {self._info.id}.yml",
            )
        self._check_shrinking("records", records, previous_count)

    def check_parts(self, previous: Mapping[str, int]) -> None:
        for part, count in previous.items():
            entries = len(self.ids.get(part, ()))
            self._check_shrinking(f"entries in part {part}", entries, count)

    def _check_shrinking(self, what: str, count: int, previous: int | None) -> None:
        if previous and count < previous * (1 - self._info.max_shrink):
            raise self._refusal(
                f"{count:,} {what}, where the version before has {previous:,}",
                why=f"losing more than {self._info.max_shrink:.0%} at once is a cut file more "
                "often than an amnesty",
                hint=f"if they really were removed, raise max_shrink in {self._info.id}.yml",
            )

    def check_canaries(self) -> None:
        for canary in self.due:
            problem = self._problem_with(canary)
            if problem:
                raise self._refusal(
                    f"the canary {canary.name} ({canary.record_id}) {problem}",
                    why="a list without a name that must always hit is not the list, or was "
                    "misread",
                    hint=f"if it really was removed, give it an until in {self._info.id}.yml",
                )

    def _problem_with(self, canary: Canary) -> str:
        if canary.record_id not in self.listed:
            return "is missing"
        if canary.record_id in self._removed:
            return f"is marked as removed on {self._removed[canary.record_id]}"
        names = self._names[canary.record_id]
        return "" if single_spaced(canary.name) in names else "has other names"

    def _note_canary(self, entry: Entry) -> None:
        names = self._names[entry.record_id]
        for name in NAME_PROPERTIES:
            names.update(map(single_spaced, entry.properties.get(name, ())))
        if entry.delisted_on and entry.delisted_on <= self._published.isoformat():
            self._removed[entry.record_id] = entry.delisted_on

    def _check_properties(self, entry: Entry) -> None:
        if entry.schema is None and entry.part not in _LEADING:
            allowed = _any_property()
        elif entry.schema is not None and known_schema(entry.schema):
            allowed = _properties_of(entry.schema)
        else:
            raise self._refusal(f"record {entry.record_id} is of no known kind: {entry.schema}")
        for name in entry.properties if not entry.properties.keys() <= allowed else ():
            if name not in allowed:
                kind = entry.schema or "party"
                raise self._refusal(
                    f"record {entry.record_id}: a {kind} has no property {name}",
                    why="its values would never be compared",
                    hint=f"correct the reader of {self._info.id}",
                )

    def _refusal(self, what: str, *, why: str = "", hint: str = "") -> ListCheckError:
        return ListCheckError(
            what, where=f"{self._info.id} of {self._published}", why=why, hint=hint
        )


@cache
def _properties_of(schema: str) -> frozenset[str]:
    return frozenset(properties(schema))


@cache
def _any_property() -> frozenset[str]:
    return frozenset().union(*map(_properties_of, MATCHABLE))


def _can_be_found(entry: Entry) -> bool:
    """Return whether an entry has a name, or, for a vessel, wallet or security, a number."""
    names = (value for name in NAME_PROPERTIES for value in entry.properties.get(name, ()))
    if any(map(_has_content, names)):
        return True
    if entry.schema is None or "LegalEntity" in ancestors(entry.schema):
        return False
    kinds = properties(entry.schema)
    numbers = (
        value
        for name, values in entry.properties.items()
        if kinds[name] in ("identifier", "address")
        for value in values
    )
    return any(map(_has_content, numbers))


def _has_content(text: str) -> bool:
    return any(char.isalnum() for char in text)
