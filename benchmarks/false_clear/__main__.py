"""Hunt for false clears: ``python -m benchmarks.false_clear --seed 1 --targets 500``.

Builds a home from the newest version of every list in ``../shared/data`` (kept in ``--home``),
draws listed parties, writes each in every way it knows, and sends them through every way in. What
comes back without a hit, a review, a refusal or a notice is a silent false clear. The page says
how many of each kind, and shows the smallest input of each.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import limen
from benchmarks import machine
from benchmarks.false_clear import layouts, ways
from benchmarks.false_clear.home import prepare
from benchmarks.false_clear.targets import draw
from benchmarks.false_clear.variants import cases
from benchmarks.server.running import server

_VERDICTS = ("found", "review", "told", "review under clear", "clear with a notice", "silent")
HOME = Path(tempfile.gettempdir()) / "limen-false-clear"
#: Rows of a file of one layout.
_ROWS = 40


class Table:
    """Counts of verdicts by way and kind, with the smallest silent input of each."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.smallest: dict[tuple[str, str], str] = {}
        self.certain = Counter[str]()

    def add(self, way: str, kind: str, seen: ways.Seen, *, shown: str, certain: bool) -> None:
        """Count one verdict."""
        self.counts[way, kind][seen.verdict] += 1
        if certain:
            self.certain[seen.verdict] += 1
        if seen.verdict in ("silent", "clear with a notice", "review under clear"):
            before = self.smallest.get((way, kind))
            if before is None or len(shown) < len(before):
                self.smallest[way, kind] = f"{seen.verdict}: {shown}"

    def lines(self) -> list[str]:
        """Return the table in Markdown, the worst first."""
        head = "| way | kind | " + " | ".join(_VERDICTS) + " | smallest |"
        rows = [head, "|" + "---|" * (len(_VERDICTS) + 3)]
        order = sorted(self.counts, key=lambda key: (-self.counts[key]["silent"], key))
        for key in order:
            counts = self.counts[key]
            figures = " | ".join(str(counts[verdict] or "") for verdict in _VERDICTS)
            shown = self.smallest.get(key, "").replace("|", "/").replace("\n", " ")[:110]
            rows.append(f"| {key[0]} | {key[1]} | {figures} | `{shown}` |")
        return rows

    def totals(self) -> Counter[str]:
        """Return all verdicts counted."""
        return sum(self.counts.values(), Counter())


def main() -> int:
    options = _options()
    chance = random.Random(options.seed)
    prepare(options.home)
    os.environ["LIMEN_HOME"] = str(options.home)
    opened = limen.open()
    targets = list(draw(opened, options.targets, chance))
    table = Table()
    drawn = [case for target in targets for case in cases(target, chance)]
    chosen = options.ways.split(",")
    names_only = [case for case in drawn if set(case.properties) == {"name"}]
    if "engine" in chosen:
        _count(table, "engine", drawn, ways.engine(opened, drawn))
    if "document" in chosen:
        numbers = [case for case in drawn if case.kind.endswith("alone)")]
        half = options.targets * 2
        some = [*_some(names_only, half, chance), *_some(numbers, half, chance)]
        _count(table, "document", some, ways.document(opened, some))
    if "shell" in chosen:
        some = _some(names_only, options.targets * 4, chance)
        _count(table, "shell", some, ways.shell(os.environ["LIMEN_HOME"], some))
    if "file" in chosen:
        _files(table, targets, chance)
    if {"api", "yente", "page"} & set(chosen):
        with server(workers=1) as (base, _, _):
            asked = ways.Server(base)
            for way in ("api", "yente", "page"):
                pool = names_only if way == "page" else drawn
                some = _some(pool, options.targets * 4, chance)
                if way in chosen:
                    _count(table, way, some, getattr(asked, way)(some))
    _report(table, options, len(targets))
    return 0


def _some(cases, count: int, chance: random.Random):
    return chance.sample(cases, min(count, len(cases)))


def _count(table: Table, way: str, drawn, verdicts) -> None:
    for case, seen in zip(drawn, verdicts, strict=True):
        shown = f"{case.schema} {case.properties}"
        table.add(way, case.kind, seen, shown=shown, certain=case.certain)


def _files(table: Table, targets, chance: random.Random) -> None:
    people = [target for target in targets if target.schema == "Person"]
    pools = [(layouts.PEOPLE, people), (layouts.ANYONE, targets)]
    for pool, members in pools:
        for kind, layout in pool.items():
            some = _some(members, _ROWS, chance)
            name, content = layout(some, chance)
            verdicts = ways.file(os.environ["LIMEN_HOME"], name, content, len(some))
            for target, seen in zip(some, verdicts, strict=True):
                certain = target.schema == "Person" or kind not in layouts.TURNED
                shown = f"{target.name} {seen.detail}"
                table.add("file", kind, seen, shown=shown, certain=certain)


def _report(table: Table, options, targets: int) -> None:
    totals = table.totals()
    count = sum(totals.values())
    told = ", ".join(f"{verdict} {totals[verdict]:,}" for verdict in _VERDICTS)
    certain = sum(table.certain.values())
    found = table.certain["found"]
    command = f"python -m benchmarks.false_clear --seed {options.seed} --targets {options.targets}"
    lines = [
        *machine.header("False clears", command),
        f"{targets:,} listed parties, {count:,} variants: {told}.",
        f"Of {certain:,} that a person would call certain, {found:,} are hits.",
        "",
        *table.lines(),
    ]
    if options.page:
        machine.write("false_clear.md", lines)
    else:
        sys.stdout.write("\n".join(lines) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.false_clear")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--targets", type=int, default=500)
    parser.add_argument("--home", type=Path, default=HOME, help="where the lists are compiled")
    parser.add_argument("--ways", default="engine,document,shell,file,api,yente,page")
    parser.add_argument("--page", action="store_true", help="write the results page")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
