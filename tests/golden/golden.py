"""Work out what the golden files hold, from the inputs beside them.

The tests compare; ``tools/build_golden.py`` writes. What is frozen under a matcher's name (the
scores, how names are read, the numbers and tables) is apart from what may change for a stated
reason (whole answers, which also carry the law and the words of the engine).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from limen.model import TokenPair
from limen.names import compare, score

HERE = Path(__file__).parent
PAIRS = HERE / "pairs.csv"
#: The one matcher whose alignments are its own; the others are drawn with it.
ALIGNED = "limen-1"
MATCHERS = (ALIGNED, "ofac", "exact")


def pairs() -> list[dict[str, str]]:
    """Read the pairs of names: schema, one, two and why they are there."""
    with PAIRS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def scored(matcher: str) -> Iterator[tuple[str, ...]]:
    """Score every pair: schema, one, two, score, and for ``limen-1`` the alignment."""
    for pair in pairs():
        schema, one, two = pair["schema"], pair["one"], pair["two"]
        if matcher == ALIGNED:
            found = compare(one, two, schema)
            yield schema, one, two, f"{found.score:.3f}", aligned(found.alignment)
        else:
            yield schema, one, two, f"{score(one, two, schema, matcher):.3f}"


def aligned(alignment: Sequence[TokenPair]) -> str:
    """Write an alignment in one line: ``V=Vladimir initial 0.1234; ...``."""
    return "; ".join(
        f"{pair.query}={pair.listed} {pair.kind} {pair.contribution:.4f}" for pair in alignment
    )


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write rows as CSV text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def as_json(value: Any) -> str:
    """Write a value as JSON, one line for each of its innermost collections, keys in order."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def as_lines(values: Mapping[str, Any]) -> str:
    """Write named values as JSON, one line each."""
    return "".join(
        json.dumps({name: value}, ensure_ascii=False, sort_keys=True) + "\n"
        for name, value in values.items()
    )
