"""Suppose: what an event sets off, a territory added, a party listed, a licence ended.

An overlay adds to the law and changes nothing of it. Everything in it is marked as supposed, with
its source, so that no line of a simulation can be mistaken for a decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from limen.law.in_force import Clocks
from limen.law.law import Law
from limen.law.suppose.assumed import SHAPES, assumed, ended_licence
from limen.law.suppose.by_event import by_event
from limen.law.suppose.supposed import Overlay, Supposed
from limen.model import InputError

#: Suppositions of one simulation, and characters of each: every row is compared with all of them.
_MOST, _LONGEST = 100, 1_000


def overlay(
    law: Law,
    clocks: Clocks,
    *,
    event: str | None = None,
    reading: str | None = None,
    authority: str | None = None,
    assume: Sequence[str] = (),
    hindsight: bool = True,
) -> Overlay:
    """Suppose that an event happened, and whatever else is assumed.

    The arguments are those of :func:`limen.law.suppose.by_event.by_event`, and ``assume``,
    further suppositions as in ``party=Acme@US``.

    Raises:
        InputError: an event, statement or measure that there is not, nothing or too much supposed.
    """
    if len(assume) > _MOST or any(len(each) > _LONGEST for each in assume):
        raise InputError(
            f"{len(assume):,} suppositions; at most {_MOST}, of {_LONGEST:,} characters each",
            where="assume",
            hint="suppose fewer at once",
        )
    if event is None and not assume:
        raise InputError("nothing is supposed", where="what-if", hint=f"name an event, or {SHAPES}")
    supposed: list[Supposed] = []
    assumptions: list[str] = []
    set_off = None
    if event is not None:
        code = authority.upper() if authority else None
        set_off = by_event(law, clocks, event, reading=reading, authority=code, hindsight=hindsight)
        supposed += set_off.supposed
        assumptions += set_off.assumptions
    ended: list[str] = []
    for text in assume:
        kind, _, rest = text.partition("=")
        if kind == "licence-ends":
            ended.append(ended_licence(law, rest))
            assumptions.append(f"assumed: general licence {rest} ends")
        else:
            supposed.append(assumed(law, kind, rest))
            assumptions.append(f"assumed: {text}")
    assumptions += [limit for one in supposed for limit in _limits(one)]
    return Overlay(
        tuple(supposed),
        set_off.readings if set_off else (),
        tuple(ended),
        tuple(dict.fromkeys(assumptions)),
        set_off.nothing if set_off else "",
    )


def _limits(one: Supposed) -> Iterator[str]:
    if one.hindsight and one.parties:
        yield f"{one.measure}: whom it reaches is hindsight, and was withheld at the time"
