"""Number the words of many names, and the names that are the same words.

Names share their words: three million words of a million parties are a few tens of thousands. So
a piece of a name is read once, and a name of words that no neighbour can change is the words
of its pieces; every other name is normalised.
"""

from __future__ import annotations

from array import array

from limen.names.reading.normalise import (
    MAX_CHARACTERS,
    MAX_TOKENS,
    alternatives,
    context_free_words,
    normalise,
    pieces_of,
)
from limen.names.reading.tokens import WORD, Token

#: Names of so many characters may have been cut on their way, at the second number.
MAY_BE_CUT, CUT = 30, 36


class Numbering:
    """Words and names by number, in the order they come.

    Attributes:
        ids: each word's number.
        words: the words of the names, end to end.
        words_at: where each name's words start, and the end.
        lengths: each name's characters if it may have been cut, else 0.
        named, owners: for each reading of a row, the name that it is, and the row.
    """

    def __init__(self) -> None:
        self.ids: dict[Token, int] = {}
        self.words = array("i")
        self.words_at = array("q", [0])
        self.lengths = array("h")
        self.named = array("q")
        self.owners = array("q")
        self._names: dict[tuple[int, ...], int] = {}
        self._pieces: dict[str, tuple[int, ...]] = {}
        self._unsteady: set[str] = set()
        self._name_givers: set[int] = set()

    def add(self, row: int, text: str, *, person: bool) -> None:
        """Number the name of a row, and each of the names it gives side by side."""
        for raw in alternatives(text):
            words = self._steady(raw, person)
            if words is None:
                words = self._numbers(normalise(raw, person=person).tokens)
            if words:
                self.named.append(self._name(words, len(raw)))
                self.owners.append(row)

    def _name(self, words: list[int], length: int) -> int:
        cut = min(length, CUT) if length >= MAY_BE_CUT else 0
        number = self._names.setdefault((cut, *words), len(self.lengths))
        if number == len(self.lengths):
            self.words.extend(words)
            self.words_at.append(len(self.words))
            self.lengths.append(cut)
        return number

    def _numbers(self, words: tuple[Token, ...]) -> list[int]:
        ids = self.ids
        return [ids.setdefault(word, len(ids)) for word in words]

    def _steady(self, raw: str, person: bool) -> list[int] | None:
        """The words that ``normalise`` would read, where each piece is read by itself."""
        pattern, alone = pieces_of(raw)
        if not alone or len(raw) > MAX_CHARACTERS or (person and "." in raw):
            return None
        pieces, known = pattern.findall(raw), self._pieces
        if not self._unsteady.isdisjoint(pieces):
            return None
        try:
            numbers = [number for piece in pieces for number in known[piece]]
        except KeyError:
            if not self._learn(pieces):
                return None
            numbers = [number for piece in pieces for number in known[piece]]
        if len(numbers) > MAX_TOKENS or self._name_givers.isdisjoint(numbers):
            return None
        return numbers

    def _learn(self, pieces: list[str]) -> bool:
        """Number the words of pieces that are not known, if every piece is steady."""
        steady: list[tuple[Token, ...]] = []
        for piece in pieces:
            words = context_free_words(piece)
            if words is None:
                self._unsteady.add(piece)
                return False
            steady.append(words)
        kinds = [word.kind for words in steady for word in words]
        if len(kinds) > MAX_TOKENS or WORD not in kinds:
            return False
        for piece, words in zip(pieces, steady, strict=True):
            numbers = self._numbers(words)
            self._pieces[piece] = tuple(numbers)
            given = zip(words, numbers, strict=True)
            self._name_givers.update(number for word, number in given if word.kind == WORD)
        return True
