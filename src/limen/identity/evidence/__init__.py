"""Compare the facts of two records: what speaks for one party, what is too little, what forbids.

Certain evidence is an equal reference or number. Everything else is scored: points are tenths of
a power of ten, roughly, by which a fact that agrees makes one party more probable than two; they
were set on pairs whose truth references, numbers and birth dates give (``benchmarks/identity``).
"""

from limen.identity.evidence.contradictions import contradiction
from limen.identity.evidence.reasons import CERTAIN, STRENGTHS, Evidence, Reason
from limen.identity.evidence.setting import Commonness, Setting
from limen.identity.evidence.similar_names import names_alike
from limen.identity.evidence.strength import share_programme, weigh

__all__ = [
    "CERTAIN",
    "STRENGTHS",
    "Commonness",
    "Evidence",
    "Reason",
    "Setting",
    "contradiction",
    "names_alike",
    "share_programme",
    "weigh",
]
