"""Split a printed alias into the names it holds.

Lists write ``Abdul Rehman; Abd Ur-Rehman``, ``El Harrachi (الحراشي)``, ``Юрий ЛЕОНОВ / Юрiй
ЛЕОНОВ`` and ``Акционерное Общество «Ангстрем» (АО «Ангстрем»)`` where they mean two names. Only
what the print itself separates is split: a change of script, quoted titles, semicolons, spaced
slashes; ``Al-Haramain (Indonesia)`` stays one name.
"""

from __future__ import annotations

import re

from limen.lists.parsing.draft import join

_BRACKETS = re.compile(r"\(([^()]*)\)")
_SCRIPT_LABEL = re.compile(r"(?:original script|in arabic(?: script)?)\s*:\s*", re.IGNORECASE)
_REMARK = re.compile(r"[a-z]|Previously ")
#: From the first opening mark of a line: from any later one it would find no more.
_QUOTED = re.compile(r"^[^«“„\n]*[«“„].+[»”]", re.MULTILINE)
_LATIN = re.compile(r"[A-Za-z]")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1cff\u2c00-\ud7ff\ufb50-\ufdff\ufe70-\ufeff]")
_BORN = re.compile(r",? born .*", re.DOTALL)
#: A name without any of these is one name.
_SIGNS = ("(", ";", "/", " born ")


def names_in(text: str, note: str = "") -> tuple[str, ...]:
    """Return the names in a printed name and its note; at least the name itself.

    A note adds a name where it labels one (``original script: Север``), or where it spells a
    name that is not in Latin letters.
    """
    if not note and not any(sign in text for sign in _SIGNS):
        name = join(text).rstrip(", ")
        return (name,) if name else ()
    outer, inner = _BORN.sub("", text), _named_in_note(text, note)
    while brackets := _BRACKETS.search(outer):
        inside = _SCRIPT_LABEL.sub("", brackets[1])
        outer = f"{outer[: brackets.start()]} {outer[brackets.end() :]}"
        if _changes_script(outer, inside) or (_QUOTED.search(inside) and _QUOTED.search(outer)):
            inner = f"{inner};{inside}"
        elif not _REMARK.match(brackets[1]):
            return (join(text),)
    parts = [part for piece in f"{outer};{inner}".split(";") for part in _sides(piece)]
    return tuple(dict.fromkeys(name for part in parts if (name := join(part).rstrip(", "))))


def _named_in_note(text: str, note: str) -> str:
    if script := _SCRIPT_LABEL.search(note):
        return note[script.end() :]
    return note if not _LATIN.search(text) and not re.search(r"[:()]", note) else ""


def _changes_script(one: str, other: str) -> bool:
    if _REMARK.match(other) or not _OTHER_SCRIPT.search(one + other):
        return False
    return bool(_LATIN.search(one)) != bool(_LATIN.search(other))


def _sides(text: str) -> list[str]:
    """Return both sides of a spaced slash, where each has a given name and a surname."""
    sides = re.split(r"\s/\s", text)
    return sides if all(len(side.split()) > 1 for side in sides) else [text]
