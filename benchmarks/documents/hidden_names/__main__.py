"""Count what comes back: ``LIMEN_HOME=... python -m benchmarks.documents.hidden_names``."""

from __future__ import annotations

import sys
from collections import Counter

import limen
from benchmarks.documents.hidden_names import documents, verdict


def main() -> None:
    engine = limen.open()
    counts: dict[str, Counter[str]] = {}
    silent = []
    for made in documents():
        seen = verdict(engine, made)
        counts.setdefault(made.kind, Counter())[seen] += 1
        if seen == "silent":
            silent.append(f"silent: {made.name}")
    shown = ("found", "cannot say", "refused", "silent")
    lines = ["| kind | " + " | ".join(shown) + " |", "|---|---|---|---|---|"]
    for kind, count in counts.items():
        lines.append(f"| {kind} | " + " | ".join(str(count[each] or "") for each in shown) + " |")
    sys.stdout.write("\n".join([*lines, "", *silent]) + "\n")


if __name__ == "__main__":
    main()
