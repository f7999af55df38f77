"""Assign numbers to the words of many names, and to the names of the same words.

Names share their words: three million words of a million parties are a few tens of thousands of
distinct ones. So a piece of a name is read once, and a name of pieces that do not depend on their
neighbours is the words of its pieces; every other name is normalised.
"""

from __future__ import annotations

from array import array

import numpy as np
from numpy.typing import NDArray

from limen.names.reading.normalise import (
    MAX_CHARACTERS,
    MAX_TOKENS,
    alternatives,
    context_free_words,
    normalise,
    pieces_of,
)
from limen.names.reading.tokens import WORD, Token

Numbers = NDArray[np.int64]

#: Payment fields cut names at 30 to 35 characters: only from the first number on does a name's
#: length matter, and from the second on all lengths are alike.
MAY_BE_CUT, CUT = 30, 36


class Numbering:
    """The numbers of words, in the order of their first use, and the names as these numbers.

    Attributes:
        ids: each word's number.
        words: the words of the names, end to end, as often as a row has the name.
        words_at: where each name's words start, and the end.
        lengths: each name's characters if it may have been cut, else 0.
        owners: the row of each name.
    """

    def __init__(self) -> None:
        self.ids: dict[Token, int] = {}
        self.words = array("i")
        self.words_at = array("q", [0])
        self.lengths = array("h")
        self.owners = array("q")
        self._pieces: dict[str, tuple[int, ...]] = {}
        self._contextual: set[str] = set()
        self._full_words: set[int] = set()

    def add(self, row: int, text: str, *, person: bool) -> None:
        """Assign numbers to the name of a row, and each of the names that it lists."""
        for raw in alternatives(text):
            words = self._by_pieces(raw, person=person)
            if words is None:
                words = self._numbers(normalise(raw, person=person).tokens)
            if words:
                self.words.extend(words)
                self.words_at.append(len(self.words))
                self.lengths.append(min(len(raw), CUT) if len(raw) >= MAY_BE_CUT else 0)
                self.owners.append(row)

    def distinct(self) -> tuple[Numbers, Numbers]:
        """Return which of the distinct names each name is, and where each of these is first."""
        codes = self._codes()
        _, first, codes = np.unique(codes, return_index=True, return_inverse=True)
        order = np.argsort(first)
        places = np.empty(order.size, dtype="i8")
        places[order] = np.arange(order.size)
        return places[codes], first[order]

    def _codes(self) -> Numbers:
        """Return a number for each name, equal for names of the same words and the same cut."""
        words, at = np.asarray(self.words, dtype="i4"), np.asarray(self.words_at, dtype="i8")
        sizes = np.diff(at)
        codes = np.asarray(self.lengths, dtype="i2").astype("i8")
        used = 0
        for size in np.unique(sizes).tolist():
            names = np.flatnonzero(sizes == size)
            own = codes[names]
            for place in range(size):
                own = (own << 32) | words[at[names] + place]
                own = np.unique(own, return_inverse=True)[1]
            codes[names] = own + used
            used += int(own.max()) + 1
        return codes

    def _numbers(self, words: tuple[Token, ...]) -> list[int]:
        ids = self.ids
        return [ids.setdefault(word, len(ids)) for word in words]

    def _by_pieces(self, raw: str, *, person: bool) -> list[int] | None:
        """Return the words that ``normalise`` reads, if each piece can be read by itself."""
        pattern, alone = pieces_of(raw)
        if not alone or len(raw) > MAX_CHARACTERS or (person and "." in raw):
            return None
        pieces, numbered = pattern.findall(raw), self._pieces
        if not self._contextual.isdisjoint(pieces):
            return None
        try:
            numbers = [number for piece in pieces for number in numbered[piece]]
        except KeyError:
            if not self._number_pieces(pieces):
                return None
            numbers = [number for piece in pieces for number in numbered[piece]]
        if len(numbers) > MAX_TOKENS or self._full_words.isdisjoint(numbers):
            return None
        return numbers

    def _number_pieces(self, pieces: list[str]) -> bool:
        """Assign numbers to new pieces' words; return whether none depends on its neighbours."""
        readings: list[tuple[Token, ...]] = []
        for piece in pieces:
            words = context_free_words(piece)
            if words is None:
                self._contextual.add(piece)
                return False
            readings.append(words)
        kinds = [word.kind for words in readings for word in words]
        if len(kinds) > MAX_TOKENS or WORD not in kinds:
            return False
        for piece, words in zip(pieces, readings, strict=True):
            numbers = self._numbers(words)
            self._pieces[piece] = tuple(numbers)
            given = zip(words, numbers, strict=True)
            self._full_words.update(number for word, number in given if word.kind == WORD)
        return True
