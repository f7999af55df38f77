"""Read a UK list's CSV: a line with the day, a header in one of its spellings, located rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from limen.lists.audit import Audit, Record
from limen.lists.parsing.dates import dates_in
from limen.lists.parsing.tables import Dialect, check_header, read_rows, records_below
from limen.lists.source import Source
from limen.model import ListFormatError

#: Lines before the header: the day of the list, and in some editions a title.
_HEADER_WITHIN = 3
_HINT = "if a heading is spelt anew, add it to src/limen/lists/readers/uk/words.yml"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The layout of one list's CSV.

    Attributes:
        title: the name of the list, for errors.
        field: returns the field that a heading names; the same for all its spellings.
        key: the field that numbers the designations, by which the header is known.
        required: fields that must have a column.
    """

    title: str
    field: Callable[[str], str]
    key: str
    required: Sequence[str]

    def day(self, source: Source, dialect: Dialect) -> str | None:
        """Return the day printed before the header, ``None`` if there is none."""
        for _, row in islice(read_rows(source, dialect), _HEADER_WITHIN):
            if self._is_header(row):
                return None
            if days := dates_in(" ".join(row)):
                return days[0]
        return None

    def read(self, source: Source, dialect: Dialect, audit: Audit) -> Iterator[Record]:
        """Yield each row below the header, under the fields of its columns.

        Raises:
            ListFormatError: no header, a column missing or twice, or a row of another width.
        """
        rows = read_rows(source, dialect)
        yield from records_below(source, rows, self._columns(source, rows), audit)

    def _columns(self, source: Source, rows: Iterator[tuple[int, list[str]]]) -> list[str]:
        for line, row in islice(rows, _HEADER_WITHIN):
            if self._is_header(row):
                columns = [self.field(cell) for cell in row]
                where = f"{source.name} line {line:,}"
                check_header(where, columns, self.required, _HINT)
                return columns
        raise ListFormatError(
            f"no header with {self.key} in the first {_HEADER_WITHIN} lines",
            where=source.name,
            hint=f"check that this is the {self.title}, and not another list or an error page",
        )

    def _is_header(self, row: list[str]) -> bool:
        return any(self.field(cell) == self.key for cell in row)
