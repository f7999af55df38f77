"""Statements, acts and events of a document, held against those of the regime files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from limen.documents.report import (
    EventFound,
    Known,
    MeasureFound,
    ProposedReading,
    StatementFound,
)
from limen.model import PartialDate
from limen.regimes import Law
from limen.regimes.records import Event, Measure, Statement

#: The share of a known quote's words that must stand, in their order, to call two the same.
_SAME = 0.8
_TOUCHES = 0.3
_WORD = re.compile(r"[^\W_]+(?:['’][a-z]+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_STOP = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "at",
        "and",
        "or",
        "that",
        "this",
        "these",
        "those",
        "it",
        "its",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "as",
        "by",
        "for",
        "with",
        "from",
        "has",
        "have",
        "had",
        "not",
        "no",
        "would",
        "will",
        "shall",
        "if",
        "should",
        "any",
        "so",
        "such",
        "what",
        "whether",
        "than",
        "then",
        "there",
        "their",
        "our",
        "we",
        "he",
        "she",
        "they",
        "you",
        "i",
        "us",
        "do",
        "does",
        "did",
        "but",
        "into",
        "up",
        "out",
        "over",
        "about",
        "which",
        "who",
        "whom",
    ]
)


def recognised(statements: Sequence[StatementFound], law: Law) -> tuple[StatementFound, ...]:
    """The statements with the known ones they are, contradict or stand beside.

    The day of a statement that is known is taken from there where the document leaves it open.
    """
    found = [_recognised(each, law) for each in statements]
    for each in found:
        if each.continues is not None and each.said_basis.startswith("statement"):
            before = found[each.continues]
            if before.said_on is None:
                found[each.continues] = msgspec.structs.replace(
                    before, said_on=each.said_on, said_basis=each.said_basis
                )
    return tuple(found)


def _recognised(said: StatementFound, law: Law) -> StatementFound:
    same = sorted(_same(said, law), key=lambda each: -each.likeness)
    matches = [*same[:1]]
    reading = said.reading
    if reading is not None:
        triggers = tuple(_triggers(reading, same, law))
        reading = msgspec.structs.replace(reading, triggers=triggers)
    if same:
        matches.extend(_contradicted(same[0].statement, law))
    elif reading is not None:
        matches.extend(_beside(reading, law))
    day, basis = said.said_on, said.said_basis
    if same and (known := _day_of(law.statements[same[0].statement])) and _open(day, known):
        day, basis = known, f"statement {same[0].statement}"
    return msgspec.structs.replace(
        said, matches=tuple(matches), reading=reading, said_on=day, said_basis=basis
    )


def _same(said: StatementFound, law: Law) -> Iterator[Known]:
    words = _words(said.quote)
    for known in law.statements.values():
        quote = _words(known.quote)
        if len(quote) < 3 or not _could_say(said, known):
            continue
        if said.said_on and (day := _day_of(known)) and not _agrees(said.said_on, day):
            continue
        share = _share(quote, words)
        part = _share(words, quote) if len(words) >= 4 or _stands_in(words, quote) else 0.0
        likeness = max(share, part)
        if likeness >= _SAME:
            yield Known(
                statement=known.id,
                relation="same",
                likeness=round(likeness, 3),
                why=f"{likeness:.0%} of the words of “{known.quote}”, by {known.speaker}",
            )


def _stands_in(words: Sequence[str], quote: Sequence[str]) -> bool:
    """Whether a few words that say something stand side by side in a quote."""
    if len(words) < 2 or not set(words) - _STOP:
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


def _could_say(said: StatementFound, known: Statement) -> bool:
    """Whether the speaker may be the known one: a name that is there, or nobody's."""
    if said.speaker is None:
        return True
    if (said.attribution == "anonymous") != (known.attribution == "anonymous"):
        return False
    if said.attribution == "anonymous":
        return True
    mine = {word for word in _words(said.speaker) if len(word) > 2}
    theirs = {word for word in _words(f"{known.speaker} {known.role}") if len(word) > 2}
    return bool(mine & theirs)


def _day_of(known: Statement) -> str | None:
    found = _DAY.match(known.said)
    return found.group() if found else None


def _agrees(said_on: str, day: str) -> bool:
    return PartialDate.parse(said_on).agrees(PartialDate.parse(day))


def _open(said_on: str | None, known: str) -> bool:
    """Whether a known day says more than the document does, and nothing else."""
    return said_on is None or (len(said_on) < len(known) and _agrees(said_on, known))


def _contradicted(name: str, law: Law) -> Iterator[Known]:
    """What a known statement contradicts, and what contradicts it."""
    for other in law.statements.values():
        if other.id in law.statements[name].contradicts or name in other.contradicts:
            why = f"the regime files set {name} against {other.id}, by {other.speaker}"
            yield Known(statement=other.id, relation="contradicts", likeness=0.0, why=why)


def _triggers(reading: ProposedReading, same: Sequence[Known], law: Law) -> Iterator[str]:
    """The triggers a reading may speak to, the likeliest first."""
    known = [law.statements[each.statement].reading for each in same]
    sure = [each.trigger for each in known if each is not None]
    yield from dict.fromkeys(sure)
    content = _content(f"{reading.condition} {reading.consequence}")
    scored = []
    for trigger in law.triggers.values():
        told = _content(f"{trigger.title} {trigger.question} {trigger.consequence}")
        spoken = [_content(each) for each in _spoken(law, trigger.id)]
        shares = [
            (len(content & each) / max(1, min(len(content), len(each))), len(content & each))
            for each in (told, *spoken)
        ]
        share, shared = max(shares)
        if share >= _TOUCHES and shared >= min(2, len(_content(reading.condition))):
            asked = len(_content(reading.condition) & _content(trigger.question))
            scored.append((-asked, -share, trigger.id))
    yield from (name for _, _, name in sorted(scored)[:3] if name not in sure)


@lru_cache(maxsize=8192)
def _content(text: str) -> frozenset[str]:
    """The words of a text that say something, cut to their stems."""
    stems = {_stem(word) for word in _words(text) if word not in _STOP}
    return frozenset(_CONCEPTS.get(stem, stem) for stem in stems)


#: Words that speak of one thing, by their stems.
_CONCEPTS = {
    stem: concept
    for concept, stems in {
        "military": "troop forc unit soldier tank incurs invas invad aggress attack military army "
        "border cross toecap",
        "ukraine": "ukrain donba donbas donetsk luhansk lugansk crimea crim kyiv",
        "russia": "russ russi moscow kremlin putin",
        "grey zone": "cyber cyberattack paramilitary uniform hack",
        "recognition": "recogni recognis recogniz recognit republic",
    }.items()
    for stem in stems.split()
}


def _stem(word: str) -> str:
    for ending in ("ians", "ian", "ia", "ing", "ion", "ive", "ed", "es", "an", "e", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


def _spoken(law: Law, trigger: str) -> Iterator[str]:
    """The conditions that known statements set for a trigger."""
    for statement in law.statements.values():
        if statement.reading is not None and statement.reading.trigger == trigger:
            yield statement.condition or statement.reading.says


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


_NOT = re.compile(r"\b(?:not|never|no)\b")


def known_measures(
    found: Sequence[MeasureFound], law: Law, days: Sequence[str | None]
) -> tuple[MeasureFound, ...]:
    """The acts with the measures of the regime files they are.

    ``days`` are those on which the sentences of unnumbered acts say they were signed.
    """
    return tuple(
        msgspec.structs.replace(each, known=tuple(_measures(each, law, day)))
        for each, day in zip(found, days, strict=True)
    )


def _measures(found: MeasureFound, law: Law, day: str | None) -> Iterator[str]:
    if found.kind == "general_licence" and found.key:
        number = found.key.removeprefix("GL ")
        yield from (key for key in law.licences if key.rpartition("/")[2] == number)
        return
    for measure in law.measures.values():
        if found.key and _is_act(found.key, measure):
            yield measure.id
        elif found.key is None and day and "executive order" in found.text.lower():
            first = measure.status[0] if measure.status else None
            signed = any(
                each.is_ == "in_force" and each.on.startswith(day) for each in measure.status
            )
            if first and signed and measure.instrument.lower().startswith("executive order"):
                yield measure.id


def _is_act(key: str, measure: Measure) -> bool:
    number = re.escape(key.partition(" ")[2] or key)
    text = f"{measure.instrument} {measure.citation} {' '.join(measure.acts)}"
    return bool(re.search(rf"(?<![\d/]){number}(?![\d/])", text))


def known_events(found: Sequence[EventFound], law: Law) -> tuple[EventFound, ...]:
    """The events with those of the regime files they may be: of one kind, on one day."""
    return tuple(
        msgspec.structs.replace(
            each, known=tuple(event.id for event in law.events.values() if _is_event(each, event))
        )
        for each in found
    )


_KINDS = {
    "recognition": ("recognition",),
    "order": ("order",),
    "movement": ("movement", "border_crossing"),
    "invasion": ("border_crossing",),
    "annexation": ("annexation", "seizure"),
    "authorisation": ("authorisation", "vote"),
}


def _is_event(found: EventFound, event: Event) -> bool:
    if event.kind not in _KINDS.get(found.kind, ()) or found.happened is None:
        return False
    day = _DAY.match(event.happened)
    return day is not None and _agrees(found.happened, day.group())
