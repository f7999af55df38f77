"""Read a raw string as a typed name, in one pass.

Cut it into pieces, read each in Latin letters, split and type the words, then settle what depends
on neighbours: titles, legal forms and numbers. Tokens stay in the order of the raw text, with
their places in it, so that a comparison can quote the words as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from limen.names.reading.arabic_parts import split, split_abjad
from limen.names.reading.legal_forms import (
    correct_legal_word,
    find_legal_forms,
    may_be_legal,
    unglue,
)
from limen.names.reading.tables import tables
from limen.names.reading.tokens import (
    INITIAL,
    LEGAL,
    NUMBER,
    PARTICLE,
    PARTICLE_WEIGHT,
    PROMOTED_WEIGHT,
    TITLE,
    WORD,
    Token,
    initial_token,
    legal_token,
    make_token,
    number_token,
    syllabic_token,
)
from limen.names.reading.transliterate import FIRST_SYLLABIC, count_syllabic, read_piece

#: Longer names are cut, so that one comparison takes a bounded time; ``usable`` reports it.
MAX_CHARACTERS = 512
#: As many words, and letters of a word, as the kernels have room for (``MAX_N``, ``MAX_LETTERS``).
MAX_TOKENS = 24
MAX_LETTERS = 40


class Name(NamedTuple):
    """A name as typed words, each with its span in the raw text.

    ``length`` is the raw text's: some payment fields cut a name at 35 characters, and a name of
    about that length may be one that was cut.
    """

    tokens: tuple[Token, ...]
    spans: tuple[tuple[int, int], ...]
    length: int

    @property
    def key(self) -> tuple[tuple[str, int], ...]:
        """Return the tokens' texts and kinds: raw texts with equal keys are one name."""
        return tuple((token.text, token.kind) for token in self.tokens)


@cache
def _pieces() -> re.Pattern[str]:
    return re.compile(f"[^{tables().separators}]+|&")


@cache
def _common_pieces() -> re.Pattern[str]:
    """Return a pattern for names without a sign beyond ``U+FFFF``, which is many times as fast.

    ``re`` tries the ranges beyond it one by one, for every letter that is in none.
    """
    ranges = re.findall(r"\\U(.{8})-\\U(.{8})", tables().separators)
    common = "".join(
        f"\\U{first}-\\U{last}" for first, last in ranges if int(first, 16) <= ord(_LAST_COMMON)
    )
    return re.compile(f"[^{common}]+|&")


#: The last sign of the plane in which nearly every name is written.
_LAST_COMMON = "\uffff"
#: The pieces of a name in plain letters.
_ASCII_PIECES = re.compile(r"[A-Za-z0-9'`]+|&")


#: How passports write an initial that is one Cyrillic letter.
_DIGRAPHS = frozenset(("ch", "kh", "sh", "shch", "ts", "ya", "ye", "yo", "yu", "zh"))

_ALTERNATIVES = re.compile(
    r"\s*[/;|]\s*|\s+(?:a\.?k\.?a\.?|f\.?k\.?a\.?|alias)[:.]?\s+", re.IGNORECASE
)

#: Each match of ``_ALTERNATIVES`` contains one of these, and a substring test is much faster.
_MARKS = ("/", ";", "|", "ka", "k.a", "alias")


def alternatives(raw: str) -> tuple[str, ...]:
    """Return the raw name, and each of the names that it lists: ``Al-Qa'ida/Army``.

    A part of fewer than five characters is an abbreviation, as in ``A/S``, and no name.
    """
    folded = raw.casefold()
    for mark in _MARKS:
        if mark in folded:
            break
    else:
        return (raw,)
    parts = [part for part in _ALTERNATIVES.split(raw[:MAX_CHARACTERS]) if part]
    if len(parts) < 2 or any(len(part) < 5 for part in parts):
        return (raw,)
    return (raw, *parts)


def pieces_of(raw: str) -> tuple[re.Pattern[str], bool]:
    """Return the pattern of a name's pieces, and whether each can be read alone."""
    if raw.isascii():
        return _ASCII_PIECES, True
    last = max(raw)
    pieces = _common_pieces() if last <= _LAST_COMMON else _pieces()
    return pieces, last < FIRST_SYLLABIC or count_syllabic(raw) < 2


@lru_cache(maxsize=16_384)
def normalise(raw: str, *, person: bool = False) -> Name:
    """Read a raw name.

    Args:
        raw: any string; what cannot be read is left out.
        person: whether the name is a person's, where ``AB`` and ``Sa`` are no legal forms.
    """
    words: list[Token] = []
    spans: list[tuple[int, int]] = []
    pieces, alone = pieces_of(raw)
    dotted = person and "." in raw
    contextual = False
    for match in pieces.finditer(raw[:MAX_CHARACTERS]):
        piece = match[0]
        if dotted and piece.lower() in _DIGRAPHS and raw[match.end() : match.end() + 1] == ".":
            own, has_context = _Piece((initial_token(piece.lower()),), contextual=True)
        else:
            own, has_context = _read_once(piece, alone)
        words += own
        spans += (match.span(),) * len(own)
        contextual = contextual or has_context
        if len(words) >= 4 * MAX_TOKENS:
            break
    if contextual:
        words, spans = _join_numbers(words, spans, person=person)
        words, spans = _replace_legal_forms(words, spans, person=person)
        words = _settle_titles(words)
    if not _has_word(words):
        words, spans = _promote(words, spans)
    return Name(tuple(words[:MAX_TOKENS]), tuple(spans[:MAX_TOKENS]), len(raw))


def _has_word(words: Sequence[Token]) -> bool:
    """Return whether a name has a word or a number: nearly always its first."""
    for word in words:  # noqa: SIM110 - a generator would cost more than the test
        if word.kind in (WORD, NUMBER):
            return True
    return False


def _settle_titles(words: list[Token]) -> list[Token]:
    """Turn a title between or after a name's words into a word: there ``King`` is a name."""
    if TITLE not in [word.kind for word in words]:
        return words
    settled = list(words)
    named = False
    for at, word in enumerate(words):
        if word.kind == TITLE and named and word.text not in tables().anywhere:
            settled[at] = word._replace(kind=WORD, weight=tables().weights.get(word.text, 1000))
        named = named or word.kind == WORD
    return settled


def _promote(
    words: list[Token], spans: list[tuple[int, int]]
) -> tuple[list[Token], list[tuple[int, int]]]:
    """Turn particles and letters into words where a name has nothing else; join ``I.R.G.C.``."""
    letters = [at for at, word in enumerate(words) if word.kind == INITIAL]
    if len(letters) > 1 and letters[-1] - letters[0] + 1 == len(letters):
        first, last = letters[0], letters[-1] + 1
        words[first:last] = [make_token("".join(word.text for word in words[first:last]))]
        spans[first:last] = [(spans[first][0], spans[last - 1][1])]
    promoted = [
        word if word.kind == LEGAL else word._replace(kind=WORD, weight=PROMOTED_WEIGHT)
        for word in words
    ]
    return promoted, spans


class _Piece(NamedTuple):
    """The words of a piece; ``contextual`` where its neighbours may change how it is read."""

    words: tuple[Token, ...]
    contextual: bool


@lru_cache(maxsize=16_384)
def _read_once(piece: str, alone: bool) -> _Piece:  # noqa: FBT001 - a keyword makes a slower key
    words = _read(piece, alone=alone)
    return _Piece(words, any(map(_is_contextual, words)))


def context_free_words(piece: str) -> tuple[Token, ...] | None:
    """Return the words of a piece read alone; ``None`` where its neighbours may change them."""
    read = _read_once(piece, True)  # noqa: FBT003
    return None if read.contextual else read.words


def _is_contextual(word: Token) -> bool:
    """Return whether a word may be a number, a title or of a legal form, as neighbours decide."""
    return word.kind in (NUMBER, TITLE) or word.text in tables().numbers or may_be_legal(word.text)


def _read(piece: str, *, alone: bool) -> tuple[Token, ...]:
    if piece == "&":
        return (make_token("and"),)
    tokens: list[Token] = []
    for text, abjad, syllabic in read_piece(piece, alone=alone):
        if syllabic:
            family = len(text) <= 4 and not tokens
            tokens.append(syllabic_token(text, known=family or len(piece) > 3))
        elif abjad:
            tokens.extend(split_abjad(text))
        elif len(text) > 1 and len(piece) == 1 and piece.isalpha():
            tokens.append(initial_token(text))
        elif text:
            tokens.extend(split(text[:MAX_LETTERS]))
    return tuple(tokens)


def _join_numbers(
    words: list[Token], spans: list[tuple[int, int]], *, person: bool
) -> tuple[list[Token], list[tuple[int, int]]]:
    """Read number words, and add up a number in two words: ``forty 4`` is 44."""
    numbers = tables().numbers
    if len(words) < 2:
        return words, spans
    for word in words:
        if word.kind == NUMBER or word.text in numbers:
            break
    else:
        return words, spans
    joined: list[Token] = []
    places: list[tuple[int, int]] = []
    tens = False
    for word, span in zip(words, spans, strict=True):
        value = numbers.get(word.text)
        if value is not None and (person or not joined) and word.text.strip("ivx") == "":
            value = None  # Xi and Vi are people; a Roman numeral follows what it counts
        if value is None and word.kind != NUMBER:
            joined.append(word)
            places.append(span)
            tens = False
            continue
        value = value or word.text
        if tens and len(value) == 1:
            joined[-1] = number_token(str(int(joined[-1].text) + int(value)))
            places[-1] = (places[-1][0], span[1])
            tens = False
            continue
        joined.append(number_token(value, word.text))
        places.append(span)
        tens = word.text in numbers and len(value) == 2 and value[1] == "0"
    return joined, places


def _replace_legal_forms(
    words: list[Token], spans: list[tuple[int, int]], *, person: bool
) -> tuple[list[Token], list[tuple[int, int]]]:
    if not person:
        words, spans = unglue(words, spans)
    texts = [word.text for word in words]
    if not person:
        texts = [correct_legal_word(text) for text in texts]
    forms = find_legal_forms(texts, person=person)
    for start, end, form in reversed(forms):
        words[start:end] = [legal_token(form, words[start].text)]
        spans[start:end] = [(spans[start][0], spans[end - 1][1])]
        texts[start:end] = [""]
    legal_words = tables().legal_words
    for at, text in enumerate(texts):
        if text in legal_words and not person:
            words[at] = words[at]._replace(kind=PARTICLE, weight=PARTICLE_WEIGHT)
    return words, spans


ONLY_A_TITLE = "the name is only a title"


def usable(raw: str, *, person: bool = False) -> str | None:
    """Return why a name cannot be compared, as a sentence; ``None`` where it can."""
    if not raw.strip():
        return "the name is empty"
    name = normalise(raw, person=person)
    if not name.tokens:
        return "the name has no letters or digits that can be read"
    if len(raw) > MAX_CHARACTERS:
        return (
            f"the name has {len(raw):,} characters; only the first {MAX_CHARACTERS} were compared"
        )
    texts = [token.text for token in name.tokens]
    if _all_legal(texts):
        return "the name is only a legal form"
    if all(len(text) == 1 for text in texts):
        return "the name is only single letters"
    if person and tables().titles.issuperset(texts):
        return ONLY_A_TITLE
    return None


def _all_legal(texts: Sequence[str]) -> bool:
    return " ".join(texts) in tables().legal_forms
