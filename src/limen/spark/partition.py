"""Answer the rows of one partition, in a worker."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from limen.batch.arrow.answer_columns import output_schema
from limen.spark.row_question import RowQuestion
from limen.spark.worker_snapshot import JobSnapshot, open_on_worker

if TYPE_CHECKING:
    import pyarrow as pa


def answer_batches(batches: Iterator[pa.RecordBatch], carried: bytes) -> Iterator[pa.RecordBatch]:
    """Yield the batches of a partition with their answers; an empty one opens no snapshot.

    Args:
        batches: of one schema.
        carried: the snapshot of the job and the question, as the driver pickled them.

    Raises:
        SnapshotError: the snapshot cannot be opened on this machine.
    """
    snapshot: JobSnapshot
    question: RowQuestion
    # The job's own bytes: whoever can change them can run any code on the workers anyway.
    snapshot, question = pickle.loads(carried)  # noqa: S301
    for first in batches:
        engine = open_on_worker(snapshot)
        schema = output_schema(first.schema, question.added())
        yield from question.answer(engine, chain([first], batches), schema)
