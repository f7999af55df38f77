"""Split Arabic name parts that are written joined or apart: abd-, al-, -uddin, -ullah.

``split`` reads Latin letters, ``split_abjad`` a word that an abjad wrote.
"""

from __future__ import annotations

import re

from limen.names.reading.tables import tables
from limen.names.reading.tokens import Token, make_token, part_token, with_whole


def split_abjad(text: str) -> list[Token]:
    """Split a word that an abjad wrote into its name parts."""
    if text.startswith("al") and len(text) > 4:
        return [part_token("al"), with_whole(make_token(text[2:], abjad=True), text)]
    if text.startswith("abdal") and len(text) > 6:
        return [part_token("abd"), with_whole(make_token(text[5:], abjad=True), text)]
    if text.endswith("aldyn") and len(text) > 6:
        return [with_whole(make_token(text[:-5], abjad=True), text), part_token("din")]
    if text in ("abd", "abw", "bn", "aldyn", "allh", "al"):
        return [
            part_token({"abw": "abu", "bn": "bin", "aldyn": "din", "allh": "allah"}.get(text, text))
        ]
    return [make_token(text, abjad=True)]


#: "abd" and its article, before a name of at least four letters.
_ABD = re.compile(r"abd(?:[uaeo]u?[lrsnzdt]|ou|u|o|e)(?=[a-z]{4})")
#: "-din" in its spellings. A single ``e`` counts only after ``udd`` and the like, because Golden
#: and Sweden are not Arabic.
_DIN = re.compile(r"(?<=[a-z]{3})(?:(?:[aeiou]d+|l)?d(?:ee|i|ie)|[aou]dde)ne?$")
#: "-ullah" in its spellings, after at least three letters.
_ALLAH = re.compile(r"(?<=[a-z]{3})(?:u|o)(?:llah?|lah)$")
#: Names that end like a part, and are one name.
_WHOLE = frozenset(
    [
        "abdullah", "abdulla", "abdallah", "abdalla", "abdellah", "abdollah", "abdoullah",
        "abdoulla", "abdelal", "aladdin", "saladin",
    ]
)  # fmt: skip


def split(text: str) -> list[Token]:
    """Split a Latin word into its Arabic name parts: abd-, -uddin, -ullah."""
    part = tables().parts.get(text)
    if part is not None:
        return [part_token(part, text)]
    if len(text) < 6 or text in _WHOLE or not text.isalpha():
        return [make_token(text)]
    tokens: list[Token] = []
    written = text
    if text.startswith("abd") and (prefix := _ABD.match(text)) is not None:
        tokens.append(part_token("abd"))
        text = text[prefix.end() :]
    tail = _DIN.search(text) if text[-3:-1] in _DIN_ENDS else None
    if tail is not None and "d" in tail.group()[:-2]:
        return [*tokens, with_whole(make_token(text[: tail.start()]), written), part_token("din")]
    tail = _ALLAH.search(text) if text.endswith(_ALLAH_ENDS) else None
    if tail is not None:
        stem = make_token(text[: tail.start()])
        return [*tokens, with_whole(stem, written), part_token("allah")]
    return [*tokens, with_whole(make_token(text), written)]


#: The letters before the last one of every spelling of "-din", and how every one of "-ullah" ends:
#: tests that spare the search.
_DIN_ENDS = ("di", "ee", "in", "de")
_ALLAH_ENDS = ("la", "lah")
