"""The exit codes of the command line, in one table: what a script may rely on.

Errors carry theirs (:mod:`limen.model.errors`), commands return theirs, and the help prints
:func:`summary`. A code never changes its meaning; a new meaning takes a new number.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended, as the shell sees it.

    1 is left out because Python itself ends with it, and 2 is what every command line of the
    field uses for wrong usage; 70 is ``EX_SOFTWARE`` of sysexits.h, 130 is 128 and SIGINT.
    """

    DONE = 0
    #: Wrong usage: an option, a date, a file or a column that cannot be understood or written.
    USAGE = 2
    #: Data was refused, an answer is not the same when taken again, a test of the law failed.
    DATA_REFUSED = 3
    NETWORK = 4
    #: Everything was done but some rows, each of which was reported.
    ROW_ERRORS = 5
    #: A list or place cannot carry the answer; never 0, so that nothing passes for clear.
    CANNOT_SAY = 6
    #: Only with ``--fail-on review``.
    REVIEW = 10
    #: Only with ``--fail-on hit`` or ``--fail-on inside``.
    HIT = 11
    #: A fault of Limen.
    INTERNAL = 70
    INTERRUPTED = 130


def summary() -> str:
    """Return every code with its meaning in one sentence, for the help."""
    return (
        f"Exit codes: {ExitCode.DONE:d} done, {ExitCode.USAGE:d} usage, "
        f"{ExitCode.DATA_REFUSED:d} data refused, {ExitCode.NETWORK:d} network, "
        f"{ExitCode.ROW_ERRORS:d} done with row errors, {ExitCode.CANNOT_SAY:d} cannot say, "
        f"{ExitCode.REVIEW:d} review and {ExitCode.HIT:d} hit (with --fail-on), "
        f"{ExitCode.INTERNAL:d} internal, {ExitCode.INTERRUPTED:d} interrupted."
    )
