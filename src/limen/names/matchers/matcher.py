"""Define what a matcher is, and find one by its name."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches

import msgspec

from limen.model import InputError
from limen.names.matchers import exact, limen_1, limen_2, ofac
from limen.names.matchers.aligner import Aligner
from limen.names.reading.normalise import Name, alternatives

#: The one that scores evidence of every kind, in any script.
DEFAULT_MATCHER = "limen-1"


def listed_names(raw: str, schema: str) -> tuple[str, ...]:
    """Return a text and each of the names that it lists."""
    del schema  # lists of names are written alike for every kind of party
    return alternatives(raw)


class Matcher(msgspec.Struct, frozen=True):
    """A way to score two names, frozen under its name.

    Attributes:
        name: by which a query chooses it, and which an answer's stamp carries.
        threshold: the score from which two names count as one.
        describe: what it does, in a sentence or two.
        score: two names and a mode of ``limen.names.kernels.align`` to thousandths.
        aligner: what it aligns words with; ``None`` where it does not.
        readings: a text and a schema to the names it may be, itself first.
        spells: whether an index also looks for acronyms, which share no key with their words.
    """

    name: str
    threshold: float
    describe: str
    score: Callable[[Name, Name, int], int]
    aligner: Aligner | None = None
    readings: Callable[[str, str], tuple[str, ...]] = listed_names
    spells: bool = False


_MATCHERS = {
    matcher.name: matcher
    for matcher in (
        Matcher(
            name="limen-1",
            threshold=limen_1.THRESHOLD,
            describe=limen_1.DESCRIPTION,
            score=limen_1.score,
            aligner=limen_1.ALIGNER,
        ),
        Matcher(
            name="limen-2",
            threshold=limen_2.THRESHOLD,
            describe=limen_2.DESCRIPTION,
            score=limen_2.score,
            aligner=limen_2.ALIGNER,
            readings=limen_2.readings,
            spells=True,
        ),
        Matcher("ofac", ofac.THRESHOLD, ofac.DESCRIPTION, ofac.score),
        Matcher("exact", exact.THRESHOLD, exact.DESCRIPTION, exact.score),
    )
}


def matcher_named(name: str | None = None) -> Matcher:
    """Return the matcher of that name; the default for ``None``.

    Raises:
        InputError: there is no such matcher.
    """
    matcher = _MATCHERS.get(name or DEFAULT_MATCHER)
    if matcher is not None:
        return matcher
    near = get_close_matches(str(name), _MATCHERS, n=1, cutoff=0.4)
    known = ", ".join(_MATCHERS)
    raise InputError(
        f"unknown matcher {name!r}",
        where="matcher",
        why="a score means something only under the matcher that gave it",
        hint=f"did you mean {near[0]}? the matchers are {known}" if near else f"use one of {known}",
    )
