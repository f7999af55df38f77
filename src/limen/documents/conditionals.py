"""Conditionals: what somebody said would follow, if what, and whether it was denied.

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

from limen.documents.document import Span

Polarity = Literal["positive", "negative"]

_MODAL = (
    r"(?:would|will|shall|could|may|might|can|must|won['’]t|wouldn['’]t|cannot|can['’]t|"
    r"['’]ll|['’]d|should)"
)
_CLAUSE_END = re.compile(r"[.?!;](?:\s|$)|\s[–—-]{1,2}\s|$")
_IF = re.compile(
    r"\b(?P<mark>(?:only |even |and |but )?if|unless|in the event (?:that|of)|in case(?: of)?|"
    r"provided(?: that)?|providing(?: that)?"
    r"|as long as|so long as|on (?:the )?condition that|as soon as|the moment|the minute|the "
    r"instant|the day"
    r"|once|assuming(?: that)?|in the absence of|failing|absent|where|when|whenever|until|"
    r"upon|every time|each time|any time)\b",
    re.IGNORECASE,
)
_CERTAIN_MARKS = (
    "if", "only if", "even if", "and if", "but if", "unless", "in the event that",
    "in the event of", "in case", "in case of", "provided", "provided that", "providing",
    "providing that", "as long as", "so long as",
    "on condition that", "on the condition that", "assuming", "assuming that",
)  # fmt: skip
_SHOULD = re.compile(
    r"(?<![\w’'])(?P<mark>[Ss]hould)\s+(?P<c>(?:(?!not\b)(?:the|any|a|an|this|that|these|those|it|he|she|they|we|you|either|one|there|such|[A-Z][\w’'-]*)\b))"
)
_INVERTED = re.compile(
    r"(?<!\w)(?P<mark>[Ww]ere)\s+(?:the\s+)?[\w’'-]+(?:\s[\w’'-]+){0,5}?\s+to\s+[a-z]"
)
_WHETHER = re.compile(
    r"\b(?:ask(?:ed|s|ing)?|wonder(?:ed|s|ing)?|know|knows|knew|known|see|saw|unclear|unsure|sure|doubt|doubts|question(?:ed)?|"
    r"decide[ds]?|determine[ds]?|check(?:ed)?|tell|told|clear|say|matter|(?:let )?(?:me|us|"
    r"you) know|having issues with"
    r"|find out|remains to be seen|pressed(?: on)?|as|what|not)\s*,?\s*$",
    re.IGNORECASE,
)
_NOMINAL = re.compile(
    r"(?P<c>(?:\b(?:[Aa]ny|[Ff]urther|[Aa]dditional|[Aa]nother|[Ss]uch|[Rr]enewed|[Aa] single|"
    r"[Nn]ew)\b|\b[Aa] (?:minor|major|limited|full-scale|further|new|"
    r"large(?:-scale)?)\b)[^.;:,]{3,140}?)\s+"
    r"(?P<q>(?:would|will|shall)\s+(?:also |not |never |only |again |have |(?:in |by "
    r")?(?:itself|themselves) |on (?:its|their) own |automatically |immediately |therefore |"
    r"clearly )*"
    r"(?:be |have |bring|carry|trigger|mean|lead|result|constitut|amount|prompt|cause|come|"
    r"incur|provoke|attract|cost|represent|draw|face|cross|invite|make|not|end|set|put|elicit|"
    r"require|count|entail|expose|activate|invoke)\w*[^.;]*)"
)
_GERUND = re.compile(
    r"(?P<c>(?:^|(?<=[,;:“\"‘–—]\s)|(?<=^[“\"‘])|(?<=\bthat\s)|(?<=\bsaid\s))?[A-Z“\"‘]?[^.;:“”\"]{0,120}?\b\w{3,}ing\b[^.;:“”\"]{0,120}?)\s+"
    r"(?P<q>(?:would|wouldn['’]t|will|won['’]t)\s+(?:not\s+)?(?:(?:in |by )?(?:itself|"
    r"themselves) |on (?:its|their) own |necessarily |automatically |also |clearly |alone "
    r")*(?:be|trigger|constitute|amount|mean|count|cross|represent|lead|result|bring|prompt|"
    r"violate|breach|qualify|cause|invite|require)\b[^.;]*)"
)
_TRIGGERING = re.compile(
    r"(?P<c>[^.;:“”\"]{3,200}?)\s+(?P<q>(?:would|will|could|does|do|did|may|might|"
    r"shall)(?:n['’]t)?\s+(?:not |never |only |(?:in |by )?(?:itself|themselves) |on (?:its|"
    r"their) own |automatically |also |immediately |likely |necessarily |alone )*"
    r"(?:trigger|set off|be met with|be considered|be treated|be regarded as|be seen as|be "
    r"viewed as|be a new step|be deemed|constitute|amount to|prompt|provoke|result in|lead to|"
    r"draw|activate|cross (?:a|the|our) (?:red )?line)\b[^.;]*)"
)
_RESPOND = re.compile(
    r"(?P<q>\b(?:would|will|shall|ready to|prepared to|stands? ready to|vow(?:s|ed) to|"
    r"pledge[ds]? to)\s+(?:not\s+)?(?:be |\w+ly |also )*(?:respond|react|retaliate|answer|"
    r"reply)\w*\b[^.;]{0,160}?)\s+"
    r"(?:to|against|in the event of|in the face of)\s+(?P<c>(?:any |further |additional |"
    r"another |renewed |new |more |such |a |an |the )[^.;]{3,160}|[A-Z][\w’'-]+ (?:aggression|"
    r"invasion|attack|incursion)[^.;]{0,100})"
)
_FACE = re.compile(
    r"(?P<q>(?:massive|severe|serious|swift|heavy|grave|devastating)[^.;]{0,80}?\b(?:consequences?|costs?|price|sanctions|response)\b[^.;]{0,60}?)\s+"
    r"(?:for|in response to|in the event of|in case of)\s+(?P<c>(?:any|further|a|another|"
    r"renewed)\s[^.;]{3,120})"
)
_DEPENDS = re.compile(
    (
        r"(?P<q>[^.;,]{3,120}?)\s+(?:depends?|would depend|will depend|hinges?|conditional|"
        r"contingent|predicated)\s+(?:up)?on\s+(?P<c>[^.;]{3,160})"
    ),
    re.IGNORECASE,
)
_NEGATED = re.compile(
    (
        r"\b(?:not|never|no longer|cannot|won['’]t|wouldn['’]t|can['’]t|couldn['’]t|don['’]t|"
        r"doesn['’]t|isn['’]t|aren['’]t|shan['’]t|neither|nor|without)\b|\b[Nn]o\s+(?!doubt|"
        r"longer|matter|less\b)(?![^.]{0,60}\b(?:safe|off the table|exempt|immune|spared|"
        r"beyond reach|untouched)\b)\w+"
    ),
    re.IGNORECASE,
)
_CONSEQUENT = re.compile(
    (
        rf"\b(?:{_MODAL}|is|are|it['’]s|that['’]s|there['’]s|means?|stands?|remains?|am|going "
        rf"to|ready|prepared|have to|has to|need|needs|changes?|faces?|becomes?|ceases?|"
        rf"terminates?|applies|apply|lapses?|expires?|comes?|goes|[a-z]+s)\b"
    ),
    re.IGNORECASE,
)
_FUTURE = re.compile(
    (
        r"\b(?:will|would|shall|must|may|won['’]t|wouldn['’]t|['’]ll|going to|can|cannot|"
        r"could|might)\b"
    ),
    re.IGNORECASE,
)
_QUALIFIERS = re.compile(
    (
        r"\b(any|assembled|further|again|additional|minor|major|significant|aggressive|"
        r"full-scale|full-fledged|fully fledged|limited|single|renewed|first|more|large "
        r"numbers?|large-scale|new|only|material|substantial)\b"
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Conditional:
    """A condition and its consequence, as they stand in the text.

    ``polarity`` is ``"negative"`` where the consequence is denied. ``span`` covers both.
    """

    span: Span
    mark: str
    condition: str
    consequence: str
    polarity: Polarity
    qualifiers: tuple[str, ...]


#: A word that a form cannot do without, the form, and what to call it.
_FORMS = tuple(
    (re.compile(hint), pattern, cue)
    for hint, pattern, cue in (
        (r"\b(?:respon|react|retaliat|answer|repl)", _RESPOND, "response"),
        (
            r"\b(?:[Aa]ny|[Ff]urther|[Aa]dditional|[Aa]nother|[Ss]uch|[Rr]enewed|single|[Nn]ew|minor|major|limited|full-|large)",
            _NOMINAL,
            "nominal",
        ),
        (
            (
                r"\b(?:trigger|set off|met with|considered|treated|regarded|seen as|viewed|"
                r"new step|deemed|constitut|amount|prompt|provok|result in|lead to|draw|"
                r"activat|line)"
            ),
            _TRIGGERING,
            "trigger",
        ),
        (r"ing\b[^.;]*\b(?:would|will|won)", _GERUND, "gerund"),
        (r"\b(?:massive|severe|serious|swift|heavy|grave|devastating)", _FACE, "response"),
        (r"(?i)\b(?:depend|hinge|conditional|contingent|predicated)", _DEPENDS, "depends"),
    )
)
_CUES = re.compile(
    r"(?i)\b(?:if|unless|should|were|in the event|in case|provid|as long|so long|condition|as "
    r"soon|the moment|the minute|"
    r"the instant|the day|once|assuming|absen|failing|where|when|until|upon|every time|each "
    r"time|any time|would|will|won|"
    r"shall|could|may|might|does|do|did|didn|don|doesn|depend|hinge|contingent|predicated|respon|massive|severe|serious|swift|heavy|grave|devastating|ready|prepared|vow|pledge)"
)


#: Marks of one sentence that are looked at.
_MARKS_MOST = 20
#: A sentence is read so far; only a list, or no prose at all, is longer.
_LONGEST = 3_000


def conditionals_in(text: str, start: int, end: int) -> Iterator[Conditional]:
    """The conditionals of one sentence."""
    end = min(end, start + _LONGEST)
    asked = text[start:end].rstrip(' \n”"’)').endswith("?")
    if asked or _CUES.search(text, start, end) is None:
        return
    found = _marked(text, start, end) or _should(text, start, end) or _unmarked(text, start, end)
    if found is not None:
        yield found


def _marked(text: str, start: int, end: int) -> Conditional | None:
    """A condition behind ``if``, ``unless``, ``in the event of``, ``once``, ``the moment``."""
    for mark in islice(_IF.finditer(text, start, end), _MARKS_MOST):
        word = " ".join(mark["mark"].lower().split())
        certain = word in _CERTAIN_MARKS
        if _WHETHER.search(text, max(start, mark.start() - 40), mark.start()):
            continue
        condition, consequence = _cut(text, mark, start, end)
        if not _usable(condition) or not _usable(consequence):
            continue
        if certain and not _CONSEQUENT.search(consequence):
            continue
        if not certain and not _conditional_time(
            word, text, mark.start(), start, condition, consequence
        ):
            continue
        negative = _denied(word, consequence)
        return _conditional(start, end, word, condition, consequence, negative)
    return None


def _conditional_time(
    word: str, text: str, at: int, start: int, condition: str, consequence: str
) -> bool:
    """Whether ``when``, ``once``, ``until``, ``where`` and their like state a condition."""
    if not _FUTURE.search(consequence):
        return False
    if word in ("where", "upon"):
        if re.search(r"\bshall\b|\bmay (?:not )?(?:be|only)\b", consequence):
            return True
        head = not text[start:at].strip(' \t\n(“"‘0123456789.') or text[at].isupper()
        return head and bool(re.search(r"\b(?:shall|may|must|will|is|are)\b", consequence))
    if word == "when":
        return not re.search(r"\b(?:was|were|had|came|did|said|\w+ed)\b", condition)
    return not re.search(r"\b(?:was|were|had|did)\b", condition)


def _cut(text: str, mark: re.Match[str], start: int, end: int) -> tuple[str, str]:
    """The condition and the consequence around a mark: behind a comma, or before the mark."""
    after = text[mark.end() : end]
    before = text[start : mark.start()].strip(' \t\n,;:–—-“”"‘’(')
    before = re.sub(r"(?i)^(?:and|but|so|that|because)\s+", "", before)
    if len(before.split()) >= 3 and _CONSEQUENT.search(before):
        condition = _CLAUSE_END.split(after, maxsplit=1)[0]
        return _clean(condition), _clean(before)
    comma = _clause_comma(after)
    if comma is None:
        return _clean(_CLAUSE_END.split(after, maxsplit=1)[0]), _clean(before)
    return _clean(after[:comma]), _clean(after[comma + 1 :])


def _clause_comma(after: str) -> int | None:
    """The comma (or ``then``, or dash) that ends the condition: behind it stands a verb."""
    for found in re.finditer(r",|\s[–—-]{1,2}\s|\bthen\b|—", after):
        rest = after[found.end() :]
        if found.start() < 4:
            continue
        if _CONSEQUENT.search(rest[:90]) and not re.match(
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


def _should(text: str, start: int, end: int) -> Conditional | None:
    """``should Russia further invade``, ``were Moscow to cross``."""
    for mark in (*_SHOULD.finditer(text, start, end), *_INVERTED.finditer(text, start, end)):
        at = mark.start("mark")
        before = text[start:at].strip(' \t\n,;:–—-“”"‘’(')
        after = text[mark.end("mark") : end]
        if mark["mark"][0].islower() and re.search(
            r"\b(?:why|what|how|when|where|who|which|nor|neither)$", before, re.IGNORECASE
        ):
            continue
        if mark["mark"][0].islower() and len(before.split()) < 3:
            continue
        if after.rstrip("”\"’' ").endswith("?"):
            continue
        if before and mark["mark"][0].islower():
            condition, consequence = _CLAUSE_END.split(after, maxsplit=1)[0], before
        else:
            comma = _clause_comma(after)
            if comma is None:
                continue
            condition, consequence = after[:comma], after[comma + 1 :]
        condition, consequence = _clean(condition), _clean(consequence)
        if len(condition.split()) > 1 and _usable(consequence):
            word = mark["mark"].lower()
            return _conditional(
                start, end, word, condition, consequence, _denied(word, consequence)
            )
    return None


def _unmarked(text: str, start: int, end: int) -> Conditional | None:
    """A condition that is a noun: ``any further aggression will carry a high price``."""
    for hint, pattern, mark in _FORMS:
        if hint.search(text, start, end) is None:
            continue
        found = pattern.search(text, start, end)
        if found is None:
            continue
        condition, consequence = _clean(found["c"]), _clean(found["q"])
        if not _usable(condition) or not _usable(consequence) or "whether" in condition:
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
        negative = bool(_NEGATED.search(consequence[:70])) or bool(
            re.match(r"(?i)(?:no|nothing)\b", condition)
        )
        return _conditional(start, end, mark, condition, consequence, negative)
    return None


def _denied(word: str, consequence: str) -> bool:
    head = re.split(r"[,;]|\b(?:unless|because|but)\b", consequence)[0]
    denied = bool(_NEGATED.search(head))
    return not denied if word in ("unless", "until") else denied


def _usable(clause: str) -> bool:
    return any(char.isalpha() for char in clause) and len(clause) > 2


def _clean(clause: str) -> str:
    return " ".join(clause.strip(" \t\n,;:–—-“”\"‘’'()").split())


def _conditional(
    start: int, end: int, mark: str, condition: str, consequence: str, negative: bool
) -> Conditional:
    qualifiers = dict.fromkeys(word.lower() for word in _QUALIFIERS.findall(condition))
    return Conditional(
        (start, end), mark, condition, consequence, "negative" if negative else "positive",
        tuple(qualifiers),
    )  # fmt: skip
