"""Read the UK Sanctions List in its CSV.

A first line with the day of the report, a header, and a row for each combination of a
designation's names, addresses and documents. Headings change a little from edition to edition:
``words.yml`` knows their spellings. See :mod:`limen.lists.readers.uk.designation`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from limen.lists.audit import Audit
from limen.lists.parsing.tables import Dialect
from limen.lists.readers.uk.designation import read_designations
from limen.lists.readers.uk.sheet import Sheet
from limen.lists.readers.uk.vocabulary import heading
from limen.lists.source import Source
from limen.model import Entry

_SHEET = Sheet(
    title="UK Sanctions List",
    field=heading,
    key="Unique ID",
    required=("Designation Type", "Name 6", "Name type", "Regime Name", "Date Designated"),
)


def day(sources: Mapping[str, Source]) -> str | None:
    """Return the day of the report, in the line before the header."""
    return _SHEET.day(sources["csv"], Dialect())


def read(sources: Mapping[str, Source], audit: Audit) -> Iterator[Entry]:
    """Yield an entry for each designation; its rows may be anywhere in the file.

    Raises:
        ListFormatError: no header, a column missing, a row of another width, or a word that is
            in no known spelling.
    """
    yield from read_designations(_SHEET.read(sources["csv"], Dialect(), audit), _SHEET.key)
