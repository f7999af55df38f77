"""Damage an archive and read it: ``python -m benchmarks.damage.archives --times 600 --seed 1``.

The archive of the UN's list, in all versions of ``../shared/data``, is damaged in one place of its
file and read as the build of a snapshot reads it: versions, checks, and the states of every record.
It must give what the whole archive gives, or an error.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks import machine
from benchmarks.damage.damage import KINDS, damage, table
from limen.archive import Archive
from limen.model import LimenError
from limen.snapshot.build import update

LIST = "un_sc"
#: There is one file, so that none can be swapped.
_KINDS = tuple(kind for kind in KINDS if kind != "swap")


def contents(path: Path) -> list[object]:
    """Return all that a snapshot is built from."""
    with Archive.open(path) as archive:
        return [archive.versions(), archive.checks(LIST), list(archive.states(LIST))]


def main() -> int:
    """Run the corruptions and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--page", action="store_true", help="write results/damage_archive.md")
    chosen = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        home, trial = Path(scratch) / "home", Path(scratch) / "trial"
        update(home, lists=(LIST,), source=str(machine.SHARED / "data"), compile_after=False)
        whole = home / "archive.sqlite"
        expected = contents(whole)
        for turn in range(chosen.times):
            kind = _KINDS[turn % len(_KINDS)]
            shutil.rmtree(trial, ignore_errors=True)
            trial.mkdir()
            path = Path(shutil.copy(whole, trial / "archive.sqlite"))
            damage(trial, path.name, kind, seed=chosen.seed + turn)
            try:
                verdict = "unchanged" if contents(path) == expected else "CHANGED"
            except LimenError:
                verdict = "refused"
            counts[kind, verdict] += 1
            if verdict == "CHANGED":
                sys.stderr.write(f"{kind}, seed {chosen.seed + turn}: other contents\n")
    verdicts = ("refused", "unchanged", "CHANGED")
    command = f"python -m benchmarks.damage.archives --times {chosen.times} --seed {chosen.seed}"
    lines = [
        *machine.header("A damaged archive", command),
        (
            "Damage in what a build does not read, as publishers' own files, changes nothing here; "
            "`limen archive verify` reads all."
        ),
        "",
        *table(counts, _KINDS, verdicts),
    ]
    if chosen.page:
        machine.write("damage_archive.md", lines)
    else:
        sys.stdout.write("\n".join(lines) + "\n")
    return 1 if any(verdict == "CHANGED" for _, verdict in counts) else 0


if __name__ == "__main__":
    sys.exit(main())
