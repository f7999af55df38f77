"""Which alerts of a queue are chosen; it needs no database library, so that servers start fast."""

from __future__ import annotations

import msgspec

from limen.cases.vocabulary import State


class Filter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents which alerts are chosen; what is empty restricts nothing.

    Attributes:
        open_only: only alerts with which something is to be done.
        overdue: only those that were due before this moment.
        after: the cursor of the page before.
    """

    state: State | None = None
    open_only: bool = False
    assignee: str | None = None
    channel: str | None = None
    tier: int | None = None
    subject_id: str | None = None
    party_id: str | None = None
    suppressed_by: str | None = None
    sample: str | None = None
    overdue: str | None = None
    after: str = ""
    limit: int = 50
