"""Score two names as OFAC's own Sanctions List Search does: ``ofac``.

OFAC describes its tool in FAQ 249: two techniques, Jaro-Winkler on the whole string, and on each
part of the name with Soundex as a filter; the score is the better of the two. Nothing else
of it is published, so this is that description and no more: a part is compared by Jaro-Winkler
with the listed parts that share its Soundex code or its first letter, and the parts' scores are
averaged by their length. Its slider starts at 100; 85 is where OFAC's users mostly set it.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from limen.names.reading.normalise import Name

#: Where most users of OFAC's tool set its slider.
THRESHOLD = 0.85
DESCRIPTION = (
    "OFAC's Sanctions List Search as its FAQ 249 describes it: the better of Jaro-Winkler on the "
    "whole name and Jaro-Winkler on its parts, where parts meet by Soundex."
)
#: The digits of the letters, by the US National Archives' description.
_SOUNDEX = {
    letter: digit
    for digit, letters in enumerate(("bfpv", "cgjkqsxz", "dt", "l", "mn", "r"), start=1)
    for letter in letters
}


@lru_cache(maxsize=65_536)
def soundex(word: str) -> str:
    """Return the American Soundex code of a word, as the US National Archives describe it."""
    code, last = word[:1], _SOUNDEX.get(word[:1])
    for letter in word[1:]:
        digit = _SOUNDEX.get(letter)
        if digit is not None and digit != last:
            code += str(digit)
        if letter not in "hw":
            last = digit
    return (code + "000")[:4]


def score(one: Name, two: Name, mode: int) -> int:
    """Score two names in thousandths, the same both ways round."""
    del mode
    words, others = _words(one), _words(two)
    if not words or not others:
        return 0
    whole = JaroWinkler.similarity(" ".join(words), " ".join(others))
    return int(1000 * max(whole, min(_parts(words, others), _parts(others, words))))


def _words(name: Name) -> list[str]:
    return [token.text for token in name.tokens]


def _parts(words: list[str], others: list[str]) -> float:
    letters = sum(len(word) for word in words)
    return sum(len(word) * _best(word, others) for word in words) / letters


def _best(word: str, others: list[str]) -> float:
    code = soundex(word)
    return max(
        (
            JaroWinkler.similarity(word, other)
            for other in others
            if other[:1] == word[:1] or soundex(other) == code
        ),
        default=0.0,
    )
