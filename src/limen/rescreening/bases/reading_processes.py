"""Read customers in several processes: reading names is most of what compiling a base takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from limen.model import LimenError
from limen.names.kernels import threads
from limen.rescreening.bases.customer_columns import Customer, ReadCustomer, read_customers
from limen.util.lookahead import lookahead

#: Customers that a process reads in one go: a file with no more is read in this one.
TOGETHER = 5_000

Read = list[tuple[Customer, ReadCustomer | LimenError]]


def read_in_processes(customers: Iterable[Customer], matcher: str) -> Iterator[Read]:
    """Yield customers as read, in their order, some thousand at a time."""
    rows = iter(customers)
    first = list(islice(rows, TOGETHER))
    if len(first) < TOGETHER or threads.count() == 1:
        for chunk in _chunks(first, rows):
            yield list(zip(chunk, read_customers(chunk, matcher), strict=True))
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(threads.count()) as pool:
        begun = (
            (chunk, pool.submit(read_customers, chunk, matcher)) for chunk in _chunks(first, rows)
        )
        for chunk, read in lookahead(begun, 2 * threads.count()):
            yield list(zip(chunk, read.result(), strict=True))


def _chunks(first: list[Customer], rows: Iterator[Customer]) -> Iterator[list[Customer]]:
    chunk = first
    while chunk:
        yield chunk
        chunk = list(islice(rows, TOGETHER))
