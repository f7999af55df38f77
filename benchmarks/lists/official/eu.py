"""Write the repackaged EU list back into the Commission's own XML 1.1 and CSV 1.1.

The repackaged file is a field-by-field dump of the XML; the columns of the CSV are those the
Commission publishes.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import quoteattr

_XML_PARTS = {
    "name_aliases": "nameAlias",
    "citizenships": "citizenship",
    "birthdates": "birthdate",
    "addresses": "address",
    "identifications": "identification",
}
_CSV_PARTS = {
    "name_aliases": "NameAlias",
    "addresses": "Address",
    "birthdates": "BirthDate",
    "identifications": "Identification",
    "citizenships": "Citizenship",
}
_CSV_NAMES = {
    "birthdate": "BirthDate",
    "day_of_month": "Day",
    "month_of_year": "Month",
    "identification_type_code": "TypeCode",
    "number_title": "NumberTitle",
}
_REGULATION = (
    "Regulation_Type",
    "Regulation_OrganisationType",
    "Regulation_PublicationDate",
    "Regulation_EntryIntoForceDate",
    "Regulation_NumberTitle",
    "Regulation_Programme",
    "Regulation_PublicationUrl",
)
_COLUMNS = {
    "Entity": (
        "LogicalId EU_ReferenceNumber UnitedNationId DesignationDate DesignationDetails Remark "
        "SubjectType SubjectType_ClassificationCode"
    ),
    "NameAlias": (
        "LastName FirstName MiddleName WholeName NameLanguage Gender Title Function LogicalId "
        "RegulationLanguage Remark"
    ),
    "Address": (
        "City Street PoBox ZipCode Region Place AsAtListingTime ContactInfo CountryIso2Code "
        "CountryDescription LogicalId RegulationLanguage Remark"
    ),
    "BirthDate": (
        "BirthDate Day Month Year YearRangeFrom YearRangeTo Circa CalendarType ZipCode Region "
        "Place City CountryIso2Code CountryDescription LogicalId RegulationLanguage Remark"
    ),
    "Identification": (
        "Number Diplomatic KnownExpired KnownFalse ReportedLost RevokedByIssuer IssuedBy "
        "IssuedDate ValidFrom ValidTo LatinNumber NameOnDocument TypeCode TypeDescription Region "
        "CountryIso2Code CountryDescription LogicalId RegulationLanguage Remark"
    ),
    "Citizenship": (
        "Region CountryIso2Code CountryDescription LogicalId RegulationLanguage Remark"
    ),
}
CSV_COLUMNS = (
    "fileGenerationDate",
    *(f"{part}_{name}" for part, own in _COLUMNS.items() for name in (*own.split(), *_REGULATION)),
)
_XML_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export"
 generationDate="2026-02-26T18:10:06.000+01:00" globalFileId="1">"""


class Official(NamedTuple):
    """The list as repackaged, and as the Commission's files."""

    records: list[dict[str, Any]]

    def xml(self, step: int = 1) -> bytes:
        """Every ``step``-th entity as XML 1.1."""
        return write_xml(self.records[::step])

    def csv(self, step: int = 1) -> bytes:
        """Every ``step``-th entity as CSV 1.1."""
        return write_csv(self.records[::step])


def entities(path: Path) -> list[dict[str, Any]]:
    """The repackaged records."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def write_xml(records: list[dict[str, Any]]) -> bytes:
    out = [_XML_HEAD]
    for record in records:
        own = ("logical_id", "eu_reference_number", "united_nation_id", "designation_details")
        out.append(f"<sanctionEntity{_attributes({k: record.get(k) for k in own})}>")
        if record.get("remark"):
            out.append(f"<remark>{quoteattr(record['remark'])[1:-1]}</remark>")
        for regulation in record["regulations"]:
            url = regulation["publication_url"]
            given = {k: v for k, v in regulation.items() if k != "publication_url"}
            out.append(
                f"<regulation{_attributes(given)}><publicationUrl>{quoteattr(url)[1:-1]}"
                "</publicationUrl></regulation>"
            )
        out.append(f"<subjectType{_attributes(record['subject_type'])}/>")
        for key, tag in _XML_PARTS.items():
            for part in record.get(key, ()):
                flat = {k: v for k, v in part.items() if k != "regulation_summaries"}
                (act,) = part["regulation_summaries"]
                out.append(
                    f"<{tag}{_attributes(flat)}><regulationSummary{_attributes(act)}/></{tag}>"
                )
        out.append("</sanctionEntity>")
    out.append("</export>")
    return "\n".join(out).encode()


def write_csv(records: list[dict[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    rows = csv.DictWriter(text, CSV_COLUMNS, delimiter=";", restval="", lineterminator="\r\n")
    rows.writeheader()
    for record in records:
        own = _own_columns(record)
        parts = [
            [_part_columns(prefix, part) for part in record.get(key, ())]
            for key, prefix in _CSV_PARTS.items()
        ]
        for row in (each for group in parts for each in group):
            rows.writerow(own | row)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _own_columns(record: dict[str, Any]) -> dict[str, str]:
    (regulation,) = record["regulations"]
    return {
        "fileGenerationDate": "26/02/2026",
        "Entity_LogicalId": record["logical_id"],
        "Entity_EU_ReferenceNumber": record["eu_reference_number"],
        "Entity_UnitedNationId": record.get("united_nation_id") or "",
        "Entity_DesignationDetails": record.get("designation_details") or "",
        "Entity_Remark": record.get("remark") or "",
        "Entity_SubjectType": record["subject_type"]["code"],
        "Entity_SubjectType_ClassificationCode": record["subject_type"]["classification_code"],
    } | _act_columns("Entity", regulation)


def _part_columns(prefix: str, part: dict[str, Any]) -> dict[str, str]:
    (act,) = part["regulation_summaries"]
    flat = {
        f"{prefix}_{_CSV_NAMES.get(key) or _pascal(key)}": _text(value)
        for key, value in part.items()
        if key not in ("regulation_summaries", "strong")
    }
    return flat | _act_columns(prefix, act)


def _act_columns(prefix: str, act: dict[str, Any]) -> dict[str, str]:
    names = ("Type", "OrganisationType", "PublicationDate", "EntryIntoForceDate", "NumberTitle")
    keys = ("regulation_type", "organisation_type", "publication_date", "entry_into_force_date")
    pairs = zip_longest(names, (*keys, "number_title"))
    more = (("Programme", "programme"), ("PublicationUrl", "publication_url"))
    return {f"{prefix}_Regulation_{name}": act.get(key) or "" for name, key in (*pairs, *more)}


def _attributes(values: dict[str, Any]) -> str:
    return "".join(
        f" {_camel(key)}={quoteattr(_text(value))}"
        for key, value in values.items()
        if value != "" and value is not None
    )


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _pascal(key: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in key.split("_"))


def _camel(key: str) -> str:
    return key.split("_", maxsplit=1)[0] + _pascal("_".join(key.split("_")[1:]))
