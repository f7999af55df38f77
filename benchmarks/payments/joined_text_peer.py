"""Screen the joined text of payments with nomenklatura: what users do who have no reader.

Limen's index ranks the candidates of the joined text, and logic-v2 scores them.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from benchmarks.payments.messages import Payment
from limen.engine import Engine
from limen.snapshot.format import SCHEMAS

_SCRIPT = Path(__file__).parents[1] / "names/nomenklatura_peer.py"
_MATCHER, _THRESHOLD = "logic-v2", 0.70
#: Candidates scored of each payment, names of each, and innocent payments: the peer takes a
#: millisecond a pair.
_CANDIDATES, _NAMES, _INNOCENTS = 8, 4, 1_000


def peer_lines(
    engine: Engine, python: str, planted: Sequence[Payment], innocents: Sequence[Payment]
) -> list[str]:
    """The peer's recall of planted payments and the innocents that it holds, for the page."""
    innocents = innocents[:_INNOCENTS]
    best = _best(engine, python, [*planted, *innocents])
    found = sum(score >= _THRESHOLD for score in best[: len(planted)])
    held = sum(score >= _THRESHOLD for score in best[len(planted) :])
    return [
        "",
        (
            f"{_MATCHER} at {_THRESHOLD:.2f} on the joined text of the same payments: recall "
            f"{found / len(planted):.2%} ({found} of {len(planted)}), innocents held "
            f"{held / max(1, len(innocents)):.2%} ({held} of {len(innocents):,})."
        ),
    ]


def _best(engine: Engine, python: str, payments: Sequence[Payment]) -> list[float]:
    """The best score of each payment."""
    pairs, owners = io.StringIO(), []
    writer = csv.writer(pairs)
    snapshot = engine.snapshot
    for number, payment in enumerate(payments):
        text = " ".join((*payment.names.values(), *payment.texts.values()))
        for party, _ in engine.index.candidates([text], "LegalEntity", _CANDIDATES):
            schema = SCHEMAS[int(snapshot.parties["schema"][party])]
            first, end = (int(each) for each in snapshot.parties["names"][party : party + 2])
            for row in range(first, min(end, first + _NAMES)):
                writer.writerow((schema, text, snapshot.name_texts[row]))
                owners.append(number)
    done = subprocess.run(
        [python, str(_SCRIPT), _MATCHER], input=pairs.getvalue(), capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    scores = json.loads(done.stdout)[_MATCHER]["scores"]
    best = [0.0] * len(payments)
    for owner, score in zip(owners, scores, strict=True):
        best[owner] = max(best[owner], score)
    return best
