"""Encode the law as a part of a snapshot when one is built, and decode it when it is opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from limen.law.law import Law
from limen.model import SnapshotError

#: The array of the law in use; an earlier pack has its id behind it.
LAW = "law"
#: The array that says which earlier packs this engine does not read, and why.
_UNREAD = "unread"


def build_part(
    law: Law,
    earlier: Mapping[str, Law] | None = None,
    unread: Mapping[str, str] | None = None,
) -> dict[str, NDArray[np.uint8]]:
    """Pack the law into bytes, as the arrays of a snapshot's ``regimes`` part.

    Args:
        law: the law in use.
        earlier: earlier packs, by id.
        unread: why others are not read, by id.
    """
    part = {LAW: _packed(law)}
    part.update((earlier_array(pack), _packed(each)) for pack, each in (earlier or {}).items())
    if unread:
        part[_UNREAD] = _packed(unread)
    return part


def _packed(content: Any) -> NDArray[np.uint8]:
    return np.frombuffer(msgspec.msgpack.encode(content), dtype=np.uint8)


def earlier_array(pack: str) -> str:
    """Return the name of the array of a pack that is not the one in use."""
    return f"{LAW}_{pack}"


def why_unread(arrays: Mapping[str, NDArray[Any]], pack: str) -> str:
    """Return why an earlier pack is not in the part."""
    if _UNREAD not in arrays:
        return "it is not in the snapshot"
    reasons = msgspec.msgpack.decode(arrays[_UNREAD].tobytes(), type=dict[str, str])
    return reasons.get(pack, "it is not in the snapshot")


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
