"""Find how a text introduces a person: the full name, office and gender of a surname.

A headline or a caption may be the only place that has a full name, so the whole text is read;
only the first places of a name are looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Literal

from limen.documents.document import Span
from limen.documents.text.vocabulary import words

Gender = Literal["female", "male", ""]

#: A capitalised word; an ending in 's is not part of it.
_CAPITAL = re.compile(r"[A-Z](?:[\w-]|[’'](?!s\b)(?=\w))*")
_FIRST = re.compile(r"[A-Z][\w’'-]+|[A-Z]\.|van|von|der|de|da|del|di|bin|al|el|la|le")
_APPOSED = re.compile(r", (?:the |a |an |its |their )?([^,.;\n“\"]{3,80}?)[,.;]")
_OFFICE = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er) ((?:[\w’'-]+ ){0,5}[\w’'-]+), \Z")
_LABEL = re.compile(r"^([A-Z][^\n:]{1,60}):", re.MULTILINE)
_SHE = re.compile(r"\b(?:Ms|Mrs|Miss|Dame|Lady)\.? (?:\w+ )?\Z")
_HE = re.compile(r"\b(?:Mr|Sir|Lord)\.? (?:\w+ )?\Z")
_TELLING = re.compile(r"\b(?:who|which|said|told|added)\b")
#: Places of a name that are looked at.
_LOOKED_AT = 40
#: Words before a surname that may be part of the name or of the office.
_BEFORE = 7


class Introductions:
    """Represents what a text says of the people in it, by their surnames.

    Args:
        text: the document's text.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._places: dict[str, list[int]] | None = None
        self._labels: Counter[str] | None = None

    def lines_of(self, name: str) -> int:
        """Return how many lines a name begins as a label: ``Jake Morland: ...``."""
        if self._labels is None:
            self._labels = Counter(found[1] for found in _LABEL.finditer(self.text))
        return self._labels[name]

    def fuller(self, surname: str) -> tuple[str, str]:
        """Return the fullest name with this surname, and the words of office before it."""
        names, role = "", ""
        for start, _ in self._standing(surname):
            found, office = _split_office(self._before(start))
            first = " ".join(found)
            if found and len(first) >= len(names) and not (names and len(found) > 3):
                names, role = first, max(office, role, key=len)
            elif office and not role:
                role = office
        return f"{names} {surname}".strip(), role

    def is_company(self, name: str) -> bool:
        """Return whether a name of one word is introduced as a company: ``Rosneft said ... it``."""
        before, after = _company_before(), _company_after()
        return any(
            before.search(self.text, max(0, start - 30), start) or after.match(self.text, end)
            for start, end in self._standing(name)
        )

    def office(self, name: str) -> str:
        """Return the office after a name (``Jen Psaki, the press secretary,``) or before it."""
        for start, end in self._standing(name):
            behind = _APPOSED.match(self.text, end)
            before = _OFFICE.search(self.text, max(0, start - 90), start)
            for found in (behind, before):
                if found is None:
                    continue
                heads = {word.lower() for word in found[1].split()}
                if heads & words().person_heads and not _TELLING.search(found[1]):
                    return found[1]
        return ""

    def gender(self, name: str, role: str) -> Gender:
        """Return the gender of a first name, a title or an office; empty where none shows it."""
        first = name.split(maxsplit=1)[0].lower()
        if first in words().female:
            return "female"
        if first in words().male:
            return "male"
        for start, _ in self._standing(name.rsplit(maxsplit=1)[-1]):
            if _SHE.search(self.text, max(0, start - 30), start):
                return "female"
            if _HE.search(self.text, max(0, start - 30), start):
                return "male"
        return gender_of_role(role)

    def _before(self, start: int) -> list[str]:
        """Return the words before a place that may be of a name or an office, in order."""
        head = self.text[max(0, start - 90) : start].rpartition("\n\n")[2]
        if not head[-1:].isspace():
            return []
        before: list[str] = []
        for word in reversed(head.split()):
            if len(before) == _BEFORE or not _FIRST.fullmatch(word):
                break
            before.append(word)
        return before[::-1]

    def _standing(self, name: str) -> Iterator[Span]:
        """Yield the first places of a name."""
        last = _CAPITAL.findall(name)[-1:]
        for start in self._index().get(last[0], ()) if last else ():
            begin = start + len(last[0]) - len(name)
            if self.text.startswith(name, max(0, begin)):
                yield begin, begin + len(name)

    def _index(self) -> dict[str, list[int]]:
        if self._places is None:
            self._places = {}
            for found in _CAPITAL.finditer(self.text):
                places = self._places.setdefault(found.group(), [])
                if len(places) < _LOOKED_AT:
                    places.append(found.start())
        return self._places


@cache
def _company_before() -> re.Pattern[str]:
    kinds = "|".join(sorted(words().company_words))
    return re.compile(rf"(?i:{kinds})s? \Z")


@cache
def _company_after() -> re.Pattern[str]:
    kinds = "|".join(sorted(words().company_words))
    return re.compile(
        rf",? (?:an?|the|Russia.s|its) [\w -]{{0,40}}?(?:{kinds})\b"
        r"| (?:said|says|added)[^.]{0,30} it\b"
        r"|['’]s (?:shares|chief executive|board|profit|subsidiary)"
    )


def gender_of_role(role: str) -> Gender:
    """Return the gender of an office or a title: ``spokeswoman``, ``Sir``."""
    lows = {word.lower().rstrip(".") for word in role.split()}
    if lows & words().she:
        return "female"
    return "male" if lows & words().he else ""


def _split_office(before: list[str]) -> tuple[list[str], str]:
    """Return the first names and the words of office among the words before a surname."""
    known = words()
    at = len(before)
    while at and not _is_office(before[at - 1]):
        at -= 1
    office, names = before[:at], before[at:]
    while names and names[0] in ("al", "la", "le"):
        names.pop(0)
    while office and office[0].lower() in known.not_names:
        office.pop(0)
    heads = {word.lower() for word in office}
    return names, " ".join(office) if heads & known.person_heads else ""


def _is_office(word: str) -> bool:
    """Return whether a word before a surname belongs to an office or a body, or to no name."""
    known = words()
    low = word.lower().rstrip(".")
    groups = (
        known.person_heads, known.titles, known.institutions, known.modifiers, known.metonyms,
        known.not_names,
    )  # fmt: skip
    return any(low in group for group in groups)
