"""Compare the countries that a party shows: its address, its address lines, its BIC and IBAN.

A country that is filled must not be trusted alone: an address line may name another. That is a
finding of its own for screening; an account in another country is only a note.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from limen.model.countries import country_code
from limen.payments.lint.lint_finding import LintFinding, about
from limen.payments.message import Element, PaymentParty

#: Shorter words are also codes of states and abbreviations: ``CA``, ``DE``, ``CO``.
_SHORTEST_NAME = 4
#: The longest name of a country has 56 characters and eight words; a line may have many more.
_LONGEST_NAME = 60
_MOST_WORDS = 8


class CountryConflict(NamedTuple):
    """Represents two elements of a party that name different countries, by their codes."""

    code: str
    one: Element
    country: str
    other: Element
    other_country: str


def country_conflicts(party: PaymentParty) -> Iterator[CountryConflict]:
    """Yield the countries of a party that differ from that of its address."""
    filled = next((each for each in party.elements if each.kind == "country"), None)
    country = country_code(filled.text) if filled else None
    if filled is None or country is None:
        return
    for element in party.elements:
        other, code = _named(element)
        if other and other != country:
            yield CountryConflict(code, filled, country, element, other)


def _named(element: Element) -> tuple[str | None, str]:
    """Return the country that an element names, and the code of a conflict with it."""
    if element.kind == "address_line":
        return _of_line(element.text), "country-conflict"
    if element.kind == "iban":
        return country_code(element.text[:2]), "country-differs-from-iban"
    if element.kind == "bic":
        return country_code(element.text[4:6]), "country-differs-from-bic"
    return None, ""


def _of_line(line: str) -> str | None:
    """Return the country at the end of an address line: the last part, or its last words."""
    last = line.rpartition(",")[2].strip(" .")
    words = last[-_LONGEST_NAME:].split()[-_MOST_WORDS:]
    for count in range(len(words), 0, -1):
        name = " ".join(words[-count:])
        if len(name) >= _SHORTEST_NAME and (code := country_code(name)):
            return code
    return None


def country_findings(party: PaymentParty) -> Iterator[LintFinding]:
    """Yield the conflicts as findings about the element that differs."""
    for conflict in country_conflicts(party):
        what = f"{conflict.other_country.upper()}, and the address says {conflict.country.upper()}"
        level = "error" if conflict.code == "country-conflict" else "note"
        yield about(conflict.code, level, what, conflict.other)  # type: ignore[arg-type]
