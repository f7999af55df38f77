"""Draw the state of every list in the snapshot."""

from __future__ import annotations

import sys

import msgspec

from limen.cli.render.text import aligned, counted, paint
from limen.cli.runs.open_query import OpenQuery
from limen.cli.write_records import Records
from limen.model import ListCoverage

_STYLES = {"ok": "green", "overridden": "yellow", "missing": "dim"}
_HEAD = ("list", "authority", "version", "age", "allowed", "records", "state", "why")


def status_records(query: OpenQuery) -> Records:
    """Return every list with what it can carry at the instant of the question."""
    arguments, manifest = query.arguments, query.engine.snapshot.manifest
    infos = {info.id: info for info in manifest.lists}
    coverage = query.engine.coverage(
        as_of=arguments.as_of,
        known_at=arguments.known_at,
        lists=tuple(infos),
        allow_stale=arguments.allow_stale,
    )
    resting = {each.list for each in query.coverage}
    wire = [
        {
            **msgspec.to_builtins(each),
            "title": infos[each.list].title,
            "authority": infos[each.list].authority,
            "sample": infos[each.list].sample,
            "rests_on": each.list in resting,
        }
        for each in coverage
    ]
    cells = [_cells(each, infos[each.list].authority) for each in coverage]
    lines = aligned([_HEAD, *cells], right=(3, 4, 5), indent="")
    styled = [
        lines[0],
        *(_styled(line, each) for line, each in zip(lines[1:], coverage, strict=True)),
    ]
    text = [
        f"as of {arguments.as_of}, known at {arguments.known_at}, snapshot {manifest.id}",
        *styled,
        f"screening rests on {', '.join(sorted(resting)) or 'no list'}",
    ]
    return Records(text, wire, wire)


def _cells(each: ListCoverage, authority: str) -> tuple[str, ...]:
    return (
        each.list,
        authority,
        each.version or "—",
        "" if each.age_days is None else counted(each.age_days, "day"),
        "" if each.max_age_days is None else f"{each.max_age_days:,}",
        f"{each.records:,}" if each.version else "",
        each.state.replace("_", " "),
        each.why,
    )


def _styled(line: str, each: ListCoverage) -> str:
    return paint(line, _STYLES.get(each.state, "magenta"), sys.stdout)
