"""Read decisions that were made elsewhere, and propose them here, after a preview.

Three formats: JSON lines and CSV, which have decisions as this desk makes them, and the judgements
of nomenklatura's resolver. Nothing is decided by a file: each decision is proposed by whoever
imports it, keeps the same rules as any other, and waits for another person.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from limen.cases import bulk
from limen.cases.alert import Alert, read_frozen
from limen.cases.bulk import Previewed
from limen.cases.cases import Cases
from limen.cases.decision import Act, Decision, Discriminator
from limen.cases.people import Person
from limen.cases.storage import schema
from limen.cases.storage.canonical import digest
from limen.cases.storage.ledger import Ledger
from limen.cases.vocabulary import JUDGEMENTS, Outcome
from limen.identity.resolver_format import Edge
from limen.model import InputError, StaleDecisionError
from limen.util.csv_text import plain_cell
from limen.util.suggest import did_you_mean

Format = Literal["jsonl", "csv", "nomenklatura"]
#: Decisions of one file at most: each is read, and all are one transaction.
MOST = 2_000
_OUTCOMES: Mapping[str, Outcome] = {word: outcome for outcome, word in JUDGEMENTS.items()}  # type: ignore[misc]
_DISCRIMINATOR = ("field", "subject", "listed", "source")
#: Columns of CSV; a second and a third discriminator have ``_2`` and ``_3`` behind their names.
_COLUMNS = (
    "alert", "subject_id", "record_id", "profile", "outcome", "reason", "note",
    *(f"{name}{more}" for more in ("", "_2", "_3") for name in _DISCRIMINATOR),
)  # fmt: skip
_PROPOSED = "pending_approval"


class FiledDecision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents a decision of a file, and which alerts it is about.

    They are named by ``alert``, or by ``subject_id`` with ``record_id`` (``list:record``, or the
    party), under every profile or one.
    """

    decision: Decision
    alert: str = ""
    subject_id: str = ""
    record_id: str = ""
    profile: str = ""


class Import(msgspec.Struct, frozen=True):
    """Represents what a file does, or did, alert by alert.

    ``undecided`` counts lines that judge nothing; ``digest`` is of the preview, and doing it names
    it. What is refused is in ``rows`` with the reason, and the rest is proposed.
    """

    rows: tuple[Previewed, ...]
    undecided: int
    digest: str
    done: bool


def read_decisions(content: bytes, form: Format) -> tuple[list[FiledDecision], int]:
    """Return the decisions of a file, and how many of its lines judge nothing.

    Raises:
        InputError: names the line that is not of the format.
    """
    if form == "nomenklatura":
        edges = list(_decoded(content, msgspec.json.Decoder(Edge).decode))
        judged = [edge for edge in edges if edge.judgement in _OUTCOMES]
        source = f"a file of judgements, sha256:{sha256(content).hexdigest()}"
        decisions = [_of_edge(edge, source) for edge in judged]
    else:
        edges = judged = []
        decisions = list(
            _of_csv(content)
            if form == "csv"
            else _decoded(content, msgspec.json.Decoder(FiledDecision).decode)
        )
    if not 1 <= len(decisions) <= MOST:
        raise InputError(f"it has {len(decisions):,} decisions", where="file",
                         hint=f"1 to {MOST:,}; split it", unchanged="nothing was done")  # fmt: skip
    return decisions, len(edges) - len(judged)


def import_decisions(
    cases: Cases, content: bytes, form: Format, by: Person, *, seen: str = ""
) -> Import:
    """Preview what a file of decisions would do, or do it, where ``seen`` is the preview's digest.

    Raises:
        InputError: a line is not of the format.
        RightsError: the person may not propose.
        StaleDecisionError: an alert has changed since the preview.
    """
    by.need("decide", "import decisions")
    decisions, undecided = read_decisions(content, form)
    with cases.database.writing() as connection:
        ledger = Ledger(connection, cases.clock)
        rows = tuple(_rows(cases, ledger, decisions, by))
        now = digest([[row.alert, row.version, row.becomes, row.refused] for row in rows]
                     + [sha256(content).hexdigest(), by.name])  # fmt: skip
        if not seen:
            connection.get_transaction().rollback()  # type: ignore[union-attr]
        elif seen != now:
            raise StaleDecisionError(
                "an alert or the file has changed since the preview", where="import",
                hint="preview it again, read it, then import", unchanged="nothing was proposed",
            )  # fmt: skip
        else:
            ledger.append("", "decisions.imported", by.name, {
                "sha256": sha256(content).hexdigest(), "format": form,
                "proposed": sum(row.becomes == _PROPOSED for row in rows),
                "refused": sum(bool(row.refused) for row in rows),
            })  # fmt: skip
            ledger.close()
    return Import(rows, undecided, now, done=bool(seen))


def _rows(
    cases: Cases, ledger: Ledger, decisions: Iterable[FiledDecision], by: Person
) -> Iterator[Previewed]:
    for filed in decisions:
        alerts = _alerts_of(ledger.connection, filed)
        what = Act("propose", filed.decision)
        for key in alerts:
            yield bulk.act_on(ledger, key, what, by, cases.policy)
        if not alerts:
            about = filed.alert or f"{filed.subject_id} and {filed.record_id}"
            yield Previewed("", filed.subject_id, filed.record_id, 0, "", "",
                            f"no alert is about {about}")  # fmt: skip


def _alerts_of(connection: sa.Connection, filed: FiledDecision) -> list[str]:
    table = schema.alert
    if filed.alert:
        query = sa.select(table.c.id).where(table.c.id == filed.alert)
        return list(connection.scalars(query))
    query = sa.select(table).where(table.c.subject_id == filed.subject_id).order_by(table.c.id)
    if filed.profile:
        query = query.where(table.c.profile == filed.profile)
    alerts = [Alert(**row) for row in connection.execute(query).mappings()]
    return [alert.id for alert in alerts if _is_about(connection, alert, filed.record_id)]


def _is_about(connection: sa.Connection, alert: Alert, record_id: str) -> bool:
    if alert.party_id == record_id:
        return True
    return any(finding["id"] == record_id for finding in read_frozen(connection, alert).findings)


def _of_edge(edge: Edge, source: str) -> FiledDecision:
    """Return a judgement as a decision; its greater id is no record's, where one is none."""
    record, subject = edge.target, edge.source
    if ":" not in record and ":" in subject:
        record, subject = subject, record
    judged = f"{edge.judgement} by {edge.user or 'no one named'} at {edge.timestamp or 'no time'}"
    prior = Discriminator("prior_decision", judged, record, source)
    outcome = _OUTCOMES[edge.judgement]
    decision = Decision(outcome, "decided_elsewhere", (prior,), f"{judged}, in {source}")
    return FiledDecision(decision, subject_id=subject, record_id=record)


def _of_csv(content: bytes) -> Iterator[FiledDecision]:
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        for name in rows.fieldnames or ():
            if name not in _COLUMNS:
                raise InputError(f"no column is {name!r}", where="file",
                                 hint=did_you_mean(name, _COLUMNS))  # fmt: skip
        for row in rows:
            yield _of_row(row, f"file line {rows.line_num}")
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"it is no CSV in UTF-8: {error}", where="file") from error


def _of_row(row: Mapping[Any, Any], where: str) -> FiledDecision:
    if None in row or None in row.values():
        raise InputError("it has another number of cells than the heading", where=where)
    cells = {name: plain_cell(cell).strip() for name, cell in row.items()}
    parts = [
        {name: cells.get(f"{name}{more}", "") for name in _DISCRIMINATOR}
        for more in ("", "_2", "_3")
    ]
    names = ("alert", "subject_id", "record_id", "profile")
    wire = {name: cells.get(name, "") for name in names} | {
        "decision": {name: cells.get(name, "") for name in ("outcome", "reason", "note")}
        | {"discriminators": [part for part in parts if any(part.values())]}
    }
    try:
        return msgspec.convert(wire, FiledDecision)
    except msgspec.ValidationError as error:
        raise InputError(str(error).replace("`", ""), where=where) from error


def _decoded(content: bytes, decode: Callable[[bytes], Any]) -> Iterator[Any]:
    for number, line in enumerate(content.splitlines(), 1):
        if line.strip():
            try:
                yield decode(line)
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                raise InputError(
                    f"it is not of the format: {error}".replace("`", ""),
                    where=f"file line {number:,}", unchanged="nothing was proposed",
                ) from error  # fmt: skip
