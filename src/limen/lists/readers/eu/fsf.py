"""Read one entity of the EU's consolidated financial sanctions list, from either file format.

The XML and the CSV carry the same fields; each part of an entity (name, address, birth date,
citizenship, identification) arrives here as a record under the XML's attribute names, with the
act it was published in as ``regulationPublicationDate`` and so on. An entity's own regulation
is the last one that changed it, so the earliest act of all its parts is the start of its
listing. Schema: ``fsf_schema_1_1.xsd``; quirks: tests/lists/eu/test_fsf.py.
"""

from __future__ import annotations

import re

from limen.lists.audit import Record
from limen.lists.parsing.dates import read_birth_dates, whole_number
from limen.lists.parsing.draft import Draft, join
from limen.lists.parsing.identifiers import identifiers_in
from limen.lists.parsing.prose import add_numbers
from limen.model import Entry, ListFormatError
from limen.model.partial_date import years_between

_SCHEMAS = {"P": "Person", "E": "Organization"}
_GENDERS = {"M": "male", "F": "female"}
#: identificationTypeCode -> property; codes of other documents are numbers of identity.
_IDENTIFICATIONS = {
    "passport": "passportNumber",
    "ssn": "socialSecurityNumber",
    "fiscalcode": "taxNumber",
    "taxid": "taxNumber",
    "euvat": "vatCode",
    "regnumber": "registrationNumber",
    "tradelic": "licenseNumber",
    "imo": "imoNumber",
    "swiftbic": "swiftBic",
}
_FLAGS = ("diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer")
#: A day the publisher itself calls the day of listing by the EU; a suspended listing's is not.
_PRINTED_DAY = re.compile(
    r"(?:^\(?|\bdate of (?:eu )?(?:listing|designation):?\s*)(\d{1,2}[./]\d{1,2}[./]\d{4})\b"
    r"(?!.*suspended)",
    re.IGNORECASE | re.DOTALL,
)
#: A grade that only a remark has (``low quality alias``), where ``strong="true"`` is printed.
_WEAK = re.compile(
    r"(?<!not )\b(?:low|poor)[\s-]*quality\b|\bweak (?:alias|a\.?k\.?a)", re.IGNORECASE
)
_CONTACT = re.compile(r"\s*(\w+)\s*(?:\[(.*)\]|:\s*(.*))\s*", re.DOTALL)
_CONTACTS = {"mail": "email", "web": "website", "phone": "phone", "mobile": "phone"}
_LATIN = re.compile(r"[A-Za-z]")
_UNKNOWN_COUNTRY = "00"


class Entity:
    """One entity, collected from its parts.

    Raises:
        ListFormatError: it has no number, or its subject is neither person nor enterprise.
    """

    def __init__(self, fields: Record) -> None:
        """Take the entity's own fields, its subject type's and its regulation's."""
        kind = fields.need("classificationCode")
        if kind not in _SCHEMAS:
            raise ListFormatError(
                f"subject type {kind!r} is neither P (person) nor E (enterprise)",
                where=fields.where,
            )
        logical_id = fields.need("logicalId")
        number = fields.one("euReferenceNumber") or logical_id
        self.draft = Draft(number, _SCHEMAS[kind], where=fields.where)
        self._names: list[tuple[bool, bool, int, str]] = []
        self._acts: dict[str, str] = {}
        self._report = fields.oddity
        self._programmes = fields.many("regulationProgramme")
        self._designated = fields.one("designationDate")
        self._remarks = (fields.one("designationDetails"), *fields.many("remark"))
        self.draft.keep("designationDetails", self._remarks[0])
        self.draft.add("notes", *self._remarks[1:])
        for text in self._remarks:
            add_numbers(self.draft, text)
        self.draft.add("sourceUrl", *fields.many("regulationPublicationUrl"))
        self.draft.keep("logicalId", logical_id)
        self.draft.keep("unitedNationId", fields.one("unitedNationId"))
        self._delisted = fields.one("delistingDate")
        self.draft.keep("additionalInformation", *fields.many("additionalInformation"))
        self._read_act(fields)
        fields.skip("code", "publicationUrl")
        fields.done()

    def read_name(self, fields: Record) -> None:
        """Take a nameAlias; national spellings of every language are names like any other."""
        parts = [fields.one(part) for part in ("firstName", "middleName", "lastName")]
        name = fields.one("wholeName") or join(*parts)
        remarks = fields.many("remark")
        weak = fields.one("strong").casefold() == "false" or any(map(_WEAK.search, remarks))
        foreign = fields.one("nameLanguage") not in ("", "EN") or not _LATIN.search(name)
        if name:
            self._names.append((weak, foreign, len(self._names), name))
        person = self.draft.schema == "Person"
        self.draft.add("position" if person else "notes", function := fields.one("function"))
        if not person:
            add_numbers(self.draft, function)
        self.draft.add("title" if person else "legalForm", fields.one("title"))
        self.draft.add("gender", _GENDERS.get(fields.one("gender"), ""))
        self._keep_remarks("nameAlias", remarks, name)
        self._finish(fields, "nameAlias", name)

    def read_birth(self, fields: Record) -> None:
        """Take a birthdate element, which may hold a place alone."""
        printed = _birth_words(fields)
        calendar = fields.one("calendarType")
        exact = fields.one("birthdate")
        circa = "circa " if fields.one("circa").casefold() == "true" else ""
        first, last = fields.one("yearRangeFrom"), fields.one("yearRangeTo")
        if exact or (printed and calendar in ("", "GREGORIAN")):
            self._add_birth_date(circa + (exact or printed))
        elif printed:
            self.draft.keep("birthdate", f"{printed} ({calendar.lower()} calendar)")
        if first and last:
            years = [whole_number(year, fields.where, "yearRange") for year in (first, last)]
            self.draft.add("birthDate", *years_between(*years))
            self.draft.keep("birthdate", f"{first} to {last}")
        place = _place(fields, "city", "place", "zipCode", "region")
        self.draft.add("birthPlace", place)
        self.draft.add("birthCountry", _country(fields))
        self._finish(fields, "birthdate", place)

    def read_citizenship(self, fields: Record) -> None:
        """Take a citizenship."""
        region = fields.one("region")
        country = _country(fields)
        self.draft.add("citizenship", country)
        self.draft.keep("citizenship/region", region)
        fields.skip("countryDescription", "acquisitionDate", "disenfranchisementDate")
        self._finish(fields, "citizenship", country)

    def read_address(self, fields: Record) -> None:
        """Take an address with its contacts."""
        address = _place(fields, "street", "poBox", "zipCode", "city", "place", "region")
        self.draft.add("address", address)
        self.draft.add("country", _country(fields))
        for contact in fields.many("contactInfo"):
            self._add_contact(contact)
        if fields.one("asAtListingTime").casefold() == "true":
            self.draft.keep("address/asAtListingTime", address)
        self._finish(fields, "address", address)

    def read_identification(self, fields: Record) -> None:
        """Take the number of a document or register, and its details as an extra field."""
        code = fields.one("identificationTypeCode")
        described = fields.one("identificationTypeDescription") or code
        property_ = _IDENTIFICATIONS.get(code, "idNumber")
        numbers = dict.fromkeys((fields.one("number"), fields.one("latinNumber")))
        for number in numbers:
            if property_ in ("imoNumber", "swiftBic"):
                self.draft.add(property_, number.replace(" ", ""))
                continue
            for name, value in identifiers_in(number, property_):
                self.draft.add(name, value)
        flags = [flag for flag in _FLAGS if fields.one(flag).casefold() == "true"]
        about = ("issuedBy", "issueDate", "validFrom", "validTo", "nameOnDocument", "region")
        country = _country(fields)
        details = join(*map(fields.one, about), country, *flags, by="; ")
        self.draft.keep("identification", join(described, *numbers, details, by="; "))
        fields.skip("countryDescription")
        self._finish(fields, "identification", *numbers)

    def entry(self) -> Entry:
        """Return the finished entry; its caption is a strong name in English or no language."""
        names = sorted(self._names)
        for place, (weak, _, _, name) in enumerate(names):
            self.draft.add("weakAlias" if weak else "alias" if place else "name", name)
        return self.draft.entry(
            programmes=tuple(dict.fromkeys(self._programmes)),
            acts=tuple(sorted(self._acts, key=lambda act: self._acts[act])),
            listed_on=self._listed_on(),
            delisted_on=self.draft.day("delistingDate", self._delisted, self._report),
        )

    def _listed_on(self) -> str | None:
        printed = self._designated
        for remark in self._remarks:
            match = _PRINTED_DAY.search(remark)
            printed = printed or (match[1] if match else "")
        day = self.draft.day("designationDate", printed, self._report)
        return day or min(filter(None, self._acts.values()), default=None)

    def _read_act(self, fields: Record) -> None:
        """Note the act a part was published in, with its earliest day."""
        titles = fields.many("regulationNumberTitle")
        days = [
            day
            for name in ("regulationPublicationDate", "regulationEntryIntoForceDate")
            for printed in fields.many(name)
            if (day := self.draft.day(name, printed, self._report))
        ]
        for title in titles:
            self._acts[title] = min(filter(None, [self._acts.get(title), *days]), default="")
        fields.skip("regulationType", "regulationOrganisationType", "regulationLogicalId")

    def _finish(self, fields: Record, part: str, *about: str) -> None:
        self._read_act(fields)
        self._keep_remarks(part, fields.many("remark"), *about)
        self.draft.keep("additionalInformation", *fields.many("additionalInformation"))
        fields.skip("logicalId", "regulationLanguage", "regulationPublicationUrl")
        fields.skip("regulationProgramme")
        fields.done()

    def _keep_remarks(self, part: str, remarks: tuple[str, ...], *about: str) -> None:
        for remark in remarks:
            self.draft.keep(f"{part}/remark", join(*about, remark, by=": "))

    def _add_birth_date(self, printed: str) -> None:
        try:
            self.draft.add("birthDate", *read_birth_dates(printed))
        except ValueError:
            self.draft.keep("birthdate", printed)
            self._report("birthdate not a date")

    def _add_contact(self, printed: str) -> None:
        match = _CONTACT.fullmatch(printed)
        key = match[1].casefold() if match else ""
        for word, property_ in _CONTACTS.items():
            if match and word in key:
                self.draft.add(property_, match[2] or match[3])
                return
        self.draft.keep("contactInfo", printed)


def _place(fields: Record, *parts: str) -> str:
    country = fields.one("countryDescription")
    return join(*map(fields.one, parts), "" if country == "UNKNOWN" else country, by=", ")


def _country(fields: Record) -> str:
    code = fields.one("countryIso2Code")
    return "" if code == _UNKNOWN_COUNTRY else code


def _birth_words(fields: Record) -> str:
    """Take year, month and day as an ISO prefix; they repeat an exact birthdate."""
    year, month, day = (fields.one(part) for part in ("year", "monthOfYear", "dayOfMonth"))
    if not (year and month):
        return year
    numbers = [
        whole_number(text, fields.where, name)
        for name, text in (("monthOfYear", month), ("dayOfMonth", day))
        if text
    ]
    return "-".join((year, *(f"{number:02}" for number in numbers)))
