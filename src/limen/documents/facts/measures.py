"""Find the measures and legal acts that a text names, by number or by title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from limen.documents.document import Document, Span

ActKind = Literal[
    "executive_order", "eu_act", "general_licence", "un_resolution", "uk_regulations", "us_code",
    "directive", "statute", "unnumbered",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActMention:
    """Represents an act named in a text; ``key`` is its number in one spelling: ``EO 14065``."""

    text: str
    span: Span
    kind: ActKind
    key: str | None


_NUMBER = r"(?:No\.?\s*|no\.?\s*|Nos\.?\s*)?"
_PATTERNS: tuple[tuple[ActKind, str, str], ...] = (
    (
        "executive_order",
        (
            rf"(?:Executive Orders?|E\.\s?O\.|EO)\s*{_NUMBER}(?P<n>1[0-9]{{4}})"
        ), "EO {n}",
    ),
    (
        "eu_act",
        (r"(?:Council\s+|Commission\s+)?(?:(?:Implementing|Delegated)\s+)?(?:Regulations?|"
        r"Decisions?|Common Position)\s*"
        r"(?:\((?:EU|EC|CFSP|EEC|EU, Euratom)\)\s*)?(?:No\.?\s*)?(?P<n>\d{2,4}/\d{2,4})(?:/CFSP)?"),
        "{n}",
    ),
    (
        "general_licence",
        (
            rf"(?:(?:(?<!\w)[A-Z][\w-]{{0,30}} )?(?:[Gg]eneral [Ll]icen[cs]es?)|"
            rf"\bGLs?)\s*{_NUMBER}(?P<n>(?:INT/\d{{4}}/\d+|\d{{1,3}}[A-Z]{{0,2}})(?![\d%]))"
        ),
        "GL {n}",
    ),
    (
        "un_resolution",
        (
            r"(?:(?:UN\s+|United Nations\s+)?Security Council\s+[Rr]esolutions?|UNSCRs?|UNSC "
            r"[Rr]esolutions?|[Rr]esolution)\s*(?:No\.?\s*)?(?P<n>[12]\d{3})(?:\s*\(\d{4}\))?"
        ),
        "UNSCR {n}",
    ),
    ("uk_regulations", r"(?:\bS\.?I\.?\s*(?P<n>20\d{2}/\d{1,4}))", "SI {n}"),
    (
        "uk_regulations",
        (
            r"(?<!\w)(?P<n>(?:[A-Z][\w-]{0,30} )?\((?:[A-Z][\w' -]{1,80}?)\) \(EU Exit\)"
            r"(?: \(Amendment\))?(?: "
            r"\(No\. ?\d+\))? Regulations 20\d{2})"
        ), "{n}",
    ),
    (
        "us_code",
        (
            r"(?P<n>\d{1,2} (?:C\.?F\.?R\.?|U\.?S\.?C\.?)(?: [Pp]art| §+)? "
            r"?\d{2,5}[a-z]?(?:\.\d+)?|\d{2} (?:FR|Fed\. Reg\.) \d{4,6})"
        ), "{n}",
    ),
    (
        "directive",
        (
            r"Directive (?P<n>[1-4]A?)(?= (?:under|of|to|pursuant)| \(as amended\))"
        ), "Directive {n}",
    ),
    ("statute", r"\b(?P<n>CAATSA|IEEPA|SAMLA|PAARSS|INKSNA|CISADA|FSIA)\b", "{n}"),
    (
        "statute",
        (
            r"(?<!\w)(?P<n>(?:[A-Z][\w'’-]{1,30} (?:(?:and|of|the|for|to|Through|Against|From) )"
            r"{0,3}){1,8}Act(?: "
            r"of (?:19|20)\d{2}| (?:19|20)\d{2})?)(?![\w-])"
        ), "{n}",
    ),
    (
        "unnumbered",
        (
            r"\b(?:an?|the|this|that|new) (?P<n>(?:presidential )?(?:executive order|general "
            r"licen[cs]e|presidential decree|sanctions bill))\b"
        ), "",
    ),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern), key) for kind, pattern, key in _PATTERNS)
#: ``general licenses 17, 18 and 19``
_MORE = re.compile(
    r"(?:\s*,\s*|(?:\s*,)?\s+(?:and|or|to|through)\s+)(?P<n>\d{1,3}[A-Z]{0,2}|1\d{4})(?![\w/%]|\.\d)"
)
_LISTS = ("general_licence", "executive_order")


def acts_in(document: Document) -> list[ActMention]:
    """Return every act a document names, in order; of overlapping readings the longest."""
    return _longest(
        act
        for block in document.blocks
        if document.cues.any("act", *block.span)
        for act in _every(document.text, block.span)
    )


def acts_in_text(text: str) -> list[ActMention]:
    """Return every act that a short text names, as :func:`acts_in` does."""
    return _longest(_every(text, (0, len(text))))


def _longest(mentions: Iterable[ActMention]) -> list[ActMention]:
    """Return the mentions in order, of overlapping ones the longest."""
    in_order = sorted(mentions, key=lambda act: (act.span[0], -act.span[1]))
    acts: list[ActMention] = []
    for act in in_order:
        if not acts or act.span[0] >= acts[-1].span[1]:
            acts.append(act)
    return acts


def _every(text: str, span: Span) -> Iterator[ActMention]:
    for kind, pattern, key in _COMPILED:
        for match in pattern.finditer(text, *span):
            number = " ".join(match["n"].split())
            yield ActMention(match.group(), match.span(), kind, key.format(n=number) or None)
            if kind in _LISTS:
                yield from _listed(text, match.end(), kind, key)


def _listed(text: str, at: int, kind: ActKind, key: str) -> Iterator[ActMention]:
    while more := _MORE.match(text, at):
        yield ActMention(more["n"], more.span("n"), kind, key.format(n=more["n"]))
        at = more.end()
