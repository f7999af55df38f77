"""Read one designation of a UK list, from any of the lists and file formats.

The CSV files repeat a designation over many rows, the XML nests it; all arrive here as groups
of fields that belong together (a name, an address, a passport) under the headings of the UK
Sanctions List's CSV. Dates are dd/mm/yyyy with ``00`` or the letters ``dd`` and ``mm`` where the
day or month is not known; several values share one cell as ``X|Y`` or ``(1) X (2) Y``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from limen.lists.audit import Record
from limen.lists.parsing.dates import dates_in
from limen.lists.parsing.draft import Draft, join
from limen.lists.parsing.enumerations import split_enumerated
from limen.lists.parsing.identifiers import identifiers_in
from limen.lists.parsing.prose import add_numbers
from limen.lists.parsing.un_reference import UN_REFERENCE, leading_reference
from limen.lists.readers.uk.vocabulary import name_kind
from limen.model import Entry, ListFormatError

_SCHEMAS = {"individual": "Person", "entity": "Organization", "ship": "Vessel"}
_NAME_PARTS = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_ADDRESS_PARTS = (*(f"Address Line {line}" for line in range(1, 7)), "Address Postal Code")
#: Heading -> property, for cells that are nothing but values.
_PLAIN = {
    "Title": "title",
    "Phone number": "phone",
    "Website": "website",
    "Email address": "email",
    "Nationality": "nationality",
    "Position": "position",
    "Type of entity": "legalForm",
    "Current believed flag of ship": "flag",
    "Previous flags": "pastFlags",
    "Type of ship": "type",
    "Tonnage of ship": "tonnage",
}
_LISTING = ("Regime Name", "Sanctions Imposed", "Date Designated", "Last Updated")
_NAME_WORDS = (
    "Name type",
    "Alias strength",
    "Name non-latin script",
    "Non-latin script type",
    "Non-latin script language",
)
_DATES = {"DOB": "birthDate", "Year Built": "buildDate"}
_PROSE = ("UK Statement of Reasons", "Other Information")
_NUMBERS = {
    "Passport number": ("passportNumber", "Passport additional information"),
    "National Identifier number": ("idNumber", "National Identifier additional information"),
    "Business registration number": ("registrationNumber", ""),
    "IMO number": ("imoNumber", ""),
}
#: No property of FollowTheMoney holds these.
_EXTRA = (
    "OFSI Group ID",
    "UN Reference Number",
    "Designation source",
    "Parent company",
    "Subsidiaries",
    "Current owner/operator",
    "Previous owner/operator",
    "Length of ship",
    "Hull identification number (HIN)",
)


class Designation:
    """One designation, collected from its groups of fields.

    Raises:
        ListFormatError: it is neither individual, entity nor ship.
    """

    def __init__(self, record_id: str, kind: str, *, where: str) -> None:
        if kind.casefold() not in _SCHEMAS:
            raise ListFormatError(
                f"designation type {kind!r} is not Individual, Entity or Ship", where=where
            )
        self._draft = Draft(record_id, _SCHEMAS[kind.casefold()], where=where)
        self._regimes: dict[str, None] = {}
        self._measures: dict[str, None] = {}
        self._days: set[str] = set()

    def take(self, group: Record) -> None:
        """Read every field of a group."""
        headings = group.remaining()
        for read_part in dict.fromkeys(
            _PARTS[heading] for heading in headings if heading in _PARTS
        ):
            read_part(self, group)
        for heading in headings:
            if heading in _PLAIN:
                self._draft.add(_PLAIN[heading], *_values(group, heading))
            elif heading in _EXTRA:
                self._draft.keep(heading, *_values(group, heading))
            elif heading in _PROSE:
                for text in group.many(heading):
                    self._draft.add("notes", text)
                    self._draft.keep(UN_REFERENCE, leading_reference(text))
                    add_numbers(self._draft, text)
        group.done()

    def entry(self) -> Entry:
        """Return the finished entry; a regime that is the title of regulations is an act too."""
        return self._draft.entry(
            programmes=tuple(self._regimes),
            measures=tuple(self._measures),
            acts=tuple(regime for regime in self._regimes if "Regulations" in regime),
            listed_on=min(self._days, default=None),
        )

    def _take_listing(self, group: Record) -> None:
        self._regimes.update(dict.fromkeys(group.many("Regime Name")))
        for printed in group.many("Sanctions Imposed"):
            self._measures.update({join(each): None for each in printed.split("|") if each.strip()})
        for printed in group.many("Date Designated"):
            if day := self._draft.day("Date Designated", printed, group.oddity):
                self._days.add(day)
        for printed in group.many("Last Updated"):
            day = self._draft.day("Last Updated", printed, group.oddity)
            self._draft.add("modifiedAt", day or "")

    def _take_names(self, group: Record) -> None:
        name = join(*map(group.one, _NAME_PARTS))
        kind, quality = group.one("Name type"), group.one("Alias strength")
        if name:
            self._draft.add(name_kind(kind, quality, where=group.where), name)
        self._draft.add("alias", *group.many("Name non-latin script"))
        group.skip("Non-latin script type", "Non-latin script language")

    def _take_address(self, group: Record) -> None:
        country = group.one("Address Country")
        self._draft.add("address", join(*map(group.one, _ADDRESS_PARTS), country, by=", "))
        self._draft.add("country", country)

    def _take_birth_place(self, group: Record) -> None:
        towns, countries = _values(group, "Town of birth"), _values(group, "Country of birth")
        if len(countries) == 1:
            places = [(town, *countries) for town in towns] or [tuple(countries)]
        elif len(towns) == len(countries):
            places = list(zip(towns, countries, strict=True))
        else:
            places = [(town,) for town in towns]
        self._draft.add("birthPlace", *(join(*place, by=", ") for place in places))
        self._draft.add("birthCountry", *countries)

    def _take_gender(self, group: Record) -> None:
        self._draft.add("gender", *(value.casefold() for value in _values(group, "Gender")))

    def _take_dates(self, group: Record) -> None:
        for heading, property_ in _DATES.items():
            for printed in _values(group, heading):
                dates = dates_in(printed)
                self._draft.add(property_, *dates)
                if not dates:
                    self._draft.keep(heading, printed)
                    group.oddity(f"{heading} not a date")

    def _take_numbers(self, group: Record) -> None:
        for heading, (property_, about) in _NUMBERS.items():
            remark = group.one(about) if about else ""
            add_numbers(self._draft, remark)
            for printed in group.many(heading):
                numbers = identifiers_in(printed, property_)
                for name, number in numbers:
                    self._draft.add(name, number)
                if remark or numbers != ((property_, printed),):
                    self._draft.keep(heading, join(printed, remark, by="; "))
                remark = ""
            self._draft.keep(about, remark)


def _parts() -> dict[str, Callable[[Designation, Record], None]]:
    """Return heading -> the method that reads it together with its group's fields."""
    together = {
        Designation._take_listing: _LISTING,
        Designation._take_names: (*_NAME_PARTS, *_NAME_WORDS),
        Designation._take_address: (*_ADDRESS_PARTS, "Address Country"),
        Designation._take_birth_place: ("Town of birth", "Country of birth"),
        Designation._take_gender: ("Gender",),
        Designation._take_dates: _DATES,
        Designation._take_numbers: (*_NUMBERS, *(about for _, about in _NUMBERS.values())),
    }
    return {heading: part for part, headings in together.items() for heading in headings}


_PARTS = _parts()


def read_designations(groups: Iterable[Record], key: str) -> Iterator[Entry]:
    """Collect the groups of each designation by the field ``key``, and yield the entries.

    Raises:
        ListFormatError: a group without its key or type, or a word in no known spelling.
    """
    designations: dict[str, Designation] = {}
    for group in groups:
        record_id, kind = group.need(key), group.need("Designation Type")
        if record_id not in designations:
            designations[record_id] = Designation(record_id, kind, where=group.where)
        designations[record_id].take(group)
    for designation in designations.values():
        yield designation.entry()


def _values(group: Record, heading: str) -> list[str]:
    return [
        value
        for printed in group.many(heading)
        for part in printed.split("|")
        for value in split_enumerated(part)
    ]
