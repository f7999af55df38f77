"""Lists written by hand: versions with few records, loaded and told in one line each."""

from __future__ import annotations

from collections.abc import Iterable

from limen.archive import Archive, ListingRow, NewVersion, SourceFile, StoreResult
from limen.model import WHOLE, Entry

LIST = "us_ofac_sdn"


def person(
    record_id: str,
    name: str = "AKSYONOV, Sergey",
    *programmes: str,
    part: str = WHOLE,
    listed_on: str | None = None,
    delisted_on: str | None = None,
    **properties: str,
) -> Entry:
    said = {key: (value,) for key, value in {"name": name, **properties}.items()}
    return Entry(
        record_id,
        part,
        "Person",
        said,
        programmes,
        listed_on=listed_on,
        delisted_on=delisted_on,
    )


def version(
    published: str,
    *,
    list_id: str = LIST,
    parts: tuple[str, ...] = (WHOLE,),
    carried: tuple[str, ...] = (),
    retrieved_at: str = "2026-01-01T00:00:00Z",
    reader: str = "0.1.0",
    format_name: str = "by_hand",
) -> NewVersion:
    return NewVersion(
        list_id,
        published,
        format_name,
        parts,
        retrieved_at,
        reader,
        carried,
        url="https://example.org/list",
    )


def load(archive: Archive, published: str, *entries: Entry, **more: object) -> StoreResult:
    files = {"xml": SourceFile(f"{published}.xml", f"as published on {published}".encode())}
    return archive.store(version(published, **more), entries, files)


def told(rows: Iterable[ListingRow]) -> list[str]:
    """``applied 2014-03-17.. UKRAINE by publisher, known 2014-03-18..``"""
    return [
        f"applied {row.applied.start or ''}..{row.applied.end or ''} "
        f"{'+'.join(row.programmes) or '-'} by {row.applied_basis}, "
        f"known {row.known.start}..{row.known.end or ''}"
        for row in rows
    ]
