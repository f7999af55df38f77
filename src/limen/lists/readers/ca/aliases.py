"""Split Canada's alias cell: names in several scripts, divided in many ways.

``;`` and ``or`` always divide. A comma does, unless it is inside brackets or quotes, before a
legal form (``М Инвест, ООО``) or a small letter (``Министерство образования, науки``), or after
a surname that comes first (``Баранов, Олег Анатольевич``). ``and`` divides names of people and
names in other scripts, where it cannot be part of the name. A slash divides names of several
words each. Labels of languages (``Russian:``) and a change between Latin and Arabic or Hebrew
letters divide too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from anyascii import anyascii

_LABEL = re.compile(r"\(?\b[A-Z][a-z]+\s*:\s*")
_SCRIPTS = re.compile(r"(?<=[A-Za-z.])\s+(?=[\u0590-\u06ff])|(?<=[\u0590-\u06ff])\s+(?=[A-Za-z])")
_ALWAYS = re.compile(r";|,\s+or\s+|(?<!\s)\s+or\s+")
_AND = re.compile(r",\s+and\s+|(?<!\s)\s+and\s+")
_OTHER_SCRIPT = re.compile(r"[^\W\d_a-zA-ZÀ-ž]")
_COMMA = re.compile(r"[,،]")
_OPENING = re.compile(r"[(«“„]|(?:^|(?<=[\s(«“]))\"")
_CLOSING = re.compile(r"[)»”]|\"(?=$|[\s,)»”])")
_LEGAL_FORM = re.compile(
    r"(?:[ознпс]?ао|ооо|мк|фгуп|гуп|муп|некоммерческое партнерство|[ozp]?ao|ooo|[opc]?jsc|llc"
    r"|ltd|limited|inc|co|corp|plc|fsue|gmbh)"
)


def split_aliases(cell: str, last_name: str = "") -> Iterator[str]:
    """Yield the names a cell holds; ``last_name`` is the person's, ``""`` for other parties."""
    text = _LABEL.sub(";", cell)
    text = _SCRIPTS.sub(";", text)
    for chunk in _ALWAYS.split(text):
        for part in _at_and(chunk, person=bool(last_name)):
            for name in _at_commas(part, last_name):
                yield from split_languages(name)


def split_languages(text: str) -> Iterator[str]:
    """Yield names of several words each that a slash separates, or the text whole.

    A slash between two spellings of one word is left alone.
    """
    sides = text.split("/")
    several = len(sides) > 1 and all(len(side.split()) > 1 for side in sides)
    yield from filter(None, map(_tidy, sides if several else (text,)))


def _at_and(text: str, *, person: bool) -> Iterator[str]:
    start = 0
    for match in _AND.finditer(text):
        before, after = text[: match.start()].split()[-1:], text[match.end() :].split()[:1]
        if person or any(_OTHER_SCRIPT.search(word) for word in (*before, *after)):
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def _at_commas(text: str, last_name: str) -> Iterator[str]:
    start = 0
    for match in _COMMA.finditer(text):
        before, after = text[start : match.start()], text[match.end() :]
        if _belongs_together(before, after, last_name):
            continue
        yield before
        start = match.end()
    yield text[start:]


def _belongs_together(before: str, after: str, last_name: str) -> bool:
    following = _COMMA.split(after)[0].strip()
    if len(_OPENING.findall(before)) > len(_CLOSING.findall(before)):
        return True
    if _is_legal_form(before) or _is_legal_form(following):
        return True
    if last_name:
        return _is_surname(before, last_name) and not _is_surname(following, last_name)
    return following[:1].islower() and not following.startswith("the ")


def _is_legal_form(text: str) -> bool:
    return _LEGAL_FORM.fullmatch(text.casefold().replace(".", "").strip()) is not None


def _is_surname(text: str, last_name: str) -> bool:
    """Return whether a text is one word that begins as the surname does, in any script."""
    word = text.strip()
    return " " not in word and _initials(word) == _initials(last_name)


def _initials(word: str) -> str:
    return anyascii(word).casefold()[:3]


def _tidy(name: str) -> str:
    tidy = " ".join(name.split()).strip(" ,;:")
    if tidy.endswith(")") and "(" not in tidy:
        tidy = tidy[:-1]
    return tidy
