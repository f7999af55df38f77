"""The registry of lists: where each is published, how to check it, how old it may be.

One reviewed YAML file for each list, in ``lists/data``; a user's own lists are in a second
folder of the same shape. A list's file is named after its id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from limen.lists.formats import FORMATS
from limen.model import InputError, Instant, Interval, RegistryError
from limen.util.located_yaml import locate
from limen.util.suggest import did_you_mean

_NEED = re.compile(r"\{(\w+)\}")


class _Reviewed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A record of a reviewed file: no key is ignored, none is changed."""


class Download(_Reviewed, frozen=True, kw_only=True):
    """The addresses of the list in one format.

    Attributes:
        format: a name of :mod:`limen.lists.formats`.
        files: role -> URL; ``{token}`` in a URL is replaced by something the user must have.
        needs: the names in braces in the URLs: ``("token",)``.
    """

    format: str
    files: dict[str, str]
    needs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        layout = FORMATS.get(self.format)
        if layout is None:
            raise ValueError(
                f"unknown format {self.format!r}; {did_you_mean(self.format, FORMATS)}"
            )
        if misfit := layout.misfit(self.files):
            raise ValueError(misfit)
        for url in self.files.values():
            if urlsplit(url).scheme not in ("https", "http"):
                raise ValueError(f"{url!r} is not an address on the web")
        used = {need for url in self.files.values() for need in _NEED.findall(url)}
        if used != set(self.needs):
            raise ValueError(f"the URLs use {sorted(used)}, needs has {sorted(self.needs)}")

    def urls(self, given: Mapping[str, str]) -> dict[str, str]:
        """Return role -> URL, with the values that the user has given filled in.

        Raises:
            InputError: something needed was not given.
        """
        for need in self.needs:
            if not given.get(need):
                raise InputError(f"the publisher asks for a {need}, and none was given")
        return {
            role: _NEED.sub(lambda match: given[match[1]], url) for role, url in self.files.items()
        }


class Licence(_Reviewed, frozen=True, kw_only=True):
    """The terms of the list, and whether its files may be passed on."""

    name: str
    redistribute: bool


class Band(_Reviewed, frozen=True, kw_only=True):
    """The fewest and most records a whole version can have."""

    min: Annotated[int, Meta(ge=1)]
    max: int

    def __post_init__(self) -> None:
        if self.max < self.min:
            raise ValueError(f"no count is between {self.min} and {self.max}")


class Span(_Reviewed, frozen=True, kw_only=True):
    """The days from one, inclusive, until another, exclusive; open where none is given."""

    from_: date | None = msgspec.field(name="from", default=None)
    until: date | None = None

    def __post_init__(self) -> None:
        if self.from_ and self.until and self.until < self.from_:
            raise ValueError(f"it cannot end on {self.until} before it starts on {self.from_}")

    def covers(self, day: date) -> bool:
        """Return whether the day is inside."""
        return (self.from_ is None or self.from_ <= day) and (
            self.until is None or day < self.until
        )


class Canary(Span, frozen=True, kw_only=True):
    """A record that every version of its days must hold, under this name."""

    name: str
    record_id: str


class ListInfo(_Reviewed, frozen=True, kw_only=True):
    """The registry's entry for one list.

    Attributes:
        authority: the authority that publishes it: ``"US"``.
        page: the publisher's page about the list.
        downloads: the ways to get it, the preferred one first; none for a bundled list.
        cadence: how often the publisher changes it, in words.
        max_age_days: a version older than this at the queried instant cannot carry a clear.
        max_shrink: the largest share of its records it can lose in one version, 0 to 1.
        max_fill_drop: the largest part of the records with a field that can lose it in one
            version, 0 to 1; 1 leaves fields unchecked.
        default: whether the name of its authority alone selects it.
        service: the days the publisher maintained it; see ``in_service``.
        speaks_from: the first day it covers, for a list that carries its own history.
        sample: whether it is the bundled starter list, never a default when real lists are loaded.
        stands_in_for: the list that this one replaces where only this one was loaded.
    """

    id: Annotated[str, Meta(pattern="^[a-z][a-z0-9_]*$")]
    title: str
    authority: str
    publisher: str
    page: str
    downloads: tuple[Download, ...]
    licence: Licence
    cadence: str
    max_age_days: Annotated[int, Meta(ge=1)]
    records: Band
    max_shrink: Annotated[float, Meta(ge=0, lt=1)]
    canaries: tuple[Canary, ...]
    default: bool
    service: Span = msgspec.field(name="in_service")
    note: str = ""
    max_fill_drop: Annotated[float, Meta(ge=0, le=1)] = 0.5
    sample: bool = False
    speaks_from: date | None = None
    stands_in_for: str | None = None

    @property
    def in_service(self) -> Interval:
        """Return the days on which the publisher maintained the list."""
        start, end = self.service.from_, self.service.until
        return Interval(
            Instant.parse(start) if start else None, Instant.parse(end) if end else None
        )


@dataclass(frozen=True, slots=True)
class Registry:
    """All registered lists, by id."""

    lists: Mapping[str, ListInfo]

    def __iter__(self) -> Iterator[ListInfo]:
        return iter(self.lists.values())

    def get(self, list_id: str, *, where: str = "") -> ListInfo:
        """Return the list of that id.

        Raises:
            InputError: there is none.
        """
        info = self.lists.get(list_id)
        if info is None:
            raise InputError(
                f"no list is called {list_id!r}",
                where=where,
                hint=did_you_mean(list_id, self.lists),
            )
        return info


def load_registry(folder: Path | None = None) -> Registry:
    """Read the bundled registry, and a user's own ``folder`` of lists.

    A folder that does not exist holds no lists.

    Raises:
        RegistryError: a file that is wrong, with its line, or an id that is taken.
    """
    entries = list(_entries(files("limen.lists") / "data"))
    if folder is not None and folder.exists():
        entries += _entries(folder)
    lists: dict[str, ListInfo] = {}
    for entry in entries:
        info = _read(entry)
        if info.id in lists:
            raise RegistryError(
                f"the id {info.id} is taken by a list that comes with Limen",
                where=entry.name,
                hint="give your own list another id",
            )
        lists[info.id] = info
    _check_stand_ins(lists)
    return Registry(dict(sorted(lists.items())))


def _check_stand_ins(lists: Mapping[str, ListInfo]) -> None:
    for info in lists.values():
        if info.stands_in_for is not None and info.stands_in_for not in lists:
            raise RegistryError(
                f"no list is called {info.stands_in_for!r}",
                where=f"{info.id}.yml: stands_in_for",
                hint=did_you_mean(info.stands_in_for, lists),
            )


def _entries(folder: Traversable) -> list[Traversable]:
    try:
        inside = list(folder.iterdir())
    except OSError as error:
        raise RegistryError(
            f"cannot be read as a folder of lists: {error.strerror}", where=folder.name
        ) from error
    return sorted((file for file in inside if file.name.endswith(".yml")), key=lambda at: at.name)


def _read(entry: Traversable) -> ListInfo:
    try:
        raw = entry.read_bytes()
    except OSError as error:
        raise RegistryError(f"cannot be read: {error.strerror}", where=entry.name) from error
    described = locate(raw, entry.name)
    info = described.decode(ListInfo)
    stem = entry.name.removesuffix(".yml")
    if info.id != stem:
        raise described.refusal(
            f"the id {info.id} is not the file's name",
            ("id",),
            hint=f"call the file {info.id}.yml, or the list {stem}",
        )
    return info
