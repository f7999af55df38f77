"""Report numbers of a list version that are no evidence of a party.

A placeholder (``000000000``) fills a form, and a number that many records have is a register's or
a family's. Both stay on the record and are searched; records are not joined by them
(``limen.identity.strong_numbers``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from limen.lists.audit import Audit
from limen.model import Entry, Party
from limen.model.identifiers import FEWEST_DIGITS, MOST_BEARERS, SCHEMES, identifiers, is_dummy


def report_numbers(list_id: str, entries: Iterable[Entry], audit: Audit) -> None:
    """Report each placeholder, with its record, and each number of too many records."""
    bearers: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], str] = {}
    for entry in entries:
        where = f"{list_id} record {entry.record_id}"
        for kind, printed in _placeholders(entry):
            audit.report_oddity(f"{kind} {printed} is a placeholder: no evidence of a party", where)
        for number in set(_numbers(entry)):
            bearers[number] += 1
            first.setdefault(number, where)
    for (kind, key), count in bearers.items():
        if count > MOST_BEARERS:
            what = f"{kind} {key} is printed for {count:,} records: no evidence of one party"
            audit.report_oddity(what, f"{first[kind, key]} and others")


def _placeholders(entry: Entry) -> Iterator[tuple[str, str]]:
    for name, values in entry.properties.items():
        scheme = SCHEMES.get(name)
        if scheme is None or scheme.space != "document":
            continue
        for printed in values:
            if _is_long(printed) and is_dummy(printed):
                yield scheme.name, printed


def _numbers(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the kind and comparable form of each number that could be evidence."""
    for number in identifiers(Party(entry.schema or "LegalEntity", entry.properties)):
        for space, key in number.keys:
            if space == number.scheme.space and _is_long(key) and not is_dummy(key):
                yield number.scheme.name, key


def _is_long(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= FEWEST_DIGITS
