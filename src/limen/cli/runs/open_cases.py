"""Do what ``limen cases open`` and ``decide`` do: read answers, and what is decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec

from limen.cases.cases import Cases
from limen.cases.decision import Act, Decision, Discriminator
from limen.model import InputError

#: Answers of one transaction: what an interrupt can lose is opened again with the same file.
_AT_ONCE = 200


def open_files(cases: Cases, files: Sequence[Any], options: Mapping[str, Any]) -> Counter[str]:
    """Open the alerts of files of answers, and count what became of them.

    Raises:
        InputError: a line is no answer; what came before it is opened.
    """
    counts: Counter[str] = Counter(answers=0)
    answers = (wire for file in files for wire in _read(file))
    while batch := list(islice(answers, _AT_ONCE)):
        counts["answers"] += len(batch)
        counts.update(each.outcome for each in cases.open_alerts(batch, **options))
    return counts


def act_of(action: str, given: Mapping[str, Any]) -> Act:
    """Return the action of a command line."""
    decision = None
    if action == "propose":
        sources = dict(given["source"])
        differs = tuple(
            Discriminator(field, subject, listed, sources.get(field, ""))
            for field, subject, listed in given["differs"]
        )
        decision = Decision(given["outcome"], given["reason"], differs, given["note"])
    return Act(action, decision, given["note"], given["to"])


def _read(file: Any) -> Iterator[dict[str, Any]]:
    """Yield answers of a JSON document, or of JSON lines; a payment file has several in one."""
    raw = file.read()
    try:
        documents = [msgspec.json.decode(raw)]
    except (msgspec.DecodeError, UnicodeDecodeError):
        documents = [_line(line, number, file) for number, line in enumerate(raw.splitlines(), 1)]
    for document in documents:
        for wire in document if isinstance(document, list) else [document]:
            if not isinstance(wire, dict):
                raise InputError("this is no answer", where=str(getattr(file, "name", "")))
            yield from wire.get("transactions", [wire])


def _line(line: bytes, number: int, file: Any) -> Any:
    try:
        return msgspec.json.decode(line) if line.strip() else []
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        name = getattr(file, "name", "")
        raise InputError(f"not JSON: {error}", where=f"{name} line {number:,}") from error
