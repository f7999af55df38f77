"""Read ``lists.yml``, which maps the files of a folder or mirror to lists and days.

docs/mirrors.md says how to write one. It is read whole and refused whole: a line that is wrong
stops the update before anything is loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import msgspec

from limen.lists.fetch.fetcher import Fetcher
from limen.lists.fetch.http import redacted
from limen.lists.formats import FORMATS
from limen.lists.source import Source
from limen.model import DataError, InputError
from limen.util.located_yaml import Located, locate
from limen.util.suggest import did_you_mean

NAME = "lists.yml"
#: Enough for tens of thousands of versions, more than any mirror has.
MAX_MANIFEST_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class VersionFiles:
    """The files of one version of a list.

    Attributes:
        list_id: the list's id in the registry; not looked up here.
        format: a name of :mod:`limen.lists.formats`, with files to match.
        published: the publisher's day.
        files: role -> path, relative to the ``lists.yml`` and inside its folder.
        partial: parts that were not available for that day, carried forward from earlier.
        where: the line of the ``lists.yml``, for errors.
    """

    list_id: str
    format: str
    published: date
    files: Mapping[str, str]
    partial: tuple[str, ...]
    where: str

    def sources(self, folder: Path) -> dict[str, Source]:
        """Return the files in the folder of the ``lists.yml``, by role."""
        return {
            role: Source.of_path(role, folder / path, name=path)
            for role, path in self.files.items()
        }

    def urls(self, base: str) -> dict[str, str]:
        """Return the addresses of the files on a mirror with its ``lists.yml`` at ``base``."""
        return {role: urljoin(base, quote(path)) for role, path in self.files.items()}


class _Version(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    list: str
    format: str
    published: date
    files: dict[str, str]
    partial: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        layout = FORMATS.get(self.format)
        if layout is None:
            raise ValueError(
                f"unknown format {self.format!r}; {did_you_mean(self.format, FORMATS)}"
            )
        if misfit := layout.misfit(self.files, self.partial):
            raise ValueError(misfit)


class _Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    versions: tuple[_Version, ...]


def parse_manifest(raw: bytes, name: str = NAME) -> tuple[VersionFiles, ...]:
    """Read the bytes of a ``lists.yml``, in the order written.

    Raises:
        DataError: something is wrong, with its line; or a path that leaves the folder.
    """
    described = locate(raw, name, error=DataError)
    versions = described.decode(_Manifest).versions
    if not versions:
        raise described.refusal("no version is listed", ("versions",))
    _check_each_once(described, versions)
    return tuple(
        VersionFiles(
            list_id=version.list,
            format=version.format,
            published=version.published,
            files={
                role: _inside(described, path, ("versions", index, "files", role))
                for role, path in version.files.items()
            },
            partial=version.partial,
            where=described.where(("versions", index)),
        )
        for index, version in enumerate(versions)
    )


def read_manifest(path: Path) -> tuple[VersionFiles, ...]:
    """Read a ``lists.yml``, and check that every file it names is in its folder or below.

    Raises:
        DataError: it cannot be read, is wrong, or names a file that is missing or elsewhere.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DataError(
            f"cannot be read: {error.strerror}",
            where=path.name,
            hint=f"a folder of lists is described by its {NAME}: docs/mirrors.md",
        ) from error
    versions = parse_manifest(raw, path.name)
    folder = path.parent.resolve()
    for version in versions:
        for name in version.files.values():
            file = (folder / name).resolve()
            if not file.is_relative_to(folder):
                raise _leaves(name, version.where)
            if not file.is_file():
                raise DataError(
                    f"{name} is not there",
                    where=version.where,
                    why=f"{version.list_id} of {version.published} would be incomplete",
                    hint="carry the file too, or take the version out",
                )
    return versions


def manifest_url(address: str) -> str:
    """Return the address of a mirror's ``lists.yml``: the address itself, or below it.

    Raises:
        InputError: not an address on the web.
    """
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise InputError(f"{address!r} is not an address: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(f"{address!r} is not an address on the web, or a folder")
    if parts.path.endswith((".yml", ".yaml")):
        return address
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{NAME}"))


def fetch_manifest(fetcher: Fetcher, url: str, folder: Path) -> tuple[VersionFiles, ...]:
    """Fetch a mirror's ``lists.yml`` into ``folder``, and read it.

    Raises:
        NetworkError: it cannot be fetched.
        DataError: it is wrong.
    """
    small = replace(fetcher, max_bytes=MAX_MANIFEST_BYTES)
    return parse_manifest(small.fetch(url, folder / NAME).path.read_bytes(), redacted(url))


def _check_each_once(described: Located, versions: tuple[_Version, ...]) -> None:
    first: dict[tuple[str, date], int] = {}
    for index, version in enumerate(versions):
        earlier = first.setdefault((version.list, version.published), index)
        if earlier != index:
            raise described.refusal(
                f"{version.list} of {version.published} is given twice, "
                f"first at {described.where(('versions', earlier))}",
                ("versions", index),
                hint="a list has one version a day: keep the format you trust more",
            )


def _inside(described: Located, path: str, at: tuple[str | int, ...]) -> str:
    parts = PurePosixPath(path)
    strange = parts.is_absolute() or ".." in parts.parts or any(sign in path for sign in ":\\?#\0")
    if strange or not parts.name:
        raise _leaves(path, described.where(at))
    return str(parts)


def _leaves(path: str, where: str) -> DataError:
    return DataError(
        f"{path!r} is not a path inside the folder of the {NAME}",
        where=where,
        why="a folder from elsewhere could have any file of this machine read",
        hint="write it relative to the folder, with / and without ..",
    )
