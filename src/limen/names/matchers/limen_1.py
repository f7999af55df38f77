"""Match words in the order of their evidence, omission apart from contradiction: ``limen-1``.

The numbers and the call for two names; the scoring itself is ``limen.names.kernels.align``.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from limen.names.kernels import backend
from limen.names.kernels.evidence.weigh import RULES, SLOPES
from limen.names.matchers.aligner import Aligner
from limen.names.reading.normalise import Name
from limen.names.reading.tables import tables

#: The bands below map the score that best separates matches from others to this.
THRESHOLD = 0.7
DESCRIPTION = (
    "Aligns the words of two names: equal words, legal forms, numbers, known equivalents and "
    "nicknames, spellings and sounds in any script, joined words and initials. Words missing on "
    "one side cost little, words that contradict cost much, and rare words weigh more."
)


#: The numbers after the costs, in the order of ``limen.names.kernels.score``, in thousandths. They
#: were tuned on an exam of generated pairs (``benchmarks/search/quality.py`` has another seed).
NUMBERS = (
    150, 1000, 66,  # words alike by sound only; names of two classes; two common words
    1000, 960, 2016,  # characters that are read otherwise, alone or joined; an abjad's letters
    78, 98, 204, 499, 578, 2945,  # what a pair loses at 940, 850, 750, 650, 560, 460
    1910, 110, 1529,  # contradiction: share of its weight, and once, in full from this weight
    192, 61, 36, 513, 314,  # omission: person, other, name cut short; its share; small words
    484, 182, 85, 19,  # numbers differ, number missing, legal forms differ, one missing
    27, 1469, 270,  # one word in common; a match of less weight than this counts less
    800,  # an acronym
    3800, 250,  # a match of less weight is one of many people's, and what that takes away
    2280, 1200,  # organisations: words in common of less weight are general, and what that takes
    756, 336, 35,  # same words of less weight, and one spelt otherwise: what that takes, by letters
    880, 221,  # blanks elsewhere; what a long rare word in common leaves of general words' loss
    19,  # a person with no identical word
    800, 350,  # vessels and the like: omission, a number missing
    1500,  # what a blank more and a letter wrong take from organisations
)  # fmt: skip


#: Pairs of a weighed score and the score given for it: 700 is the threshold, 850 a strong match.
BANDS = (0, 0, 500, 300, 720, 700, 800, 850, 880, 950, 1000, 1000)


@cache
def numbers() -> list[int]:
    """Return the matcher's numbers, in the order in which the kernels read them."""
    return [*tables().substitutions, *NUMBERS, *BANDS]


@cache
def model() -> Any:
    """Return the same numbers, laid out for the kernels; those of the later rules are 0."""
    return backend.kernels().numbers([*numbers(), *[0] * (SLOPES - RULES)])


def _weighed(name: Name, mode: int) -> Name:
    del mode  # a word weighs the same in every name
    return name


def _records(mode: int) -> str:
    del mode
    return "records"


ALIGNER = Aligner(model, _weighed, _records)


def score(one: Name, two: Name, mode: int) -> int:
    """Score two names in thousandths."""
    return ALIGNER.align(one, two, mode)[0]
