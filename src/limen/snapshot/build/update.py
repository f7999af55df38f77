"""Update the archive: take the versions offered, read, verify and store them; then build.

A version that is refused never stops the others, and the last good version stays.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Literal

from limen._version import __version__
from limen.archive import Archive, NewVersion, SourceFile, Version
from limen.lists.audit import Audit
from limen.lists.continuity import check_continuity, compare, report_losses, report_misread
from limen.lists.fetch.fetcher import Fetcher
from limen.lists.fetch.http import Validators
from limen.lists.fill_rates import check_fill_rates, count_filled, report_vanished
from limen.lists.formats import format_named
from limen.lists.number_oddities import report_numbers
from limen.lists.registry import ListInfo
from limen.lists.source import Source
from limen.lists.verify import locate_refusals, published_day, read_version, verify_version
from limen.model import ArchiveError, Instant, LimenError
from limen.snapshot import SnapshotInfo
from limen.snapshot.build.archive_home import open_archive, registry_of
from limen.snapshot.build.compile import Clock, now
from limen.snapshot.build.current import bring_up_to_date
from limen.snapshot.build.manifest_offers import from_folder, from_mirror
from limen.snapshot.build.offers import Intake, Offer, Offered, StillCurrent, Unavailable
from limen.snapshot.build.publisher_offers import from_publishers
from limen.util.gc import collector_at_rest

#: The keys of a version's audit under which the entries with each field are counted, and the fields
#: that its reader took, by the publisher's own names.
_FILLED, _TAKEN = "filled", "taken"
Result = Literal["stored", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one version that was offered.

    ``records`` counts the entries of the leading part; ``unread`` counts, by name, fields that
    the reader did not take, ``oddities`` values that are retained but not understood and records
    that were set aside; ``error`` is why a version was refused.
    """

    list_id: str
    published: str
    result: Result
    records: int = 0
    unread: Mapping[str, int] | None = None
    oddities: Mapping[str, int] | None = None
    error: LimenError | None = None


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """The outcome of every version that was offered, and the snapshot built afterwards."""

    outcomes: tuple[Outcome, ...]
    snapshot: SnapshotInfo | None

    @property
    def refused(self) -> tuple[Outcome, ...]:
        """Return the outcomes of the versions that were refused."""
        return tuple(outcome for outcome in self.outcomes if outcome.result == "refused")


def update(
    home: Path,
    *,
    lists: Sequence[str] = (),
    source: str | None = None,
    newest: bool = False,
    compile_after: bool = True,
    progress: Callable[[Outcome], None] = lambda _: None,
    fetcher: Fetcher | None = None,
    clock: Clock = now,
) -> UpdateReport:
    """Store new versions of lists in the archive, and build a snapshot from it.

    Args:
        home: the home folder.
        lists: ids of lists; by default all that are available.
        source: a folder with a ``lists.yml``, or the address of a mirror; by default the
            publishers.
        newest: whether to take only the newest version of each list from a folder or mirror.
        compile_after: whether to bring the active snapshot up to date with the archive, the
            registry, and the days on which lists were checked.
        progress: called with the outcome of every version as soon as it is known.
        fetcher: fetches from the network.
        clock: returns the present moment.

    Raises:
        DataError: the ``lists.yml`` is wrong, the archive cannot be written, or the snapshot
            cannot be verified.
        NetworkError: a mirror's ``lists.yml`` cannot be had.
        BusyError: another process is updating the same home.
    """
    _make_home(home)
    registry = registry_of(home)
    with (
        collector_at_rest(),
        open_archive(home) as archive,
        archive.updating("limen lists update"),
    ):
        outcomes = []
        with tempfile.TemporaryDirectory(prefix="limen-") as folder:
            moment = Instant.parse(clock())
            intake = Intake(registry, archive, fetcher or Fetcher(), Path(folder), moment)
            for offer in _offers(source, lists, intake, newest=newest):
                outcome = _take(offer, intake)
                outcomes.append(outcome)
                progress(outcome)
        snapshot = None
        if compile_after and archive.versions():
            snapshot = bring_up_to_date(home, registry, archive, clock=clock)
    return UpdateReport(tuple(outcomes), snapshot)


def _make_home(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(
            f"the home folder cannot be made: {error.strerror or error}",
            where="LIMEN_HOME",
            hint="point LIMEN_HOME to a folder that can be written",
        ) from error


def _offers(
    source: str | None, lists: Sequence[str], intake: Intake, *, newest: bool
) -> Iterator[Offer]:
    for name in lists:
        intake.registry.get(name, where="lists update")
    if source is None:
        return from_publishers(lists, intake)
    if source.startswith(("http://", "https://")):
        return from_mirror(source, lists, intake, newest=newest)
    return from_folder(Path(source), lists, intake, newest=newest)


def _take(offer: Offer, intake: Intake) -> Outcome:
    archive = intake.archive
    if isinstance(offer, Unavailable):
        return Outcome(offer.list_id, offer.published or "", "refused", error=offer.error)
    if isinstance(offer, StillCurrent):
        version = offer.version
        archive.record_check(offer.list_id, offer.checked_at, "unchanged", version_id=version.id)
        return _unchanged(version)
    held = archive.versions(offer.list_id)
    active = date.fromisoformat(held[-1].published) if held else None
    try:
        info = intake.registry.get(offer.list_id)
        with locate_refusals(info, active=active):
            return _read_and_store(offer, info, held, archive)
    except LimenError as error:
        return Outcome(offer.list_id, offer.published or "", "refused", error=error)


def _read_and_store(
    offer: Offered, info: ListInfo, held: Sequence[Version], archive: Archive
) -> Outcome:
    files = {role: SourceFile(source.name, source.read()) for role, source in offer.sources.items()}
    offer = replace(offer, sources=_in_memory(files))  # what is stored is what is read
    same = _same_files(held, offer, files)
    if same is not None:
        return _unchanged(same)
    day = _day(offer)
    before = [version for version in held if version.published < day.isoformat()]
    audit = Audit()
    entries = list(read_version(offer.format, offer.sources, audit, partial=offer.partial))
    verify_version(
        info,
        entries,
        previous_count=_records(before[-1]) if before else None,
        previous_parts={
            part: version.counts[part]
            for version in before
            for part in _parts(offer)[1:]
            if part in version.counts
        },
        published=day,
    )
    audit.check_set_aside(len(entries))
    filled = count_filled(entries)
    alike = [version for version in before if version.format == offer.format]
    if alike:
        check_fill_rates(info, filled, _filled(alike[-1], archive), published=day)
        continuity = compare(*archive.compare(alike[-1].id, entries), published=day)
        check_continuity(info, continuity, published=day)
        report_losses(continuity, audit)
    whole = [version for version in alike if version.parts == _parts(offer)]
    if whole:
        report_vanished(audit, whole[-1].audit.get(_TAKEN, {}))
    report_misread(entries, audit)
    report_numbers(info.id, entries, audit)
    validators = offer.validators.get(next(iter(offer.sources)), Validators())
    new = NewVersion(
        list_id=info.id,
        published=day.isoformat(),
        format=offer.format,
        parts=_parts(offer),
        retrieved_at=offer.retrieved_at,
        reader=__version__,
        carried=offer.partial,
        url=offer.url,
        etag=validators.etag,
        last_modified=validators.last_modified,
        audit={**audit.to_dict(), _FILLED: dict(filled), _TAKEN: dict(audit.taken)},
    )
    stored = archive.store(new, entries, files)
    if offer.from_publisher:  # what the publisher serves today is current today
        at = offer.retrieved_at
        archive.record_check(info.id, at, stored.outcome, version_id=stored.version_id)
    result: Result = "stored" if stored.outcome == "new" else "unchanged"
    records = stored.counts[new.parts[0]]
    unread, oddities = dict(audit.unread), dict(audit.oddities)
    return Outcome(info.id, new.published, result, records, unread, oddities)


def _filled(version: Version, archive: Archive) -> Mapping[str, int]:
    """Return how many entries of a version have each field, as counted when it was stored."""
    counts: Mapping[str, int] | None = version.audit.get(_FILLED)
    return count_filled(archive.entries(version.id)) if counts is None else counts


def _in_memory(files: Mapping[str, SourceFile]) -> dict[str, Source]:
    """Return the files, already unpacked, as sources to read."""
    return {
        role: Source.of_bytes(role, file.content, name=file.name) for role, file in files.items()
    }


def _day(offer: Offered) -> date:
    """Return the day of a version: as stated, as the file says, or as the server dates it."""
    stated = date.fromisoformat(offer.published) if offer.published else None
    retrieved = Instant.parse(offer.retrieved_at).day
    published = published_day(offer.format, offer.sources, stated, retrieved=retrieved)
    if published is not None:
        return published
    headers = [file.last_modified for file in offer.validators.values() if file.last_modified]
    if headers:
        return max(parsedate_to_datetime(header) for header in headers).astimezone(UTC).date()
    return retrieved


def _parts(offer: Offered) -> tuple[str, ...]:
    """Return the parts in the files offered; a format of one part has it whatever the files."""
    parts = format_named(offer.format).parts
    if len(parts) == 1:
        return parts
    return tuple(part for part in parts if part in offer.sources)


def _same_files(
    held: Sequence[Version], offer: Offered, files: Mapping[str, SourceFile]
) -> Version | None:
    """Return the version held that this same reader read from these same files.

    Always ``None`` for a publisher's own answer, because that proves the version current.
    """
    if offer.from_publisher:
        return None
    hashes = {role: file.sha256 for role, file in files.items()}
    return next(
        (
            version
            for version in held
            if version.published == offer.published
            and dict(version.files) == hashes
            and version.reader == __version__
        ),
        None,
    )


def _unchanged(version: Version) -> Outcome:
    return Outcome(version.list_id, version.published, "unchanged", _records(version))


def _records(version: Version) -> int:
    return version.counts[version.parts[0]]
