"""Take packs of law into the home: read, compare, verify and keep them; then build.

A pack that is refused changes nothing: the one in use stays. See docs/law-packs.md.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from limen.law import Law
from limen.law.files.read_law import texts_of
from limen.law.packs import Pack, bundled_pack, read_folder, read_zip
from limen.law.packs.pack import MANIFEST
from limen.lists.fetch.fetcher import Fetcher
from limen.lists.fetch.http import redacted
from limen.model import DataError, InputError, LimenError
from limen.snapshot import SnapshotInfo
from limen.snapshot.build.archive_home import open_archive, registry_of
from limen.snapshot.build.compile import Clock, now
from limen.snapshot.build.current import bring_up_to_date
from limen.snapshot.build.law_parts import law_of_pack
from limen.snapshot.home import OWN_REGIMES
from limen.snapshot.law_archive import keep, law_in_use, taken_packs

#: The group of entry points by which a package ships packs.
ENTRY_POINTS = "limen.regimes"
#: The name of the pack on a mirror.
MIRRORED = "law.zip"
#: A pack that lacks more of the measures in use than this share was cut short: measures end, and
#: stay in the law with the day of their end.
_MOST_LOST = 0.2
_UNCHANGED = "the law in use stays as it was"


@dataclass(frozen=True, slots=True)
class PackOutcome:
    """The result for one pack that was offered; ``error`` is why it was refused."""

    source: str
    result: Literal["stored", "unchanged", "refused"]
    id: str = ""
    published: str = ""
    measures: int = 0
    error: LimenError | None = None


@dataclass(frozen=True, slots=True)
class LawUpdate:
    """The outcome of every pack that was offered, the pack then in use, and the new snapshot."""

    outcomes: tuple[PackOutcome, ...]
    in_use: Pack
    snapshot: SnapshotInfo | None


@dataclass(frozen=True, slots=True)
class _Offer:
    """A pack that was read, or why it could not be."""

    source: str
    pack: Pack | None
    error: LimenError | None = None


def update_law(
    home: Path,
    *,
    source: str | None = None,
    expected: str = "",
    older: bool = False,
    fetcher: Fetcher | None = None,
    clock: Clock = now,
) -> LawUpdate:
    """Take packs of law, and bring the active snapshot up to date with them.

    Args:
        home: the home folder.
        source: a folder, a ZIP file or an address; by default the packages that ship packs.
        expected: the hash that a pack must have, or its beginning.
        older: whether to keep packs that are older than the one in use, for questions about what
            was known then.
        fetcher: fetches from the network.
        clock: returns the present moment.

    Raises:
        InputError: the folder or the address is none, or no package ships a pack.
        DataError: the snapshot cannot be built.
        BusyError: another process is updating the same home.
    """
    home.mkdir(parents=True, exist_ok=True)
    registry = registry_of(home)
    with open_archive(home) as archive, archive.updating("limen regimes update"):
        keep(home, bundled_pack(), at=clock(), source="limen")
        outcomes = [
            _take(home, offer, expected, clock, older=older)
            for offer in _offers(source, fetcher or Fetcher())
        ]
        snapshot = None
        if archive.versions():
            snapshot = bring_up_to_date(home, registry, archive, clock=clock)
    return LawUpdate(tuple(outcomes), law_in_use(home), snapshot)


def _take(home: Path, offer: _Offer, expected: str, clock: Clock, *, older: bool) -> PackOutcome:
    pack = offer.pack
    if pack is None:
        return PackOutcome(offer.source, "refused", error=offer.error)
    try:
        _check_hash(pack, expected, offer.source)
        if any(each.id == pack.id for each in taken_packs(home)):
            return PackOutcome(offer.source, "unchanged", pack.id, pack.published)
        law = _verified(home, pack, clock, offer.source, older=older)
        keep(home, pack, at=clock(), source=offer.source)
    except LimenError as error:
        error.unchanged = error.unchanged or _UNCHANGED
        return PackOutcome(offer.source, "refused", pack.id, pack.published, error=error)
    return PackOutcome(offer.source, "stored", pack.id, pack.published, len(law.measures))


def _check_hash(pack: Pack, expected: str, source: str) -> None:
    if not pack.id.startswith(expected.lower()):
        raise DataError(
            f"its hash is {pack.id}, and {expected} was expected",
            where=source,
            why="it is not the pack that was announced, or was changed on the way",
            hint="get it again from its publisher, and compare the hash",
            unchanged=_UNCHANGED,
        )


def _verified(home: Path, pack: Pack, clock: Clock, source: str, *, older: bool) -> Law:
    """Return the law of a pack, once its day and its content were found right."""
    in_use = law_in_use(home)
    if pack.published > clock().date().isoformat():
        raise DataError(
            f"it is of {pack.published}, which has not come yet", where=source,
            hint="check the day in its pack.toml, and the clock of this machine",
        )  # fmt: skip
    if pack.published < in_use.published and not older:
        raise DataError(
            f"it is of {pack.published}, older than the law in use, of {in_use.published}",
            where=source,
            why="measures of the days between them would be missing",
            hint="take a newer one; --older keeps it for questions about what was known then",
        )
    own = texts_of(home / OWN_REGIMES)
    try:
        law, _ = law_of_pack(pack, own)
    except LimenError as error:
        error.where = f"{source}: {error.where}"
        raise
    if pack.published >= in_use.published:
        _check_not_shrunken(law, law_of_pack(in_use, own)[0], source)
    return law


def _check_not_shrunken(law: Law, before: Law, source: str) -> None:
    lost = [name for name in before.measures if name not in law.measures]
    if len(lost) > _MOST_LOST * len(before.measures):
        raise DataError(
            f"{len(lost)} of the {len(before.measures)} measures in use are not in it",
            where=source,
            why="listings would lose the measures behind them",
            hint=f"a pack has the whole law; a measure that ended stays, as {lost[0]}",
        )


def _offers(source: str | None, fetcher: Fetcher) -> Iterator[_Offer]:
    if source is None:
        return _of_packages()
    if source.startswith(("http://", "https://")):
        return _of_url(source, fetcher)
    return _of_path(Path(source))


def _of_path(path: Path) -> Iterator[_Offer]:
    if path.is_file():
        yield _of_zip(path.read_bytes(), path.name)
    elif path.is_dir():
        yield from _of_folder(path, str(path))
    else:
        raise InputError("it is no folder, file or address", where=f"--from {path}")


def _of_folder(folder: Path | Traversable, where: str) -> Iterator[_Offer]:
    """Yield the packs of a folder: the folder itself, or the ZIP files in it by their days."""
    packed = sorted(
        (each for each in folder.iterdir() if each.name.endswith(".zip")),
        key=lambda each: each.name,
    )
    if (folder / MANIFEST).is_file() or not packed:
        try:
            yield _Offer(where, read_folder(folder, where))
        except LimenError as error:
            yield _Offer(where, None, error)
        return
    offers = [_of_zip(each.read_bytes(), f"{where}: {each.name}") for each in packed]
    yield from sorted(offers, key=lambda each: each.pack.published if each.pack else "")


def _of_zip(raw: bytes, where: str) -> _Offer:
    try:
        return _Offer(where, read_zip(raw, where))
    except LimenError as error:
        return _Offer(where, None, error)


def _of_url(url: str, fetcher: Fetcher) -> Iterator[_Offer]:
    address = url if urlsplit(url).path.endswith(".zip") else f"{url.rstrip('/')}/{MIRRORED}"
    with tempfile.TemporaryDirectory(prefix="limen-") as folder:
        try:
            fetched = fetcher.fetch(address, Path(folder) / MIRRORED)
        except LimenError as error:
            error.why, error.unchanged = "", _UNCHANGED
            yield _Offer(redacted(address), None, error)
        else:
            yield _of_zip(fetched.path.read_bytes(), redacted(address))


def _of_packages() -> Iterator[_Offer]:
    found: Sequence[EntryPoint] = sorted(
        entry_points(group=ENTRY_POINTS), key=lambda each: each.name
    )
    if not found:
        raise InputError(
            f"no installed package ships law (entry points {ENTRY_POINTS})",
            where="regimes update",
            hint="name a folder, a file or an address with --from",
        )
    for each in found:
        yield from _of_folder(files(each.module), f"package {each.name}")
