"""Compile a portfolio into a version of a customer base: its columns, and what was refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from limen import names
from limen._version import __version__
from limen.batch.columns.mapping import Wishes, map_columns
from limen.batch.row_party import Columns
from limen.batch.run import Portfolio, RowReader
from limen.batch.tables.open_table import open_table
from limen.batch.tables.table import peek
from limen.model import DataError, LimenError
from limen.names import Matcher
from limen.names.reading.tables import fingerprint
from limen.rescreening.bases.base_format import (
    FORMAT,
    MANIFEST,
    REFUSED,
    BaseManifest,
    RefusedRow,
    SourceInfo,
    base_id,
    source_info,
)
from limen.rescreening.bases.customer_columns import Customer, CustomerColumns
from limen.rescreening.bases.reading_processes import read_in_processes
from limen.snapshot.format import file_info, save_array
from limen.util.gc import collector_at_rest

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


class FileReading(msgspec.Struct, frozen=True):
    """How a user's file is read: what they decided about its columns, encoding and headings.

    ``before`` has the columns that the version before used, by the property of each: what they gave
    must be in this file too, but for those that ``wishes`` leave out.
    """

    wishes: Wishes
    encoding: str | None = None
    header: bool | None = None
    before: Mapping[str, str] = {}

    @contextmanager
    def open(self, path: Path) -> Iterator[Portfolio]:
        """Open a file as a portfolio, its columns mapped."""
        with open_table(
            str(path), encoding=self.encoding, header=self.header, named=self.wishes.targets
        ) as table:
            sample, rows = peek(table.rows, table.sample)
            columns = map_columns(table.name, table.columns, sample, self._wishes(table.columns))
            self._check_before(table.name, columns)
            yield Portfolio(replace(table, rows=rows), columns)

    def _wishes(self, columns: Sequence[str]) -> Wishes:
        """Return the wishes without columns to leave out that are gone already."""
        targets = {
            name: target
            for name, target in self.wishes.targets.items()
            if target or name in columns or name not in self.before
        }
        return msgspec.structs.replace(self.wishes, targets=targets)

    def _check_before(self, file: str, columns: Columns) -> None:
        """Refuse a file in which a column of the version before is gone without another for it.

        Raises:
            DataError: as the user did not leave it out.
        """
        if not columns.columns:  # FollowTheMoney objects name their properties themselves
            return
        used = {column.name for column in columns.columns if column.target}
        fewer = Counter(self.before.values()) - Counter(each.target for each in columns.columns)
        notes = {column.name: column.note for column in columns.columns}
        for name, target in self.before.items():
            if target in fewer and name not in used and self.wishes.targets.get(name) != "":
                note = notes.get(name)
                raise DataError(
                    f"the column {name!r} ({target}) of the version before is gone",
                    where=file,
                    why=note or "findings that rest on it would be reported as gone",
                    hint=f"--map COLUMN={target} names another, --map {name}= goes on without it",
                    unchanged="the version in use stays",
                )


def compile_base(
    base: str, path: Path, reading: FileReading, folder: Path, *, clock: Clock = now
) -> BaseManifest:
    """Compile a file into an empty folder, and return the manifest that is in it.

    Raises:
        DataError: the file is no portfolio, has an id twice, changed while it was read, or has no
            row that can be read.
        InputError: its columns cannot be mapped.
    """
    matcher = names.matcher_named()
    source = source_info(path)
    with collector_at_rest(), reading.open(path) as portfolio:
        columns, refused, keyed = _read(portfolio, matcher)
        if source_info(path) != source:
            raise _changed(path)
        for name, values in columns.columns().items():
            save_array(folder, name, values)
    lines = b"".join(msgspec.json.encode(row) + b"\n" for row in refused)
    (folder / REFUSED).write_bytes(lines)
    return _write_manifest(
        folder, base, source, portfolio.columns, keyed, matcher, len(columns), len(refused), clock
    )


def _read(portfolio: Portfolio, matcher: Matcher) -> tuple[CustomerColumns, list[RefusedRow], str]:
    """Read every row; return the columns, what was refused, and what names a customer."""
    columns, refused = CustomerColumns(), list[RefusedRow]()
    keys, file = _Keys(portfolio.table.name), portfolio.table.name
    for customers in read_in_processes(_customers(portfolio, keys, refused), matcher.name):
        for customer, read in customers:
            if isinstance(read, LimenError):
                read.where = f"{file} line {customer.line:,}: {read.where}"
                refused.append(RefusedRow(customer.line, str(read)))
            else:
                columns.add(read)
    if not len(columns):
        raise DataError(
            "no row of it can be read as a customer",
            where=file,
            why="a base without customers would be complete and empty",
            hint=refused[0].reason if refused else "the file has no rows",
        )
    refused.sort(key=lambda row: row.line)
    return columns, refused, "id" if keys.given else "content"


def _customers(portfolio: Portfolio, keys: _Keys, refused: list[RefusedRow]) -> Iterator[Customer]:
    """Yield the rows that are parties; the others are added to ``refused``."""
    reader = RowReader(portfolio)
    for row in portfolio.table.rows:
        screened, party = reader.read(row)
        if party is None:
            refused.append(RefusedRow(row.line, str(screened.refused)))
        else:
            yield Customer(keys.key_of(party, row.line), row.line, party)


class _Keys:
    """Gives each customer its key: the id of its row, or the row's content where it has none."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._lines: dict[str, int] = {}
        self._contents: dict[bytes, int] = {}
        self.given = False

    def key_of(self, party: Mapping[str, Any], line: int) -> str:
        given = party.get("id")
        if not given:
            return self._of_content(party)
        key, self.given = str(given), True
        before = self._lines.setdefault(key, line)
        if before != line:
            raise DataError(
                f"the id {key!r} is also on line {before:,}",
                where=f"{self._file} line {line:,}",
                why="an alert must be of one customer",
                hint="give each customer one row, or leave the column out with --map COLUMN=",
            )
        return key

    def _of_content(self, party: Mapping[str, Any]) -> str:
        from xxhash import xxh3_128_digest

        digest = xxh3_128_digest(msgspec.json.encode(party, order="sorted"))
        again = self._contents[digest] = self._contents.get(digest, 0) + 1
        return f"row:{digest.hex()}" + (f":{again}" if again > 1 else "")


def _write_manifest(
    folder: Path,
    base: str,
    source: SourceInfo,
    columns: Columns,
    keyed: str,
    matcher: Matcher,
    customers: int,
    refused: int,
    clock: Clock,
) -> BaseManifest:
    draft = BaseManifest(
        format=FORMAT,
        id="",
        base=base,
        built_at=clock().strftime("%Y-%m-%dT%H:%M:%SZ"),
        engine=__version__,
        matcher=matcher.name,
        names=fingerprint().hex(),
        source=source,
        columns=columns,
        keyed_by=keyed,
        counts={"customers": customers, "refused": refused},
        files={path.name: file_info(path) for path in sorted(folder.iterdir())},
    )
    manifest = replace(draft, id=base_id(draft))
    content = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    (folder / MANIFEST).write_bytes(content)
    return manifest


def _changed(path: Path) -> DataError:
    return DataError(
        "it changed while it was read",
        where=path.name,
        why="some rows would be of one state of it, and some of another",
        hint="write the file aside, and rename it when it is whole",
        unchanged="the base stays as it was",
    )
