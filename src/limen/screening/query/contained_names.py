"""Find listed names inside a longer text that was sent as a name.

An export puts the street behind the name, a form its whole first line. Such a text is compared as
one name, and scores low against each listed name in it. Here its runs of words are looked up as
they are written, in the index of exact names: what is found is one more name of the query, and
makes a review, because the rest of the text is not explained.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from limen.screening.findings import PartyQuery
from limen.snapshot import Snapshot
from limen.snapshot.format import EXACT_NAME, as_written
from limen.util.budget import UNLIMITED, Budget
from limen.util.lazy_patterns import lazy

#: Names of fewer words, without a digit or a mark, are compared whole and need no search inside.
_LONG = 6
#: Words of the longest listed name that is looked for, and of the longest text that is searched.
_LONGEST_RUN, _MOST_WORDS = 8, 120
#: Letters of a single word that is looked for alone; shorter ones are in every address.
_LEAST_LETTERS = 5
_MARKS = lazy(r"[^\w\s.'’-]|[\d_]")
#: Marks after which something else than the rest of a name begins.
_SET_OFF = lazy(r"[\d;:=<>{}()\[\]/|]")
_EDGES = " .,;:()[]{}<>=/|\"'«»“”-"
#: Between a label or a tag and what it is written close to: ``Name:Ivan``, ``<name>Ivan</name>``.
_GLUED = lazy(r"(?<=[^\W\d_][:=>])(?=[^\W\d_])|(?<=[^\s<])(?=<)")
#: Each match of ``_GLUED`` is next to one of these, and a test of sets is much faster.
_GLUES = frozenset(":=><")
#: Marks around a run that are never part of the name; brackets and quotation marks may be.
_BETWEEN_NAMES = " ,;:|"


def with_contained(query: PartyQuery, snapshot: Snapshot, budget: Budget = UNLIMITED) -> PartyQuery:
    """Return the query with the listed names that its own names contain."""
    parts: dict[str, None] = {}
    for name in budget.checked(query.compared_names):
        if _is_searched(name):
            parts.update(dict.fromkeys(_contained(name, snapshot)))
    new = [part for part in parts if part not in query.names]
    if not new:
        return query
    return replace(query, names=(*query.names, *new), parts=frozenset(new))


def keys_inside(names: Iterable[str]) -> set[str]:
    """Return the keys under which a listed name inside some names is looked up."""
    searched = (name for name in names if _is_searched(name))
    return {as_written(run) for name in searched for run in _runs(name)}


def _words(name: str) -> list[str]:
    """Return the words of a name, a label or a tag apart from what it is written close to."""
    glued = not _GLUES.isdisjoint(name)
    return (_GLUED.sub(" ", name) if glued else name).split()


def _is_searched(name: str) -> bool:
    words = len(_words(name))
    return words >= _LONG or (words > 1 and _MARKS.search(name) is not None)


def _contained(name: str, snapshot: Snapshot) -> Iterator[str]:
    """Return the runs of words that are listed names.

    ``Romero, Lucas`` is one name in another order, so that no word in it counts alone.
    """
    runs = list(_runs(name))
    keys = [as_written(run) for run in runs]
    filed = {key for key, _ in snapshot.parties_with_each(EXACT_NAME, keys)}
    return (run for run, key in zip(runs, keys, strict=True) if key in filed)


def _runs(name: str) -> Iterator[str]:
    words = _words(name)[:_MOST_WORDS]
    turned = len(words) < _LONG and not _SET_OFF.search(name)
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST_RUN, len(words)) + 1):
            if turned and end - start == 1:
                continue
            for run in _forms(" ".join(words[start:end])):
                if _may_be_name(run, words, start, end):
                    yield run


def _forms(run: str) -> dict[str, None]:
    """Return a run without the marks around it; the dot of ``S.A.`` may be part of the name."""
    if run[0] not in _EDGES and run[-1] not in _EDGES:
        return {run: None}
    marks = (_EDGES, _EDGES.replace(".", ""), _BETWEEN_NAMES)
    return dict.fromkeys(run.strip(some) for some in marks)


def _may_be_name(run: str, words: list[str], start: int, end: int) -> bool:
    """Return whether a run can be a name; a single word must be set off from the others."""
    if end - start > 1:
        return any(char.isalpha() for char in run)
    set_off = start == 0 or words[start - 1][-1] in ",;/|):=>{"
    ends = words[start][-1] in ",;/|}" or end == len(words) or words[end][0] in "([<0123456789"
    return set_off and ends and sum(char.isalpha() for char in run) >= _LEAST_LETTERS
