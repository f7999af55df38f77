"""Undo SWIFT-RUR, in which Russian banks write Cyrillic in the character set of MT messages.

Each Cyrillic capital is one Latin letter, small ones for what Latin has no letter for
(``Ч`` is ``c``, ``Ш`` is ``Q``); an apostrophe begins and ends a part that is Latin itself.
"""

from __future__ import annotations

_CYRILLIC = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
_LATIN = "ABVGDEoJZIiKLMNOPRSTUFHCcQqxYXeua"
_LETTERS = str.maketrans(_LATIN, _CYRILLIC)
#: Small letters that the table has; ordinary text has others too.
_SMALL = frozenset("oicqxeua")


def from_rur(text: str) -> str:
    """Return the Cyrillic of a text in SWIFT-RUR; ``""`` where it is none.

    It is one where capitals have small letters of the table in or next to them and no others:
    ``OBqESTVO S OGRANIcENNOi OTVETSTVENNOSTXu``.
    """
    parts = text.split("'")
    russian = "".join(parts[::2])
    small = [char for char in russian if char.islower()]
    capitals = sum(map(str.isupper, russian))
    if any(char.isalpha() and char not in _LATIN for char in russian):
        return ""
    if not small or not _SMALL.issuperset(small) or capitals < 2 * len(small) or not text.isascii():
        return ""
    return "".join(
        part if place % 2 else part.translate(_LETTERS) for place, part in enumerate(parts)
    )
