"""Find names by their acronyms, both ways round: ``NIOC``, National Iranian Oil Company.

An acronym shares no key with the words it stands for. Listed names that are no person's are also
filed under the acronyms that their first letters spell, and those of one short word under the word:
so whatever ``limen.names.kernels.acronyms`` recognises is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from limen.names.reading.tokens import INITIAL, LEGAL, NUMBER, PARTICLE, WORD, Token

#: Letters of an acronym.
_LEAST, _MOST = 3, 8
#: So many letters are seldom those of another company.
_RARE = 5
#: Letters of Cyrillic that Latin writes with two.
_DIGRAPHS = frozenset(("kh", "sh", "ch", "zh", "ph", "th", "gh", "ts", "ya", "yu"))
#: A name with more ways to leave out small words is filed under the first of them.
_WAYS = 32
#: What is added to the code of a name's only word, so that it is apart from first letters.
_ALONE = "."


def filed_under(words: Sequence[Token]) -> Iterator[str]:
    """Yield what a listed name is filed under: its only word, or the acronyms it may have."""
    short = only_word(words)
    if short is None:
        yield from spelled(words)
    elif short:
        yield short + _ALONE


def looked_up(words: Sequence[Token]) -> Iterator[str]:
    """Yield under what a name that is searched for may be filed as the other of the two.

    The first letters of many long names are those of some short alias: only a longer one, which
    they hardly are by chance, is looked for.
    """
    short = only_word(words)
    if short is None:
        yield from (key + _ALONE for key in sorted(spelled(words)) if len(key) >= _RARE)
    elif short:
        yield short


def only_word(words: Sequence[Token]) -> str | None:
    """Return a name's only word if it may be an acronym, empty if not; ``None`` for more words."""
    counted = [word for word in words if word.kind in (WORD, NUMBER, INITIAL)]
    if len(counted) > 1:
        return None
    fits = counted and counted[0].kind == WORD and _LEAST <= len(counted[0].text) <= _MOST
    return counted[0].text if fits else ""


def spelled(words: Sequence[Token]) -> set[str]:
    """Return the acronyms of a name: small words and legal forms may be left out."""
    ways = [_letters(word) for word in words]
    few = product(*ways[: _MOST + 4])
    found = {"".join(letters) for letters, _ in zip(few, range(_WAYS), strict=False)}
    return {letters for letters in found if _LEAST <= len(letters) <= _MOST}


def _letters(word: Token) -> tuple[str, ...]:
    """Return what a word may be in an acronym."""
    if word.kind in (LEGAL, PARTICLE):
        return ("", (word.sound if word.kind == LEGAL else word.text)[:1])
    if word.kind == WORD and word.text[:2] in _DIGRAPHS:
        return (word.text[:1], word.text[:2])
    return (word.text[:1],)


def acronym_arrays(names: Iterable[tuple[int, Sequence[Token]]]) -> dict[str, NDArray[np.generic]]:
    """Return the codes of the acronyms, sorted, and the name that each is of."""
    filed = {(_code(key), number) for number, words in names for key in filed_under(words)}
    pairs = np.array(sorted(filed), dtype="i8").reshape(-1, 2)
    return {"acronym_codes": pairs[:, 0].copy(), "acronym_names": pairs[:, 1].astype("i4")}


def names_of(arrays: Mapping[str, NDArray[np.generic]], words: Sequence[Token]) -> list[int]:
    """Return the listed names that a name may be the acronym of, or that may be its own."""
    return [name for key in looked_up(words) for name in _filed(arrays, key)]


def acronyms_of(arrays: Mapping[str, NDArray[np.generic]], words: Sequence[Token]) -> list[int]:
    """Return the filed names that ``names_of`` relates to these words, whichever is searched for.

    A name of one word is looked up as an acronym of any length, and so are the letters that longer
    names spell.
    """
    short = only_word(words)
    keys = [key + _ALONE for key in sorted(spelled(words))] if short is None else [short]
    return [name for key in filter(None, keys) for name in _filed(arrays, key)]


def _filed(arrays: Mapping[str, NDArray[np.generic]], key: str) -> list[int]:
    """Return the names that are filed under a key."""
    codes, names = arrays["acronym_codes"], arrays["acronym_names"]
    first, last = np.searchsorted(codes, (_code(key), _code(key) + 1))
    found: list[int] = names[first:last].tolist()
    return found


def _code(key: str) -> int:
    return crc32(key.encode())
