"""The result of each row, and the counts of everything that went in and came out."""

from __future__ import annotations

import msgspec

from limen.batch.tables.table import Row
from limen.model import Answer, LimenError, Notice


class Screened(msgspec.Struct, frozen=True):
    """Represents the result of one row: an answer, or the reason why there is none.

    ``notices`` are about the reading of the row; what the engine noticed is in the answer.
    """

    file: str
    row: Row
    answer: Answer | None
    refused: LimenError | None = None
    notices: tuple[Notice, ...] = ()


class Group(msgspec.Struct):
    """Represents how often something was reported, and where first."""

    count: int
    first: str
    example: str


class Tally(msgspec.Struct):
    """Counts everything that went in and came out.

    ``rows = hit + review + clear + cannot_say + refused``. ``undetermined`` counts the rows for
    review with reasons against a clear: without their findings they would be ``cannot_say``.
    """

    rows: int = 0
    hit: int = 0
    review: int = 0
    clear: int = 0
    cannot_say: int = 0
    undetermined: int = 0
    refused: dict[str, Group] = {}
    reasons: dict[str, Group] = {}
    notices: dict[str, Group] = {}

    @property
    def screened(self) -> int:
        """Return how many rows have an answer."""
        return self.hit + self.review + self.clear + self.cannot_say

    @property
    def refusals(self) -> int:
        """Return how many rows have no answer."""
        return self.rows - self.screened

    def add(self, screened: Screened) -> None:
        """Count one row."""
        self.rows += 1
        where = f"{screened.file} line {screened.row.line:,}"
        for notice in screened.notices:
            count(self.notices, f"{notice.code} {notice.field}", where, notice.message)
        if screened.answer is None:
            what = screened.refused.what if screened.refused else ""
            count(self.refused, what, where, what)
        else:
            self.add_answer(screened.answer, where)

    def add_answer(self, answer: Answer, where: str) -> None:
        """Count one answer."""
        setattr(self, answer.outcome, getattr(self, answer.outcome) + 1)
        if answer.outcome == "review" and answer.reasons:
            self.undetermined += 1
        unread = {each.message: f"{each.code} {each.field}" for each in answer.notices}
        for reason in answer.reasons:
            message = reason.partition(": ")[2]
            count(self.reasons, unread.get(message) or unread.get(reason) or reason, where, reason)


def count(groups: dict[str, Group], key: str, where: str, example: str) -> None:
    """Count a reason in its group."""
    group = groups.get(key)
    if group is None:
        groups[key] = Group(1, where, example)
    else:
        group.count += 1


def outcome_of(answer: Answer | None) -> str:
    """Return a row's outcome: that of its answer, or ``refused``."""
    return "refused" if answer is None else answer.outcome
