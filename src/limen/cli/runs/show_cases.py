"""Do what ``limen cases list``, ``show`` and ``export`` do: alerts as text, JSON and CSV."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from limen.cases.alert import Alert, Frozen
from limen.cases.cases import Cases
from limen.cases.exchange.export import flat
from limen.cases.queue import Page
from limen.cli.render.text import aligned
from limen.cli.write_records import Records


def queue_records(page: Page, now: datetime) -> Records:
    """Return a page of a queue in its three shapes."""
    wire = [alert.to_dict() for alert in page.alerts]
    rows = [flat(alert) for alert in page.alerts]
    cells = [
        (each.id, each.state, each.level, f"{each.score:.2f}", _age(each, now),
         each.assignee or "-", each.channel, each.subject, each.party, each.lists)
        for each in page.alerts
    ]  # fmt: skip
    return Records(aligned(cells, indent="") if cells else ["no alert"], wire, rows)


def show_alert(cases: Cases, key: str, *, now: bool, as_json: bool) -> str:
    """Return an alert with its evidence and events, and what would be answered now."""
    alert = cases.alert(key)
    frozen, events = cases.frozen(alert), cases.events(key)
    again = _answer_now(frozen) if now else None
    if as_json:
        wire = {
            "alert": alert.to_dict(),
            "then": msgspec.to_builtins(frozen),
            "events": msgspec.to_builtins(events),
        } | ({"now": again} if now else {})
        return msgspec.json.format(msgspec.json.encode(wire), indent=2).decode()
    lines = [
        f"{alert.id}  {alert.state}  version {alert.version}  due {alert.due_at or '-'}",
        f"  {alert.subject_id} {alert.subject}  and  {alert.party_id} {alert.party}",
        f"  {alert.level} {alert.score:.3f}  {alert.lists}",
        *([f"  opened again: {alert.trigger}"] if alert.trigger else []),
        *(f"  {finding['id']}: {finding.get('why', '')}" for finding in frozen.findings),
        *(f"  {e.seq:>6}  {e.at}  {e.by:<12} {e.type}  {e.data.get('note', '')}" for e in events),
    ]
    if again is not None:
        found = {each["id"] for each in again["findings"]}
        then = {each["id"] for each in frozen.findings}
        lines.append(f"  now: {again['outcome']}; found still {', '.join(then & found) or 'none'}")
    return "\n".join(lines)


def _age(alert: Alert, now: datetime) -> str:
    age = now - datetime.fromisoformat(alert.opened_at)
    due = datetime.fromisoformat(alert.due_at) if alert.is_open else now
    late = " late" if due < now else ""
    return f"{age.days}d{age.seconds // 3600:02}h{late}"


def _answer_now(frozen: Frozen) -> dict[str, Any] | None:
    """Return what would be answered now; ``None`` where the subject was no party."""
    query, stamp = frozen.answer.get("query", {}), frozen.answer.get("stamp", {})
    if "properties" not in query:
        return None
    from limen.engine import open_engine

    engine = open_engine()
    lists = [each for each in stamp.get("lists", ()) if each] or None
    allow = stamp.get("allow_stale", ())
    return engine.screen(query, lists=lists, allow_stale=allow).to_dict()
