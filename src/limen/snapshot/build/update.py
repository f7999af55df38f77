"""Update the archive: take what is offered, read it, verify it, keep it; then compile."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Literal

from limen._version import __version__
from limen.archive import Archive, NewVersion, SourceFile, Version
from limen.snapshot.build.compile import Clock, build, now
from limen.snapshot.build.archive_home import open_archive, registry_of
from limen.snapshot.build.intake import (
    NotHad,
    Offer,
    Offered,
    StillCurrent,
    from_folder,
    from_mirror,
    from_publishers,
    secret_name,
)
from limen.lists.audit import Audit
from limen.lists.fetch.fetcher import Fetcher
from limen.lists.formats import format_named
from limen.lists.registry import ListInfo, Registry
from limen.lists.source import Source
from limen.lists.verify import published_day, read_version, refusals, verify_version
from limen.lists.fetch.http import Validators
from limen.model import ArchiveError, Instant, LimenError
from limen.names.index.build import collector_at_rest
from limen.snapshot import SnapshotInfo, active_id

Result = Literal["stored", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one version.

    ``records`` counts the entries of the leading part; ``unread`` are fields that no reader
    looked at, with how often; ``error`` says why a version was refused.
    """

    list_id: str
    published: str
    result: Result
    records: int = 0
    unread: Mapping[str, int] | None = None
    error: LimenError | None = None


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """Every version that was offered, and the snapshot compiled from the archive after it."""

    outcomes: tuple[Outcome, ...]
    snapshot: SnapshotInfo | None

    @property
    def refused(self) -> tuple[Outcome, ...]:
        """The versions that were not taken."""
        return tuple(each for each in self.outcomes if each.result == "refused")


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
    """Take new versions of lists into the archive, and compile it into a snapshot.

    One bad version never stops the others: it is refused with its reason, and the last good
    one stays.

    Args:
        home: the home folder.
        lists: lists by name; all that can be had.
        source: a folder with a ``lists.yml``, or the address of a mirror; the publishers.
        newest: from a folder or mirror, only the newest version of each list.
        compile_after: whether to build and activate a snapshot when something changed.
        progress: told of every version as it is done.
        fetcher: fetches from the network.
        clock: tells the present moment.

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
        with tempfile.TemporaryDirectory(prefix="limen-") as aside:
            offers = _offers(
                registry, archive, source, lists, newest, fetcher or Fetcher(), Path(aside), clock
            )
            for offer in offers:
                outcome = _take(offer, registry, archive)
                outcomes.append(outcome)
                progress(outcome)
        changed = any(each.result == "stored" for each in outcomes)
        wanted = compile_after and (changed or active_id(home) is None)
        held = bool(archive.versions())
        snapshot = build(home, registry, archive=archive, clock=clock) if wanted and held else None
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
    registry: Registry,
    archive: Archive,
    source: str | None,
    lists: Sequence[str],
    newest: bool,
    fetcher: Fetcher,
    aside: Path,
    clock: Clock,
) -> Iterator[Offer]:
    moment = clock()
    retrieved_at = str(Instant.parse(moment))
    for name in lists:
        registry.get(name, where="lists update")
    if source is None:
        today = Instant.parse(moment.date())
        return from_publishers(registry, lists, archive, fetcher, aside, _secret, today)
    if source.startswith(("http://", "https://")):
        return from_mirror(source, lists, fetcher, aside, newest=newest)
    return from_folder(Path(source), lists, retrieved_at, newest=newest)


def _secret(list_id: str, need: str) -> str:
    """What a list's address asks for, from the environment."""
    return os.environ.get(secret_name(list_id, need), "")


def _take(offer: Offer, registry: Registry, archive: Archive) -> Outcome:
    if isinstance(offer, NotHad):
        return Outcome(offer.list_id, offer.published or "", "refused", error=offer.error)
    if isinstance(offer, StillCurrent):
        version = offer.version
        archive.record_check(offer.list_id, offer.checked_at, "unchanged", version_id=version.id)
        return _unchanged(version)
    held = archive.versions(offer.list_id)
    active = date.fromisoformat(held[-1].published) if held else None
    try:
        info = registry.get(offer.list_id)
        with refusals(info, active=active):
            return _read_and_keep(offer, info, held, archive)
    except LimenError as error:
        return Outcome(offer.list_id, offer.published or "", "refused", error=error)


def _read_and_keep(
    offer: Offered, info: ListInfo, held: Sequence[Version], archive: Archive
) -> Outcome:
    files = {role: SourceFile(source.name, source.read()) for role, source in offer.sources.items()}
    offer = replace(offer, sources=_in_memory(files))  # what is kept is what is read
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
    last_modified = offer.validators.get(next(iter(offer.sources)), Validators())
    new = NewVersion(
        list_id=info.id,
        published=day.isoformat(),
        format=offer.format,
        parts=_parts(offer),
        retrieved_at=offer.retrieved_at,
        reader=__version__,
        carried=offer.partial,
        url=offer.url,
        etag=last_modified.etag,
        last_modified=last_modified.last_modified,
        audit=audit.to_dict(),
    )
    stored = archive.store(new, entries, files)
    if offer.from_publisher:  # what the publisher serves today is current today
        at = offer.retrieved_at
        archive.record_check(info.id, at, stored.outcome, version_id=stored.version_id)
    result: Result = "stored" if stored.outcome == "new" else "unchanged"
    records = stored.counts[new.parts[0]]
    return Outcome(info.id, new.published, result, records, dict(audit.unread))


def _in_memory(files: Mapping[str, SourceFile]) -> dict[str, Source]:
    """Files as delivered and unpacked once, to be read."""
    return {
        role: Source.of_bytes(role, file.content, name=file.name) for role, file in files.items()
    }


def _day(offer: Offered) -> date:
    """The day of a version: as stated, as the file says, or as the server dates the file."""
    stated = date.fromisoformat(offer.published) if offer.published else None
    retrieved = Instant.parse(offer.retrieved_at).day
    said = published_day(offer.format, offer.sources, stated, retrieved=retrieved)
    if said is not None:
        return said
    dated = [each.last_modified for each in offer.validators.values() if each.last_modified]
    if dated:
        return max(parsedate_to_datetime(each) for each in dated).astimezone(UTC).date()
    return retrieved


def _parts(offer: Offered) -> tuple[str, ...]:
    """The parts that the files offered have; a format of one part has it whatever the files."""
    parts = format_named(offer.format).parts
    if len(parts) == 1:
        return parts
    return tuple(part for part in parts if part in offer.sources)


def _same_files(
    held: Sequence[Version], offer: Offered, files: Mapping[str, SourceFile]
) -> Version | None:
    """The version held that was read from these very files by this very reader.

    A publisher's answer is taken further even so, because it proves the version current.
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
