"""The law's part of a snapshot: read and checked when it is built, decoded when opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from limen.law.law import Law
from limen.model import SnapshotError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

#: The one array of the part.
LAW = "law"


def build_part(
    folder: Traversable | Path | None = None, own: Path | None = None
) -> dict[str, NDArray[np.uint8]]:
    """Read the regime files and pack the law into bytes; the bundled files where none are named.

    ``own`` is a home's folder of accepted files.

    Raises:
        RegistryError: a regime file is wrong; nothing is built.
    """
    from limen.law.files.read_law import (
        read_law,  # YAML is read when a snapshot is built, never after
    )

    packed = msgspec.msgpack.encode(read_law(folder, own))
    return {LAW: np.frombuffer(packed, dtype=np.uint8)}


def open_part(array: NDArray[Any]) -> Law:
    """The law out of its array.

    Raises:
        SnapshotError: the bytes are damaged, or of another version of the format.
    """
    try:
        return msgspec.msgpack.decode(array.tobytes(), type=Law)
    except msgspec.MsgspecError as error:
        raise SnapshotError(
            f"the law in it cannot be read: {error}",
            where="regimes.law.npy",
            hint="build it again with `limen snapshot build`",
        ) from error
