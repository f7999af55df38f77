"""Match statements of a document with those of the regime files."""

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

#: The share of a known quote's words that must be there, in their order, to call two the same.
_SAME = 0.8
#: The share of words that a conditional and a trigger have in common to be related.
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
    """Represents the words that carry no meaning, and the one concept of several stems."""

    stop: frozenset[str]
    concepts: dict[str, str]


@cache
def _vocabulary() -> _Vocabulary:
    file = locate_packaged("limen.mentions.data", "recognition.yml").decode(_File)
    stems = {
        stem: concept for concept, stems in file.concepts.words.items() for stem in stems.split()
    }
    return _Vocabulary(frozenset(file.stop.words.split()), stems)


@dataclass(frozen=True, slots=True)
class _Quote:
    """Represents a known statement: the words of its quote, its speaker and its day."""

    statement: Statement
    words: tuple[str, ...]
    speaker: frozenset[str]
    day: str | None


class Recogniser:
    """Represents the statements of the regime files, found by their words.

    Args:
        law: the regime files.
    """

    def __init__(self, law: Law) -> None:
        self._law = law
        self._quotes = [
            _Quote(
                statement,
                words,
                _long(f"{statement.speaker} {statement.role}"),
                day_in(statement.made),
            )
            for statement in law.statements.values()
            if len(words := _words(statement.quote)) >= _LEAST
        ]
        self._by_word: dict[str, list[int]] = {}
        for place, quote in enumerate(self._quotes):
            for word in set(quote.words) - _vocabulary().stop:
                self._by_word.setdefault(word, []).append(place)
        self._spoken: dict[str, list[frozenset[str]]] = {}
        for trigger in law.triggers.values():
            question = f"{trigger.title} {trigger.question} {trigger.consequence}"
            self._spoken[trigger.id] = [_content(question)]
        for statement in law.statements.values():
            reading = statement.reading
            if reading is not None and reading.trigger in self._spoken:
                content = _content(statement.condition or reading.says)
                self._spoken[reading.trigger].append(content)

    def recognised(self, statements: Sequence[StatementFound]) -> tuple[StatementFound, ...]:
        """Return the statements, each with the known ones it repeats, contradicts or is near to.

        The day of a statement that is known is taken from there where the document leaves it open.
        """
        recognised = [self._recognised(statement) for statement in statements]
        for statement in recognised:
            if statement.continues is not None and statement.said_basis.startswith("statement"):
                before = recognised[statement.continues]
                if before.said_on is None:
                    recognised[statement.continues] = msgspec.structs.replace(
                        before, said_on=statement.said_on, said_basis=statement.said_basis
                    )
        return tuple(recognised)

    def _recognised(self, statement: StatementFound) -> StatementFound:
        same = sorted(self._same(statement), key=lambda known: -known.likeness)
        reading = statement.reading
        if not same and reading is None:
            return statement
        matches = [*same[:1]]
        if reading is not None:
            triggers = tuple(self._triggers(reading, same))
            reading = msgspec.structs.replace(reading, triggers=triggers)
        if same:
            matches.extend(_contradicted(same[0].statement, self._law))
        elif reading is not None:
            matches.extend(_related(reading, self._law))
        day, basis = statement.said_on, statement.said_basis
        known = day_in(self._law.statements[same[0].statement].made) if same else None
        if known and _open(day, known):
            day, basis = known, f"statement {same[0].statement}"
        return msgspec.structs.replace(
            statement, matches=tuple(matches), reading=reading, said_on=day, said_basis=basis
        )

    def _same(self, statement: StatementFound) -> Iterator[Known]:
        words = _words(statement.quote)
        near = {place for word in set(words) for place in self._by_word.get(word, ())}
        for quote in (self._quotes[place] for place in sorted(near)):
            if not _could_say(statement, quote):
                continue
            if statement.said_on and quote.day and not agrees(statement.said_on, quote.day):
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
        """Yield the triggers a reading may speak to, the likeliest first."""
        readings = [self._law.statements[known.statement].reading for known in same]
        sure = [known.trigger for known in readings if known is not None]
        yield from dict.fromkeys(sure)
        condition = _content(reading.condition)
        content = condition | _content(reading.consequence)
        scored = []
        for trigger in self._law.triggers.values():
            share, shared = max(
                (
                    len(content & spoken) / max(1, min(len(content), len(spoken))),
                    len(content & spoken),
                )
                for spoken in self._spoken[trigger.id]
            )
            if share >= _TOUCHES and shared >= min(2, len(condition)):
                in_question = len(condition & _content(trigger.question))
                scored.append((-in_question, -share, trigger.id))
        yield from (name for _, _, name in sorted(scored)[:3] if name not in sure)


def _likeness(quote: Sequence[str], words: Sequence[str]) -> float:
    """Return the larger share of one text's words that the other has in the same order."""
    least = _SAME * min(len(quote), len(words))
    if len(set(quote) & set(words)) < least * 0.5:
        return 0.0
    part = _share(words, quote) if len(words) >= 4 or _is_in(words, quote) else 0.0
    return max(_share(quote, words), part)


def _is_in(words: Sequence[str], quote: Sequence[str]) -> bool:
    """Return whether a few words, not all of them stop words, are a part of a quote."""
    if len(words) < 2 or not set(words) - _vocabulary().stop:
        return False
    size = len(words)
    return any(tuple(quote[at : at + size]) == words for at in range(len(quote) - size + 1))


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    return tuple(word.lower().replace("’", "'") for word in _WORD.findall(text))


def _share(sought: Sequence[str], given: Sequence[str]) -> float:
    """Return the share of words that the other text has in the same order."""
    row = [0] * (len(given) + 1)
    for word in sought:
        before = 0
        for at, other in enumerate(given, start=1):
            above = row[at]
            row[at] = before + 1 if word == other else max(row[at], row[at - 1])
            before = above
    return row[-1] / len(sought) if sought else 0.0


def _could_say(statement: StatementFound, quote: _Quote) -> bool:
    """Return whether the speaker may be the known one: of the same name, or unnamed."""
    if statement.speaker is None:
        return True
    anonymous = statement.attribution == "anonymous"
    if anonymous != (quote.statement.attribution == "anonymous"):
        return False
    return anonymous or bool(_long(statement.speaker) & quote.speaker)


@lru_cache(maxsize=8192)
def _long(text: str) -> frozenset[str]:
    return frozenset(word for word in _words(text) if len(word) > 2)


def day_in(moment: str) -> str | None:
    """Return the day a moment of the regime files begins with, or none: ``2022-01-19``."""
    found = _DAY.match(moment)
    return found.group() if found else None


def agrees(day_given: str, day: str) -> bool:
    """Return whether a partial day can be that day."""
    return PartialDate.parse(day_given).agrees(PartialDate.parse(day))


def _open(day_given: str | None, known: str) -> bool:
    """Return whether a known day says more than the document does, and nothing else."""
    return day_given is None or (len(day_given) < len(known) and agrees(day_given, known))


def _contradicted(name: str, law: Law) -> Iterator[Known]:
    """Yield what a known statement contradicts, and what contradicts it."""
    for other in law.statements.values():
        if other.id in law.statements[name].contradicts or name in other.contradicts:
            why = f"the regime files set {name} against {other.id}, by {other.speaker}"
            yield Known(statement=other.id, relation="contradicts", likeness=0.0, why=why)


@lru_cache(maxsize=8192)
def _content(text: str) -> frozenset[str]:
    """Return the words of a text that say something, cut to their stems."""
    known = _vocabulary()
    stems = {_stem(word) for word in _words(text) if word not in known.stop}
    return frozenset(known.concepts.get(stem, stem) for stem in stems)


def _stem(word: str) -> str:
    for ending in ("ians", "ian", "ia", "ing", "ion", "ive", "ed", "es", "an", "e", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


def _related(reading: ProposedReading, law: Law) -> Iterator[Known]:
    """Yield known statements on the same trigger that share words with the condition."""
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
