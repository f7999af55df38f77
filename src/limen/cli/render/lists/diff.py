"""Draw what changed on a list between two versions: added, removed, changed fields."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import msgspec

from limen.archive import RecordChange, VersionDiff
from limen.cli.render.text import paint, printable
from limen.cli.write_records import Records
from limen.model import Entry


def diff_records(diff: VersionDiff) -> Records:
    """Return the difference as lines and as data, a record a changed party."""
    return Records(list(_lines(diff)), list(_wire(diff)), list(_flat(diff)))


def _lines(diff: VersionDiff) -> Iterator[str]:
    head = f"{diff.before.list_id}  {diff.before.published} → {diff.after.published}"
    counts = (
        f"{len(diff.added):,} added, {len(diff.removed):,} removed, {len(diff.changed):,} changed"
    )
    yield paint(f"{head}  {counts}", "bold", sys.stdout)
    for entry in diff.added:
        yield paint(f"+ {_entry_line(entry)}", "green", sys.stdout)
    for entry in diff.removed:
        yield paint(f"- {_entry_line(entry)}", "red", sys.stdout)
    for change in diff.changed:
        yield paint(f"~ {change.after.record_id}  {_name(change.after)}", "yellow", sys.stdout)
        yield from _field_lines(change)


def _field_lines(change: RecordChange) -> Iterator[str]:
    for each in change.fields:
        parts = [paint(f"+ {printable(value)}", "green", sys.stdout) for value in each.added]
        parts += [paint(f"- {printable(value)}", "red", sys.stdout) for value in each.removed]
        yield f"    {each.field}: {'  '.join(parts) or 'in another order'}"


def _entry_line(entry: Entry) -> str:
    terms = "; ".join((*entry.programmes, *entry.acts))
    parts = (entry.record_id, entry.schema or "", _name(entry), printable(terms))
    return "  ".join(part for part in parts if part)


def _name(entry: Entry) -> str:
    for names in ("name", "alias", "weakAlias"):
        if entry.properties.get(names):
            return printable(entry.properties[names][0])
    return ""


def _wire(diff: VersionDiff) -> Iterator[dict[str, Any]]:
    for word, entries in (("added", diff.added), ("removed", diff.removed)):
        for entry in entries:
            yield {**_head(diff, word, entry), "entry": msgspec.to_builtins(entry)}
    for change in diff.changed:
        yield {
            **_head(diff, "changed", change.after),
            "fields": [msgspec.to_builtins(each) for each in change.fields],
        }


def _flat(diff: VersionDiff) -> Iterator[dict[str, Any]]:
    for word, entries in (("added", diff.added), ("removed", diff.removed)):
        for entry in entries:
            yield {**_head(diff, word, entry), "field": "", "before": "", "after": ""}
    for change in diff.changed:
        for each in change.fields:
            yield {
                **_head(diff, "changed", change.after),
                "field": each.field,
                "before": "; ".join(each.before),
                "after": "; ".join(each.after),
            }


def _head(diff: VersionDiff, word: str, entry: Entry) -> dict[str, Any]:
    return {
        "list": diff.before.list_id,
        "from": diff.before.published,
        "to": diff.after.published,
        "change": word,
        "record_id": entry.record_id,
        "schema": entry.schema,
        "name": _name(entry),
        "programmes": "; ".join(entry.programmes),
    }
