"""Collect the current version of each list from its publisher, or from Limen's own sample."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from importlib.resources import as_file, files
from pathlib import Path

from limen.archive import Version
from limen.lists.fetch.fetcher import NotModified
from limen.lists.fetch.http import Validators
from limen.lists.formats import format_named
from limen.lists.registry import ListInfo
from limen.lists.source import Source
from limen.model import InputError, Instant, LimenError
from limen.snapshot.build.offers import (
    Intake,
    Offer,
    Offered,
    StillCurrent,
    Unavailable,
    retrieved_at,
    sources_of,
)

#: The bundled sample: its file in the package, its format and role, and the day it is of.
_BUNDLED = {"limen_starter": ("starter/limen_starter.csv", "limen_csv", "csv", "2022-04-30")}


def from_publishers(lists: Sequence[str], intake: Intake) -> Iterator[Offer]:
    """Yield the current version of each list, requested conditionally.

    Without ``lists``, every list that is in service and needs nothing from the user is
    requested.
    """
    for info in _requested(lists, intake):
        if info.id in _BUNDLED:
            yield _bundled_version(info, intake.moment)
            continue
        if not info.downloads:
            error = InputError(
                "its publisher serves no file",
                where=info.id,
                hint="load it from a folder with --from; docs/mirrors.md says how",
            )
            yield Unavailable(info.id, None, error)
            continue
        folder = intake.folder / info.id
        folder.mkdir()
        try:
            yield _fetched(info, intake, folder)
        except LimenError as error:
            yield Unavailable(info.id, None, error)


def _requested(lists: Sequence[str], intake: Intake) -> Iterator[ListInfo]:
    if lists:
        yield from (intake.registry.get(name, where="lists update") for name in lists)
        return
    today = _day(intake.moment)
    for info in intake.registry:
        available = info.downloads and all(_secrets(info).values())
        if available and not info.sample and info.in_service.covers(today):
            yield info


def _day(moment: Instant) -> Instant:
    """Return the first instant of a moment's day."""
    return Instant.parse(moment.day)


def _secret_name(list_id: str, need: str) -> str:
    """Return the environment variable of a list's secret: ``LIMEN_TOKEN_EU_FSF``."""
    return f"LIMEN_{need}_{list_id}".upper()


def _secrets(info: ListInfo) -> dict[str, str]:
    """Return what the list's address needs, from the environment; ``""`` where it is not set."""
    needs = info.downloads[0].needs
    return {need: os.environ.get(_secret_name(info.id, need), "") for need in needs}


def _fetched(info: ListInfo, intake: Intake, folder: Path) -> Offer:
    download, secrets = info.downloads[0], _secrets(info)
    for need, value in secrets.items():
        if not value:
            raise InputError(
                f"its address asks for a {need}, and none was given",
                where=info.id,
                hint=f"set {_secret_name(info.id, need)}; {info.page} says where to find it",
            )
    held = intake.archive.versions(info.id)
    last = held[-1] if held else None
    seen = _validators(last) if last and last.format == download.format else {}
    fetched = intake.fetcher.fetch_version(download.urls(secrets), folder, seen=seen)
    if isinstance(fetched, NotModified):
        if last is None:
            raise InputError("the publisher answers 304 to a request that was not conditional")
        return StillCurrent(info.id, str(fetched.checked_at), last)
    return Offered(
        list_id=info.id,
        format=download.format,
        published=None,
        sources=sources_of(fetched),
        retrieved_at=retrieved_at(fetched),
        url=next(iter(fetched.values())).url,
        validators={role: file.validators for role, file in fetched.items()},
        from_publisher=True,
    )


def _validators(version: Version) -> dict[str, Validators]:
    """Return the validators of a version of one file; one of several is fetched whole."""
    roles = format_named(version.format).required
    if len(version.files) != 1 or not (version.etag or version.last_modified):
        return {}
    return {role: Validators(version.etag, version.last_modified) for role in roles}


def _bundled_version(info: ListInfo, moment: Instant) -> Offered:
    path, format_name, role, day = _BUNDLED[info.id]
    resource = files("limen.lists") / "data" / path
    with as_file(resource) as file:
        data = file.read_bytes()
    source = Source.of_bytes(role, data, name=file.name)
    return Offered(info.id, format_name, day, {role: source}, str(_day(moment)))
