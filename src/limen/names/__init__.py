"""Read names, find listed names for them, and compare two names with a frozen matcher.

For screening against a list, build a ``NameIndex``; for two names, call ``score`` or ``compare``.
Parties, places and dates are not compared here.
"""

from limen.names.compare.comparison import Comparison, compare, score
from limen.names.compare.pairs import score_pairs
from limen.names.index.build import NameRow, build_index
from limen.names.index.index import NameIndex, NameMatch, Query
from limen.names.index.reverse_search import Likeness, ReverseSearch, word_arrays
from limen.names.matchers import DEFAULT_MATCHER, Matcher, matcher_named
from limen.names.reading.normalise import ONLY_A_TITLE, usable

DEFAULT_THRESHOLD: float = matcher_named(DEFAULT_MATCHER).threshold

__all__ = [
    "DEFAULT_MATCHER",
    "DEFAULT_THRESHOLD",
    "ONLY_A_TITLE",
    "Comparison",
    "Likeness",
    "Matcher",
    "NameIndex",
    "NameMatch",
    "NameRow",
    "Query",
    "ReverseSearch",
    "build_index",
    "compare",
    "matcher_named",
    "score",
    "score_pairs",
    "usable",
    "word_arrays",
]
