"""Compile the law into its two parts of a snapshot: the regimes, and the law of the places.

``limen.law`` and ``limen.places`` do not know each other. The law's files are read once, here;
the places part gets the territorial measures out of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from numpy.typing import NDArray

from limen import law
from limen.law import Law
from limen.law.embargoes import EMBARGOES, Embargo, read_embargoes
from limen.law.files.read_law import add_own, law_of, texts_of
from limen.law.packs import Pack
from limen.model import DataError, LimenError
from limen.places.build import build_part as build_places
from limen.places.verdict.territories import TerritorialMeasure

Part = dict[str, NDArray[Any]]


def build_law_parts(packs: Sequence[Pack], own: Path | None = None) -> dict[str, Part]:
    """Return the arrays of the ``regimes`` and ``places`` parts of a snapshot.

    Addresses are judged by the pack in use alone, whose measures have their days.

    Args:
        packs: in the order of their days, the one in use last.
        own: a home's folder of accepted legal files, which are added to each, if there is one.

    Raises:
        RegistryError: a file of the pack in use or of the home is wrong, with its line.
    """
    *before, last = packs
    mine = texts_of(own) if own else {}
    read, embargoes = law_of_pack(last, mine)
    earlier: dict[str, Law] = {}
    unread: dict[str, str] = {}
    for pack in before:
        try:
            earlier[pack.id] = law_of_pack(pack, mine)[0]
        except LimenError as error:  # of another engine, or the home's files do not fit it
            unread[pack.id] = f"{error.where}: {error.what}"
    places = build_places([_territorial(embargo) for embargo in embargoes])
    return {"regimes": law.build_part(read, earlier, unread), "places": places}


def law_of_pack(pack: Pack, own: Mapping[str, bytes]) -> tuple[Law, tuple[Embargo, ...]]:
    """Read the law of a pack together with a home's own files.

    Raises:
        DataError: a file is wrong, with its line, or one that all need is missing.
    """
    for name in (EMBARGOES, "sources", "authorities"):
        if name not in pack.texts:
            raise DataError(f"{name}.yml is missing", where=f"the pack of {pack.published}")
    try:
        read = law_of(add_own(pack.texts, own))
        read = msgspec.structs.replace(read, pack=pack.id, published=pack.published)
        return read, read_embargoes(read, pack.texts[EMBARGOES])
    except DataError as error:
        error.unchanged = error.unchanged or "the law in force in your snapshot stays as it was"
        raise


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
