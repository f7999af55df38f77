"""Find conditionals: the condition, the consequence, and whether the consequence is denied.

A reading is proposed, never decided: condition and consequence as they stand, whether the
consequence is denied ("would *not* itself be a new step"), and the qualifiers that leave it
open (any, assembled, further, minor).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from limen.documents.conditions.patterns import (
    AT_ONCE,
    CERTAIN_MARKS,
    CLAUSE_END,
    CONSEQUENT,
    FORMS,
    FUTURE,
    HAD,
    IDLE,
    IF,
    INVERTED,
    INVITING,
    MARKED,
    PAST,
    PLANNED,
    QUALIFIERS,
    SHOULD,
    STATE,
    THAT,
    TURNED,
    UNREAL,
    WHETHER,
    hinted,
)
from limen.documents.conditions.polarity import denied, denied_noun
from limen.documents.document import Span

Polarity = Literal["positive", "negative"]


@dataclass(frozen=True, slots=True)
class Conditional:
    """Represents a condition and its consequence, as the text words them.

    ``polarity`` is ``"negative"`` where the consequence is denied. ``span`` covers both.
    """

    span: Span
    mark: str
    condition: str
    consequence: str
    polarity: Polarity
    qualifiers: tuple[str, ...]


#: What may stand before a sentence's first word.
_OUTSIDE = ' \t\n,;:–—-“”"‘’('
#: Marks of one sentence that are looked at.
_MARKS_MOST = 20
#: A sentence is read so far; only a list, or no prose at all, is longer.
_LONGEST = 1_500


def conditionals_in(text: str, start: int, end: int) -> Iterator[Conditional]:
    """Yield the conditionals of one sentence."""
    end = min(end, start + _LONGEST)
    question = text[start:end].rstrip(' \n”"’)').endswith("?")
    if question:
        return
    low = text[start:end].lower()
    found = None
    if hinted(MARKED, low):
        found = _marked(text, start, end) or _inverted(text, start, end)
    found = found or _unmarked(text, start, end, low)
    if found is not None:
        yield found


def _marked(text: str, start: int, end: int) -> Conditional | None:
    """Return the conditional of ``if``, ``unless``, ``once``, ``the moment`` and their like."""
    for mark in islice(IF.finditer(text, start, end), _MARKS_MOST):
        word = " ".join(mark["mark"].lower().split())
        certain = word in CERTAIN_MARKS
        first = text[start : mark.start()].strip(_OUTSIDE).lower() in ("not", "only", "yes", "no")
        if not first and WHETHER.search(text, max(start, mark.start() - 40), mark.start()):
            continue
        if IDLE.match(text, mark.start()):
            continue
        condition, consequence = _cut(text, mark, start, end)
        if not _usable(condition) or not _usable(consequence):
            continue
        heads = first or not text[start : mark.start()].strip(_OUTSIDE)
        if INVITING.match(consequence):
            continue
        if certain and not heads and not CONSEQUENT.search(consequence):
            continue
        if not certain and not _conditional_time(
            word, text, mark.start(), start, condition, consequence
        ):
            continue
        negative = denied(word, consequence)
        return _conditional(start, end, word, condition, consequence, negative=negative)
    return None


def _conditional_time(
    word: str, text: str, at: int, start: int, condition: str, consequence: str
) -> bool:
    """Return whether ``when``, ``once``, ``until``, ``where`` and their like state a condition."""
    if word == "without":
        return _without(condition, consequence, text[start:at])
    if word in AT_ONCE and not text[start:at].strip(_OUTSIDE):
        return not PAST.search(f"{condition} {consequence}")
    if not FUTURE.search(consequence):
        return False
    if word in ("where", "upon"):
        if re.search(r"\bshall\b|\bmay (?:not )?(?:be|only)\b", consequence):
            return True
        if re.search(r"\bmay\b", consequence) and STATE.search(condition):
            return True
        head = not text[start:at].strip(' \t\n(“"‘0123456789.') or text[at].isupper()
        return head and bool(re.search(r"\b(?:shall|may|must|will|is|are)\b", consequence))
    if word == "when":
        return not re.search(r"\b(?:was|were|had|came|did|said|\w+ed)\b", condition)
    return not re.search(r"\b(?:was|were|had|did)\b", condition)


def _without(condition: str, consequence: str, before: str) -> bool:
    """Return whether ``without`` states a condition: ``Without that, there is no agreement``."""
    if before.strip(_OUTSIDE) or re.match(r"\w+ing\b", condition):
        return False
    return bool(FUTURE.search(consequence) or re.search(r"\bno\b", consequence))


def _cut(text: str, mark: re.Match[str], start: int, end: int) -> tuple[str, str]:
    """Return the condition and the consequence, which follows a comma or precedes the mark."""
    after = text[mark.end() : end]
    before = text[start : mark.start()].strip(_OUTSIDE)
    before = re.sub(r"(?i)^(?:and|but|so|that|because)\s+", "", before)
    reported = THAT.search(before) is not None and _clause_comma(after) is not None
    if not reported and len(before.split()) >= 3 and CONSEQUENT.search(before):
        condition = CLAUSE_END.split(after, maxsplit=1)[0]
        return _clean(condition), _clean(before)
    comma = _clause_comma(after)
    if comma is None and not before:
        turned = TURNED.search(after) if mark["mark"].lower().startswith("only") else None
        if turned is not None:  # only if Russia withdraws will sanctions be lifted
            return _clean(after[: turned.start()]), _clean(after[turned.start() :])
        comma = after.find(",", 4) if "," in after[4:] else None
    if comma is None:
        return _clean(CLAUSE_END.split(after, maxsplit=1)[0]), _clean(before)
    return _clean(after[:comma]), _clean(after[comma + 1 :])


def _clause_comma(after: str) -> int | None:
    """Return the comma (or ``then``, or dash) that ends the condition: a verb follows it."""
    for found in re.finditer(r",|\s[–—-]{1,2}\s|\bthen\b|—", after):
        rest = after[found.end() :]
        if found.start() < 4:
            continue
        if CONSEQUENT.search(rest[:90]) and not re.match(
            r"\s*(?:and|or)\s+(?!it will|we will|they will|then)", rest
        ):
            return found.end() - 1
        if re.match(
            r"\s*(?:do|please|let|impose|expect|call|contact|stop|we|i|you|the|there|this|it)\b",
            rest,
            re.IGNORECASE,
        ):
            return found.end() - 1
    return None


def _inverted(text: str, start: int, end: int) -> Conditional | None:
    """Return an inverted conditional: ``should Russia invade``, ``had ministers listened``."""
    if text[start:end].rstrip("”\"’' ").endswith("?"):
        return None
    for form in (SHOULD, INVERTED, HAD):
        for mark in form.finditer(text, start, end):
            word = mark["mark"].lower()
            condition, consequence = map(_clean, _around(text, mark, start, end))
            if len(condition.split()) < 2 or not _usable(consequence):
                continue
            if word == "had" and not UNREAL.search(consequence):
                continue
            negative = denied(word, consequence)
            return _conditional(start, end, word, condition, consequence, negative=negative)
    return None


def _around(text: str, mark: re.Match[str], start: int, end: int) -> tuple[str, str]:
    """Return the condition and the consequence around an inverted verb, empty where none."""
    before = text[start : mark.start("mark")].strip(_OUTSIDE)
    after = text[mark.end("mark") : end]
    if mark["mark"][0].islower():
        question = re.search(r"(?i)\b(?:why|what|how|when|where|who|which|nor|neither)$", before)
        if question or len(before.split()) < 3:
            return "", ""
        return CLAUSE_END.split(after, maxsplit=1)[0], before
    comma = _clause_comma(after)
    return ("", "") if comma is None else (after[:comma], after[comma + 1 :])


def _unmarked(text: str, start: int, end: int, low: str) -> Conditional | None:
    """Return a conditional without ``if``: ``any further aggression will carry a high price``."""
    for hints, pattern, mark in FORMS:
        if not hinted(hints, low):
            continue
        found = pattern.search(text, start, end)
        if found is None:
            continue
        condition, consequence = _clean(found["c"]), _clean(found["q"])
        if not _usable(condition) or not _usable(consequence) or "whether" in condition:
            continue
        if mark == "nominal" and PLANNED.match(condition):
            continue
        if (
            mark in ("gerund", "trigger")
            and re.match(
                r"(?i)(?:he|she|they|we|i|it|this|that|you|who|which|what|there|nothing)\b(?!\s+\w+ing)",
                condition,
            )
            and len(condition.split()) < 4
        ):
            continue
        negative = denied_noun(condition, consequence)
        return _conditional(start, end, mark, condition, consequence, negative=negative)
    return None


def _usable(clause: str) -> bool:
    return any(char.isalpha() for char in clause) and len(clause) > 2


def _clean(clause: str) -> str:
    return " ".join(clause.strip(" \t\n,;:–—-“”\"‘’'()").split())


def _conditional(
    start: int, end: int, mark: str, condition: str, consequence: str, *, negative: bool
) -> Conditional:
    qualifiers = dict.fromkeys(word.lower() for word in QUALIFIERS.findall(condition))
    return Conditional(
        (start, end), mark, condition, consequence, "negative" if negative else "positive",
        tuple(qualifiers),
    )  # fmt: skip
