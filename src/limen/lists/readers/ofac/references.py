"""Look up the reference values of OFAC's Advanced XML, where every value is a number."""

from __future__ import annotations

from datetime import date

from limen.lists.parsing.xml import Node
from limen.lists.readers.ofac.periods import Period, Span
from limen.model import ListFormatError

#: The sets read; the others describe nothing of a party.
_SETS = (
    "AliasType",
    "Country",
    "DetailReference",
    "FeatureType",
    "IDRegDocDateType",
    "IDRegDocType",
    "LegalBasis",
    "List",
    "LocPartType",
    "NamePartType",
    "PartySubType",
    "PartyType",
    "RelationQuality",
    "RelationType",
    "Reliability",
    "SanctionsType",
    "Script",
    "Validity",
)


class References:
    """The values of numbers, by the name of their set."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, str], str] = {}
        self._party_types: dict[str, str] = {}

    def read(self, node: Node) -> None:
        """Read ``ReferenceValueSets``."""
        for name in _SETS:
            for values in node.nodes(f"{name}Values"):
                for value in values.nodes(name):
                    number = value.attribute("ID")
                    self._values[name, number] = value.text
                    if name == "PartySubType":
                        self._party_types[number] = value.attribute("PartyTypeID")

    def of(self, node: Node, name: str, attribute: str) -> str:
        """Return the value of an attribute's number in a set; ``""`` without the attribute.

        Raises:
            ListFormatError: the file has no such value.
        """
        number = node.attribute(attribute)
        return self._words(name, number, node.where) if number else ""

    def party_kind(self, profile: Node) -> str:
        """Return the party's subtype, else its type: ``Individual``, ``Entity``, ``Vessel`` ...

        Raises:
            ListFormatError: the file has no such value.
        """
        number = profile.attribute("PartySubTypeID")
        subtype = self._words("PartySubType", number, profile.where)
        if subtype != "Unknown":
            return subtype
        return self._words("PartyType", self._party_types[number], profile.where)

    def _words(self, name: str, number: str, where: str) -> str:
        words = self._values.get((name, number))
        if words is None:
            raise ListFormatError(
                f"{name} {number!r} is not among the file's reference values",
                where=where,
                why="a value of the record would be unknown",
                hint="fetch the file again",
            )
        return words


def read_period(node: Node) -> Period:
    """Read a ``DatePeriod``: two boundaries, each from a day to a day.

    Raises:
        ListFormatError: a boundary is missing, or is no day.
    """
    spans: list[Span] = []
    approximate = False
    for name in ("Start", "End"):
        boundary = node.node(name)
        if boundary is None:
            raise ListFormatError(f"a period without {name}", where=node.where)
        days = [read_day(point) for each in ("From", "To") for point in boundary.nodes(each)]
        if not days:
            raise ListFormatError(f"{name} of a period without a day", where=boundary.where)
        approximate |= boundary.attribute("Approximate") == "true"
        boundary.skip("YearFixed", "MonthFixed", "DayFixed")
        boundary.done()
        spans.append((days[0], days[-1]))
    node.skip("CalendarTypeID", "YearFixed", "MonthFixed", "DayFixed")
    node.done()
    return Period(spans[0], spans[1], approximate)


def read_day(node: Node) -> date:
    """Read a day from elements for year, month and day.

    Raises:
        ListFormatError: no calendar has the day.
    """
    node.skip("CalendarTypeID")
    year, month, day = (node.need(name) for name in ("Year", "Month", "Day"))
    node.done()
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError) as error:
        raise ListFormatError(f"{year}-{month}-{day}: {error}", where=node.where) from error
