"""Join the parts of each record, and find the versions at which it changed.

A record's *key* in a vintage is the content id of each of its parts, the leading part first.
Keys are small, so whole lists of versions are compared by key and only what differs is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from limen.archive.content import Content, to_entry
from limen.archive.versions import Vintage
from limen.model import Entry

#: Content id of each part of a record; ``None`` where the part does not have the record.
Key = tuple[int | None, ...]
#: ``(version id, part) -> {record: content}``, all as the archive's own ids.
PartReader = Callable[[int, str], Mapping[int, int]]


def keys_in(vintage: Vintage, read_part: PartReader) -> dict[int, Key]:
    """Return the key of every record that the vintage lists: those its leading part has."""
    leading, *others = [read_part(version, part) for part, version in vintage.sources]
    if not others:
        return {record: (content,) for record, content in leading.items()}
    return {
        record: (content, *[part.get(record) for part in others])
        for record, content in leading.items()
    }


def timelines(
    vintages: Iterable[Vintage], read_part: PartReader
) -> dict[int, list[tuple[str, Key | None]]]:
    """Return for each record the days at which its key changed; ``None`` where it is absent."""
    changes: dict[int, list[tuple[str, Key | None]]] = {}
    before: dict[int, Key] = {}
    for vintage in vintages:
        day = vintage.version.published
        now = keys_in(vintage, read_part)
        for record, key in now.items():
            if before.get(record) != key:
                changes.setdefault(record, []).append((day, key))
        for record in before.keys() - now.keys():
            changes[record].append((day, None))
        before = now
    return changes


def contents_of(keys: Iterable[Key | None]) -> set[int]:
    """Return the id of every content in the keys."""
    return {content for key in keys if key for content in key if content is not None}


def join(record_id: str, key: Key, contents: Mapping[int, Content]) -> Entry:
    """Join the parts of a record into one entry.

    Properties come from all parts, values in the order of the parts, each once. Programmes,
    measures, acts and dates come from the leading part alone, because those of a part carried
    forward may be out of date.
    """
    if len(key) == 1 and key[0] is not None:
        return to_entry(record_id, contents[key[0]])
    parts = [contents[content] for content in key if content is not None]
    leading = parts[0]
    if len(parts) == 1:
        return to_entry(record_id, leading)
    return Entry(
        record_id=record_id,
        schema=next((part.schema for part in parts if part.schema), None),
        properties=_union([part.properties for part in parts]),
        programmes=leading.programmes,
        measures=leading.measures,
        acts=leading.acts,
        listed_on=leading.listed_on,
        delisted_on=leading.delisted_on,
        extra=_union([part.extra for part in parts]),
    )


def _union(parts: Sequence[Mapping[str, tuple[str, ...]]]) -> Mapping[str, tuple[str, ...]]:
    filled = [part for part in parts if part]
    if len(filled) == 1:
        return filled[0]
    joined: dict[str, dict[str, None]] = {}
    for part in filled:
        for name, values in part.items():
            joined.setdefault(name, {}).update(dict.fromkeys(values))
    return {name: tuple(values) for name, values in joined.items()}
