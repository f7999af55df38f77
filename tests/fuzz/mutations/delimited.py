"""Change delimited text cell by cell."""

from __future__ import annotations

import csv
import io
from random import Random

from tests.fuzz.mutations.values import changed_bytes, copies, encoded, odd, swollen, times

_DELIMITERS = ",;\t|@\x1f "
_ENDS = ("\n", "\r\n", "\r", "\x85", "\u2028")

#: A row of more characters is not repeated: the input would be too large to be fed.
_LONG = 3_000

Rows = list[list[str]]


def change_csv(data: bytes, chance: Random) -> bytes:
    """Change a table: cells, columns, rows, then its delimiter, quotes, line ends, encoding."""
    text = data.decode("utf-8-sig", errors="replace")
    delimiter = max(_DELIMITERS[:-1], key=text[:2_000].count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    for _ in times(chance):
        _change(rows, chance)
    if chance.random() < 0.05:
        delimiter = chance.choice(_DELIMITERS)
    written = _written(rows, delimiter, chance)
    if chance.random() < 0.05:
        at = chance.randrange(len(written) + 1)
        written = written[:at] + chance.choice(('"', '""', delimiter, "\n", "\0")) + written[at:]
    mutant = encoded(written, chance)
    return changed_bytes(mutant, chance) if chance.random() < 0.1 else mutant


def _written(rows: Rows, delimiter: str, chance: Random) -> str:
    end = chance.choice(_ENDS) if chance.random() < 0.05 else "\r\n"
    quoting = chance.choice((csv.QUOTE_ALL, csv.QUOTE_NONE)) if chance.random() < 0.05 else 0
    try:
        return _as(rows, delimiter, end, quoting)
    except csv.Error:  # a row of one empty cell cannot be written without quotes
        return _as(rows, delimiter, end, csv.QUOTE_ALL)


def _as(rows: Rows, delimiter: str, end: str, quoting: int) -> str:
    out = io.StringIO(newline="")
    csv.writer(
        out, delimiter=delimiter, lineterminator=end, quoting=quoting, escapechar="\\"
    ).writerows(rows)
    return out.getvalue()


def _change(rows: Rows, chance: Random) -> None:
    filled = [row for row in rows if row] or [[""]]
    row, other = chance.choice(filled), chance.choice(filled)
    at = chance.randrange(len(row))
    match chance.randrange(12):
        case 0:
            del row[at]
        case 1:
            row.insert(at, row[at])
        case 2 | 3:
            _change_rows(rows, row, chance)
        case 4:
            filled[0][chance.randrange(len(filled[0]))] = odd(chance, filled[0][0])
        case 5:
            _change_column(rows, at, chance)
        case 6:
            row[at] = swollen(chance, row[at])
        case 7:
            row[at], other[-1] = other[-1], row[at]
        case _:
            row[at] = odd(chance, row[at], tuple(other))


def _change_rows(rows: Rows, row: list[str], chance: Random) -> None:
    """Repeat a row, leave one out, or put the cells of one in another order."""
    match chance.randrange(4):
        case 0:
            rows.append(list(row))
        case 1 if len(rows) > 1:
            del rows[chance.randrange(len(rows))]
        case 2 if sum(map(len, row)) < _LONG:
            rows.extend(list(row) for _ in range(copies(chance)))
        case _:
            chance.shuffle(row)


def _change_column(rows: Rows, at: int, chance: Random) -> None:
    """Leave a column out of every row, or give it twice."""
    twice = chance.random() < 0.5
    for row in rows:
        if at < len(row):
            row[at : at + 1] = [row[at], row[at]] if twice else []
