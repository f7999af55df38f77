"""Find noun phrases that can speak: people, offices, institutions, their papers, pronouns.

No model: a phrase is a run of names, roles and institutions with the small words that tie
them together. What it means is read from its head: ``a White House official`` is an unnamed
person, ``the White House`` an institution, ``press secretary Jen Psaki`` a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from limen.documents.text.sentences import MASK, Word
from limen.documents.text.vocabulary import words

Attribution = Literal["named", "anonymous", "institutional"]
Sort = Literal["person", "unnamed", "office", "institution", "paper", "pronoun"]

PRONOUNS = frozenset(["you", "he", "she", "they", "it", "i", "we"])


@dataclass(frozen=True, slots=True)
class Phrase:
    """Represents a phrase: words ``first`` to ``last`` of its sentence, inclusive."""

    first: int
    last: int
    sort: Sort
    name: str
    role: str = ""
    definite: bool = False


def phrases_in(sentence: Sequence[Word]) -> list[Phrase]:
    """Return every phrase of a sentence that can speak, in order."""
    found: list[Phrase] = []
    at = 0
    while at < len(sentence):
        stop = _reach(sentence, at)
        if stop > at:
            phrase = read_phrase(sentence, at, stop - 1)
            if phrase is not None:
                found.append(phrase)
            at = stop
        else:
            at += 1
    return found


def _reach(sentence: Sequence[Word], at: int) -> int:
    """Return where a phrase that begins at a word ends; ``at`` itself where none begins."""
    word = sentence[at]
    if word.low in PRONOUNS and (word.text != "IT" and word.text != "US"):
        return at + 1
    if word.low in words().solo and _speaks_next(sentence, at + 1):
        return at + 1
    stop = at
    if word.low in words().determiners:
        stop = at + 1
    start = stop
    while stop < len(sentence) and _belongs(sentence, start, stop):
        stop += 1
        if stop < len(sentence) and _links(sentence, stop):
            stop += 2 if sentence[stop + 1].low in words().determiners else 1
    return stop if stop > start else at


def _speaks_next(sentence: Sequence[Word], at: int) -> bool:
    """Return whether a verb of speech, or of being, follows: ``the other was blunter``."""
    known = words()
    if at + 1 < len(sentence) and sentence[at].text == "," and sentence[at + 1].low == "who":
        return True
    return at < len(sentence) and (
        sentence[at].low in known.speech or sentence[at].low in ("was", "is", "had", "were")
    )


def _belongs(sentence: Sequence[Word], start: int, at: int) -> bool:
    word = sentence[at]
    if not word.is_word or word.low in words().times or word.text.startswith(MASK):
        return False
    if at == start and word.low in words().function_words and (at == 0 or word.text.islower()):
        return False
    if word.is_name and not (at == 0 and word.low in words().speech):
        return not (word.low in words().function_words and word.low not in words().modifiers)
    if word.low in words().particles and 0 < at < len(sentence) - 1:
        return sentence[at + 1].is_name and sentence[at - 1].is_name
    return (
        word.low in _describing()
        or (word.low in words().solo and at > 0 and _speaks_next(sentence, at + 1))
        or (word.low.endswith(("-backed", "-based", "-led", "-owned", "-born", "-elect")))
        or (word.text.isdigit() and at > start and sentence[at - 1].is_name and len(word.text) < 3)
    )


@cache
def _describing() -> frozenset[str]:
    """Return words in small letters that may be part of a phrase: roles, bodies, papers."""
    known = words()
    bodies = known.institutions - {"us"}
    return known.modifiers | known.person_heads | known.plurals | bodies | known.documents


def _links(sentence: Sequence[Word], at: int) -> bool:
    """Return whether a small word continues a phrase: ``Ministry of``, ``spokesman for``."""
    if sentence[at].low not in words().links or at + 1 >= len(sentence):
        return False
    head = sentence[at - 1]
    known = words()
    carries = head.low in known.person_heads or head.low in known.plurals
    carries |= head.low in known.institutions or head.low in known.documents
    if not carries or (sentence[at].low not in ("of", "for") and not carries):
        return False
    if sentence[at].low not in ("of", "for", "from", "at") and head.low not in known.person_heads:
        return False
    if sentence[at].low in ("to", "in", "on", "with"):
        return sentence[at].low in ("to", "in") and head.low in (
            "ambassador",
            "envoy",
            "adviser",
            "advisor",
            "delegate",
            "diplomat",
            "official",
        )
    after = (
        at + 2 if sentence[at + 1].low in words().determiners and at + 2 < len(sentence) else at + 1
    )
    return _belongs(sentence, after if after < len(sentence) - 1 else at, after) or (
        sentence[after].low.isalpha()
        and sentence[after].low in ("foreign", "affairs", "defence", "policy", "call", "staff")
    )


def read_phrase(sentence: Sequence[Word], first: int, last: int) -> Phrase | None:
    """Return the words ``first`` to ``last`` as a phrase; ``None`` where they are none."""
    low = sentence[first].low
    if first == last and low in PRONOUNS:
        return Phrase(first, last, "pronoun", low)
    if first == last and low in words().solo:
        return Phrase(first, last, "unnamed", sentence[first].text, sentence[first].text)
    body = [*range(first + (low in words().determiners), last + 1)]
    if not body:
        return None
    definite = low in ("the", "this", "that", "these", "those", "his", "her", "their") or any(
        sentence[place].text.endswith(("'s", "’s")) for place in body[:-1]
    )
    named = _name_at(sentence, body)
    if named:
        name = " ".join(sentence[place].text for place in named)
        role = _text(sentence, [place for place in body if place < named[0]])
        return Phrase(first, last, "person", bare(name), _role(role), definite)
    return _unnamed(sentence, first, last, body, definite=definite)


def _text(sentence: Sequence[Word], places: Sequence[int]) -> str:
    return " ".join(sentence[place].text for place in places)


def bare(name: str) -> str:
    """Return a name without a possessive ending."""
    return name[:-2] if name.endswith(("'s", "’s")) else name


def _role(text: str) -> str:
    role = text.split()
    while role and role[0].lower() in words().determiners:
        role.pop(0)
    if role and all(word.lower().rstrip(".") in words().honorifics for word in role):
        return ""
    return " ".join(role)


def _name_at(sentence: Sequence[Word], body: Sequence[int]) -> list[int]:
    """Return the places of a person's name at the end of a phrase; empty where there is none."""
    run: list[int] = []
    body = _without_letters(sentence, body)
    for place in reversed(body):
        word = sentence[place]
        particle = word.low in words().particles and not word.is_name and run
        if not particle and (not word.is_name or _is_title(word)):
            break
        run.insert(0, place)
    while run and sentence[run[0]].low in words().particles and not sentence[run[0]].is_name:
        run.pop(0)
    if run and run[0] != body[0] and (link := _link_before(sentence, run[0])):
        # a spokesman for X is not X; the president of Moldova Maia Sandu is
        run = run[1:] if link == "of" and len(run) > 2 else []
    if not run:
        return run
    whole = run[0] == body[0]
    return run if _person_like([sentence[place] for place in run], whole=whole) else []


def _without_letters(sentence: Sequence[Word], body: Sequence[int]) -> Sequence[int]:
    """Return the places of a phrase without the letters behind a name: ``Ruth Abelson QC``."""
    last = len(body)
    while last > 2 and sentence[body[last - 1]].low in words().postnominals:
        last -= 1
    return body[:last]


def _link_before(sentence: Sequence[Word], at: int) -> str:
    """Return the small word that makes a name another person's; empty where none does.

    ``a spokesman for Mr Prigozhin`` speaks for him; a ``minister for foreign affairs Annalena
    Baerbock`` is she.
    """
    known = words()
    before, other = at - 1, False
    while before > 0 and sentence[before].low not in known.links:
        low = sentence[before].low
        head = low in known.person_heads or low.rstrip(".") in known.honorifics
        if not head and low not in known.determiners and low not in known.modifiers:
            return ""
        other |= head
        before -= 1
    if before < 0 or sentence[before].low not in known.links:
        return ""
    link = sentence[before].low
    near = before == at - 1 or sentence[at - 1].low in known.determiners
    return link if near or (other and link != "of") else ""


def _is_title(word: Word) -> bool:
    known = words()
    if word.low in known.institutions:
        return _is_body(word)
    return (
        word.low in known.person_heads or word.low in known.titles or word.low in known.plurals
        or word.low in known.documents
        or word.text.endswith(("-General", "-President", "-elect"))
    )  # fmt: skip


def _is_body(word: Word) -> bool:
    """Return whether a word names a body; an acronym in capitals only: UN, not Kim Jong Un."""
    return word.low in words().institutions and (len(word.low) > 3 or word.text.isupper())


def _person_like(run: Sequence[Word], *, whole: bool) -> bool:
    """Return whether a run of capitalised words is a person and not a place or a body."""
    known = words()
    lows = [word.low for word in run]
    if run[-1].text.isdigit() or any("&" in word.text for word in run):
        return False
    if lows[0] in known.female or lows[0] in known.male:
        return len(run) < 6
    if not whole:
        return not all(low in known.metonyms or low in known.modifiers for low in lows)
    if any(word.low in known.metonyms or _is_body(word) for word in run):
        return False
    if len(run) == 1:
        return not _acronym(run[0].text) and lows[0] not in known.modifiers
    return len(run) < 5 and not all(_acronym(word.text) for word in run)


def _acronym(text: str) -> bool:
    return len(text) > 1 and text.isupper()


def _unnamed(
    sentence: Sequence[Word], first: int, last: int, body: Sequence[int], *, definite: bool
) -> Phrase | None:
    """Return a phrase with no person's name: its head says what it is."""
    known = words()
    head_at = next(
        (place - 1 for place in body[1:] if sentence[place].low in words().links), body[-1]
    )
    head = sentence[head_at].low
    name = bare(_text(sentence, body))
    if head in known.documents and not _acronym(sentence[head_at].text):
        owner = bare(_text(sentence, [place for place in body if place < head_at]))
        return Phrase(first, last, "paper", owner, head, definite)
    alone = head in known.solo and _speaks_next(sentence, last + 1)
    if head in known.person_heads or head in known.plurals or alone:
        return Phrase(first, last, "unnamed", name, name, definite)
    proper = any(sentence[place].is_name for place in body)
    if head in known.institutions or head in known.metonyms or proper:
        return Phrase(first, last, "institution", name, "", definite)
    return None
