"""Lay the listings of a party out as columns: each field as the query has it and each record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from limen.model import Finding
from limen.model.finding import PartyGroup, PartyListing
from limen.server.pages.view.charts import label_of


@dataclass(frozen=True, slots=True)
class FieldCell:
    """Represents what a record has in a field, and how that compares with the query."""

    text: str
    verdict: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """Represents one field: in the query, and in every record."""

    title: str
    query: str
    cells: tuple[FieldCell, ...]


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """Represents a record of a list, and its listings."""

    finding: Finding
    listings: tuple[PartyListing, ...]


@dataclass(frozen=True, slots=True)
class PartyColumns:
    """Represents the records of a party, the best first, and the fields compared with each."""

    records: tuple[RecordColumn, ...]
    rows: tuple[FieldRow, ...]


def party_columns(party: PartyGroup, findings: Sequence[Finding]) -> PartyColumns:
    """Return the table of a party, its fields in the order in which they were compared."""
    records = tuple(
        RecordColumn(finding, tuple(each for each in party.listings if each.finding == finding.id))
        for finding in findings
    )
    return PartyColumns(records, compared_rows(findings))


def compared_rows(findings: Sequence[Finding]) -> tuple[FieldRow, ...]:
    """Return every field that was compared with a record, in the order of the comparisons."""
    titles = dict.fromkeys(label_of(feature) for each in findings for feature in each.features)
    return tuple(_row(title, findings) for title in titles)


def _row(title: str, findings: Sequence[Finding]) -> FieldRow:
    cells, query = [], ""
    for finding in findings:
        feature = next((each for each in finding.features if label_of(each) == title), None)
        if feature is None:
            cells.append(FieldCell("", ""))
            continue
        query = query or feature.query or ""
        cells.append(FieldCell(feature.listed or "", feature.verdict))
    return FieldRow(title, query, tuple(cells))
