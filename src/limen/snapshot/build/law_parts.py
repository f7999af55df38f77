"""Compile the law into its two parts of a snapshot: the regimes, and the law of the places.

``limen.law`` and ``limen.places`` do not know each other. The law's files are read once, here;
the places part gets the territorial measures out of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from limen import law
from limen.law.embargoes import Embargo, read_embargoes
from limen.law.files.read_law import bundled, read_law
from limen.places.build import build_part as build_places
from limen.places.verdict.territories import TerritorialMeasure

Part = dict[str, NDArray[Any]]


def build_law_parts(own: Path | None = None) -> dict[str, Part]:
    """Return the arrays of the ``regimes`` and ``places`` parts of a snapshot.

    Args:
        own: a home's folder of accepted legal files, which are added to the bundled ones.

    Raises:
        RegistryError: a file is wrong, with its line.
    """
    read = read_law(own=own)
    measures = [_territorial(embargo) for embargo in read_embargoes(read, bundled())]
    return {"regimes": law.build_part(read), "places": build_places(measures)}


def _territorial(embargo: Embargo) -> TerritorialMeasure:
    return TerritorialMeasure(
        id=embargo.id,
        authority=embargo.authority,
        territories=embargo.territories,
        instrument=embargo.instrument,
        article=embargo.article,
        prohibits=embargo.prohibits,
        start=embargo.start,
        source=embargo.source,
        confidence=embargo.confidence,
        until=embargo.until,
        published=embargo.published,
        note=embargo.note,
        government=embargo.government,
    )
