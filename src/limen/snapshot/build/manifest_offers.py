"""Collect the versions that a ``lists.yml`` describes, in a folder or on a mirror."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from limen.lists.fetch.http import redacted
from limen.lists.manifest import NAME, VersionFiles, fetch_manifest, manifest_url, read_manifest
from limen.lists.source import Source
from limen.model import InputError, LimenError
from limen.snapshot.build.offers import (
    Intake,
    Offer,
    Offered,
    Unavailable,
    retrieved_at,
    sources_of,
)


def from_folder(
    folder: Path, lists: Sequence[str], intake: Intake, *, newest: bool
) -> Iterator[Offer]:
    """Yield the versions that a folder's ``lists.yml`` describes, oldest first.

    Args:
        folder: the folder of the ``lists.yml``.
        lists: the lists to take; all when empty.
        intake: when the update began.
        newest: whether to take only the newest version of each list.

    Raises:
        DataError: the ``lists.yml`` is missing or wrong.
    """
    for version in _selected(read_manifest(folder / NAME), lists, newest=newest):
        yield _offered(version, version.sources(folder), str(intake.moment))


def from_mirror(
    base: str, lists: Sequence[str], intake: Intake, *, newest: bool
) -> Iterator[Offer]:
    """Yield the versions that a mirror's ``lists.yml`` describes, oldest first.

    Each is fetched when the one before was taken. The arguments are those of
    :func:`from_folder`.

    Raises:
        NetworkError: the mirror's ``lists.yml`` cannot be fetched.
        DataError: it is wrong.
    """
    address = manifest_url(base)
    versions = fetch_manifest(intake.fetcher, address, intake.folder)
    for number, version in enumerate(_selected(versions, lists, newest=newest)):
        folder = intake.folder / str(number)
        folder.mkdir()
        try:
            fetched = intake.fetcher.fetch_version(version.urls(address), folder, seen={})
        except LimenError as error:
            yield Unavailable(version.list_id, version.published.isoformat(), error)
            continue
        if isinstance(fetched, dict):
            at, url = retrieved_at(fetched), redacted(address)
            yield _offered(version, sources_of(fetched), at, url=url)


def _selected(
    versions: Iterable[VersionFiles], lists: Sequence[str], *, newest: bool
) -> list[VersionFiles]:
    ordered = sorted(versions, key=lambda version: (version.published, version.list_id))
    available = {version.list_id for version in ordered}
    for name in lists:
        if name not in available:
            raise InputError(
                f"{NAME} has no version of {name!r}",
                where="lists update",
                hint=f"it has {', '.join(sorted(available))}",
            )
    selected = [version for version in ordered if not lists or version.list_id in lists]
    if newest:
        selected = list({version.list_id: version for version in selected}.values())
    return selected


def _offered(
    version: VersionFiles, sources: Mapping[str, Source], at: str, *, url: str = ""
) -> Offered:
    return Offered(
        list_id=version.list_id,
        format=version.format,
        published=version.published.isoformat(),
        sources=sources,
        retrieved_at=at,
        partial=version.partial,
        url=url,
    )
