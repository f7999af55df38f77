"""The versions of lists that an update is offered, wherever they come from.

``manifest_offers`` collects them from a folder or a mirror, ``publisher_offers`` from the
publishers; ``update`` decides what becomes of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from limen.archive import Archive, Version
from limen.lists.fetch.fetcher import Fetched, Fetcher
from limen.lists.fetch.http import Validators
from limen.lists.registry import Registry
from limen.lists.source import Source
from limen.model import Instant, LimenError


@dataclass(frozen=True, slots=True)
class Offered:
    """A version of a list that was offered and is not yet read.

    Attributes:
        published: the ISO day it is stated to be of; ``None`` where the file must tell.
        partial: parts that were not available for that day.
        from_publisher: whether the publisher itself sent it, which proves it current.
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
    """The publisher's answer that the newest version in the archive is the current one."""

    list_id: str
    checked_at: str
    version: Version


@dataclass(frozen=True, slots=True)
class Unavailable:
    """A version that could not be fetched, and why."""

    list_id: str
    published: str | None
    error: LimenError


Offer = Offered | StillCurrent | Unavailable


@dataclass(frozen=True, slots=True)
class Intake:
    """What offers are collected with during one update.

    Attributes:
        folder: a temporary folder for files that are fetched.
        moment: when the update began.
    """

    registry: Registry
    archive: Archive
    fetcher: Fetcher
    folder: Path
    moment: Instant


def sources_of(fetched: Mapping[str, Fetched]) -> dict[str, Source]:
    """Return fetched files as sources to read, by role."""
    return {role: Source.of_path(role, file.path) for role, file in fetched.items()}


def retrieved_at(fetched: Mapping[str, Fetched]) -> str:
    """Return the instant at which the last of the files had come."""
    return str(max(file.retrieved_at for file in fetched.values()))
