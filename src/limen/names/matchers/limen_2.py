"""Match words by measures of evidence that can only lower a score: ``limen-2``.

It reads and aligns names as ``limen-1`` does, and scores the alignment by rules of its own
(``limen.names.kernels.evidence``), with numbers fitted on lists (``tools/fit_matcher.py``).
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from limen.names.kernels import backend
from limen.names.kernels.evidence.weigh import MEASURED, MEASURES, RULES
from limen.names.kernels.score import ANY, PERSON
from limen.names.kernels.word_similarity import NUMBERS
from limen.names.matchers.aligner import Aligner
from limen.names.matchers.limen_2_tables import tables
from limen.names.reading import tables as reading_tables
from limen.names.reading.cores import cores, parted, undotted
from limen.names.reading.normalise import Name, alternatives
from limen.names.reading.respelling import apart, corrected, respelled
from limen.names.reading.tokens import INITIAL, LEGAL, NUMBER, TITLE, WORD, Token

#: Slopes are fitted so that this separates matches from others.
THRESHOLD = 0.7
DESCRIPTION = (
    "Aligns the words of two names as limen-1 does, and takes from a full score what speaks "
    "against the match: words that differ, are missing or are general. Words weigh by their "
    "rarity among organisations or people. Its numbers are fitted on the lists' own aliases."
)
#: Among organisations a letter is a name's brand (``K-Technologies``), and a number is none.
KIND_WEIGHTS = {INITIAL: 600, NUMBER: 300}
#: What an initial weighs among people: another one is another person's.
PERSONAL_INITIAL = 400
_PATRONYMICS = ("ovich", "evich", "ovna", "evna", "ovych", "evych", "ivna")


@cache
def model() -> Any:
    """Return the numbers, laid out for the kernels; those of ``limen-1`` alone are 0."""
    own = tables()
    first = [*reading_tables.tables().substitutions, *own.words]
    rules = [1, *own.least_pair, *own.acronym, own.blanks]
    slopes = [slope for column in own.slopes for slope in column]
    return backend.kernels().numbers([*first, *[0] * (RULES - NUMBERS), *rules, *slopes])


def weight(token: Token) -> int:
    """Return what a word weighs in the name of an organisation, a vessel or the like."""
    if token.kind in KIND_WEIGHTS:
        return KIND_WEIGHTS[token.kind]
    if token.kind not in (WORD, TITLE):
        return token.weight
    return min(token.weight, tables().weights.get(token.text, 1000))


def as_organisation(token: Token) -> Token:
    """Return a word with its weight in the name of an organisation."""
    return token._replace(weight=weight(token))


def as_person(token: Token) -> Token:
    """Return a word with its weight in a person's name.

    The kernels decide by a patronymic's place whether it is a father's name, which is often left
    out, or a family name.
    """
    if token.kind == INITIAL:
        return token._replace(weight=PERSONAL_INITIAL)
    if token.kind == WORD and token.text.endswith(_PATRONYMICS):
        rarity = reading_tables.tables().weights.get(token.text, 1000)
        return token._replace(weight=rarity, patronymic=True)
    return token


@lru_cache(maxsize=65_536)
def weighed(name: Name, mode: int) -> Name:
    """Give the words of a name the weights that they have in a mode."""
    reweighed = as_person if mode == PERSON else as_organisation
    return name._replace(tokens=tuple(map(reweighed, name.tokens)))


def _records(mode: int) -> str:
    return "person_records" if mode == PERSON else "organisation_records"


def taken(one: Name, two: Name, mode: int) -> list[float]:
    """Align two names and return what each measure took from their score, in thousandths."""
    ALIGNER.align(one, two, mode)
    slopes = tables().slopes[_column(one, two, mode)]
    measures = backend.scratch().pairs[MEASURED : MEASURED + MEASURES]
    return [int(at) * slope / 1000 for at, slope in zip(measures, slopes, strict=True)]


def _column(one: Name, two: Name, mode: int) -> int:
    """Return whose slopes count, as the kernels decide it."""
    if mode != ANY:
        return mode
    return int(any(token.kind == LEGAL for token in (*one.tokens, *two.tokens)))


ALIGNER = Aligner(model, weighed, _records, taken)


def readings(raw: str, schema: str) -> tuple[str, ...]:
    """Return a text, each of the names that it lists, and what it is without its surroundings."""
    ship, person = schema in ("Vessel", "Thing"), schema == "Person"
    dotless = () if person else undotted(raw)
    others = (*cores(raw, ship=ship), *parted(raw), *dotless, *respelled(raw, person=person))
    if person:
        others += (*corrected(raw), *apart(raw))
    return tuple(dict.fromkeys([*alternatives(raw), *others]))


def score(one: Name, two: Name, mode: int) -> int:
    """Score two names in thousandths."""
    return ALIGNER.align(one, two, mode)[0]
