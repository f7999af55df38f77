"""Find what forbids that two records are of one party."""

from __future__ import annotations

from limen.identity.facts import Facts
from limen.model import PartialDate

#: Years by which lists print one birth apart: calendars are converted, and passports err.
_YEARS_APART = 1


def contradiction(one: Facts, other: Facts) -> str:
    """Return in words what contradicts; ``""`` where nothing does.

    Records that name the same entry of a register are of one party even where one of them has
    another birth date or gender, as long as a name agrees: one of the lists erred. Of another kind
    they are not.
    """
    if one.kind and other.kind and one.kind != other.kind:
        return f"kind: {one.kind}, {other.kind}"
    why = _ships(one, other) or _genders(one, other) or _births(one, other)
    if why and one.references & other.references and one.by_key.keys() & other.by_key.keys():
        return ""
    return why


def _genders(one: Facts, other: Facts) -> str:
    if one.genders and other.genders and not one.genders & other.genders:
        return f"gender: {min(one.genders)}, {min(other.genders)}"
    return ""


def _ships(one: Facts, other: Facts) -> str:
    ours, theirs = (
        {number.key for number in facts.numbers if number.kind == "imo"} for facts in (one, other)
    )
    if one.kind == "ship" and ours and theirs and not ours & theirs:
        return f"IMO number: {min(ours)}, {min(theirs)}"
    return ""


def _births(one: Facts, other: Facts) -> str:
    if one.kind != "person" or other.kind != "person" or not (one.births and other.births):
        return ""
    apart = all(_apart(ours, theirs) for ours in one.births for theirs in other.births)
    return f"birth date: {one.births[0]}, {other.births[0]}" if apart else ""


def _apart(one: PartialDate, other: PartialDate) -> bool:
    """Return whether two births are those of two persons."""
    return abs(one.year - other.year) > _YEARS_APART and not _year_misprinted(one, other)


def _year_misprinted(one: PartialDate, other: PartialDate) -> bool:
    """Return whether days of birth differ in the last digit of the year and in nothing else.

    The first of January is what forms are filled with where only the year is known.
    """
    days = (one.month, one.day), (other.month, other.day)
    return bool(one.day and days[0] == days[1] != (1, 1) and one.year // 10 == other.year // 10)
