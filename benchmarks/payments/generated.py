"""Valid ISO 20022 messages of every version that ``pyiso20022`` has, read in full.

    python -m benchmarks.payments.generated [--seed 1] [--schemas FOLDER]

The message is written by a walk over the classes of that library, which were generated from the
schemas; each leaf has a text of its own. The reader must give every leaf once, with its path and
text, know what it is, and raise nothing.
"""

from __future__ import annotations

import argparse
import dataclasses
import html
import importlib
import io
import pkgutil
import re
import sys
import time
import typing
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from limen.payments import Element, read_payments

KINDS = (
    "pacs_003", "pacs_004", "pacs_007", "pacs_008", "pacs_009", "pacs_010", "pain_001", "pain_008",
    "camt_052", "camt_053", "camt_054", "camt_056",
)  # fmt: skip
#: A value of each form that the schemas prescribe; the first that fits is taken.
_CANDIDATES = (
    "EUR", "GB", "DEUTDEFF", "529900T8BM49AURSDO55", "DE89370400440532013000", "+44-2079460000",
    "de", "128551e7-3799-41b3-b82b-f87a59e8345f", "1", "12", "123", "1234", "12345678", "123456789",
    "1234567890123", "US0378331005", "ABCD", "ABCDEFGHIJKL", "CH123456", "00AA", "AA" * 32,
    "GBBCDFGHJ1", "AU123456", "NZ123456", "IE123456", "SC123456", "CP1234", "SW123", "FW123456789",
    "PT12345678", "RU123456789", "IT1234567890", "AT12345", "CA123456789", "SW123456", "BL12345678",
    "ES12345678", "ZA123456", "HK123", "0" * 64,
)  # fmt: skip
_DATES = {
    "XmlDate": "2026-01-15", "XmlDateTime": "2026-01-15T10:30:00", "XmlTime": "10:30:00",
    "XmlPeriod": "2026", "Decimal": "1", "bool": "true", "bytes": "00AA", "int": "1",
}  # fmt: skip
#: Deeper than any schema without a circle of types.
_DEEPEST = 24


class Leaf(NamedTuple):
    """What the generator wrote: the path without positions, and the text."""

    path: str
    text: str


def modules() -> list[str]:
    """Return the names of all versions of the messages that are read."""
    found = []
    for area in ("pacs", "pain", "camt"):
        package = importlib.import_module(f"pyiso20022.{area}")
        found += [each.name for each in pkgutil.iter_modules(package.__path__)]
    return [name for name in found if name[:8] in KINDS]


class Writer:
    """Writes one message; of optional elements each with a chance."""

    def __init__(self, module: str, seed: int, chance: float) -> None:
        name = f"pyiso20022.{module[:4]}.{module}"
        self._types: Any = importlib.import_module(f"{name}.{module}")
        self._random = Random(f"{module} {seed}")
        self._chance = chance
        self._out: list[str] = []
        self.leaves: list[Leaf] = []

    def message(self) -> str:
        """Return the XML of a document."""
        document = self._types.Document
        self._out.append(f'<Document xmlns="{document.Meta.namespace}">')
        self._children(document, "/Document", 0)
        self._out.append("</Document>")
        return "".join(self._out)

    def _children(self, kind: type, path: str, depth: int) -> None:
        required: set[str] = set()
        fields = [each for each in dataclasses.fields(kind) if each.metadata["type"] == "Element"]
        if "Choice" in kind.__name__:
            fields = [self._random.choice(fields)]
        if {"Cd", "Prtry"} <= {each.metadata["name"] for each in fields}:  # a choice
            chosen = self._random.choice(("Cd", "Prtry"))
            other = {"Cd", "Prtry"} - {chosen}
            fields = [each for each in fields if each.metadata["name"] not in other]
            required.add(chosen)
        if any(each.metadata["type"] == "Wildcard" for each in dataclasses.fields(kind)):
            self._wildcard(path)
        for field in fields:
            metadata = field.metadata
            if metadata.get("required") or metadata.get("min_occurs", 0) or len(fields) == 1:
                required.add(metadata["name"])
            by_chance = self._random.random() < self._chance and depth < _DEEPEST
            if metadata["name"] in required or by_chance:
                self._element(kind, field, path, depth)

    def _wildcard(self, path: str) -> None:
        """Write what a schema leaves open: an element of another namespace, with a name in it."""
        text = f"Ab {len(self.leaves)} Open"
        self._out.append(f'<Other xmlns="urn:other"><Who>{text}</Who></Other>')
        self.leaves.append(Leaf(f"{path}/Other/Who", text))

    def _element(self, kind: type, field: dataclasses.Field[Any], path: str, depth: int) -> None:
        name = field.metadata["name"]
        below = f"{path}/{name}"
        inner = _inner(_hints(kind)[field.name])
        attributes = ""
        if dataclasses.is_dataclass(inner):
            kinds = {each.metadata.get("type") for each in dataclasses.fields(inner)}
            attributes = ' Ccy="EUR"' if "Attribute" in kinds else ""
        self._out.append(f"<{name}{attributes}>")
        if dataclasses.is_dataclass(inner) and not _is_value(inner):
            self._children(inner, below, depth + 1)
        else:
            text = self._text(inner, field)
            self._out.append(html.escape(text))
            self.leaves.append(Leaf(below, text))
        self._out.append(f"</{name}>")

    def _text(self, kind: type, field: dataclasses.Field[Any]) -> str:
        if isinstance(kind, type) and issubclass(kind, Enum):
            return str(self._random.choice(list(kind)).value)
        metadata = field.metadata
        if dataclasses.is_dataclass(kind):
            return "1"
        if kind.__name__ in _DATES:
            return _DATES[kind.__name__]
        if "pattern" in metadata:
            fits = [text for text in _CANDIDATES if re.fullmatch(metadata["pattern"], text)]
            assert fits, f"no value of the form {metadata['pattern']}"
            return fits[0]
        longest = metadata.get("max_length", 35)
        return (
            f"Ab {len(self.leaves)} & Co"[:longest]
            .strip()
            .ljust(metadata.get("min_length", 1), "x")
        )


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind, vars(sys.modules[kind.__module__]))


def _inner(hint: Any) -> Any:
    """Return the type of an element: of ``list[X]``, and of ``X | None``."""
    arguments = [each for each in typing.get_args(hint) if each is not type(None)]
    return _inner(arguments[0]) if arguments else hint


def _is_value(kind: type) -> bool:
    return any(each.name == "value" for each in dataclasses.fields(kind))


def faults(raw: bytes, leaves: Sequence[Leaf]) -> Iterator[str]:
    """Yield what the reader did wrong."""
    found: dict[Element, None] = {}
    for message in read_payments(io.BytesIO(raw)):
        for transaction in message.transactions:
            found |= dict.fromkeys(transaction.elements)
        yield from (f"{each.code}: {each.what}" for each in message.problems)
    elements = sorted(found, key=lambda each: each.span)
    read = [Leaf(re.sub(r"\[\d+\]", "", each.path), each.text) for each in elements]
    if read != [leaf for leaf in leaves if leaf.text]:
        yield f"read {len(read)} values of {len(leaves)}"
    for each in elements:
        if html.unescape(raw[slice(*each.span)].decode()) != each.text:
            yield f"another span: {each.path}"
        if each.kind == "unknown" and "/SplmtryData" not in each.path:
            yield f"unknown: {each.path}"


def schema_faults(raw: bytes, folder: Path, module: str) -> list[str]:
    """Return what the schema of the folder says against a message, where it has the version."""
    from lxml import etree

    path = folder / f"{module.replace('_', '.')}.xsd"
    if not path.is_file():
        return []
    schema = etree.XMLSchema(etree.parse(str(path)))
    schema.validate(etree.fromstring(raw))
    return [str(each) for each in schema.error_log]  # type: ignore[attr-defined]


def main() -> int:
    """Read one full and three sparse messages of every version, and print what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--schemas", type=Path)
    options = parser.parse_args()
    count = values = wrong = checked = 0
    start = time.process_time()
    for module in modules():
        for chance in (1.0, 0.5, 0.2, 0.05):
            writer = Writer(module, options.seed, chance)
            raw = writer.message().encode()
            count, values = count + 1, values + len(writer.leaves)
            wrongs = list(faults(raw, writer.leaves))
            if options.schemas:
                checked += (options.schemas / f"{module.replace('_', '.')}.xsd").is_file()
                wrongs += schema_faults(raw, options.schemas, module)
            wrong += bool(wrongs)
            if wrongs:
                print(module, chance, wrongs[:3])
    seconds = time.process_time() - start
    print(f"{count} messages of {len(modules())} versions, {values:,} values, {wrong} with faults,")
    print(f"{checked} checked against their schema; {seconds:.0f} s of CPU")
    return bool(wrong)


if __name__ == "__main__":
    raise SystemExit(main())
