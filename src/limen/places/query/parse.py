"""Read an address: words, the names among them, and the role each name plays.

A name places an address only where it means a place. ``Inkerman Street`` is a street,
``Hotel Yalta`` a house, ``Krym Trading LLC`` a company; the words around a name distinguish
them. This module decides nothing: it returns every name that it reads, with its role.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from limen.places.gazetteer.fold import fold
from limen.places.gazetteer.gazetteer import NOTHING, Gazetteer, Named
from limen.places.query.name_mentions import Default, Mention, Size, Text, Word
from limen.places.query.roles import role_of, same_part
from limen.util.disguise.alphabets import in_one_alphabet
from limen.util.lazy_patterns import lazy

#: Words that name nothing by themselves.
_EMPTY = frozenset({"po_box", "placeholder", "connector", "legal", "embassy", "person"})
#: Words of the longest name that is looked for.
LONGEST = 6
_WORD = lazy(r"[^\W_]+(?:['’ʼ`´ʹʺ‘′ʻ][^\W_]+)*['’ʼ`´ʹ]?")
_BREAK = lazy(r"[,;\n\r|()\[\]{}<>:\t]|\s[-–—/]\s|\.\s*,")
_HAN = lazy(r"[\u3040-\u30ff\u3400-\u9fff]{3,}")
#: Letters that only Ukrainian has (Belarusian shares one), and its words, folded.
_UKRAINIAN = lazy(r"[їєґЇЄҐ]")
_UKRAINIAN_WORDS = frozenset(
    "вул вулиця провулок смт площа vul vulytsa vulytsia vulytsya vulytsiya".split()  # noqa: SIM905
)
_SLAVIC = lazy(r"[\u0400-\u04ff]")


def read_text(gazetteer: Gazetteer, text: str, name: str, default: Default = "") -> Text:
    """Read one text.

    Args:
        gazetteer: what names things.
        text: as it was written.
        name: its field, for the evidence.
        default: the role the field gives to its content; empty for free text.
    """
    words = _words(text, gazetteer.roles)
    found = Text(name, text, default, words)
    plain = text.isascii()
    found.ukrainian = any(word.folded in _UKRAINIAN_WORDS for word in words) or (
        not plain and bool(_UKRAINIAN.search(text))
    )
    found.slavic = any("street_slavic" in word.roles for word in words) or (
        not plain and bool(_SLAVIC.search(text))
    )
    spans = list(_spans(words))
    named = gazetteer.named([folded for _, _, folded in spans])
    taken = bytearray(len(words) + 1)
    for (first, last, _), what in zip(spans, named, strict=True):
        if what is NOTHING or any(taken[first:last]):
            continue
        if what.raions:
            what = _as_raion(what, meant=_raion_is_meant(words, first, last))
            if what == NOTHING:
                continue
        elif last < len(words) and what.places and "raion" in words[last].roles:
            what = gazetteer.raions_of(what)
        taken[first:last] = b"\x01" * (last - first)
        found.mentions.append(_mention(found, first, last, what))
    if not plain and _HAN.search(text):
        _read_han(gazetteer, found)
    found.mentions.sort(key=lambda each: each.start)
    return found


def _words(text: str, roles: dict[str, frozenset[str]]) -> list[Word]:
    breaks = [match.start() for match in _BREAK.finditer(text)]
    words: list[Word] = []
    part, upcoming = 0, 0
    nothing: frozenset[str] = frozenset()
    read = in_one_alphabet(text)  # letter for letter, so that positions are the text's own
    for match in _WORD.finditer(text):
        while upcoming < len(breaks) and breaks[upcoming] < match.start():
            upcoming += 1
            part += 1
        folded = fold(read[match.start() : match.end()])
        glued = text[match.end() : match.end() + 1] in ("-", "‐", "‑")
        words.append(
            Word(
                match[0],
                folded,
                match.start(),
                match.end(),
                part,
                glued,
                roles.get(folded, nothing),
            )
        )
    for at, word in enumerate(words[:-1]):
        if word.glued and (joined := f"{word.folded} {words[at + 1].folded}") in roles:
            word.roles |= roles[joined]
    return words


def _spans(words: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
    """Yield runs of words inside one part that may be a name, the longest first."""
    parts = [word.part for word in words]
    folded = [word.folded for word in words]
    starts = [word.folded[:1].isdigit() for word in words]
    for length in range(min(LONGEST, len(words)), 0, -1):
        for first in range(len(words) - length + 1):
            last = first + length
            if parts[first] == parts[last - 1] and not starts[first]:
                if length == 1 and (len(folded[first]) < 2 or words[first].roles & _EMPTY):
                    continue
                yield first, last, " ".join(folded[first:last]) if length > 1 else folded[first]


def _as_raion(what: Named, *, meant: bool) -> Named:
    """Return the raion alone where the word for raion is next to a name, and else no raion."""
    return Named(raions=what.raions) if meant else replace(what, raions=())


def _raion_is_meant(words: Sequence[Word], first: int, last: int) -> bool:
    neighbours = (*words[last : last + 1], *words[max(0, first - 1) : first])
    return any("raion" in word.roles for word in neighbours)


def _mention(text: Text, first: int, last: int, what: Named) -> Mention:
    words = text.words
    before = words[first - 1] if first and words[first - 1].part == words[first].part else None
    size = _size(before)
    edge_left = before is None or all(w.number for w in same_part(words, first, -1))
    rest = same_part(words, last, 1)
    return Mention(
        first=first,
        last=last,
        named=what,
        role=role_of(text, first, last, marked=bool(size)),
        size=size,
        whole=edge_left and all(word.number for word in rest),
        ending=all(word.number for word in rest),
        numbered=len(rest) == 1 and rest[0].number and len(rest[0].folded) <= 4,
        start=words[first].start,
        end=words[last - 1].end,
        text=text.text[words[first].start : words[last - 1].end],
        field=text.field,
    )


def _size(before: Word | None) -> Size:
    if before is None or before.number:
        return ""
    for size in ("city", "town", "village"):
        if f"{size}_before" in before.roles:
            return size
    return ""


def _read_han(gazetteer: Gazetteer, text: Text) -> None:
    """Read names inside Chinese and Japanese text, which has no blanks between words."""
    for run in _HAN.finditer(text.text):
        written = run[0]
        spans = [
            (at, at + size)
            for size in range(min(8, len(written)), 1, -1)
            for at in range(len(written) - size + 1)
        ]
        named = gazetteer.named([fold(written[a:b]) for a, b in spans])
        taken: set[int] = set()
        for (a, b), what in zip(spans, named, strict=True):
            after = written[b : b + 1]
            if what is NOTHING or taken & set(range(a, b)) or after in ("路", "街", "通"):
                continue
            taken |= set(range(a, b))
            start = run.start() + a
            text.mentions.append(
                Mention(
                    first=-1, last=-1, named=what, role="place",
                    size="city" if after == "市" else "", whole=False, ending=False, numbered=False,
                    start=start, end=start + b - a,
                    text=written[a:b], field=text.field,
                )
            )  # fmt: skip
