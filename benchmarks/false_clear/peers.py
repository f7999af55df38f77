"""The hunt's names by peers, in one run: ``python -m benchmarks.false_clear.peers --seed 1``.

A peer is given the very name that the list prints, so that it has nothing to look for: what it
scores below its threshold it would clear. Limen screens against all lists, as always. Only cells
with names alone apply to all of them. nomenklatura runs in its own environment, which
``benchmarks.names.pairs`` makes; Watchman's rules are those of its documentation.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import limen
from benchmarks import machine
from benchmarks.false_clear import watchman_rules, ways
from benchmarks.false_clear.__main__ import HOME
from benchmarks.false_clear.cases import Case
from benchmarks.false_clear.home import prepare
from benchmarks.false_clear.targets import draw
from benchmarks.false_clear.variants import cases
from benchmarks.names.pairs import PEER_THRESHOLD, Pair, nomenklatura

_LIMEN, _WATCHMAN = "limen", "Watchman's rules"
#: Letters in a name beyond which a matcher is asked about nothing a form would hold.
_LONGEST = 300


class Asked(NamedTuple):
    """One name of a case, beside the name that the list prints."""

    case: int
    query: str
    listed: str
    schema: str


def main() -> int:
    """Screen the drawn names by all and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--targets", type=int, default=150)
    parser.add_argument("--page", action="store_true", help="write the results page")
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    prepare(HOME)
    os.environ["LIMEN_HOME"] = str(HOME)
    engine = limen.open()
    drawn = [
        case
        for target in draw(engine, chosen.targets, chance)
        for case in cases(target, chance)
        if set(case.properties) == {"name"} and len("".join(case.properties["name"])) < _LONGEST
    ]
    missed = {_LIMEN: [seen.verdict == "silent" for seen in ways.engine(engine, drawn)]}
    missed |= _by_peers(drawn)
    command = f"python -m benchmarks.false_clear.peers --seed {chosen.seed}"
    lines = [
        *machine.header("False clears of peers", f"{command} --targets {chosen.targets}"),
        f"{len(drawn):,} names of {chosen.targets:,} listed parties. Missed is what Limen clears",
        f"without a word, what nomenklatura scores below {PEER_THRESHOLD}, its default, and what",
        f"Watchman's rules score below {watchman_rules.THRESHOLD}; each peer is given the listed",
        "name itself, and has none to look for.",
        "",
        *_table(drawn, missed),
    ]
    if chosen.page:
        machine.write("false_clear_peers.md", lines)
    else:
        sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _by_peers(drawn: Sequence[Case]) -> dict[str, list[bool]]:
    """Return by peer what it misses: a case none of whose names reaches the threshold."""
    asked = [
        Asked(at, name.replace("\0", ""), case.target.name, case.target.schema)
        for at, case in enumerate(drawn)
        for name in case.properties["name"]
    ]
    pairs = [Pair(each.schema, each.query, each.listed, True, "", "") for each in asked]
    found = {
        peer: (list(scores), PEER_THRESHOLD) for peer, (scores, _) in nomenklatura(pairs).items()
    }
    rules = [
        watchman_rules.score(each.query, each.listed, person=each.schema == "Person")
        for each in asked
    ]
    found[_WATCHMAN] = (rules, watchman_rules.THRESHOLD)
    answer = {}
    for peer, (scores, threshold) in found.items():
        best = [0.0] * len(drawn)
        for each, score in zip(asked, scores, strict=True):
            best[each.case] = max(best[each.case], score)
        answer[peer] = [score < threshold for score in best]
    return answer


def _table(drawn: Sequence[Case], missed: dict[str, list[bool]]) -> list[str]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for at, case in enumerate(drawn):
        for kind in ("all", case.kind):
            counts[kind]["all"] += 1
            counts[kind].update(peer for peer, lost in missed.items() if lost[at])
    head = f"| kind | names | {' | '.join(f'{peer} missed' for peer in missed)} |"
    rows = [
        f"| {kind} | {counts[kind]['all']:,} | "
        + " | ".join(f"{counts[kind][peer]:,}" for peer in missed)
        + " |"
        for kind in counts
    ]
    return [head, "|" + "---|" * (len(missed) + 2), *rows]


if __name__ == "__main__":
    sys.exit(main())
