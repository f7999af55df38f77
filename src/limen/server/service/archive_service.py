"""Read diffs and histories from the archive, as plain JSON values.

Use it for what a snapshot does not hold. The archive serves one thread at a time and its library
loads slowly, so each question opens it anew, in a thread of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from limen.model import Instant


def diff_of(home: Path, list_id: str, before: str, after: str) -> dict[str, Any]:
    """Return what changed on a list between the versions in force on two days.

    Raises:
        InputError: a day is not valid, or is before the first version.
        ArchiveError: the archive cannot be read.
    """
    from limen.snapshot.build import open_archive

    with open_archive(home) as archive:
        diff = archive.diff(list_id, before, after)
    return {
        "list": list_id,
        "before": diff.before.published,
        "after": diff.after.published,
        "added": [_entry(each) for each in diff.added],
        "removed": [_entry(each) for each in diff.removed],
        "changed": [{**_entry(each.after), "fields": _plain(each.fields)} for each in diff.changed],
    }


def lags_of(home: Path, newest: Mapping[str, str]) -> dict[str, int]:
    """Return list -> seconds from its newest version's day to the moment it was first taken.

    Empty for a home that has a snapshot and no archive.

    Args:
        home: the home folder with the archive.
        newest: list -> the day of its newest version in service.

    Raises:
        ArchiveError: the archive cannot be read.
    """
    from limen.snapshot.build import open_archive
    from limen.snapshot.build.archive_home import archive_location

    location = archive_location(home)
    if "://" not in location and not Path(location).exists():
        return {}
    with open_archive(home) as archive:
        taken = {
            version.list_id: Instant.parse(version.retrieved_at).seconds
            for version in reversed(archive.versions())
            if version.published == newest.get(version.list_id)
        }
    return {name: at - Instant.parse(newest[name]).seconds for name, at in taken.items()}


def history_of(home: Path, party_id: str) -> list[dict[str, Any]]:
    """Return the history of a party's record over the versions of its list.

    Raises:
        ArchiveError: the archive cannot be read.
    """
    from limen.snapshot.build import open_archive

    with open_archive(home) as archive:
        histories = archive.history(party_id)
    return [
        {
            "list": each.list_id,
            "record_id": each.record_id,
            "caption": each.caption,
            "events": _plain(each.events),
            "listings": [
                {
                    "applied_from": _text(row.applied.start),
                    "applied_to": _text(row.applied.end),
                    "known_from": _text(row.known.start),
                    "known_to": _text(row.known.end),
                    "applied_basis": row.applied_basis,
                    "programmes": row.programmes,
                    "measures": row.measures,
                    "acts": row.acts,
                }
                for row in each.listings
            ],
        }
        for each in histories
        if f"{each.list_id}:{each.record_id}" == party_id
    ]


def _entry(entry: Any) -> dict[str, Any]:
    from limen.model import Party

    party = Party(entry.schema or "Thing", entry.properties, id=entry.record_id)
    return {"record_id": entry.record_id, "caption": party.caption, "schema": entry.schema}


def _text(instant: Any) -> str | None:
    return None if instant is None else str(instant)


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value)
