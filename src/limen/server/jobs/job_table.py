"""Open the file of a job as a portfolio: its table, and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from limen.batch.columns.mapping import Wishes, map_columns
from limen.batch.run import Portfolio
from limen.batch.tables.open_table import open_table
from limen.batch.tables.table import sampled
from limen.server.jobs.job_files import INPUT, JobRequest


@contextmanager
def job_portfolio(folder: Path, request: JobRequest) -> Iterator[Portfolio]:
    """Open the file in a job's folder, read as the request says.

    Raises:
        LimenError: it cannot be read as a table, or no column holds a name.
    """
    path = folder / INPUT / request.file
    wishes = Wishes(request.columns, request.date_order, request.schema)
    with open_table(str(path), header=request.header, named=request.columns) as table:
        sample, whole = sampled(table)
        yield Portfolio(whole, map_columns(table.name, table.columns, sample, wishes))
