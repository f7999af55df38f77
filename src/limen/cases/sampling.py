"""Draw closed alerts at random for a quality check.

Which are drawn follows from a seed and from the alerts alone: whoever has both can draw them again.
The seed is drawn too, unless it is given, and is noted in the chain with the number of alerts that
it was drawn from.
"""

from __future__ import annotations

import secrets
from hashlib import sha256
from heapq import nsmallest

import msgspec
import sqlalchemy as sa

from limen.cases.actions import act
from limen.cases.cases import Cases
from limen.cases.decision import Act
from limen.cases.people import Person
from limen.cases.storage import schema
from limen.cases.vocabulary import OUTCOMES
from limen.model import InputError

#: Alerts of one sample at most.
MOST = 500
_LONGEST_SEED = 100


class Sample(msgspec.Struct, frozen=True):
    """Represents a sample: its alerts, the seed, and how many alerts it was drawn from."""

    alerts: tuple[str, ...]
    seed: str
    population: int


def draw_sample(
    cases: Cases, count: int, by: Person, *, since: str = "", until: str = "", seed: str = ""
) -> Sample:
    """Draw alerts that others decided and that are in no sample, and mark them as drawn.

    Args:
        cases: the store.
        count: how many; fewer where there are not so many.
        by: who draws and checks them.
        since: the first moment of the decisions, in UTC as the store has them.
        until: the moment before which they are.
        seed: what the draw follows from; drawn at random where it is not given.

    Raises:
        RightsError: the person does not audit.
        InputError: the count is not valid.
        StaleDecisionError: one of them was changed meanwhile; none is drawn.
    """
    by.need("audit", "draw samples")
    if not 1 <= count <= MOST or len(seed) > _LONGEST_SEED:
        raise InputError(f"{count} alerts, or a seed of {len(seed)} characters", where="sample",
                         hint=f"1 to {MOST} alerts, a seed of {_LONGEST_SEED} at most")  # fmt: skip
    seed = seed or secrets.token_hex(16)
    with cases.database.reading() as connection:
        population = _population(connection, by, since, until)
    drawn = nsmallest(count, population, key=lambda key: _rank(seed, key))
    with cases.adding() as ledger:
        about = {"seed": seed, "population": len(population), "since": since, "until": until,
                 "count": len(drawn)}  # fmt: skip
        ledger.append("", "sample.drawn", by.name, about)
        for key in drawn:
            act(ledger, key, population[key], Act("draw_sample"), by, cases.policy)
    return Sample(tuple(drawn), seed, len(population))


def _population(connection: sa.Connection, by: Person, since: str, until: str) -> dict[str, int]:
    """Return the alerts that may be drawn, by id, with their versions."""
    table = schema.alert
    where = [
        table.c.state.in_(OUTCOMES), table.c.sample == "", table.c.proposed_by != by.name,
        table.c.decided_by != by.name, table.c.decided_at >= since,
    ]  # fmt: skip
    if until:
        where.append(table.c.decided_at < until)
    rows = connection.execute(sa.select(table.c.id, table.c.version).where(*where))
    return {row.id: row.version for row in rows}


def _rank(seed: str, key: str) -> bytes:
    return sha256(f"{seed} {key}".encode()).digest()
