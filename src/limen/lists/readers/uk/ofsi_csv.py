"""Read OFSI's consolidated list of financial sanctions targets (ConList.csv), ended January 2026.

A first line with the day, a header, and a row for each combination of a target's aliases, birth
dates and addresses; the group id joins them, and its rows are not adjacent. The older editions
are Windows-1252 and print a passport with all its details in one cell; the later ones are
UTF-8, with columns for the quality of an alias and names in other scripts.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping

from limen.lists.audit import Audit
from limen.lists.parsing.tables import Dialect
from limen.lists.readers.uk.designation import read_designations
from limen.lists.readers.uk.sheet import Sheet
from limen.lists.readers.uk.vocabulary import ofsi_heading
from limen.lists.source import Source
from limen.model import Entry

_SHEET = Sheet(
    title="OFSI consolidated list",
    field=ofsi_heading,
    key="Group ID",
    required=("Designation Type", "Name 6", "Name type", "Regime Name", "Date Designated"),
)
#: Bytes decoded at once, so that a large file is not held whole.
_CHUNK = 1 << 16


def day(sources: Mapping[str, Source]) -> str | None:
    """Return the day of the list, in its first line."""
    return _SHEET.day(sources["csv"], _dialect(sources["csv"]))


def read(sources: Mapping[str, Source], audit: Audit) -> Iterator[Entry]:
    """Yield an entry for each group.

    Raises:
        ListFormatError: no header, a column missing, a row of another width, bytes in neither
            encoding, or an alias type that is in no known spelling.
    """
    source = sources["csv"]
    yield from read_designations(_SHEET.read(source, _dialect(source), audit), _SHEET.key)


def _dialect(source: Source) -> Dialect:
    """Return UTF-8 where the whole file is; a text in Windows-1252 hardly ever is by chance."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with source.open() as stream:
        try:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return Dialect(encoding="cp1252")
    return Dialect()
