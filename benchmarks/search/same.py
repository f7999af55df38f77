"""Are the answers of two checkouts the same: ``python -m benchmarks.search.same OTHER_PYTHON``.

70,000 real names, evidence included: firms and people who are on no list, and listed names with a
typing error, under the wrong kind, and with their words turned. Each checkout builds a home of its
own from the newest lists, and each answer is hashed without its stamp. Ends with 1 if any differs.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.machine import SHARED  # noqa: E402 - run as a file too
from benchmarks.main_job import AS_OF, _innocents, load  # noqa: E402
from benchmarks.search.bars import errors  # noqa: E402
from benchmarks.search.real_lists import merged  # noqa: E402

COUNT, ERRORS, LISTED = 70_000, 6000, 6000
_OTHER = {"Person": "Organization", "Organization": "Person"}


def population() -> Iterator[dict[str, Any]]:
    """Yield firms and people who are on no list, by name and country."""
    with gzip.open(SHARED / "bench/population_dev.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            schema = "Organization" if row["kind"] == "org" else "Person"
            properties = {"name": row["name"], "country": row["country"]}
            yield {"schema": schema, "properties": properties}


def turned() -> Iterator[dict[str, Any]]:
    """Yield listed names under another kind, half of them with their last word first."""
    for at, party in enumerate(random.Random(7).sample(merged(), LISTED)):
        name = party.names[-1]
        if at % 2:
            *rest, last = name.split()
            name = ", ".join(filter(None, [last, " ".join(rest)]))
        yield {"schema": _OTHER.get(party.schema, "Person"), "properties": {"name": name}}


def parties() -> list[dict[str, Any]]:
    chosen = [*population(), *errors(ERRORS), *turned()]
    return chosen + _innocents(COUNT - len(chosen))


def digests(home: Path) -> Iterator[str]:
    """Yield the hash of every answer."""
    import limen
    from limen.snapshot import active_folder

    engine = limen.open(active_folder(home))
    for answer in engine.screen_many(parties(), as_of=AS_OF):
        wire = {name: value for name, value in answer.to_dict().items() if name != "stamp"}
        text = json.dumps(wire, sort_keys=True, default=str)
        yield blake2b(text.encode(), digest_size=8).hexdigest()


def measured(python: str) -> list[str]:
    """Return the hashes of the checkout that an environment holds."""
    with tempfile.TemporaryDirectory() as home:
        command = [python, __file__, "measure", home]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.split()


def main(other: str) -> int:
    """Compare the answers, and print the first parties for which they differ."""
    ours, theirs = measured(sys.executable), measured(other)
    differing = [at for at, (one, two) in enumerate(zip(ours, theirs, strict=True)) if one != two]
    print(f"{len(ours):,} answers, {len(differing):,} differ")
    asked = parties()
    for at in differing[:20]:
        print(f"  {asked[at]}")
    return 1 if differing else 0


if __name__ == "__main__":
    if sys.argv[1] == "measure":
        home = Path(sys.argv[2])
        load(home, newest=True)
        sys.stdout.writelines(f"{digest}\n" for digest in digests(home))
    else:
        raise SystemExit(main(sys.argv[1]))
