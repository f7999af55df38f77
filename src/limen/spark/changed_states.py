"""Find the entries that differ between two states of the lists, on the driver."""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from limen.engine import Engine
from limen.model import DataError
from limen.rescreening.entry_views import Views, views_of
from limen.rescreening.territory_view import territory_view
from limen.screening.coverage import Scope
from limen.spark.change_rows import ChangeRows, State

#: What makes a list unfit to be compared with its earlier state.
_BROKEN = ("missing", "empty", "out_of_band")


def changed_states(question: ChangeRows, before: Engine, after: Engine) -> ChangeRows:
    """Return a question with the entries that differ, and whether the law over territories does.

    Args:
        question: both states, without entries.
        before: an engine on the snapshot of the first.
        after: an engine on the snapshot of the second.

    Raises:
        DataError: a list that carried answers before does not any more.
    """
    old, new = question.scope_of(before, question.before), question.scope_of(after, question.after)
    _check_lists(question, old, new)
    views = views_of(before, old), views_of(after, new)
    return replace(
        question,
        before=_with_entries(question.before, before, old, *views),
        after=_with_entries(question.after, after, new, *reversed(views)),
        places=territory_view(before, old) != territory_view(after, new),
    )


def _with_entries(state: State, engine: Engine, scope: Scope, own: Views, other: Views) -> State:
    """Return a state with the positions of the entries that the other one has otherwise or not."""
    changed = {entry for entry, digest in own.items() if other.get(entry) != digest}
    listed = np.flatnonzero(scope.parties).tolist()
    return replace(
        state, entries=tuple(each for each in listed if engine.party_id(each) in changed)
    )


def _check_lists(question: ChangeRows, before: Scope, after: Scope) -> None:
    states = {each.list: each.state for each in before.coverage}
    for each in after.coverage:
        accepted = each.list in question.allow_stale or states.get(each.list) in _BROKEN
        if each.state in _BROKEN and not accepted:
            raise DataError(
                f"{each.list} cannot be compared with its state before: {each.why}",
                where="limen.spark.rescreen",
                why="its entries would be reported as gone",
                hint="load a whole version (`limen lists status`); or accept it with "
                f"allow_stale=[{each.list!r}]",
            )
