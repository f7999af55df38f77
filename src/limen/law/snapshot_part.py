"""Encode the law as a part of a snapshot when one is built, and decode it when it is opened."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from limen.law.law import Law
from limen.model import SnapshotError

#: The one array of the part.
LAW = "law"


def build_part(law: Law) -> dict[str, NDArray[np.uint8]]:
    """Pack the law into bytes, as the arrays of a snapshot's ``regimes`` part."""
    return {LAW: np.frombuffer(msgspec.msgpack.encode(law), dtype=np.uint8)}


def open_part(array: NDArray[Any]) -> Law:
    """Decode the law from its array.

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
