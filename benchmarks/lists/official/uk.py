"""Write the repackaged UK Sanctions List back into the FCDO's own CSV and XML.

Names, regimes and addresses come from the repackaged list, birth dates and numbers (which it
lost) from the relational tables of the same list.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

#: The header as the FCDO prints it.
_HEADER = (
    "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,"
    "Name 5,Name type,Alias strength,Title,Name non-latin script,Non-latin script type,"
    "Non-latin script language,Address Line 1,Address Line 2,Address Line 3,Address Line 4,"
    "Address Line 5,Address Line 6,Address Postal Code,Address Country,Phone number,Website,"
    "Email address,Date Designated,Designation source,Designation Type,UK Statement of Reasons,"
    "Other Information,Regime Name,Sanctions Imposed,DOB,Town of birth,Country of birth,"
    "Nationality(/ies),National Identifier number,National Identifier additional information,"
    "Passport number,Passport additional information,Position,Gender,"
    "Business registration number (s),Parent company,Subsidiaries,Type of entity,IMO number,"
    "Current owner/operator (s),Previous owner/operator (s),Current believed flag of ship,"
    "Previous flags,Type of ship,Tonnage of ship,Length of ship,Year Built,"
    "Hull identification number (HIN)"
)
HEADER = next(csv.reader([_HEADER]))
_OWN = {
    "last_updated": "Last Updated",
    "unique_id": "Unique ID",
    "ofsi_group_id": "OFSI Group ID",
    "un_reference_number": "UN Reference Number",
    "date_designated": "Date Designated",
    "designation_source": "Designation source",
    "individual_entity_ship": "Designation Type",
    "uk_statement_of_reasons": "UK Statement of Reasons",
    "other_information": "Other Information",
    "regime_name": "Regime Name",
    "sanctions_imposed": "Sanctions Imposed",
}
_NUMBERS = {
    "passport": ("Passport number", "Passport additional information"),
    "national": ("National Identifier number", "National Identifier additional information"),
    "business_registration_numbers": ("Business registration number (s)", ""),
    "imo": ("IMO number", ""),
}


class Published(NamedTuple):
    """A list as repackaged, with the birth dates and numbers of each designation."""

    records: list[dict[str, Any]]
    births: dict[str, list[str]]
    numbers: dict[str, list[dict[str, str]]]

    def csv(self) -> bytes:
        """The list as the FCDO's CSV, with the line of the report's day."""
        text = io.StringIO(newline="")
        text.write("Report Date: 29-Apr-2026\r\n")
        rows = csv.DictWriter(text, HEADER, restval="")
        rows.writeheader()
        for record in self.records:
            rows.writerows(self._rows(record))
        return b"\xef\xbb\xbf" + text.getvalue().encode()

    def xml(self, step: int = 1) -> bytes:
        """Every ``step``-th designation as the FCDO's XML."""
        each = "".join(map(self._designation, self.records[::step]))
        return (
            '<?xml version="1.0" encoding="utf-8"?><Designations>'
            f"<DateGenerated>22/08/2026</DateGenerated>{each}</Designations>"
        ).encode()

    def _rows(self, record: dict[str, Any]) -> Iterator[dict[str, str]]:
        own = {heading: record.get(key) or "" for key, heading in _OWN.items()}
        names = _names(record)
        others = [
            _scripts(record),
            _addresses(record),
            [{"DOB": born} for born in self.births[record["unique_id"]]],
            self.numbers[record["unique_id"]],
        ]
        for index in range(max(map(len, (names, *others)))):
            row = own | names[index % len(names)]
            for group in others:
                if index < len(group):
                    row |= group[index]
            yield row

    def _designation(self, record: dict[str, Any]) -> str:
        own = {heading: record.get(key) or "" for key, heading in _OWN.items()}
        own["Individual Entity Ship"] = own.pop("Designation Type")
        person = record["individual_entity_ship"] == "Individual"
        births = "".join(f"<DOB>{born}</DOB>" for born in self.births[record["unique_id"]])
        numbers = self.numbers[record["unique_id"]]
        details = "".join(_element("Passport" if person else "Entity", each) for each in numbers)
        indicators = "<AssetFreeze>true</AssetFreeze><TravelBan>false</TravelBan>"
        return (
            f"<Designation>{_leaves(own)}"
            f"<Names>{''.join(_element('Name', name) for name in _names(record))}</Names>"
            "<NonLatinNames>"
            f"{''.join(_element('NonLatinName', each) for each in _scripts(record))}"
            "</NonLatinNames>"
            f"<SanctionsImposedIndicators>{indicators}</SanctionsImposedIndicators>"
            f"<Addresses>{''.join(_element('Address', each) for each in _addresses(record))}"
            f"</Addresses><IndividualDetails><Individual><DOBs>{births}</DOBs>{details}"
            "</Individual></IndividualDetails></Designation>"
        )


def published(folder: Path, day: str) -> Published:
    """Read the list of that day from the folder of the UK's files."""
    births, numbers = defaultdict(list), defaultdict(list)
    for row in _table(folder / "normalised_2026-04-29/subject_dobs.csv.gz"):
        born, month = row["day"] or "dd", row["month"] or "mm"
        births[row["unique_id"]].append(f"{born}/{month}/{row['year']}")
    for row in _table(folder / "normalised_2026-04-29/subject_identifiers.csv.gz"):
        heading, about = _NUMBERS[row["identifier_type"]]
        cells = {heading: row["raw_value"]} | ({about: row["additional_info"]} if about else {})
        if cells not in numbers[row["unique_id"]]:
            numbers[row["unique_id"]].append(cells)
    with gzip.open(folder / f"uksl_{day}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return Published([json.loads(line) for line in lines], births, numbers)


def _table(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _names(record: dict[str, Any]) -> list[dict[str, str]]:
    headings = {f"name{part}": f"Name {part}" for part in range(1, 7)}
    headings |= {"name_type": "Name type", "alias_strength": "Alias strength"}
    return [
        {headings[key]: value for key, value in name.items()} for name in record["names"]["names"]
    ]


def _scripts(record: dict[str, Any]) -> list[dict[str, str]]:
    names = record.get("non_latin_names", {}).get("names", ())
    return [{"Name non-latin script": each.get("name_non_latin_script", "")} for each in names]


def _addresses(record: dict[str, Any]) -> list[dict[str, str]]:
    headings = {f"address_line{line}": f"Address Line {line}" for line in range(1, 7)}
    headings["address_country"] = "Address Country"
    return [
        {headings[key]: value for key, value in each.items()}
        for each in record.get("addresses", {}).get("addresses", ())
    ]


def _element(tag: str, cells: dict[str, str]) -> str:
    return f"<{tag}>{_leaves(cells)}</{tag}>"


def _leaves(cells: dict[str, str]) -> str:
    return "".join(
        f"<{_tag(heading)}>{escape(value)}</{_tag(heading)}>"
        for heading, value in cells.items()
        if value
    )


def _tag(heading: str) -> str:
    words = heading.replace("(s)", "").replace("non-latin", "non latin").split()
    return "".join(word[:1].upper() + word[1:] for word in words)
