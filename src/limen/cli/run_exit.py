"""Choose the exit code of a run that answered: by its findings, its coverage and its refusals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from limen.batch.tally import Tally
from limen.cli.render.lists.coverage import failed
from limen.model import ListCoverage
from limen.util.exit_codes import ExitCode

FailOn = Literal["none", "review", "hit"]


def screening_exit(tally: Tally, coverage: Sequence[ListCoverage], *, fail_on: FailOn) -> ExitCode:
    """Return the code of a screening, in the order of the outcomes: hit, review, cannot say.

    A list that cannot carry an answer counts even where every row is a hit: there may be more.
    """
    if tally.hit and fail_on != "none":
        return ExitCode.HIT
    if tally.review and fail_on == "review":
        return ExitCode.REVIEW
    if tally.cannot_say or tally.undetermined or not coverage or failed(coverage):
        return ExitCode.CANNOT_SAY
    return ExitCode.ROW_ERRORS if tally.refusals else ExitCode.DONE


def location_exit(*, inside: int, cannot_say: int, refused: int) -> ExitCode:
    """Return the code of located addresses; ``inside`` counts those that the user fails on."""
    if inside:
        return ExitCode.HIT
    if cannot_say:
        return ExitCode.CANNOT_SAY
    return ExitCode.ROW_ERRORS if refused else ExitCode.DONE
