"""Check postal addresses against the usage guidelines of cross-border payments (CBPR+).

An address is *structured* (no ``AdrLine``), *hybrid* (town and country filled, at most two lines of
70 characters, no part repeated in them) or *lines* (nothing but ``AdrLine``). Hybrid addresses are
accepted since 22 November 2025; lines alone are refused since 14 November 2026. A schema permits
seven lines, so it shows none of this.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from limen.payments.lint.lint_finding import Level, LintFinding, about
from limen.payments.message import Element, PaymentParty

Mode = Literal["structured", "hybrid", "lines", "none"]

HYBRID_FROM = date(2025, 11, 22)
LINES_REFUSED_FROM = date(2026, 11, 14)
_MOST_LINES = {"hybrid": 2, "lines": 3}
_LONGEST_LINE = {"hybrid": 70, "lines": 35}
_PARTS = frozenset(
    {"street", "building", "post_box", "postcode", "town", "district", "region", "department"}
)


def address_mode(party: PaymentParty) -> Mode:
    """Return how a party's address is written."""
    kinds = {element.kind for element in party.elements}
    if "address_line" not in kinds:
        return "structured" if kinds & {*_PARTS, "country"} else "none"
    return "hybrid" if kinds & _PARTS else "lines"


def address_findings(party: PaymentParty, on: date) -> Iterator[LintFinding]:
    """Yield what is wrong with a party's address on a day."""
    mode = address_mode(party)
    if mode == "none":
        return
    elements = party.elements
    kinds = {element.kind for element in elements}
    lines = [element for element in elements if element.kind == "address_line"]
    first = (
        lines[0] if lines else next(each for each in elements if each.kind in {*_PARTS, "country"})
    )
    if mode == "lines":
        yield _lines_only(first, on)
    else:
        yield from _missing(first, kinds)
    if mode == "hybrid" and on < HYBRID_FROM:
        what = f"a hybrid address, which is accepted from {HYBRID_FROM} on"
        yield about("address-hybrid-early", "error", what, first)
    yield from _line_findings(mode, lines)
    if mode == "hybrid":
        yield from _repeated(elements, lines)


def _lines_only(first: Element, on: date) -> LintFinding:
    level: Level = "error" if on >= LINES_REFUSED_FROM else "warning"
    what = f"an address in lines alone, which is refused from {LINES_REFUSED_FROM} on"
    hint = "fill town and country, and leave at most two lines"
    return about("address-lines-only", level, what, first, hint)


def _missing(first: Element, kinds: set[str]) -> Iterator[LintFinding]:
    if "town" not in kinds:
        yield about("address-no-town", "error", "an address without its town", first, "fill TwnNm")
    if "country" not in kinds:
        hint = "fill Ctry with the code of ISO 3166"
        yield about("address-no-country", "error", "an address without its country", first, hint)


def _line_findings(mode: Mode, lines: list[Element]) -> Iterator[LintFinding]:
    most = _MOST_LINES.get(mode, 0)
    if len(lines) > most:
        what = f"{len(lines)} lines, and {most} are allowed"
        yield about("address-too-many-lines", "error", what, lines[most])
    for line in lines:
        longest = _LONGEST_LINE.get(mode, 0)
        if len(line.text) > longest:
            what = f"a line of {len(line.text)} characters, and {longest} are allowed"
            yield about("address-line-too-long", "error", what, line)


def _repeated(elements: tuple[Element, ...], lines: list[Element]) -> Iterator[LintFinding]:
    """Yield the lines that say what a part says; a part of three letters may be anywhere."""
    for part in elements:
        if part.kind not in _PARTS or len(part.text) <= 3:
            continue
        for line in lines:
            if part.text.casefold() in line.text.casefold():
                what = f"the line repeats the {part.kind}"
                yield about("address-line-repeats", "warning", what, line)
