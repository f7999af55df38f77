"""Keep the customer bases of a home folder: add, update, list, remove.

The folder ``bases/NAME`` has one folder a version below ``versions``, the file ``current`` with the
name of the one in use, and ``log.jsonl`` with every change of it. A version appears whole: it is
compiled aside, and named in one step.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from limen.model import DataError, InputError
from limen.rescreening.bases.base import Base, read_base_manifest
from limen.rescreening.bases.base_format import BaseManifest
from limen.rescreening.bases.compile_base import Clock, FileReading, compile_base, now
from limen.util.changing import changing
from limen.util.files import PRIVATE, write_whole
from limen.util.suggest import did_you_mean

_CURRENT, _LOG = "current", "log.jsonl"
#: Names that a folder can have everywhere.
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
#: What the command line reads as something else than the name of a base.
_TAKEN = frozenset({"verify", "show", "list", "runs"})


def base_folder(home: Path, name: str) -> Path:
    """Return the folder of a base.

    Raises:
        InputError: no base has such a name.
    """
    if not _NAME.fullmatch(name) or name in _TAKEN:
        raise InputError(
            f"{name!r} cannot be the name of a base",
            where="base",
            hint="take lower-case letters, digits, - and _, at most 64",
        )
    return home / "bases" / name


def base_names(home: Path) -> list[str]:
    """Return the names of all bases of a home."""
    folder = home / "bases"
    return sorted(path.parent.name for path in folder.glob(f"*/{_CURRENT}"))


def open_base(home: Path, name: str, version: str | None = None) -> Base:
    """Open a base: the version in use, or another one by its id.

    Raises:
        InputError: there is no such base.
        DataError: it is damaged.
    """
    folder = base_folder(home, name)
    current = version or current_version(folder)
    if current is None:
        known = base_names(home)
        raise InputError(
            f"there is no base {name!r}",
            where="base",
            hint=did_you_mean(name, known) if known else "`limen base add NAME FILE` makes one",
        )
    return Base(folder / "versions" / current)


def current_version(folder: Path) -> str | None:
    """Return the id of the version of a base that is in use; ``None`` where there is none."""
    try:
        return (folder / _CURRENT).read_text("ascii").strip()
    except FileNotFoundError:
        return None


def store_base(
    home: Path, name: str, file: Path, reading: FileReading, *, new: bool, clock: Clock = now
) -> BaseManifest:
    """Compile a file into a version of a base, and take it into use.

    Args:
        home: the home folder.
        name: the base's.
        file: the user's portfolio; it is read and stays where it is.
        reading: how the file is read.
        new: whether the base must not exist yet, or must.
        clock: returns the present moment, for the record.

    Raises:
        InputError: the base exists, or does not, or the file's columns cannot be mapped.
        DataError: the file is refused, or the home cannot be written; the base stays as it was.
    """
    folder = base_folder(home, name)
    if new == (current_version(folder) is not None):
        raise _wrong_state(name, new=new, known=base_names(home))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with changing(folder / _CURRENT), _aside(folder / "versions") as aside:
            manifest = compile_base(name, file, reading, aside, clock=clock)
            final = folder / "versions" / manifest.id
            if not final.exists():
                aside.replace(final)
            _use(folder, manifest.id, clock())
            return read_base_manifest(final)
    except OSError as error:
        raise DataError(
            f"cannot be written: {error.strerror or error}",
            where=f"base {name}",
            hint="make room, or check that LIMEN_HOME is writable",
            unchanged="the version in use stays",
        ) from error


def remove_base(home: Path, name: str) -> None:
    """Remove a base with all of its versions and runs; it leaves the home in one step.

    Raises:
        InputError: there is no such base.
    """
    folder = base_folder(home, name)
    open_base(home, name)
    gone = folder.with_name(f".removed-{name}")
    shutil.rmtree(gone, ignore_errors=True)
    folder.rename(gone)
    shutil.rmtree(gone)


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """Yield an empty folder to compile into; what an interrupted run left is removed."""
    aside = folder / ".compiling"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True, mode=0o700)
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _use(folder: Path, version: str, at: datetime) -> None:
    """Take a version into use, recorded before it is done."""
    line = {"at": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "version": version,
            "before": current_version(folder)}  # fmt: skip
    with os.fdopen(
        os.open(folder / _LOG, os.O_CREAT | os.O_APPEND | os.O_WRONLY, PRIVATE), "ab"
    ) as log:
        log.write(msgspec.json.encode(line) + b"\n")
        log.flush()
        os.fsync(log.fileno())
    write_whole(folder / _CURRENT, f"{version}\n".encode(), mode=PRIVATE)


def _wrong_state(name: str, *, new: bool, known: list[str]) -> InputError:
    if new:
        return InputError(
            f"there is a base {name!r} already",
            where="base",
            hint=f"`limen base update {name} FILE` takes a new file",
        )
    return InputError(
        f"there is no base {name!r}",
        where="base",
        hint=did_you_mean(name, known) if known else f"`limen base add {name} FILE` makes it",
    )
