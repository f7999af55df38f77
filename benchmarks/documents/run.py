"""Documents, measured: ``LIMEN_HOME=... python -m benchmarks.documents.run``.

Scores the labelled texts, counts listed parties found and invented in them against the lists of
the active snapshot, and times a megabyte of text. The home has to hold the official lists:
``limen lists update --from ../shared/data --newest``.
"""

from __future__ import annotations

import platform
import random
import re
import resource
import time
from pathlib import Path

from benchmarks.documents.persons import WAYS, missed, people, screened
from benchmarks.documents.scoring import lines, score, texts
from limen.documents import report_on
from limen.documents.readers import read_bytes
from limen.engine.document_report import join

RESULTS = Path(__file__).resolve().parents[1] / "results" / "documents.md"
AS_OF = "2022-03-01"
MEGABYTE = 1_000_000
#: A day of OFAC's newest list, and how many of its people are looked for in a sentence.
LISTED_ON, DRAWN = "2024-05-10", 360
#: Every file of labelled texts, in the order they were written.
FILES = ("dev", "unseen", "third", "fourth", "fifth")
#: What a file scored the first time the reader saw it; and, of the files of which one half was
#: held back, its score after changes made with the other half.
FIRST_SIGHT = """\
texts                    spans F1  speakers  conditionals F1  polarity
unseen (20)                 0.971     0.912            0.812     0.846
third (32)                  0.967     0.822            0.883     0.794
  half held back, after     0.970     0.844            0.919     0.941
fourth (26)                 0.991     0.727            0.886     0.903
  half held back, after     0.983     0.862            0.941     0.875
fifth (16)                  1.000     0.897            1.000     1.000"""


def mentions(engine) -> list[str]:
    """Recall and false mentions over the labelled texts, and listed people in a sentence."""
    finder = engine.documents.finder
    labelled = [name.lower() for label in every_text() for name in label["listed"]]
    absent = [name for label in every_text() for name in missing_mentions(finder, label)]
    false, words = false_mentions(finder), sum(len(label["text"].split()) for label in every_text())
    found = len(labelled) - len(absent)
    lines = [
        f"listed parties recall  {found / len(labelled):.3f}  ({found} of {len(labelled)})",
        f"false mentions         {1000 * len(false) / words:.2f} per 1,000 words ({words:,} words)",
        *(f"missed {name}" for name in absent),
        *(f"invented {name}" for name in false),
    ]
    drawn = people(engine, LISTED_ON, DRAWN)
    for way in WAYS:
        count = DRAWN - len(list(missed(engine, drawn, LISTED_ON, way)))
        by_screening = sum(screened(engine, *person, LISTED_ON, way) for person in drawn)
        lines.append(f"people, {way:<20} {count} of {DRAWN}; by screening {by_screening}")
    return lines


def missing_mentions(finder, label: dict) -> list[str]:
    """Return the listed names of a labelled text that are not found in it."""
    named = {mention.text.lower() for mention in finder.mentions(label["text"])}
    listed = {name.lower() for name in label["listed"]}
    return [name for name in listed if not any(name in it or it in name for it in named)]


def false_mentions(finder) -> list[str]:
    """Return what is found in the labelled texts and names no party of their labels."""
    return [
        name
        for label in every_text()
        for name in {mention.text.lower() for mention in finder.mentions(label["text"])}
        if not any(name in listed.lower() or listed.lower() in name for listed in label["listed"])
    ]


def every_text() -> list[dict]:
    """The labelled texts of all files."""
    return [label for name in FILES for label in texts(name)]


def megabytes(engine) -> list[str]:
    """Seconds and peak memory: parties alone, and all that `limen read` does, for 1 MB and 4."""
    rows = []
    for count in (1, 4):
        text = shuffled(count * MEGABYTE)
        rows.append(
            f"{count} MB screened   {_timed(lambda t=text: engine.screen_document(t, AS_OF))}"
        )
        rows.append(f"{count} MB read       {_timed(lambda t=text: read(engine, t))}")
    rows.append(f'1 MB of "If"  {_timed(lambda: read(engine, "If " * (MEGABYTE // 3)))}')
    return rows


def shuffled(size: int) -> str:
    """The sentences of the labelled texts in any order, some of their words changed for others.

    A text that repeats itself is read faster than any real one: what was found is remembered.
    """
    dice = random.Random(1)
    body = "\n\n".join(label["text"] for label in every_text())
    sentences, words = re.split(r"(?<=[.?!]) |\n\n", body), body.split()
    parts, length = [], 0
    while length < size:
        chosen = dice.choice(sentences).split()
        sentence = " ".join(dice.choice(words) if dice.random() < 0.3 else word for word in chosen)
        parts.append(sentence + ("\n\n" if dice.random() < 0.4 else " "))
        length += len(parts[-1])
    return "".join(parts)[:size]


def read(engine, text: str) -> None:
    """All that `limen read` does with a text, but for opening the snapshot and printing."""
    document = read_bytes(text.encode(), "text.txt")
    join(engine, document, report_on(document), AS_OF)


def _timed(work) -> str:
    start, spent = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - start, time.process_time() - spent
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"{wall:.2f} s ({cpu:.2f} s CPU), peak {peak} MB"


def main() -> None:
    import limen

    engine = limen.open()
    rows = [
        "# Documents",
        "",
        f"{platform.machine()}, Python {platform.python_version()}; other work was running.",
        "Command: `python -m benchmarks.documents.run`",
        "",
        "## At first sight",
        "",
        "Each file was labelled before the reader was run on it; these are the scores of that run,",
        "before anything was changed. The bars: 0.95, 0.90, 0.85. Some labels of polarity were",
        "later found wrong by what docs/documents.md says of it, and corrected.",
        "",
        "```",
        *FIRST_SIGHT.split("\n"),
        "```",
        "",
        "Listed parties at first sight: third 13 of 16, fourth 13 of 15, fifth 12 of 12.",
        "What follows are the scores now: every file has been learnt from since.",
        "",
    ]
    for name in FILES:
        rows += [f"## texts_{name}", "", "```", *lines(score(texts(name))), "```", ""]
    start = time.process_time()
    _ = engine.documents.finder
    table = f"table of names         {time.process_time() - start:.2f} s CPU, once an engine"
    rows += [
        "## against the full lists",
        "",
        "```",
        *mentions(engine),
        table,
        *megabytes(engine),
        "```",
    ]
    RESULTS.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
