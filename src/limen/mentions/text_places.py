"""Places under embargo that a text names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from limen.documents.report import PlaceFound
from limen.mentions.name_runs import Place, Span, runs_in, stretches
from limen.model import Instant, LimenError
from limen.places import Places
from limen.places.gazetteer.fold import fold

#: What each authority says of a place, and the territories it lies in.
Touched = tuple[dict[str, str], tuple[str, ...]]

#: Words of the longest place that is looked for.
_LONGEST = 3
#: Names whose places are remembered, because texts repeat themselves.
_NAMES_KEPT = 20_000


def places_in(places: Places, text: str, as_of: Instant, known_at: Instant) -> Iterator[PlaceFound]:
    """Every stretch of a text that names a place which some authority's embargo touches.

    Args:
        places: the places room.
        text: the document's text.
        as_of: the day asked about: the document's own.
        known_at: when it must have been known.
    """
    judged: dict[str, Touched | None] = {}
    placed: dict[str, list[tuple[Span, Touched]]] = {}
    done = -1
    for stretch in stretches(text):
        if len(judged) > _NAMES_KEPT or len(placed) > _NAMES_KEPT:
            judged.clear()
            placed.clear()
        runs = [(run[0][1], text[run[0][1] : run[-1][2]], run) for run in runs_in(text, *stretch)]
        fresh = {said: _offered(said, run) for _, said, run in runs if said not in placed}
        unknown = {name for offered in fresh.values() for _, name in offered}.difference(judged)
        judged.update(_judged(places, sorted(unknown), as_of, known_at))
        placed.update((said, list(_longest(offered, judged))) for said, offered in fresh.items())
        for start, said, _ in runs:
            for (low, high), found in placed[said]:
                if start + low >= done:  # runs that were cut overlap
                    done = start + high
                    yield PlaceFound(
                        text=said[low:high],
                        span=(start + low, start + high),
                        outcomes=found[0],
                        territories=found[1],
                    )


def _offered(said: str, run: Sequence[Place]) -> list[tuple[Span, str]]:
    """What may be a place in a run: where in it, and in which words; the longest first."""
    start = run[0][1]
    capital = [word[0].isupper() for word, _, _ in run]
    return [
        (
            span := (run[at][1] - start, run[at + size - 1][2] - start),
            " ".join(said[slice(*span)].split()),
        )
        for at in range(len(run))
        if capital[at]
        for size in range(min(_LONGEST, len(run) - at), 0, -1)
        if capital[at + size - 1]
    ]


def _longest(
    offered: Iterable[tuple[Span, str]], judged: dict[str, Touched | None]
) -> Iterator[tuple[Span, Touched]]:
    """The places of a run from left to right, of several at one word the longest."""
    end = -1
    for span, said in offered:
        found = judged[said]
        if span[0] >= end and found is not None:
            end = span[1]
            yield span, found


def _judged(
    places: Places, names: Sequence[str], as_of: Instant, known_at: Instant
) -> Iterator[tuple[str, Touched | None]]:
    """What the embargoes say of each name; most name no place that any could touch."""
    gazetteer = places.gazetteer
    for said, named in zip(names, gazetteer.named([fold(name) for name in names]), strict=True):
        near = named.regions or any(gazetteer.country(place) == "ua" for place in named.places)
        yield said, _touched(places, said, as_of, known_at) if near else None


def _touched(places: Places, said: str, as_of: Instant, known_at: Instant) -> Touched | None:
    """What each authority says of a place, where any of them says other than outside."""
    try:
        location = places.locate(said, as_of=as_of, known_at=known_at, authorities=(), country=None)
    except LimenError:
        return None
    outcomes = {each: location.outcome(each) for each in places.statutes.authorities}
    touched: dict[str, str] = {
        each: outcome for each, outcome in outcomes.items() if outcome != "outside"
    }
    if not touched:
        return None
    return touched, tuple(sorted({finding.territory for finding in location.findings}))
