"""Act on many alerts at once: first a preview of what each would come to, then all or none."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from limen.cases.actions import act
from limen.cases.alert import get_alert
from limen.cases.decision import Act
from limen.cases.people import Person
from limen.cases.policy import CasePolicy
from limen.cases.storage.canonical import digest
from limen.cases.storage.ledger import Ledger
from limen.model import InputError, LimenError, StaleDecisionError

#: Alerts of one decision at most: what one person can have read.
MOST = 500


class Previewed(msgspec.Struct, frozen=True):
    """Represents what an action would do to one alert: its next state, or why it is refused."""

    alert: str
    subject: str
    party: str
    version: int
    state: str
    becomes: str
    refused: str = ""


class Preview(msgspec.Struct, frozen=True):
    """Represents what an action would do; ``digest`` is of all of it, and the action names it."""

    rows: tuple[Previewed, ...]
    digest: str

    @property
    def refused(self) -> int:
        return sum(bool(row.refused) for row in self.rows)


def preview(
    ledger: Ledger, alerts: Sequence[str], what: Act, person: Person, policy: CasePolicy
) -> Preview:
    """Return what an action would do to each alert; the transaction must then be taken back."""
    hint = f"give 1 to {MOST}, each once"
    if not alerts:
        raise InputError("no alert was chosen", where="alerts", hint=hint)
    if len(alerts) > MOST:
        raise InputError(f"{len(alerts)} alerts are too many", where="alerts", hint=hint)
    if len(set(alerts)) < len(alerts):
        raise InputError("an alert was given twice", where="alerts", hint=hint)
    rows = tuple(act_on(ledger, key, what, person, policy) for key in alerts)
    seen = [[row.alert, row.version, row.becomes] for row in rows]
    return Preview(rows, digest([seen, msgspec.to_builtins(what), person.name]))


def act_on_all(
    ledger: Ledger,
    alerts: Sequence[str],
    what: Act,
    person: Person,
    policy: CasePolicy,
    *,
    seen: str,
) -> Preview:
    """Do to all alerts what a preview had; nothing where that is another now.

    Raises:
        StaleDecisionError: an alert has changed since.
        InputError: an alert refuses the action.
    """
    done = preview(ledger, alerts, what, person, policy)
    if done.digest != seen:
        raise StaleDecisionError(
            "an alert has changed since the preview", where="bulk decision",
            hint="preview it again, read it, then decide", unchanged="nothing was decided",
        )  # fmt: skip
    if done.refused:
        first = next(row for row in done.rows if row.refused)
        raise InputError(
            f"{done.refused} of {len(done.rows)} alerts refuse it; {first.alert}: {first.refused}",
            where="bulk decision", hint="leave them out", unchanged="nothing was decided",
        )  # fmt: skip
    return done


def act_on(ledger: Ledger, key: str, what: Act, person: Person, policy: CasePolicy) -> Previewed:
    """Act on an alert as it is now; return what it comes to, or why it is refused."""
    alert = get_alert(ledger.connection, key)
    try:
        event = act(ledger, key, alert.version, what, person, policy)
    except LimenError as error:
        becomes, refused = "", f"{error.where}: {error.what}" if error.where else error.what
    else:
        becomes, refused = str(event.changes.get("state", alert.state)), ""
    return Previewed(key, alert.subject, alert.party, alert.version, alert.state, becomes, refused)
