"""Join a document's report with a snapshot: listed parties, places, known statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from limen.documents import Document, DocumentReport
from limen.mentions.document_screen import with_law
from limen.mentions.text_places import places_in
from limen.model import Instant, LimenError

if TYPE_CHECKING:
    from limen.engine.engine import Engine
    from limen.screening.parties import When


def join(
    engine: Engine,
    document: Document,
    report: DocumentReport,
    as_of: When,
    *,
    known_at: When = None,
    allow_stale: Sequence[str] = (),
) -> tuple[DocumentReport, list[str]]:
    """Add the listed parties, places and known statements of a snapshot to a report.

    Parties are screened against the lists of ``as_of`` and of the document's own day; places
    against the law of its own day.

    Returns:
        The report, and a line for each comparison that was not possible.

    Raises:
        InputError: an argument cannot be understood.
    """
    limits: list[str] = []
    now = engine.scope(as_of, known_at, (), None, allow_stale)
    day = document.dated.day
    requested = now.question.as_of
    own_day = day if day and day <= requested.day else None
    then = engine.scope(own_day, known_at, (), None, allow_stale) if own_day else None
    mentions = engine.documents.mentions(document, now, then)
    report = msgspec.structs.replace(report, mentions=mentions)
    try:
        report = with_law(document, report, engine.regimes.law)
    except LimenError as error:
        limits.append(f"it was not compared with the regime files: {error.what}; {error.hint}")
    try:
        on = Instant.parse(own_day) if own_day else requested
        found = places_in(engine.places, document.text, on, now.question.known_at)
        report = msgspec.structs.replace(report, places=tuple(found))
    except LimenError as error:
        limits.append(f"places were not searched: {error.what}; {error.hint}")
    return report, limits
