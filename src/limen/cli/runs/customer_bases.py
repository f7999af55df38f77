"""Add, update and show customer bases."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import msgspec

from limen.batch.columns.mapping import Wishes, parse_wish
from limen.batch.row_party import Columns
from limen.cli.write_records import Records
from limen.rescreening.bases.base import Base
from limen.rescreening.bases.base_format import REFUSED, RefusedRow
from limen.rescreening.bases.base_home import (
    base_folder,
    base_names,
    current_version,
    open_base,
    store_base,
)
from limen.rescreening.bases.compile_base import FileReading
from limen.rescreening.bases.customer_changes import CustomerChanges, customer_changes
from limen.rescreening.run_record import last_run, read_lines
from limen.snapshot import home_folder
from limen.util.exit_codes import ExitCode

#: Refused rows that are printed; `limen base show` has all.
_PRINTED = 5


def store(name: str, file: Path, options: Mapping[str, Any], *, new: bool) -> int:
    """Compile a file into a base; return the exit code."""
    home = home_folder()
    folder = base_folder(home, name)
    before = None if new else current_version(folder)
    known = open_base(home, name).manifest.columns if before else None
    manifest = store_base(home, name, file, _reading(options, known), new=new)
    now = open_base(home, name)
    click.echo(manifest.id)
    if not options["quiet"]:
        for line in _stored_lines(now, folder, before):
            click.echo(line, err=True)
    return ExitCode.ROW_ERRORS if manifest.counts["refused"] else ExitCode.DONE


def _reading(options: Mapping[str, Any], known: Columns | None) -> FileReading:
    """Return how a file is read: as decided now, else as the version before was."""
    targets = dict(map(parse_wish, options["wishes"]))
    decided = known.columns if known else ()
    before = {column.name: column.target for column in decided if column.basis == "you"}
    orders = [column.order for column in decided if column.order]
    return FileReading(
        Wishes(
            targets=before | targets,
            date_order=options["date_order"] or (orders[0] if orders else None),
            schema=options["schema"] or (known.schema if known else None),
        ),
        encoding=options["encoding"],
        header=options["header"],
        before={column.name: column.target for column in decided if column.target},
    )


def _stored_lines(base: Base, folder: Path, before: str | None) -> list[str]:
    counts = base.manifest.counts
    used = [f"{each.name}={each.target}" for each in base.manifest.columns.columns if each.target]
    lines = [
        f"columns: {', '.join(used)}" if used else "columns: as they are, FollowTheMoney",
        f"{counts['customers']:,} customers, by {base.manifest.keyed_by}",
    ]
    if before is not None:
        old = Base(folder / "versions" / before)
        changes = customer_changes(old, base)
        lines.append(f"since the version before: {_in_words(changes)}")
    refused = refused_rows(base)
    lines += [f"refused: {row.reason}" for row in refused[:_PRINTED]]
    if len(refused) > _PRINTED:
        more = len(refused) - _PRINTED
        lines.append(f"refused: {more:,} more rows; `limen base show {base.manifest.base}`")
    return lines


def _in_words(changes: CustomerChanges) -> str:
    return f"{changes.new.size:,} new, {changes.changed.size:,} changed, {len(changes.gone):,} gone"


def refused_rows(base: Base) -> list[RefusedRow]:
    """Return the rows of the file that are not in the base."""
    return list(read_lines(base.folder / REFUSED, RefusedRow))


def shown(name: str) -> Records:
    """Return what is known of one base."""
    home = home_folder()
    base, last = open_base(home, name), last_run(base_folder(home, name))
    manifest, refused = base.manifest, refused_rows(base)
    columns = {each.name: each.target for each in manifest.columns.columns}
    wire = {
        "base": name,
        "version": manifest.id,
        "built_at": manifest.built_at,
        "file": msgspec.to_builtins(manifest.source),
        "columns": columns,
        "keyed_by": manifest.keyed_by,
        "counts": dict(manifest.counts),
        "last_run": last,
        "refused": msgspec.to_builtins(refused),
    }
    text = [
        f"{name}: {len(base):,} customers of {manifest.source.name}, version {manifest.id}",
        f"  compiled {manifest.built_at}; a customer is known by its {manifest.keyed_by}",
        *(f"  {column} is {target or 'passed over'}" for column, target in columns.items()),
        f"  last run {last}" if last else "  never screened: `limen rescreen " + name + "`",
        *(f"  refused: {row.reason}" for row in refused),
    ]
    flat = {**wire, "file": manifest.source.name, "columns": str(columns), "refused": len(refused)}
    return Records(text, [wire], [{**flat, "counts": len(base)}])


def listed() -> Records:
    """Return every base of the home."""
    home = home_folder()
    rows: list[dict[str, Any]] = [
        {
            "base": name,
            "version": base.manifest.id,
            "customers": len(base),
            "refused": base.manifest.counts["refused"],
            "last_run": last_run(base_folder(home, name)),
        }
        for name in base_names(home)
        for base in (open_base(home, name),)
    ]
    text = [
        f"{row['base']}: {row['customers']:,} customers, last run {row['last_run'] or 'none'}"
        for row in rows
    ]
    return Records(text or ["no base yet: `limen base add NAME FILE`"], rows, rows)
