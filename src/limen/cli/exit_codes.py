"""The exit code of a screening: what a script may rely on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from limen.batch.tally import Tally
from limen.cli.render.lists.coverage import failed
from limen.model import ListCoverage

FailOn = Literal["none", "review", "hit"]

ROW_ERRORS = 5
CANNOT_SAY = 6
REVIEW = 10
HIT = 11


def exit_code(tally: Tally, coverage: Sequence[ListCoverage], fail_on: FailOn) -> int:
    """A hit that was asked for beats all; then what could not be said; then the rest.

    A list that cannot carry an answer counts even where every row is a hit: there may be more.
    """
    if tally.hit and fail_on != "none":
        return HIT
    if tally.cannot_say or not coverage or failed(coverage):
        return CANNOT_SAY
    if tally.review and fail_on == "review":
        return REVIEW
    return ROW_ERRORS if tally.refusals else 0
