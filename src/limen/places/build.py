"""Build the places room's part of a snapshot from the facts that the package ships."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from limen.places.gazetteer.control import build_control
from limen.places.verdict.territories import read_law


@cache
def build_part() -> dict[str, NDArray[Any]]:
    """The arrays of a snapshot's ``places`` part, by name; about 10 MB.

    Raises:
        RegistryError: ``territories.yml`` is wrong.
    """
    path = files("limen.places").joinpath("data/gazetteer.npz")
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
        part = {name: stored[name] for name in stored.files}
    control = build_control(part["code"])
    part |= {f"control.{name}": column for name, column in control.items()}
    part["law"] = np.frombuffer(msgspec.json.encode(read_law()), np.uint8)
    return part
