"""Screen, locate and decide the rows of DataFrames: what a driver calls.

Each function returns the DataFrame with columns added, lazily, as Spark does. What can be refused
is refused here, before a job starts; what a row cannot give is an answer of that row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from limen.batch.arrow.answer_columns import output_schema
from limen.batch.arrow.arrow_input import TABLE, rows_of
from limen.batch.arrow.screen_table import columns_of, wishes_of
from limen.batch.columns.address_fields import address_fields, chosen_fields
from limen.batch.columns.dates import Order
from limen.batch.screen_arguments import ScreenArguments
from limen.batch.tables.table import SAMPLE_ROWS
from limen.model import InputError
from limen.model.instant import read_instant
from limen.screening.parties import When
from limen.spark.address_rows import AddressRows
from limen.spark.change_rows import ChangeRows, State
from limen.spark.driver import Job, open_job
from limen.spark.message_rows import MessageRows
from limen.spark.party_rows import PartyRows
from limen.util.suggest import did_you_mean

if TYPE_CHECKING:
    from pyarrow import Table
    from pyspark.sql import DataFrame

    from limen.law.ownership.stakes_file import Stakes
    from limen.payment_screening import Policy


def screen(
    frame: DataFrame,
    *,
    snapshot: str | Path,
    columns: Mapping[str, str] | None = None,
    schema: str | None = None,
    date_order: Order | None = None,
    as_of: When = None,
    known_at: When = None,
    authorities: Sequence[str] = (),
    lists: Sequence[str] | None = None,
    threshold: float | None = None,
    matcher: str | None = None,
    allow_stale: Sequence[str] = (),
    ownership: Stakes | None = None,
    ship: bool = True,
    unpack_to: str | None = None,
) -> DataFrame:
    """Screen the parties of a DataFrame: its rows with the columns of ``engine.screen_table``.

    Columns are mapped once, by the driver, from the first 10,000 rows; ``columns`` overrules it.
    The arguments that are not explained here are those of :meth:`limen.Engine.screen_table`.

    Args:
        frame: rows of parties; classic or Spark Connect.
        snapshot: a file that `limen snapshot pack` wrote, which the driver can read.
        columns: column -> property; see :meth:`limen.Engine.screen_table`.
        schema: of rows that do not say.
        date_order: of dates that read both ways.
        as_of: when it must have applied; the day on the driver, for every worker.
        known_at: when it must have been known; everything the snapshot knows.
        authorities: only their lists.
        lists: lists by name.
        threshold: the score of a hit.
        matcher: a matcher by name.
        allow_stale: lists to accept in spite of failing coverage.
        ownership: who owns whom.
        ship: whether Spark sends the file to the workers; else they read it at the same path, or
            among the files of the job (``--files``).
        unpack_to: a folder of the workers' machines to unpack below; one in their temporary folder.

    Raises:
        InputError: an argument or column that cannot be understood, or a Spark without Arrow.
        SnapshotError: the snapshot is missing, damaged, or of another format.
    """
    job = open_job(frame, snapshot, ship=ship, unpack_to=unpack_to)
    wishes = wishes_of(columns, schema, date_order)
    sample = _first_rows(frame)
    mapped = columns_of(sample.schema, _rows(sample), wishes)
    known = read_instant(known_at, "known_at")
    engine = job.engine
    arguments = ScreenArguments(
        as_of=str(engine.applied(as_of)),
        known_at=_text(known),
        authorities=tuple(authorities),
        lists=None if lists is None else tuple(lists),
        threshold=threshold,
        matcher=matcher,
        allow_stale=tuple(allow_stale),
        ownership=ownership,
    )
    engine.scope(arguments.as_of, known, authorities, lists, allow_stale)
    engine.judge(matcher, threshold)
    return _answered(job, frame, sample, PartyRows(mapped, arguments))


def rescreen(
    frame: DataFrame,
    *,
    before: str | Path,
    after: str | Path,
    columns: Mapping[str, str] | None = None,
    schema: str | None = None,
    date_order: Order | None = None,
    as_of_before: When,
    known_before: When = None,
    as_of: When = None,
    known_at: When = None,
    authorities: Sequence[str] = (),
    lists: Sequence[str] | None = None,
    allow_stale: Sequence[str] = (),
    threshold: float | None = None,
    ship: bool = True,
    unpack_to: str | None = None,
) -> DataFrame:
    """Screen customers again for the entries that differ between two states of the lists.

    Adds ``limen_outcome`` (``new``, ``worse``, ``gone``, ``better`` or ``same``, the gravest of
    the customer's changes; else ``unchanged``, or ``refused``), ``limen_changes`` and
    ``limen_error``. Entries are compared by the driver, customers with them by the workers.

    Args:
        frame: the same customers as before; new ones are screened with :func:`screen`.
        before: the packed snapshot of the state before; it may be the same file as ``after``.
        after: the packed snapshot of the state now.
        columns: see :func:`screen`.
        schema: see :func:`screen`.
        date_order: see :func:`screen`.
        as_of_before: the day that the customers were last screened as of.
        known_before: when it must have been known then; everything its snapshot knows.
        as_of: see :func:`screen`.
        known_at: see :func:`screen`.
        authorities: see :func:`screen`.
        lists: see :func:`screen`.
        allow_stale: see :func:`screen`; also a list that lost its entries.
        threshold: see :func:`screen`.
        ship: see :func:`screen`.
        unpack_to: see :func:`screen`.

    Raises:
        InputError: an argument or column that cannot be understood.
        DataError: a list broke between the two states.
        SnapshotError: a snapshot is missing, damaged, or of another format.
    """
    from limen.spark.changed_states import changed_states

    earlier = open_job(frame, before, ship=ship, unpack_to=unpack_to)
    job = open_job(frame, after, ship=ship and Path(before) != Path(after), unpack_to=unpack_to)
    sample = _first_rows(frame)
    mapped = columns_of(sample.schema, _rows(sample), wishes_of(columns, schema, date_order))
    known = [read_instant(each, "known_at") for each in (known_before, known_at)]
    states = (
        State(earlier.snapshot, str(earlier.engine.applied(as_of_before)), _text(known[0])),
        State(job.snapshot, str(job.engine.applied(as_of)), _text(known[1])),
    )
    question = ChangeRows(
        mapped,
        *states,
        places=True,
        authorities=tuple(authorities),
        lists=None if lists is None else tuple(lists),
        allow_stale=tuple(allow_stale),
        threshold=threshold,
    )
    question = changed_states(question, earlier.engine, job.engine)
    return _answered(job, frame, sample, question)


def _text(instant: Any) -> str | None:
    return None if instant is None else str(instant)


def locate(
    frame: DataFrame,
    *,
    snapshot: str | Path,
    columns: Mapping[str, str] | None = None,
    country: str | None = None,
    as_of: When = None,
    known_at: When = None,
    authorities: Sequence[str] = (),
    ship: bool = True,
    unpack_to: str | None = None,
) -> DataFrame:
    """Locate the addresses of a DataFrame, as :meth:`limen.Engine.locate` does.

    Adds ``limen_outcome`` (the gravest of any authority), ``limen_verdicts`` (an outcome an
    authority), ``limen_error`` and ``limen_answer`` (the location as JSON).

    Args:
        frame: rows with an address, or its parts, each.
        snapshot: see :func:`screen`.
        columns: column -> field of an address; found by the headings.
        country: a code or name, where no column has it.
        as_of: when the measures must have applied; today.
        known_at: when they must have been known; everything known today.
        authorities: ``"US"``, ``"EU"``, ...; all that have territorial measures.
        ship: see :func:`screen`.
        unpack_to: see :func:`screen`.

    Raises:
        InputError: an argument that cannot be understood, or no column of an address.
        SnapshotError: the snapshot is missing, damaged, or of another format.
    """
    job = open_job(frame, snapshot, ship=ship, unpack_to=unpack_to)
    names = frame.columns
    fields = chosen_fields(TABLE, names, columns) if columns else address_fields(TABLE, names)
    question = AddressRows(
        fields,
        as_of=str(job.engine.applied(as_of)),
        known_at=str(read_instant(known_at, "known_at") or job.engine.applied(None)),
        country=country,
        authorities=tuple(authorities),
    )
    job.engine.locate(
        "", country=country, as_of=question.as_of, known_at=question.known_at,
        authorities=authorities,
    )  # fmt: skip
    return _answered(job, frame, _first_rows(frame, 0), question)


def screen_payments(
    frame: DataFrame,
    *,
    snapshot: str | Path,
    column: str = "message",
    channel: str | None = None,
    policy: Policy | str | Path | None = None,
    as_of: When = None,
    known_at: When = None,
    allow_stale: Sequence[str] = (),
    ownership: Stakes | None = None,
    ship: bool = True,
    unpack_to: str | None = None,
) -> DataFrame:
    """Screen the payment messages in a column, as :meth:`limen.Engine.screen_payment` does.

    Adds ``limen_decision`` (the gravest of the row), ``limen_transactions`` (the answer to each
    transaction as JSON) and ``limen_error``. A row without a message that can be read is a hold.

    Args:
        frame: rows with a message each, as text or bytes.
        snapshot: see :func:`screen`.
        column: the column with the messages.
        channel: a channel of the policy by name; its default.
        policy: what channels screen, or the path of its file on the driver; the shipped one.
        as_of: when listings and measures must have applied; today.
        known_at: when they must have been known; everything the snapshot knows.
        allow_stale: lists to accept in spite of failing coverage.
        ownership: who owns whom.
        ship: see :func:`screen`.
        unpack_to: see :func:`screen`.

    Raises:
        InputError: an argument that cannot be understood, or no such column.
        PolicyError: the policy's file has errors.
        SnapshotError: the snapshot is missing, damaged, or of another format.
    """
    from limen.payment_screening import policy_of

    job = open_job(frame, snapshot, ship=ship, unpack_to=unpack_to)
    if column not in frame.columns:
        raise InputError(
            f"there is no column {column!r}",
            where=TABLE,
            hint=did_you_mean(column, frame.columns),
        )
    chosen, known = policy_of(policy), read_instant(known_at, "known_at")
    chosen.channel(channel)
    question = MessageRows(
        column,
        chosen,
        channel,
        as_of=str(job.engine.applied(as_of)),
        known_at=_text(known),
        allow_stale=tuple(allow_stale),
        ownership=ownership,
    )
    job.engine.scope(question.as_of, known, (), None, allow_stale)
    return _answered(job, frame, _first_rows(frame, 0), question)


def _answered(job: Job, frame: DataFrame, sample: Table, question: Any) -> DataFrame:
    added = question.added()
    output_schema(sample.schema, added)  # refuses columns that would be there twice
    return job.answered(frame, question, added)


def _first_rows(frame: DataFrame, count: int = SAMPLE_ROWS) -> Table:
    return frame.limit(count).toArrow()


def _rows(sample: Table) -> list[Any]:
    return [row for batch in sample.to_batches() for row in rows_of(batch, 0)]
