"""Where versions of lists come from: a folder, a mirror, the publishers, or Limen's own sample."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import as_file, files
from pathlib import Path

from limen.archive import Archive, Version
from limen.lists.fetch.fetcher import Fetched, Fetcher, NotModified
from limen.lists.formats import format_named
from limen.lists.manifest import NAME, VersionFiles, fetch_manifest, manifest_url, read_manifest
from limen.lists.registry import ListInfo, Registry
from limen.lists.source import Source
from limen.lists.fetch.http import Validators, redacted
from limen.model import InputError, Instant, LimenError

#: The bundled sample: its file in the package, and the day it is of.
_BUNDLED = {"limen_starter": ("starter/limen_starter.csv", "limen_csv", "csv", "2022-04-30")}


@dataclass(frozen=True, slots=True)
class Offered:
    """A version that somebody offers, not yet read.

    Attributes:
        published: the ISO day it is said to be of; ``None`` where the file must say.
        partial: parts that were not to be had for that day.
        from_publisher: whether the publisher itself was asked, so that "unchanged" means
            "still current".
    """

    list_id: str
    format: str
    published: str | None
    sources: Mapping[str, Source]
    retrieved_at: str
    partial: tuple[str, ...] = ()
    url: str = ""
    validators: Mapping[str, Validators] = field(default_factory=dict)
    from_publisher: bool = False


@dataclass(frozen=True, slots=True)
class StillCurrent:
    """The publisher says that the newest version held is the current one."""

    list_id: str
    checked_at: str
    version: Version


@dataclass(frozen=True, slots=True)
class NotHad:
    """A version that could not be had, and why."""

    list_id: str
    published: str | None
    error: LimenError


#: Tells what a list's address needs, by list and name; ``""`` where it was not given.
Secret = Callable[[str, str], str]
Offer = Offered | StillCurrent | NotHad


def from_folder(
    folder: Path, wanted: Sequence[str], retrieved_at: str, *, newest: bool
) -> Iterator[Offer]:
    """The versions a folder's ``lists.yml`` describes, oldest first.

    Raises:
        DataError: the ``lists.yml`` is missing or wrong.
    """
    for version in _chosen(read_manifest(folder / NAME), wanted, newest):
        yield _described(version, version.sources(folder), retrieved_at)


def from_mirror(
    base: str, wanted: Sequence[str], fetcher: Fetcher, aside: Path, *, newest: bool
) -> Iterator[Offer]:
    """The versions a mirror's ``lists.yml`` describes, oldest first, fetched one by one.

    Raises:
        NetworkError: the mirror's ``lists.yml`` cannot be had.
        DataError: it is wrong.
    """
    address = manifest_url(base)
    versions = fetch_manifest(fetcher, address, aside)
    for number, version in enumerate(_chosen(versions, wanted, newest)):
        folder = aside / str(number)
        folder.mkdir()
        try:
            fetched = fetcher.fetch_version(version.urls(address), folder, seen={})
        except LimenError as error:
            yield NotHad(version.list_id, version.published.isoformat(), error)
            continue
        if isinstance(fetched, dict):
            yield _described(
                version, _sources(fetched), str(_latest(fetched)), url=redacted(address)
            )


def from_publishers(
    registry: Registry,
    wanted: Sequence[str],
    archive: Archive,
    fetcher: Fetcher,
    aside: Path,
    secret: Secret,
    today: Instant,
) -> Iterator[Offer]:
    """The current version of each list, from its publisher, asked conditionally.

    Without ``wanted`` every list that is kept up and needs nothing from the user is asked for.
    """
    for info in _asked_for(registry, wanted, secret, today):
        bundled = _BUNDLED.get(info.id)
        if bundled is not None:
            yield _bundled_version(info, str(today))
            continue
        if not info.downloads:
            error = InputError(
                "its publisher serves no file",
                where=info.id,
                hint="load it from a folder with --from; docs/mirrors.md says how",
            )
            yield NotHad(info.id, None, error)
            continue
        folder = aside / info.id
        folder.mkdir()
        try:
            yield _fetched(info, archive, fetcher, folder, secret)
        except LimenError as error:
            yield NotHad(info.id, None, error)


def _asked_for(
    registry: Registry, wanted: Sequence[str], secret: Secret, today: Instant
) -> Iterator[ListInfo]:
    if wanted:
        yield from (registry.get(name, where="lists update") for name in wanted)
        return
    for info in registry:
        can_ask = info.downloads and all(_given(info, secret).values())
        if can_ask and not info.sample and info.in_service.covers(today):
            yield info


def secret_name(list_id: str, need: str) -> str:
    """The environment variable that gives what an address asks for: ``LIMEN_TOKEN_EU_FSF``."""
    return f"LIMEN_{need}_{list_id}".upper()


def _given(info: ListInfo, secret: Secret) -> dict[str, str]:
    return {need: secret(info.id, need) for need in info.downloads[0].needs}


def _fetched(
    info: ListInfo, archive: Archive, fetcher: Fetcher, folder: Path, secret: Secret
) -> Offer:
    download, given = info.downloads[0], _given(info, secret)
    for need, value in given.items():
        if not value:
            raise InputError(
                f"its address asks for a {need}, and none was given",
                where=info.id,
                hint=f"set {secret_name(info.id, need)}; {info.page} says where to find it",
            )
    held = archive.versions(info.id)
    last = held[-1] if held else None
    seen = _validators(last) if last and last.format == download.format else {}
    fetched = fetcher.fetch_version(download.urls(given), folder, seen=seen)
    if isinstance(fetched, NotModified):
        if last is None:
            raise InputError("the publisher answers 304 to a question that was not conditional")
        return StillCurrent(info.id, str(fetched.checked_at), last)
    return Offered(
        list_id=info.id,
        format=download.format,
        published=None,
        sources=_sources(fetched),
        retrieved_at=str(_latest(fetched)),
        url=next(iter(fetched.values())).url,
        validators={role: each.validators for role, each in fetched.items()},
        from_publisher=True,
    )


def _validators(version: Version) -> dict[str, Validators]:
    """What to ask the leading file with; the others are fetched when it has changed."""
    roles = format_named(version.format).required
    if len(version.files) != 1 or not (version.etag or version.last_modified):
        return {}
    return {role: Validators(version.etag, version.last_modified) for role in roles}


def _bundled_version(info: ListInfo, retrieved_at: str) -> Offered:
    path, format_name, role, day = _BUNDLED[info.id]
    resource = files("limen.lists") / "data" / path
    with as_file(resource) as file:
        data = file.read_bytes()
    source = Source.of_bytes(role, data, name=file.name)
    return Offered(info.id, format_name, day, {role: source}, retrieved_at)


def _chosen(
    versions: Iterable[VersionFiles], wanted: Sequence[str], newest: bool
) -> list[VersionFiles]:
    ordered = sorted(versions, key=lambda each: (each.published, each.list_id))
    known = {each.list_id for each in ordered}
    for name in wanted:
        if name not in known:
            raise InputError(
                f"{NAME} has no version of {name!r}",
                where="lists update",
                hint=f"it has {', '.join(sorted(known))}",
            )
    kept = [each for each in ordered if not wanted or each.list_id in wanted]
    if newest:
        kept = list({each.list_id: each for each in kept}.values())
    return kept


def _described(
    version: VersionFiles, sources: Mapping[str, Source], retrieved_at: str, url: str = ""
) -> Offered:
    return Offered(
        list_id=version.list_id,
        format=version.format,
        published=version.published.isoformat(),
        sources=sources,
        retrieved_at=retrieved_at,
        partial=version.partial,
        url=url,
    )


def _sources(fetched: Mapping[str, Fetched]) -> dict[str, Source]:
    return {role: Source.of_path(role, each.path) for role, each in fetched.items()}


def _latest(fetched: Mapping[str, Fetched]) -> Instant:
    return max(each.retrieved_at for each in fetched.values())
