"""Check the names of a form's fields, so that none is left unread in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from limen.server.http.problems import ProblemError
from limen.util.suggest import did_you_mean


def check_fields(
    given: Iterable[tuple[str, Any]], known: Collection[str], repeated: Collection[str] = ()
) -> None:
    """Refuse a field that no reader has, and one that is there twice.

    Args:
        given: names and values, as the form has them.
        known: the names that are read.
        repeated: those that may be there more than once.

    Raises:
        ProblemError: 422, with what was probably meant.
    """
    seen: set[str] = set()
    for name, _ in given:
        if name not in known:
            raise ProblemError(
                422,
                f"there is no field {name[:40]!r}",
                field="form",
                hint=did_you_mean(name, known),
            )
        if name in seen and name not in repeated:
            raise ProblemError(
                422, f"the field {name!r} is there twice", field=name, hint="give it once"
            )
        seen.add(name)
