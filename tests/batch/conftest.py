"""Portfolios written to disk and opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from limen.batch.tables.open_table import open_table
from limen.batch.tables.table import Table


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., Table]]:
    """``opened(content)`` is the table in a file of that content."""
    with ExitStack() as stack:

        def open_it(content: bytes | str, name: str = "portfolio.csv", **options) -> Table:
            path = tmp_path / name
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            return stack.enter_context(open_table(str(path), **options))

        yield open_it
