"""Statements of a document, held against those of the regime files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import msgspec

from limen.documents.report import Known, ProposedReading, StatementFound
from limen.law import Law
from limen.law.records import Statement
from limen.model import PartialDate
from limen.util.located_yaml import locate_packaged

#: The share of a known quote's words that must stand, in their order, to call two the same.
_SAME = 0.8
_TOUCHES = 0.3
#: Fewer words than this say too little to know a quote by.
_LEAST = 3
_WORD = re.compile(r"[^\W_]+(?:['’][a-z]+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOT = re.compile(r"\b(?:not|never|no)\b")


class _Stop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    words: str


class _Concepts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    words: dict[str, str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    stop: _Stop
    concepts: _Concepts


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """Words that say nothing, and the one thing that several stems speak of."""

    stop: frozenset[str]
    concepts: dict[str, str]


@cache
def _vocabulary() -> _Vocabulary:
    file = locate_packaged("limen.mentions.data", "recognition.yml").decode(_File)
    stems = {
        stem: concept for concept, told in file.concepts.words.items() for stem in told.split()
    }
    return _Vocabulary(frozenset(file.stop.words.split()), stems)


@dataclass(frozen=True, slots=True)
class _Quote:
    """A known statement's words, and the words of who said it and of the office held."""

    statement: Statement
    words: tuple[str, ...]
    speaker: frozenset[str]
    day: str | None


class Recogniser:
    """Knows the statements of the regime files by their words.

    Args:
        law: the regime files.
    """

    def __init__(self, law: Law) -> None:
        self._law = law
        self._quotes = [
            _Quote(each, words, _long(f"{each.speaker} {each.role}"), day_in(each.made))
            for each in law.statements.values()
            if len(words := _words(each.quote)) >= _LEAST
        ]
        self._by_word: dict[str, list[int]] = {}
        for place, quote in enumerate(self._quotes):
            for word in set(quote.words) - _vocabulary().stop:
                self._by_word.setdefault(word, []).append(place)
        self._spoken: dict[str, list[frozenset[str]]] = {}
        for trigger in law.triggers.values():
            told = f"{trigger.title} {trigger.question} {trigger.consequence}"
            self._spoken[trigger.id] = [_content(told)]
        for statement in law.statements.values():
            reading = statement.reading
            if reading is not None and reading.trigger in self._spoken:
                said = _content(statement.condition or reading.says)
                self._spoken[reading.trigger].append(said)

    def recognised(self, statements: Sequence[StatementFound]) -> tuple[StatementFound, ...]:
        """The statements with the known ones they are, contradict or stand beside.

        The day of a statement that is known is taken from there where the document leaves it open.
        """
        found = [self._recognised(each) for each in statements]
        for each in found:
            if each.continues is not None and each.said_basis.startswith("statement"):
                before = found[each.continues]
                if before.said_on is None:
                    found[each.continues] = msgspec.structs.replace(
                        before, said_on=each.said_on, said_basis=each.said_basis
                    )
        return tuple(found)

    def _recognised(self, said: StatementFound) -> StatementFound:
        same = sorted(self._same(said), key=lambda each: -each.likeness)
        reading = said.reading
        if not same and reading is None:
            return said
        matches = [*same[:1]]
        if reading is not None:
            triggers = tuple(self._triggers(reading, same))
            reading = msgspec.structs.replace(reading, triggers=triggers)
        if same:
            matches.extend(_contradicted(same[0].statement, self._law))
        elif reading is not None:
            matches.extend(_beside(reading, self._law))
        day, basis = said.said_on, said.said_basis
        known = day_in(self._law.statements[same[0].statement].made) if same else None
        if known and _open(day, known):
            day, basis = known, f"statement {same[0].statement}"
        return msgspec.structs.replace(
            said, matches=tuple(matches), reading=reading, said_on=day, said_basis=basis
        )

    def _same(self, said: StatementFound) -> Iterator[Known]:
        words = _words(said.quote)
        near = {place for word in set(words) for place in self._by_word.get(word, ())}
        for quote in (self._quotes[place] for place in sorted(near)):
            if not _could_say(said, quote):
                continue
            if said.said_on and quote.day and not agrees(said.said_on, quote.day):
                continue
            likeness = _likeness(quote.words, words)
            if likeness >= _SAME:
                known = quote.statement
                yield Known(
                    statement=known.id,
                    relation="same",
                    likeness=round(likeness, 3),
                    why=f"{likeness:.0%} of the words of “{known.quote}”, by {known.speaker}",
                )

    def _triggers(self, reading: ProposedReading, same: Sequence[Known]) -> Iterator[str]:
        """The triggers a reading may speak to, the likeliest first."""
        known = [self._law.statements[each.statement].reading for each in same]
        sure = [each.trigger for each in known if each is not None]
        yield from dict.fromkeys(sure)
        condition = _content(reading.condition)
        content = condition | _content(reading.consequence)
        scored = []
        for trigger in self._law.triggers.values():
            share, shared = max(
                (len(content & each) / max(1, min(len(content), len(each))), len(content & each))
                for each in self._spoken[trigger.id]
            )
            if share >= _TOUCHES and shared >= min(2, len(condition)):
                asked = len(condition & _content(trigger.question))
                scored.append((-asked, -share, trigger.id))
        yield from (name for _, _, name in sorted(scored)[:3] if name not in sure)


def _likeness(quote: Sequence[str], words: Sequence[str]) -> float:
    """The larger share of one text's words that stands in the other in the same order."""
    least = _SAME * min(len(quote), len(words))
    if len(set(quote) & set(words)) < least * 0.5:
        return 0.0
    part = _share(words, quote) if len(words) >= 4 or _stands_in(words, quote) else 0.0
    return max(_share(quote, words), part)


def _stands_in(words: Sequence[str], quote: Sequence[str]) -> bool:
    """Whether a few words that say something stand side by side in a quote."""
    if len(words) < 2 or not set(words) - _vocabulary().stop:
        return False
    size = len(words)
    return any(tuple(quote[at : at + size]) == words for at in range(len(quote) - size + 1))


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    return tuple(word.lower().replace("’", "'") for word in _WORD.findall(text))


def _share(wanted: Sequence[str], given: Sequence[str]) -> float:
    """The share of words that stand in the other text in the same order."""
    row = [0] * (len(given) + 1)
    for word in wanted:
        before = 0
        for at, other in enumerate(given, start=1):
            kept = row[at]
            row[at] = before + 1 if word == other else max(row[at], row[at - 1])
            before = kept
    return row[-1] / len(wanted) if wanted else 0.0


def _could_say(said: StatementFound, quote: _Quote) -> bool:
    """Whether the speaker may be the known one: a name that is there, or nobody's."""
    if said.speaker is None:
        return True
    anonymous = said.attribution == "anonymous"
    if anonymous != (quote.statement.attribution == "anonymous"):
        return False
    return anonymous or bool(_long(said.speaker) & quote.speaker)


@lru_cache(maxsize=8192)
def _long(text: str) -> frozenset[str]:
    return frozenset(word for word in _words(text) if len(word) > 2)


def day_in(told: str) -> str | None:
    """The day a moment of the regime files begins with, or none: ``2022-01-19``."""
    found = _DAY.match(told)
    return found.group() if found else None


def agrees(said_on: str, day: str) -> bool:
    """Whether a day as far as it is told can be that day."""
    return PartialDate.parse(said_on).agrees(PartialDate.parse(day))


def _open(said_on: str | None, known: str) -> bool:
    """Whether a known day says more than the document does, and nothing else."""
    return said_on is None or (len(said_on) < len(known) and agrees(said_on, known))


def _contradicted(name: str, law: Law) -> Iterator[Known]:
    """What a known statement contradicts, and what contradicts it."""
    for other in law.statements.values():
        if other.id in law.statements[name].contradicts or name in other.contradicts:
            why = f"the regime files set {name} against {other.id}, by {other.speaker}"
            yield Known(statement=other.id, relation="contradicts", likeness=0.0, why=why)


@lru_cache(maxsize=8192)
def _content(text: str) -> frozenset[str]:
    """The words of a text that say something, cut to their stems."""
    known = _vocabulary()
    stems = {_stem(word) for word in _words(text) if word not in known.stop}
    return frozenset(known.concepts.get(stem, stem) for stem in stems)


def _stem(word: str) -> str:
    for ending in ("ians", "ian", "ia", "ing", "ion", "ive", "ed", "es", "an", "e", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


def _beside(reading: ProposedReading, law: Law) -> Iterator[Known]:
    """Known statements on the same question whose answer differs, or that share its words."""
    if not reading.triggers:
        return
    content = _content(reading.condition)
    for known in law.statements.values():
        if known.reading is None or known.reading.trigger != reading.triggers[0]:
            continue
        shared = content & _content(known.condition)
        if len(shared) < 2:
            continue
        likeness = round(len(shared) / len(content | _content(known.condition)), 3)
        denies = reading.polarity == "negative" and not _NOT.search(known.consequence)
        yield Known(
            statement=known.id,
            relation="contradicts" if denies else "speaks_to_same_trigger",
            likeness=likeness,
            why=f"both speak of {', '.join(sorted(shared))}"
            + ("; this one denies what follows" if denies else ""),
        )
