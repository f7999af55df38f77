"""Find the places under embargo that a text names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from limen.documents.report import PlaceFound
from limen.mentions.name_runs import Place, Span, runs_in, stretches
from limen.model import InputError, Instant
from limen.places import Places
from limen.places.gazetteer.fold import fold

#: What each authority says of a place, and its territories.
Touched = tuple[dict[str, str], tuple[str, ...]]

#: Words of the longest place that is looked for.
_LONGEST = 3
#: Names remembered with their places, because texts repeat themselves.
_NAMES_REMEMBERED = 20_000


def places_in(places: Places, text: str, as_of: Instant, known_at: Instant) -> Iterator[PlaceFound]:
    """Yield every stretch of a text that names a place which some authority's embargo touches.

    Args:
        places: the places room.
        text: the document's text.
        as_of: the day of the question: the document's own.
        known_at: when it must have been known.
    """
    judged: dict[str, Touched | None] = {}
    placed: dict[str, list[tuple[Span, Touched]]] = {}
    done = -1
    for stretch in stretches(text):
        if len(judged) > _NAMES_REMEMBERED or len(placed) > _NAMES_REMEMBERED:
            judged.clear()
            placed.clear()
        runs = [(run[0][1], text[run[0][1] : run[-1][2]], run) for run in runs_in(text, *stretch)]
        fresh = {
            wording: _offered(wording, run) for _, wording, run in runs if wording not in placed
        }
        unknown = {name for offered in fresh.values() for _, name in offered}.difference(judged)
        judged.update(_judged(places, sorted(unknown), as_of, known_at))
        placed.update(
            (wording, list(_longest(offered, judged))) for wording, offered in fresh.items()
        )
        for start, wording, _ in runs:
            for (low, high), found in placed[wording]:
                if start + low >= done:  # runs that were cut overlap
                    done = start + high
                    yield PlaceFound(
                        text=wording[low:high],
                        span=(start + low, start + high),
                        outcomes=found[0],
                        territories=found[1],
                    )


def _offered(wording: str, run: Sequence[Place]) -> list[tuple[Span, str]]:
    """Return what may be a place in a run: where in it, and in which words; the longest first."""
    start = run[0][1]
    capital = [word[0].isupper() for word, _, _ in run]
    return [
        (
            span := (run[at][1] - start, run[at + size - 1][2] - start),
            " ".join(wording[slice(*span)].split()),
        )
        for at in range(len(run))
        if capital[at]
        for size in range(min(_LONGEST, len(run) - at), 0, -1)
        if capital[at + size - 1]
    ]


def _longest(
    offered: Iterable[tuple[Span, str]], judged: dict[str, Touched | None]
) -> Iterator[tuple[Span, Touched]]:
    """Yield the places of a run from left to right, of several at one word the longest."""
    end = -1
    for span, wording in offered:
        found = judged[wording]
        if span[0] >= end and found is not None:
            end = span[1]
            yield span, found


def _judged(
    places: Places, names: Sequence[str], as_of: Instant, known_at: Instant
) -> Iterator[tuple[str, Touched | None]]:
    """Yield what the embargoes say of each name; most name no place that any could touch."""
    gazetteer = places.gazetteer
    for wording, named in zip(names, gazetteer.named([fold(name) for name in names]), strict=True):
        near = named.regions or any(gazetteer.country(place) == "ua" for place in named.places)
        yield wording, _touched(places, wording, as_of, known_at) if near else None


def _touched(places: Places, wording: str, as_of: Instant, known_at: Instant) -> Touched | None:
    """Return what each authority says of a place, where any of them says other than outside."""
    try:
        location = places.locate(
            wording, as_of=as_of, known_at=known_at, authorities=(), country=None
        )
    except InputError:
        return None
    outcomes = {authority: location.outcome(authority) for authority in places.statutes.authorities}
    touched: dict[str, str] = {
        authority: outcome for authority, outcome in outcomes.items() if outcome != "outside"
    }
    if not touched:
        return None
    return touched, tuple(sorted({finding.territory for finding in location.findings}))
