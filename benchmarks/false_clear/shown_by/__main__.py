"""Run what first showed each kind: ``python -m benchmarks.false_clear.shown_by [--page]``.

Every row is run, none is pasted. The command ends with 1 where an answer is not one of those that
are right.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import limen
from benchmarks import machine
from benchmarks.documents.hidden_names import documents, verdict
from benchmarks.false_clear.__main__ import HOME
from benchmarks.false_clear.home import prepare
from benchmarks.false_clear.shown_by import commands, parties, places
from benchmarks.false_clear.shown_by.trial import Trial
from benchmarks.false_clear.targets import draw

#: Enough parties that every kind of number is among them; always the same ones.
_TARGETS = 3_000


def main() -> int:
    """Run all trials and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", action="store_true", help="write the results page")
    parser.add_argument("--kind", type=int, action="append", help="only this kind")
    chosen = parser.parse_args()
    prepare(HOME)
    os.environ["LIMEN_HOME"] = str(HOME)
    with tempfile.TemporaryDirectory() as folder:
        made = [
            trial for trial in _trials(Path(folder)) if not chosen.kind or trial.kind in chosen.kind
        ]
        made.sort(key=lambda trial: trial.kind)
        answers = [trial.run() for trial in made]
    wrong = [
        trial for trial, answer in zip(made, answers, strict=True) if answer not in trial.right
    ]
    lines = [
        *machine.header("Shown by", "python -m benchmarks.false_clear.shown_by"),
        f"{len(made)} trials, {len(wrong)} with an answer that is not right.",
        "",
        "| kind | what | command | right | now | |",
        "|---|---|---|---|---|---|",
        *(_row(trial, answer) for trial, answer in zip(made, answers, strict=True)),
    ]
    if chosen.page:
        machine.write("false_clear_shown_by.md", lines)
    else:
        sys.stdout.write("\n".join(lines) + "\n")
    return 1 if wrong else 0


def _trials(folder: Path) -> Iterator[Trial]:
    engine = limen.open()
    targets = list(draw(engine, _TARGETS, random.Random(1)))
    yield from parties.trials(engine, targets)
    yield from places.trials(engine)
    yield from commands.trials(HOME, targets, folder)
    for made in documents():
        yield Trial(
            9,
            f"document: {made.kind}",
            f"screen_document({made.name})",
            lambda made=made: verdict(engine, made),
            ("found", "cannot say", "refused"),
        )


def _row(trial: Trial, answer: str) -> str:
    command = ascii(trial.command)[1:-1].replace("|", "/")[:110]
    mark = "" if answer in trial.right else "**wrong**"
    right = ", ".join(dict.fromkeys(trial.right))
    return f"| {trial.kind} | {trial.what} | `{command}` | {right} | {answer} | {mark} |"


if __name__ == "__main__":
    sys.exit(main())
