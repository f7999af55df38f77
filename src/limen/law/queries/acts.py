"""Match an act, in any usual form, with the measures it made and the licences it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from limen.law.records import Licence, Measure
from limen.util.text import fold

#: Words before the number of an act that people leave out, or write in another way.
_KINDS_OF_ACTS = re.compile(
    r"\b(?:executive order|e\.? ?o\.?|regulations?|reg\.?|council|implementing|decision|"
    r"statutory instrument|(?:uk )?s\.?i\.?|unscr|unsc|(?:un )?security council|"
    r"(?:un )?resolutions?|res\.|general licen[cs]e|g\.?l\.?|no\.?|"
    r"\((?:eu|ec|cfsp)\))(?=\s|$|\d)",
    re.IGNORECASE,
)
_GENERAL_LICENCE = re.compile(r"\s{0,9}(?:general licen[cs]e|g\.?l\.?)(?=\s|\d)", re.IGNORECASE)
_CELEX = re.compile(r"3(\d{4})[RD](\d{4})", re.IGNORECASE)
#: ``SI 2019 No. 855``, as British instruments are printed.
_SI_NUMBER = re.compile(r"\b(\d{4}) No\.? ?(\d{1,4})\b", re.IGNORECASE)
#: ``S/RES/1718 (2006)``: the symbol before a resolution's number, and the year after it.
_AROUND_RESOLUTION = re.compile(r"\bS/RES/|(?<=\d) ?\((?:19|20)\d\d\)", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,6})/(\d{1,6})")
#: A shorter number alone is an article's, an annex's or a day's before it is an act's.
_SHORTEST_NUMBER = 3


def act_key(text: str) -> str:
    """Return an act's number in one form, however it is written.

    ``"833/2014"``, ``"2014/833"``, ``"32014R0833"`` and ``"Regulation (EU) No 833/2014"`` are
    ``"833/2014"``; ``"2271/96"`` is ``"2271/1996"``; ``"E.O. 14065"`` is ``"14065"``; ``"GL 8L"``
    is ``"8l"``; ``"SI 2019 No. 855"`` is ``"855/2019"``; ``"UNSCR 1718 (2006)"`` is ``"1718"``.
    """
    celex = _CELEX.search(text)
    if celex is not None:
        return _numbered(celex[1], celex[2])
    number = _NUMBER.search(text) or _SI_NUMBER.search(text)
    if number is not None:
        return _numbered(number[1], number[2])
    return fold(_KINDS_OF_ACTS.sub(" ", _AROUND_RESOLUTION.sub(" ", text)))


def is_licence(act: str, licence: Licence) -> bool:
    """Return whether an act is a licence: by its whole key, or by its number and letter."""
    number = fold(f"{licence.number}{licence.letter}")
    return fold(act) == fold(licence.key) or act_key(act) == number


def is_act_of(act: str, measure: Measure) -> bool:
    """Return whether a measure is of an act; a general licence is the act of none."""
    if _GENERAL_LICENCE.match(act):
        return False
    names = (measure.instrument, *measure.acts, *measure.programmes)
    if any(fold(act) == fold(name) for name in (measure.id, *names)):
        return True
    key = act_key(act)
    if "/" in key:
        return any(key in _numbers(name) for name in (*names, measure.citation))
    if key.isdigit():  # a citation and an id have days and years as well
        return len(key) >= _SHORTEST_NUMBER and _has_words(names, key)
    return _has_words((measure.id, *names, measure.citation), key)


def _has_words(names: Iterable[str], key: str) -> bool:
    return any(f" {key} " in f" {fold(name)} " for name in names if name)


def _numbers(name: str) -> set[str]:
    return {_numbered(*found) for found in (*_NUMBER.findall(name), *_CELEX.findall(name))}


def _numbered(first: str, second: str) -> str:
    """Return number and year, the year last; of two years the first is the year."""
    if not _is_year(first) and not _is_year(second):
        first, second = (first, _whole(second)) if len(second) == 2 else (_whole(first), second)
    first, second = first.lstrip("0"), second.lstrip("0")
    if _is_year(first) and not (_is_year(second) and int(first) < int(second)):
        return f"{second}/{first}"
    return f"{first}/{second}"


def _whole(year: str) -> str:
    """Return a year of two digits in four, as the first acts of the Union are of the fifties."""
    return f"{'19' if year >= '50' else '20'}{year}" if len(year) == 2 else year


def _is_year(text: str) -> bool:
    return len(text) == 4 and 1950 <= int(text) <= 2100
