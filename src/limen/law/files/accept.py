"""Take reviewed proposals into the regime files of a home, with who reviewed them and when.

A proposal becomes a record of ``LIMEN_HOME/regimes.d`` only when every rule of the regime
files holds for all of them together; then, and at the next build of a snapshot, it counts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import yaml

from limen.law.files.read_law import OWN_SOURCES, add_own, bundled, law_of, texts_of
from limen.model import DataError, InputError
from limen.util.changing import changing
from limen.util.files import write_whole
from limen.util.located_yaml import locate
from limen.util.suggest import did_you_mean

#: Keys of a proposal that are not part of its record.
_NOT_IN_RECORD = ("status", "span", "same_as")
_PARTS = ("statements", "events")


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The document that proposals come from."""

    id: str
    name: str
    sha256: str
    date: str | None = None
    title: str = ""


class Proposals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that ``limen read --propose`` wrote, and a reviewer may have corrected."""

    document: About
    regime: str
    title: str
    statements: tuple[dict[str, Any], ...] = ()
    events: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """The accepted ids, and those left out because a known record says the same."""

    taken: tuple[str, ...]
    known: tuple[tuple[str, str], ...]
    path: Path | None


def read_proposals(path: Path) -> Proposals:
    """Read a file of proposals.

    Raises:
        InputError: there is no such file.
        DataError: it is not one.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(f"{error.strerror or error}", where=str(path)) from error
    return locate(raw, path.name, error=DataError).decode(Proposals)


def accept(
    proposals: Proposals, ids: Collection[str], *, reviewer: str, at: datetime, own: Path
) -> Accepted:
    """Move reviewed proposals into the home's regime files.

    Args:
        proposals: what was read.
        ids: the records that the reviewer accepts.
        reviewer: who accepts them; the name is written into the file.
        at: when.
        own: the home's folder of regime files; made where it is not there.

    Raises:
        InputError: an id that is not proposed, or no reviewer.
        DataError: a record breaks a rule of the regime files; nothing is changed.
    """
    if not reviewer.strip():
        raise InputError("no reviewer is named", where="--reviewer", hint="name who reviewed them")
    every = {each["id"]: each for part in _PARTS for each in getattr(proposals, part)}
    for name in ids:
        if name not in every:
            raise InputError(
                f"{name!r} is not proposed", where="--id", hint=did_you_mean(name, every)
            )
    known = tuple((name, str(every[name]["same_as"])) for name in ids if every[name].get("same_as"))
    taken = tuple(name for name in ids if not every[name].get("same_as"))
    if not taken:
        return Accepted((), known, None)
    path = own / f"{proposals.document.id.lower()}.yml"
    review = f"accepted by {reviewer} on {at:%Y-%m-%dT%H:%M:%SZ}"
    own.mkdir(parents=True, exist_ok=True)
    with changing(own / OWN_SOURCES, path):
        written = _merged(proposals, taken, path, review)
        sources = _sources(own, proposals.document)
        _check(own, path, written, sources)
        write_whole(own / OWN_SOURCES, sources)
        write_whole(path, written)
    return Accepted(taken, known, path)


def _merged(proposals: Proposals, taken: Collection[str], path: Path, review: str) -> bytes:
    """Return the home's file of one document: what it held, and the newly accepted records."""
    before: dict[str, Any] = yaml.safe_load(path.read_bytes()) if path.exists() else {}
    record: dict[str, Any] = {"regime": proposals.regime, "title": proposals.title}
    for part in _PARTS:
        earlier = [each for each in before.get(part, ()) if each["id"] not in taken]
        fresh = [_record(each, review) for each in getattr(proposals, part) if each["id"] in taken]
        if earlier or fresh:
            record[part] = earlier + fresh
    head = f"# Reviewed words of {proposals.document.name} ({proposals.document.sha256}).\n"
    body = yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=100)
    return (head + body).encode()


def _record(proposed: Mapping[str, Any], review: str) -> dict[str, Any]:
    """Return a record without the proposal's own keys; its note says who reviewed it, and where."""
    record = {key: value for key, value in proposed.items() if key not in _NOT_IN_RECORD}
    span: list[int] = proposed.get("span") or []
    place = f"characters {span[0]} to {span[1]}" if len(span) == 2 else "no span"
    note = f"{record.get('note', '')}; {review}; {place}".removeprefix("; ")
    return {**record, "note": note}


def _sources(own: Path, document: About) -> bytes:
    path = own / OWN_SOURCES
    held: dict[str, str] = yaml.safe_load(path.read_bytes()) if path.exists() else {}
    title = document.title or document.name
    held[document.id] = (
        f"{title} ({document.name}, {document.date or 'undated'}, sha256 {document.sha256})"
    )
    return yaml.safe_dump(held, allow_unicode=True, width=1000).encode()


def _check(own: Path, path: Path, written: bytes, sources: bytes) -> None:
    """Check the whole law together with the files that are to be written."""
    mine = {**texts_of(own), path.stem: written, Path(OWN_SOURCES).stem: sources}
    try:
        law_of(add_own(texts_of(bundled()), mine))
    except DataError as error:
        error.unchanged = "nothing was accepted"
        raise
