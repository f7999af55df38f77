"""Small worlds to screen in: a few lists with a few records, archived and compiled for real."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from limen.archive import Archive, NewVersion, SourceFile
from limen.engine import Engine
from limen.lists.registry import Band, Canary, Licence, ListInfo, Registry, Span
from limen.model import Entry
from limen.snapshot import Snapshot
from limen.snapshot.build import build

TODAY = datetime(2024, 6, 1, 12, tzinfo=UTC)


def listed(record_id: str, name: str, schema: str = "Person", **rest) -> Entry:
    """An entry; keyword arguments that are entry fields go there, others are properties."""
    fields = ("programmes", "measures", "acts", "listed_on", "delisted_on", "extra", "part")
    entry = {key: rest.pop(key) for key in fields if key in rest}
    properties = {"name": (name,)}
    for key, value in rest.items():
        properties[key] = (value,) if isinstance(value, str) else tuple(value)
    return Entry(record_id=record_id, schema=schema, properties=properties, **entry)


def a_list(list_id: str, authority: str = "US", **rest) -> ListInfo:
    """A registry entry with forgiving limits."""
    values = {
        "title": list_id,
        "publisher": authority,
        "page": "https://example.org",
        "downloads": (),
        "licence": Licence(name="test", redistribute=True),
        "cadence": "daily",
        "max_age_days": 10,
        "records": Band(min=1, max=100_000),
        "max_shrink": 0.5,
        "canaries": (),
        "default": True,
        "service": Span(),
    }
    return ListInfo(id=list_id, authority=authority, **(values | rest))


def registry(*lists: ListInfo) -> Registry:
    return Registry({info.id: info for info in lists})


Versions = Mapping[str, Mapping[str, Sequence[Entry]]]


def fill(home: Path, versions: Versions, carried: Iterable[str] = ()) -> None:
    """Archive versions: ``{list: {day: entries}}``."""
    home.mkdir(parents=True, exist_ok=True)
    with Archive.open(str(home / "archive.sqlite")) as archive:
        for list_id, days in versions.items():
            for day, entries in days.items():
                archive.store(
                    NewVersion(
                        list_id=list_id,
                        published=day,
                        format="limen_csv",
                        parts=("record",),
                        carried=tuple(carried),
                        retrieved_at=f"{day}T12:00:00Z",
                        reader="test",
                    ),
                    entries,
                    {"csv": SourceFile("list.csv", f"{list_id} {day}".encode())},
                )


def world(home: Path, lists: Registry, versions: Versions, *, today: datetime = TODAY) -> Engine:
    """An engine over a compiled home."""
    fill(home, versions)
    with Archive.open(str(home / "archive.sqlite")) as archive:
        info = build(home, lists, archive=archive, clock=lambda: today)
    return Engine(Snapshot(info.folder), clock=lambda: today)


def person(name: str, **properties: str) -> dict:
    """A party as somebody would ask for it."""
    return {"schema": "Person", "properties": {"name": name, **properties}}


__all__ = [
    "TODAY",
    "Canary",
    "Span",
    "a_list",
    "date",
    "fill",
    "listed",
    "person",
    "registry",
    "world",
]
