"""Look back over a file of dated rows, and write what each would have done and the scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click
import msgspec

from limen.batch.columns.mapping import Wishes, parse_wish
from limen.batch.dated_rows import DateColumns, read_dated
from limen.batch.tables.open_table import open_table
from limen.cli.write_records import Records, write_records
from limen.model.instant import read_instant
from limen.simulation.look_back import LookBack, LookBackRow, LookBackScope, look_back
from limen.util.exit_codes import ExitCode
from limen.util.files import write_output

_MARKS = {"missed": "+", "not_again": "-", "same": "=", "unknown": "?"}


def look_back_file(file: str, options: Mapping[str, Any]) -> int:
    """Screen the rows of a file as of their days; return the exit code."""
    import limen

    columns = DateColumns(
        first=options["date"] or options["start"],
        last=None if options["date"] else options["end"] or "",
        alerted=options["alerted"],
        amount=options["amount"],
        currency=options["currency"],
    )
    wishes = Wishes(
        dict(map(parse_wish, options["wishes"])), options["date_order"], options["schema"]
    )
    engine = limen.open()
    with open_table(file, named=wishes.targets) as table:
        found = look_back(
            engine,
            read_dated(table, columns, wishes),
            first=read_instant(options["first"], "--from").day,
            last=read_instant(options["last"], "--to").day,
            known=options["known"],
            known_until=engine.snapshot.manifest.known_until,
            authorities=options["authorities"],
            lists=options["lists"] or None,
            threshold=options["threshold"],
            allow_stale=options["allow_stale"],
        )
    write_records(_records(found.rows), options["output_format"], options["output"])
    if options["scope"]:
        scope = msgspec.json.format(msgspec.json.encode(found.scope), indent=2)
        write_output(options["scope"], scope + b"\n")
    if not options["quiet"]:
        click.echo("\n".join(scope_lines(found.scope)), err=True)
    return _exit(found)


def _records(rows: Sequence[LookBackRow]) -> Records:
    """Return rows in their three shapes; the table has those that alert or cannot be said."""
    text = [
        f"{_MARKS[row.difference]} {row.would:<10} {row.first_exposure or '-':<10} "
        f"{row.label or f'line {row.line:,}'}  {', '.join(row.findings)}  {row.why}"
        for row in rows
        if row.would not in ("clear", "outside") or row.difference == "not_again"
    ]
    wire = [msgspec.to_builtins(row) for row in rows]
    flat = [
        {
            name: "; ".join(value) if isinstance(value, (list, tuple)) else value
            for name, value in row.items()
        }
        for row in wire
    ]
    return Records(text, wire, flat)


def scope_lines(scope: LookBackScope) -> list[str]:
    """Return the scope statement."""
    known = "what was known on each day" if scope.known == "then" else "what is known now"
    counts = ", ".join(f"{count:,} {name}" for name, count in scope.rows.items())
    differences = ", ".join(f"{count:,} {name}" for name, count in scope.differences.items())
    lines = [
        (
            f"look-back from {scope.first} to {scope.last}, with {known}; snapshot "
            f"{scope.snapshot}, known until {scope.known_until}"
        ),
        f"rows: {counts or 'none'}; against what did alert: {differences or 'none'}",
    ]
    for what, sums in (("would have alerted", scope.amounts), ("missed", scope.missed)):
        lines += [f"amounts {what}: {total:,} {unit}".rstrip() for unit, total in sums.items()]
    if scope.without_amount:
        lines.append(f"{scope.without_amount:,} rows that would have alerted have no amount")
    lines += [
        f"list on {day}: {each.list} {each.version or 'no version'}, {each.state}"
        + (f": {each.why}" if each.why else "")
        for day, each in scope.lists
    ]
    lines += [f"cannot say, {count:,} rows: {reason}" for reason, count in scope.reasons.items()]
    return lines


def _exit(found: LookBack) -> ExitCode:
    """Return 6 where a day of a row could not be said, 5 where a row could not be read."""
    if any(row.unsure_days for row in found.rows):
        return ExitCode.CANNOT_SAY
    return ExitCode.ROW_ERRORS if found.scope.rows.get("refused") else ExitCode.DONE
