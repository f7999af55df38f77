"""Build the places part of a snapshot: gazetteer, lines of control, and the territorial law."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from limen.places.gazetteer.control import build_control
from limen.places.verdict.territories import TerritorialMeasure, compile_law


def build_part(measures: Sequence[TerritorialMeasure]) -> dict[str, NDArray[Any]]:
    """Return the arrays of a snapshot's ``places`` part by name; about 10 MB.

    Args:
        measures: the territorial measures of the law, in the order in which authorities and
            measures appear in answers.

    Raises:
        RegistryError: ``territories.yml`` is wrong, or a measure names an unknown territory.
    """
    law = msgspec.json.encode(compile_law(measures))
    return {**_gazetteer_part(), "law": np.frombuffer(law, np.uint8)}


@cache
def _gazetteer_part() -> dict[str, NDArray[Any]]:
    """Return the gazetteer and the lines of control, which come with the package."""
    path = files("limen.places").joinpath("data/gazetteer.npz")
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
        part = {name: stored[name] for name in stored.files}
    control = build_control(part["code"])
    return part | {f"control.{name}": column for name, column in control.items()}
