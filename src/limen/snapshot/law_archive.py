"""The packs of law in a home folder: every one ever taken, whole, with both of its clocks.

A pack is a file in ``laws/``, named by the day it was published and its hash; ``laws.jsonl`` has
when it was taken and where from. Files are added and never changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from limen.law.packs import Pack, bundled_pack, read_zip, zipped
from limen.model import ArchiveError, DataError
from limen.util.changing import changing
from limen.util.files import write_whole

_FOLDER, _LOG = "laws", "laws.jsonl"
#: A team shares its home by its umask.
_MODE = 0o666


class Taken(msgspec.Struct, frozen=True):
    """When a pack was taken into the home, and from where."""

    id: str
    published: str
    retrieved_at: str
    source: str


def keep(home: Path, pack: Pack, *, at: datetime, source: str) -> bool:
    """Add a pack to the home; return whether it is new there.

    Raises:
        ArchiveError: the home cannot be written.
    """
    folder = home / _FOLDER
    file = folder / _name(pack)
    if file.exists():
        return False
    taken = Taken(pack.id, pack.published, at.strftime("%Y-%m-%dT%H:%M:%SZ"), source)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with changing(folder / _LOG, mode=_MODE):
            lines = [*taken_packs(home), taken]
            write_whole(file, zipped(pack))
            write_whole(
                folder / _LOG, b"".join(msgspec.json.encode(each) + b"\n" for each in lines)
            )
    except OSError as error:
        raise ArchiveError(
            f"the law cannot be written: {error.strerror or error}",
            where=f"LIMEN_HOME/{_FOLDER}",
            hint="make room, or point LIMEN_HOME to a folder that can be written",
            unchanged="the law in use stays as it was",
        ) from error
    return True


def taken_packs(home: Path) -> list[Taken]:
    """Return when each pack of the home was taken, in that order."""
    try:
        lines = (home / _FOLDER / _LOG).read_bytes().splitlines()
    except FileNotFoundError:
        return []
    try:
        return [msgspec.json.decode(line, type=Taken) for line in lines]
    except msgspec.MsgspecError as error:
        raise _damaged(_LOG, str(error)) from error


def packs_of(home: Path) -> list[Pack]:
    """Return the packs of a home and the bundled one, by day; the last is the one in use.

    Of one day only the pack that was taken last counts, and the bundled one where it was not
    taken yet.

    Raises:
        ArchiveError: a file is not as it was stored.
    """
    daily = {pack.published: pack for pack in (*_kept(home), *_not_kept(home))}
    return [daily[day] for day in sorted(daily)]


def law_in_use(home: Path) -> Pack:
    """Return the pack that is in use in a home, without reading the others.

    Raises:
        ArchiveError: its file is not as it was stored.
    """
    bundled = bundled_pack()
    taken = taken_packs(home)
    if not any(each.id == bundled.id for each in taken):
        taken.append(Taken(bundled.id, bundled.published, "", ""))
    last = max(reversed(taken), key=lambda each: each.published)
    return bundled if last.id == bundled.id else _read(home, last)


def _not_kept(home: Path) -> Iterator[Pack]:
    bundled = bundled_pack()
    if not any(each.id == bundled.id for each in taken_packs(home)):
        yield bundled


def _kept(home: Path) -> Iterator[Pack]:
    for taken in taken_packs(home):
        yield _read(home, taken)


def _read(home: Path, taken: Taken) -> Pack:
    name = f"{taken.published}-{taken.id}.zip"
    try:
        pack = read_zip((home / _FOLDER / name).read_bytes(), name)
    except (OSError, DataError) as error:
        raise _damaged(name, str(error)) from error
    if pack.id != taken.id:
        raise _damaged(name, "its hash differs")
    return pack


def _name(pack: Pack) -> str:
    return f"{pack.published}-{pack.id}.zip"


def _damaged(name: str, what: str) -> ArchiveError:
    return ArchiveError(
        f"a pack of law is not what was stored: {what}",
        where=f"LIMEN_HOME/{_FOLDER}/{name}",
        why="answers about the time when it was in use would change",
        hint="put the file back from a copy; the publisher has it under the same hash",
        unchanged="the active snapshot stays as it is",
    )
