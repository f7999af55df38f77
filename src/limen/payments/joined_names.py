"""Join the lines of a name that goes on: over the lines of its field, and into the address.

Systems break names where a line is full, in the middle of a word or after it, and give the first
lines of an address to what does not fit. So each run of lines that may be one name is a name too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from limen.payments.message import Element, PaymentParty
from limen.payments.transliterated import from_rur

#: Values that stand for none.
PLACEHOLDERS = frozenset({"NOTPROVIDED", "NOT PROVIDED", "CUTOVER2026", "NONREF", "N/A", "NA"})
#: Lines of a name and address in an MT field.
_MOST_LINES = 4
#: The first character after the Latin letters.
_AFTER_LATIN = "\u0250"
#: Letters of the shortest name that is given as a number.
_SHORTEST = 4


def name_variants(party: PaymentParty) -> tuple[str, ...]:
    """Return the names of a party: as written, then as they may go on in the next lines."""
    names = [each for each in party.elements if each.kind == "name"]
    lines = [each for each in party.elements if each.kind == "address_line"]
    found = [" ".join(each.text for each in names)] if len(names) > 1 else []
    found += [each.text for each in names]
    for run in _runs(names, lines):
        found += _joined(run)
    found += party.values("account_name", "branch_name", "care_of", "contact_name")
    found += filter(_is_name, party.values("number"))
    written = [name for name in found if name.upper() not in PLACEHOLDERS]
    return tuple(dict.fromkeys([*written, *filter(None, map(from_rur, written))]))


def _runs(names: Sequence[Element], lines: Sequence[Element]) -> Iterator[Sequence[Element]]:
    """Yield the lines that may be one name: from each of its own, as far as it may go on."""
    rows = [*names, *_more(names[-1], lines)] if names else []
    for start in range(len(names)):
        for end in range(start + 2, min(start + _MOST_LINES, len(rows)) + 1):
            yield rows[start:end]


def _more(last: Element, lines: Sequence[Element]) -> Iterator[Element]:
    """Yield the lines of the address that may be more of the name: a number is of an address."""
    for line in lines:
        if not _is_open(last) and any(map(str.isdigit, line.text)):
            return
        yield line
        last = line


def _is_open(line: Element) -> bool:
    """Return whether a line may end in the middle of a word."""
    return bool(line.cut_at) or line.text.endswith("-")


def _joined(run: Sequence[Element]) -> Iterator[str]:
    """Yield the lines as one name, without and with a blank after each that is open."""
    ends = [("", " ") if _is_open(line) else (" ",) for line in run[:-1]]
    for chosen in product(*ends):
        if not any(map(_is_mixed, run, run[1:], chosen)):
            parts = zip(run, chosen, strict=False)
            yield "".join(_before(line.text, end) + end for line, end in parts) + run[-1].text


def _is_mixed(line: Element, following: Element, end: str) -> bool:
    """Return whether two lines without a blank would be a word of two alphabets."""
    sides = line.text[-1:], following.text[:1]
    return not end and all(map(str.isalpha, sides)) and (max(sides) >= _AFTER_LATIN > min(sides))


def _before(text: str, end: str) -> str:
    """Return a line without the mark that it goes on; a hyphen may be a part of the name."""
    bare = text.removesuffix("+")
    return bare if end else bare.removesuffix("-")


def _is_name(number: str) -> bool:
    """Return whether what is given as a number is a name."""
    letters = sum(map(str.isalpha, number))
    return letters >= _SHORTEST and not any(map(str.isdigit, number))
