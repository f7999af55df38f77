"""The hash of a table of answers, whatever the order of its rows."""

from __future__ import annotations

from hashlib import sha256
from typing import Any


def digest(answers: Any) -> str:
    """Return the hash of a table in the order of its customers, every column and value."""
    done = sha256()
    for batch in answers.sort_by("customer_id").to_batches(max_chunksize=1000):
        done.update(repr(batch.to_pylist()).encode())
    return done.hexdigest()
