"""Places under embargo that a text names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from limen.documents.report import PlaceFound
from limen.model import Instant, LimenError
from limen.places import Places
from limen.screening.textruns import Place, Span, runs_in, stretches

_LONGEST = 3


def places_in(places: Places, text: str, as_of: Instant, known_at: Instant) -> Iterator[PlaceFound]:
    """Every stretch of a text that names a place which some authority's embargo touches.

    Args:
        places: the places room.
        text: the document's text.
        as_of: the day asked about: the document's own.
        known_at: when it must have been known.
    """
    judged: dict[str, tuple[dict[str, str], tuple[str, ...]] | None] = {}
    for run in (run for span in stretches(text) for run in runs_in(text, *span)):
        at = 0
        while at < len(run):
            taken = next(_named(places, text, run, at, as_of, known_at, judged), None)
            if taken is None:
                at += 1
                continue
            span, found, size = taken
            yield PlaceFound(
                text=text[slice(*span)], span=span, outcomes=found[0], territories=found[1]
            )
            at += size


def _named(
    places: Places,
    text: str,
    run: Sequence[Place],
    at: int,
    as_of: Instant,
    known_at: Instant,
    judged: dict[str, tuple[dict[str, str], tuple[str, ...]] | None],
) -> Iterator[tuple[Span, tuple[dict[str, str], tuple[str, ...]], int]]:
    """The longest place that begins at a word of a run."""
    for size in range(min(_LONGEST, len(run) - at), 0, -1):
        if not run[at][0][0].isupper() or not run[at + size - 1][0][0].isupper():
            continue
        span = (run[at][1], run[at + size - 1][2])
        said = " ".join(text[slice(*span)].split())
        if said not in judged:
            judged[said] = _touched(places, said, as_of, known_at)
        found = judged[said]
        if found is not None:
            yield span, found, size


def _touched(
    places: Places, said: str, as_of: Instant, known_at: Instant
) -> tuple[dict[str, str], tuple[str, ...]] | None:
    """What each authority says of a place, where any of them says other than outside."""
    from limen.places.fold import fold

    named = places.gazetteer.named([fold(said)])[0]
    if not named.regions and not any(
        places.gazetteer.country(place) == "ua" for place in named.places
    ):
        return None
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
    territories = {finding.territory for finding in location.findings}
    return touched, tuple(sorted(territories))
