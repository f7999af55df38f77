"""Numbers that lists print in prose, and how many of them are read into identifiers.

``python -m benchmarks.lists.numbers``: the printed ones are found by expressions of this file, in
every text of an entry that is no identifier; one counts as read when an identifier of the same
record has it. What is left is printed, so that somebody can look at it.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator

from benchmarks.lists.newest import Files, newest
from benchmarks.machine import header, write
from limen.lists.audit import Audit
from limen.lists.verify import read_version
from limen.model import Entry
from limen.model.identifiers import SCHEMES

_WALLET = (
    r"0x[0-9a-fA-F]{40}\b|\bbc1[0-9a-z]{20,90}\b|\b[13][1-9A-HJ-NP-Za-km-z]{25,34}\b"
    r"|\bT[1-9A-HJ-NP-Za-km-z]{33}\b"
)
_PRINTED = {
    "wallet": re.compile(_WALLET),
    "BIC": re.compile(r"\b(?:SWIFT|BIC)\b\W{0,3}(?:BIC|code)?\W{0,3}([A-Z]{6}[A-Z0-9]{2,5})\b"),
    "IMO": re.compile(r"\bIMO\b\D{0,15}(\d{7})\b"),
    "INN": re.compile(r"\b(?:INN|ИНН)\W{0,4}(\d{10,12})\b"),
    "OGRN": re.compile(r"\b.?GRN\W{0,4}(\d{13,15})\b"),
    "registration": re.compile(
        r"(?i)\b(?:registration|company) (?:number|no)\W{0,4}([A-Z]{0,3}\d{6,15})\b"
    ),
    "tax": re.compile(r"(?i)\btax (?:id|identification)[^\d;]{0,20}(\d{8,14})\b"),
    "passport": re.compile(r"(?i)\bpassport (?:number|no)\W{0,4}([A-Z]{0,2}\d{6,10})\b"),
}
#: Kinds that a text about a person gives another party: a bank, a ship, a company.
_OF_COMPANIES = ("BIC", "IMO", "INN", "OGRN", "registration", "tax")


def main() -> int:
    lines = ["| list | kind | printed | read | not read |", "|---|---|---:|---:|---|"]
    for (list_id, layout), files in newest().items():
        printed, missed = _count(files)
        for kind, count in sorted(printed.items()):
            left = sorted(missed[kind])
            examples = ", ".join(f"{record} {number}" for record, number in left[:3])
            lines.append(
                f"| {list_id} {layout} | {kind} | {count} | {count - len(left)} | {examples} |"
            )
    title, command = "Numbers in the prose of lists", "python -m benchmarks.lists.numbers"
    write("list_numbers.md", header(title, command) + lines)
    return 0


def _count(files: Files) -> tuple[Counter[str], dict[str, set[tuple[str, str]]]]:
    printed: Counter[str] = Counter()
    missed: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for entry in read_version(files.format, files.sources, Audit()):
        numbers = _numbers(entry)
        for kind, pattern in _PRINTED.items():
            if entry.schema == "Person" and kind in _OF_COMPANIES:
                continue
            found = {match for text in _texts(entry) for match in pattern.findall(text)}
            printed[kind] += len(found)
            missed[kind] |= {
                (entry.record_id, number) for number in found if _plain(number) not in numbers
            }
    return +printed, missed


def _texts(entry: Entry) -> Iterator[str]:
    for values in (entry.properties, entry.extra):
        for name, texts in values.items():
            if name not in SCHEMES:
                yield from texts


def _numbers(entry: Entry) -> set[str]:
    return {_plain(value) for name in SCHEMES for value in entry.properties.get(name, ())}


def _plain(number: str) -> str:
    bare = "".join(filter(str.isalnum, number)).lower()
    return bare.removeprefix("imo")


if __name__ == "__main__":
    sys.exit(main())
