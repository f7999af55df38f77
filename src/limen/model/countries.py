"""Read countries as lists print them into ISO 3166-1 alpha-2 codes.

Lists write a country as a code, a name in one of many languages, or an adjective of
nationality. What names no country of today, or more than one (``Congolese``, ``USSR``,
``Crimea``), reads as nothing rather than as something wrong.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from limen.util.lazy_patterns import lazy
from limen.util.text import fold as text_words

_IN_BRACKETS = lazy(r"[(\[][^)\]]*[)\]]?")
_SLASHES = lazy(r"(?:(?<!\s)\s+)?/\s*")
_BETWEEN = lazy(r"[,;/]|\.\s|\band/or\b|\band\b|\bor\b|\b[a-z]\)|\([a-z0-9]\)", re.IGNORECASE)
_CITIZENSHIP = lazy(
    r"(?<!\s)\s+(?:citizen(?:ship)?|national(?:ity|ities|s)?|passport)$", re.IGNORECASE
)
_SUBDIVISION = lazy(r"([a-z]{2})-[a-z0-9]{1,3}")
#: OFAC's addresses in regions that are no country: ``Region: Crimea``.
_REGION = "region:"
#: Subdivisions, in the source's coding, that two countries claim: they count for none.
_CONTESTED = frozenset(
    {"cy-trnc", "ge-ab", "md-pmr", "so-som", "ua-43", "ua-cri", "ua-dpr", "ua-lpr"}
)


def fold(text: str) -> str:
    """Return the words of a country's name, folded, without a leading ``the``."""
    return text_words(text).removeprefix("the ")


@lru_cache(maxsize=1 << 14)
def country_code(text: str) -> str | None:
    """Return the lower-case alpha-2 code (``"ru"``) of a code, name or nationality.

    Two spellings side by side (``Belarus / Bélarus``) count when they agree. What is unknown as
    a whole is tried without its brackets (``Germany (in prison)``) and without the word
    citizenship. A subdivision code counts for its country (``us-ca``), unless the country is
    disputed (``ua-cri``). ``None`` when it names no country, or not just one.
    """
    if text.strip().casefold().startswith(_REGION):
        return None
    return _words().get(fold(text)) or _both_sides(text) or _bare(text) or _subdivision(text)


@lru_cache(maxsize=1 << 12)
def country_codes(text: str) -> tuple[str, ...]:
    """Return every country of a cell: ``Russian and Ukrainian`` gives ``("ru", "ua")``."""
    if whole := country_code(text):
        return (whole,)
    if text.strip().casefold().startswith(_REGION):
        return ()
    codes = (country_code(part) for part in _BETWEEN.split(text) if part.strip(' ."'))
    return tuple(dict.fromkeys(code for code in codes if code))


def country_words() -> dict[str, str]:
    """Return every word of the table, folded -> code; for tools that compile other tables."""
    return dict(_words())


def is_country(code: str) -> bool:
    """Return whether a text is a country's lower-case alpha-2 code."""
    return code in _names()


def country_name(code: str) -> str:
    """Return the English short name; the code itself where it is not a country's."""
    return _names().get(code.casefold(), code)


def _bare(text: str) -> str | None:
    without = _IN_BRACKETS.sub(" ", text).strip()
    return _words().get(fold(_CITIZENSHIP.sub("", without)))


def _both_sides(text: str) -> str | None:
    sides = _SLASHES.split(text)
    codes = {_words().get(fold(side)) for side in sides}
    return codes.pop() if len(sides) > 1 and len(codes) == 1 else None


def _subdivision(text: str) -> str | None:
    code = text.strip().casefold()
    found = _SUBDIVISION.fullmatch(code)
    return found[1] if found and code not in _CONTESTED and found[1] in _names() else None


@cache
def _lines() -> tuple[tuple[str, str, str, str], ...]:
    from limen.model._countries_table import TABLE

    rows = (line.split("|") for line in TABLE.splitlines())
    return tuple((code, alpha3, name, words) for code, alpha3, name, words in rows)


@cache
def _names() -> dict[str, str]:
    return {code: name for code, _, name, _ in _lines()}


@cache
def _words() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, alpha3, _, words in _lines():
        found.update(dict.fromkeys(words.split(";"), code))
        found[code] = code
        if alpha3:
            found[alpha3] = code
    return found
