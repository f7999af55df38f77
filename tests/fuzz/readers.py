"""What is fed: each reader of lists, documents and tables, and the party of a request."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import msgspec
from benchmarks.payments.generated import Writer
from msgspec.structs import replace
from tests.fuzz import corpus
from tests.fuzz.corpus import Files
from tests.fuzz.mutations.delimited import change_csv
from tests.fuzz.mutations.markup import change_html, change_xml
from tests.fuzz.mutations.objects import change_json, change_lines, change_object
from tests.fuzz.mutations.packages import change_pdf, change_text, change_zip
from tests.fuzz.mutations.values import Mutate, changed_bytes, odd
from tests.screened import AFTER, small_home
from tests.worlds import Band, a_list

from limen.batch.columns.mapping import Wishes, map_columns
from limen.batch.run import Portfolio, screen_portfolio
from limen.batch.screen_arguments import ScreenArguments
from limen.batch.tables.open_table import open_table
from limen.batch.tables.table import peek
from limen.documents import report_on
from limen.documents.readers import read_bytes
from limen.engine import Engine
from limen.lists.audit import Audit
from limen.lists.formats import FORMATS
from limen.lists.source import Source
from limen.lists.verify import published_day, read_version, verify_version
from limen.payments import as_party, read_payments
from limen.payments.lint import lint_payments
from limen.server.http.request_body import decode


class Reader(NamedTuple):
    """A reader, its whole inputs, how one is changed, and how it is fed.

    ``wholes`` returns ``None`` where the real files are absent.
    """

    name: str
    family: str
    wholes: Callable[[], Sequence[Files]]
    mutate: Mutate
    feed: Callable[[Files], object]

    def mutant(self, chance: Random) -> Files:
        """Return a whole input with one of its files changed."""
        files = dict(chance.choice(self.wholes()))
        name = chance.choice(list(files))
        files[name] = self.mutate(files[name], chance)
        if chance.random() < 0.01 and len(files) > 1:
            del files[name]
        return files


_MUTATIONS: Mapping[str, Mutate] = {
    "xml": change_xml, "csv": change_csv, "pip": change_csv, "jsonl": change_lines,
    "xlsx": change_zip,
}  # fmt: skip
_DOCUMENTS: Mapping[str, Mutate] = {
    "pdf": change_pdf, "docx": change_zip, "pptx": change_zip, "odf": change_zip,
    "workbook": change_zip, "html": change_html, "eml": change_text, "text": change_text,
    "csv": change_csv,
}  # fmt: skip


def readers() -> tuple[Reader, ...]:
    """Return every reader."""
    return (
        *map(_list_reader, FORMATS),
        *map(_document_reader, _DOCUMENTS),
        Reader("csv table", "tables", lambda: _TABLES["csv"], change_csv, _feed_table),
        Reader("json table", "tables", lambda: _TABLES["jsonl"], change_lines, _feed_table),
        Reader("parquet table", "tables", lambda: [{"a.parquet": b""}], _parquet, _feed_table),
        Reader("party", "parties", _parties, change_json, _feed_party),
        Reader("iso20022", "payments", _messages_xml, change_xml, _feed_payments),
        Reader("mt", "payments", _messages_mt, change_text, _feed_payments),
    )


def _list_reader(name: str) -> Reader:
    @cache
    def wholes() -> Sequence[Files]:
        return [corpus.LISTS[name](part) for part in range(corpus.PARTS)]

    kind = name.rpartition("_")[2]
    return Reader(name, "lists", wholes, _MUTATIONS[kind], lambda files: _feed_list(name, files))


_INFO = a_list("fuzzed", records=Band(min=1, max=1_000_000))


def _feed_list(name: str, files: Files) -> int:
    """Read a version as an update does: its day, its entries, the checks of each."""
    sources = {role: Source.of_bytes(role, data, name=f"{role}.x") for role, data in files.items()}
    published_day(name, sources, None, retrieved=date(2030, 1, 1))
    entries = read_version(name, sources, Audit())
    try:
        summary = verify_version(_INFO, entries, previous_count=None, published=date(2026, 1, 1))
    finally:
        entries.close()  # type: ignore[attr-defined]
    return summary.records


def _document_reader(media: str) -> Reader:
    @cache
    def wholes() -> Sequence[Files]:
        return corpus.documents(media)

    return Reader(media, "documents", wholes, _DOCUMENTS[media], _feed_document)


def _feed_document(files: Files) -> object:
    ((name, data),) = files.items()
    return report_on(read_bytes(data, name))


_TABLES: Mapping[str, Sequence[Files]] = {
    "csv": [{"a.csv": corpus.PORTFOLIO}],
    "jsonl": [{"a.jsonl": b"\n".join(json.dumps(each).encode() for each in corpus.PARTIES)}],
}


@cache
def _engine() -> Engine:
    return small_home(Path(tempfile.mkdtemp(prefix="limen-fuzz-home-")))


def _feed_table(files: Files) -> int:
    """Screen a portfolio; a row that is refused must have its place."""
    ((name, data),) = files.items()
    with tempfile.TemporaryDirectory(prefix="limen-fuzz-") as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        with open_table(str(path)) as table:
            sample, rows = peek(table.rows, table.sample)
            columns = map_columns(table.name, table.columns, sample, Wishes({}))
            portfolio = Portfolio(replace(table, rows=rows), columns)
            answered = 0
            for row in screen_portfolio(_engine(), portfolio, ScreenArguments()):
                if row.refused is not None and not row.refused.where:
                    raise row.refused
                answered += row.answer is not None
    return answered


def _feed_party(files: Files) -> object:
    """Screen the body of a request."""
    ((_, data),) = files.items()
    return _engine().screen(decode(data, _BODY), as_of=AFTER)


def _messages_xml() -> Sequence[Files]:
    """Return sparse generated messages of some types, and several in an envelope."""
    names = (
        "pacs_008_001_12",
        "pacs_009_001_08",
        "pacs_004_001_09",
        "pain_001_001_09",
        "camt_053_001_08",
    )
    texts = [Writer(name, 1, 0.15).message() for name in names]
    return [{"a.xml": text.encode()} for text in (*texts, f"<Envelope>{''.join(texts)}</Envelope>")]


def _messages_mt() -> Sequence[Files]:
    return [{"a.fin": each} for each in corpus.FIN]


def _feed_payments(files: Files) -> int:
    """Read and lint messages; a refusal or what was not read has its place in the file."""
    ((_, data),) = files.items()
    count = 0
    for message in read_payments(io.BytesIO(data)):
        for transaction in message.transactions:
            count += len([as_party(party) for party in transaction.parties])
            for element in transaction.elements:
                assert 0 <= element.span[0] <= element.span[1] <= len(data)
        for problem in message.problems:
            assert problem.what
            assert 0 <= problem.offset <= len(data)
    return count + len(list(lint_payments(data, on=date(2026, 12, 1))))


_BODY = msgspec.json.Decoder(dict[str, Any])


def _parties() -> Sequence[Files]:
    return [{"party": json.dumps(party).encode()} for party in corpus.PARTIES]


def _parquet(_: bytes, chance: Random) -> bytes:
    """Write a table of values of odd types, then damage its bytes now and then."""
    import pyarrow as pa
    from pyarrow import parquet

    rows = [change_object(party, chance) for party in corpus.PARTIES]
    arrays: dict[str, pa.Array] = {}
    for name in ("name", "birthDate", "properties", odd(chance, "customer")):
        kind = chance.choice(_kinds(pa))
        values = [row.get(name) if isinstance(row, dict) else row for row in rows]
        arrays[name[:1_000]] = _array(pa, values, kind)
    out = io.BytesIO()
    parquet.write_table(pa.table(arrays), out, compression=chance.choice(("snappy", "none")))
    return changed_bytes(out.getvalue(), chance) if chance.random() < 0.6 else out.getvalue()


def _kinds(pa: Any) -> list[Any]:
    return [
        None, pa.string(), pa.binary(), pa.int64(), pa.float64(), pa.date32(), pa.timestamp("ns"),
        pa.duration("s"), pa.decimal128(38, 9), pa.list_(pa.string()), pa.null(),
        pa.map_(pa.string(), pa.string()), pa.dictionary(pa.int32(), pa.string()),
    ]  # fmt: skip


def _array(pa: Any, values: list[Any], kind: Any) -> Any:
    """Return values as that type, or numbers of it where they do not fit."""
    if kind is not None and pa.types.is_map(kind):  # Arrow ends the process where a key is null
        values = [[("name", str(value).encode(errors="replace").decode())] for value in values]
    try:
        return pa.array(values, kind)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        texts = pa.array([str(value).encode(errors="replace").decode() for value in values])
        numbers = pa.array(range(len(values)), pa.int32())
        try:
            return numbers.cast(kind or pa.string())
        except pa.ArrowException:
            return texts
