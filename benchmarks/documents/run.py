"""Documents, measured: ``LIMEN_HOME=... python -m benchmarks.documents.run``.

Scores the labelled texts, counts listed parties found and invented in them against the lists of
the active snapshot, and times a megabyte of text. The home has to hold the official lists:
``limen lists update --from ../shared/data --newest``.
"""

from __future__ import annotations

import platform
import resource
import time
from pathlib import Path

from benchmarks.documents.scoring import lines, score, texts

RESULTS = Path(__file__).resolve().parents[1] / "results" / "documents.md"
AS_OF = "2022-03-01"
MEGABYTE = 1_000_000


def mentions(finder) -> list[str]:
    """Recall and false mentions per thousand words over both halves of the labelled texts."""
    wanted = found = invented = words = 0
    told = []
    for each in (*texts("dev"), *texts("unseen")):
        text = each["text"]
        words += len(text.split())
        named = {mention.text.lower() for mention in finder.mentions(text)}
        listed = {name.lower() for name in each["listed"]}
        right = {name for name in listed if any(name in it or it in name for it in named)}
        false = {it for it in named if not any(name in it or it in name for name in listed)}
        wanted, found, invented = wanted + len(listed), found + len(right), invented + len(false)
        told += [f"missed {name}" for name in listed - right] + [f"invented {it}" for it in false]
    return [
        f"listed parties recall  {found / wanted:.3f}  ({found} of {wanted})",
        f"false mentions         {1000 * invented / words:.2f} per 1,000 words ({words:,} words)",
        *told,
    ]


def megabytes(engine) -> list[str]:
    """Seconds and peak memory for one megabyte of the labelled texts, and for four."""
    body = "\n\n".join(each["text"] for each in (*texts("dev"), *texts("unseen")))
    told = []
    for count in (1, 4):
        text = (body * (1 + count * MEGABYTE // len(body)))[: count * MEGABYTE]
        start, spent = time.perf_counter(), time.process_time()
        engine.screen_document(text, AS_OF)
        wall, cpu = time.perf_counter() - start, time.process_time() - spent
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        told.append(f"{count} MB screened         {wall:.2f} s ({cpu:.2f} s CPU), peak {peak} MB")
    return told


def main() -> None:
    import limen

    engine = limen.open()
    told = [
        "# Documents",
        "",
        f"{platform.machine()}, Python {platform.python_version()}; other work was running.",
        "Command: `python -m benchmarks.documents.run`",
        "",
        "First score of texts_unseen, before any change made after it was written: quotation spans",
        "F1 0.971, speakers 0.912, conditionals F1 0.812, polarity 0.846. Two of its labels of",
        "polarity (`unless`, `until`) were then found wrong and corrected, and general rules were",
        "added for what it had shown; it is unseen no more.",
        "",
    ]
    for name in ("dev", "unseen"):
        told += [f"## texts_{name}", "", "```", *lines(score(texts(name))), "```", ""]
    start = time.process_time()
    finder = engine.documents.finder
    table = f"table of names         {time.process_time() - start:.2f} s CPU, once an engine"
    told += [
        "## against the full lists",
        "",
        "```",
        *mentions(finder),
        table,
        *megabytes(engine),
        "```",
    ]
    RESULTS.write_text("\n".join(told) + "\n", encoding="utf-8")
    print("\n".join(told))


if __name__ == "__main__":
    main()
