"""Prepare a Spark job: check what it runs on, send the snapshot, build the task of a partition."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from limen._version import __version__
from limen.engine import Engine
from limen.model import InputError
from limen.snapshot import Snapshot
from limen.snapshot.packed_snapshot import read_packed_manifest, unpack
from limen.spark.row_question import RowQuestion
from limen.spark.worker_snapshot import JobSnapshot, unpack_folder

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType

#: The first version with DataFrame.toArrow, and artifacts on classic Spark.
_OLDEST = 4


class Job(msgspec.Struct, frozen=True):
    """What a job rests on: the snapshot as workers find it, and an engine on it for the driver."""

    snapshot: JobSnapshot
    engine: Engine

    def answered(
        self, frame: DataFrame, question: RowQuestion, added: Sequence[pa.Field]
    ) -> DataFrame:
        """Return a DataFrame with the answers to a question added to its rows, lazily."""
        from pyspark.sql.types import StructField, StructType

        fields = [StructField(field.name, _spark_type(field.type)) for field in added]
        schema = StructType([*frame.schema.fields, *fields])
        return frame.mapInArrow(_task(self.snapshot, question), schema)


def open_job(frame: DataFrame, snapshot: str | Path, *, ship: bool, unpack_to: str | None) -> Job:
    """Check Spark and the snapshot, send the snapshot to the workers, and open it on the driver.

    Raises:
        InputError: a Spark that is too old, or without Arrow.
        SnapshotError: the snapshot is missing, damaged, or of another format.
    """
    _check_spark()
    file = Path(snapshot)
    manifest = read_packed_manifest(file)
    carried = JobSnapshot(
        manifest.id, str(file), __version__, now=datetime.now(UTC), folder=unpack_to
    )
    folder = unpack(file, unpack_folder(carried), expected=manifest.id)
    if ship:
        frame.sparkSession.addArtifacts(str(file), file=True)
    return Job(carried, Engine(Snapshot(folder), clock=lambda: carried.now))


def _check_spark() -> None:
    missing = [name for name in ("pyspark", "pyarrow") if find_spec(name) is None]
    if missing:
        raise InputError(
            f"{' and '.join(missing)} is not installed here",
            where="limen.spark",
            why="rows travel between Spark and Python as Arrow batches",
            hint="pip install 'limen[spark]' on the driver, 'limen[batch]' on every worker",
        )
    import pyspark

    found = pyspark.__version__
    if int(found.partition(".")[0]) < _OLDEST:
        raise InputError(
            f"this is Spark {found}; Limen needs {_OLDEST} or later",
            where="limen.spark",
            hint="pip install 'limen[spark]', or take a runtime with Spark 4",
        )


def _task(snapshot: JobSnapshot, question: RowQuestion) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """Return what a worker does with a partition.

    The inner function travels by value and imports Limen only when it runs, so that a worker
    without it reports that, instead of failing to read the function.
    """
    carried = pickle.dumps((snapshot, question))

    def answer_partition(batches: Iterator[Any]) -> Iterator[Any]:
        try:
            from limen.spark.partition import answer_batches
        except ImportError as error:
            raise RuntimeError(
                f"this worker has no Limen: {error}; install limen[batch], of the driver's "
                "version, in the Python that spark.pyspark.python names on every machine"
            ) from error
        return answer_batches(batches, carried)

    return answer_partition


def _spark_type(kind: pa.DataType) -> DataType:
    """Return the type of Spark for one of the types that answers have."""
    import pyarrow as pa
    from pyspark.sql.types import ArrayType, DoubleType, StringType, StructField, StructType

    if pa.types.is_list(kind):
        return ArrayType(_spark_type(kind.value_type))
    if pa.types.is_struct(kind):
        return StructType([StructField(each.name, _spark_type(each.type)) for each in kind])
    return DoubleType() if pa.types.is_floating(kind) else StringType()
