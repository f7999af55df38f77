"""Compare two versions of a base: which customers are new, changed or gone."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from limen.rescreening.bases.base import Base

Customers = NDArray[np.int64]
NO_CUSTOMERS: Customers = np.empty(0, dtype="i8")


class CustomerChanges(msgspec.Struct, frozen=True):
    """Customers that are not as they were: new and changed ones by position, gone ones by id."""

    new: Customers = NO_CUSTOMERS
    changed: Customers = NO_CUSTOMERS
    gone: tuple[str, ...] = ()


def customer_changes(before: Base, after: Base) -> CustomerChanges:
    """Return how the customers of one version differ from those of another; by their ids."""
    old = {key: digest.tobytes() for key, digest in zip(before.keys, before.digests, strict=True)}
    new, changed = [], []
    for position, (key, digest) in enumerate(zip(after.keys, after.digests, strict=True)):
        known = old.pop(key, None)
        if known is None:
            new.append(position)
        elif known != digest.tobytes():
            changed.append(position)
    return CustomerChanges(
        np.array(new, dtype="i8"), np.array(changed, dtype="i8"), tuple(sorted(old))
    )
