"""A law of one regime, written out: measures, licences, statements and events of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from limen.law.assess.conditions import Fact
from limen.law.in_force import Clocks
from limen.law.law import Law, Regime
from limen.law.records import (
    Authority,
    Event,
    Licence,
    Measure,
    OwnershipRule,
    Programme,
    Statement,
    Trigger,
)
from limen.model import Instant

_US = {
    "US": Authority(name="United States", zone="-05:00"),
    "EU": Authority(name="EU", zone="+01:00"),
}
FACTS = {
    "kind": Fact("what was it?", "text"),
    "scale": Fact("how large was it?", "choice", ("small", "large", "full")),
    "overt": Fact("was it overt?", "yes_no"),
    "days": Fact("how many days?", "number"),
    "actor": Fact("who acted?", "choice", ("army", "militia")),
}


def _of(kind: Any, values: dict[str, Any]) -> Any:
    """A record from what its YAML would say, sourced unless it says so itself."""
    return msgspec.convert({"source": "S"} | values, kind)


def law_of(
    *,
    measures: Sequence[dict[str, Any]] = (),
    licences: Sequence[dict[str, Any]] = (),
    statements: Sequence[dict[str, Any]] = (),
    events: Sequence[dict[str, Any]] = (),
    ownership: Sequence[dict[str, Any]] = (),
) -> Law:
    """A law of one regime with these records."""
    common = {"title": "T", "authority": "US", "instrument": "Act", "kind": "blocking"}
    made = [_of(Measure, common | each) for each in measures]
    allowed = {"title": "L", "programme": "P", "activities": ["any"], "lifts": ["m"]}
    allowed |= {"any_party": True}
    licensed = [_of(Licence, allowed | each) for each in licences]
    spoken = {
        "authority": "US", "speaker": "X", "rank": "head", "attribution": "named",
        "channel": "remarks",
    }  # fmt: skip
    declared = [_of(Statement, spoken | each) for each in statements]
    happened = [
        _of(Event, {"title": "E", "kind": "invasion", "zone": "+02:00"} | each) for each in events
    ]
    rules = [_of(OwnershipRule, each) for each in ownership]
    trigger = _of(
        Trigger,
        {"id": "t", "title": "T", "question": "Q?", "determiner": "D", "consequence": "C"},
    )
    return Law(
        regimes={
            "r": Regime(
                "R", tuple(each.id for each in made), ("t",), tuple(each.id for each in declared),
                tuple(each.id for each in happened),
            )
        },
        measures={each.id: each for each in made},
        licences={each.key: each for each in licensed},
        triggers={"t": trigger},
        statements={each.id: each for each in declared},
        events={each.id: each for each in happened},
        facts=FACTS,
        authorities=_US,
        programmes={"P": Programme(authority="US", title="P", instruments=("Act P",), source="S")},
        ownership={each.id: each for each in rules},
        sources={"S": "a source"},
        territories={},
    )  # fmt: skip


def clocks(as_of: str, known_at: str | None = None) -> Clocks:
    """Both clocks, the second the first's where none is given."""
    return Clocks(Instant.parse(as_of), Instant.parse(known_at or as_of))
