"""Draw what each column of a portfolio is used as, before the run."""

from __future__ import annotations

from limen.batch.row_party import Column
from limen.batch.run import Portfolio
from limen.cli.render.text import aligned, printable

_BASIS = {"heading": "by its heading", "values": "by its values", "you": "as you named it", "": ""}
_EXAMPLE = 32


def mapping_lines(portfolio: Portfolio) -> list[str]:
    """Return the file, how it was read, and a line a column, unused ones included."""
    table = portfolio.table
    lines = [f"{printable(table.name)}: {', '.join(table.facts)}"]
    columns = portfolio.columns.columns
    if not columns:
        return [*lines, "  each row is a FollowTheMoney party"]
    lines += aligned([_cells(column) for column in columns])
    lines += [f"  check: {printable(warning)}" for warning in table.warnings]
    if any(column.basis != "you" for column in columns):
        lines.append("  to change it: --map COLUMN=property, or --map COLUMN= to leave one out")
    return lines


def _cells(column: Column) -> tuple[str, str, str, str]:
    target = column.target.replace("address_part", "address (part)") or "not screened"
    notes = [part for part in (_BASIS[column.basis], column.note) if part]
    example = column.example[:_EXAMPLE] + ("…" if len(column.example) > _EXAMPLE else "")
    return column.name, f"→ {target}", ", ".join(notes), example
