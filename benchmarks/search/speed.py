"""How fast: ``python -m benchmarks.search.speed [PARTIES]``.

Batch and single questions on the real lists; with a number, on that many parties made by
recombining the words of real names.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.machine import as_installed, header, write
from benchmarks.search import exam
from benchmarks.search.real_lists import merged
from limen.names import DEFAULT_THRESHOLD, NameIndex, NameRow, Query, build_index
from limen.names.reading.normalise import normalise

CROWD = Query(
    (
        "محمد بن سلمان آل سعود", "حسين علي", "عبد الرحمن الراشد", "صالح العلي", "محمد حسين",
        "علي رضا موسوی", "رضا محمدی", "Мухаммад Хусейн", "Абдурахман аль-Рашид", "Алексей Иванов",
        "Сергей Петрович", "Юлия Сергеевна", "김정철", "박영호", "李伟", "王芳", "侯赛因",
        "Γιώργος Παππάς", "בנימין כהן", "გიორგი ბერიძე",
    ),
    "Person",
)  # fmt: skip
COLD = (
    "import sys, time; from pathlib import Path; import numpy as np; from limen.names import *; "
    "folder = Path(sys.argv[1]); "
    "index = NameIndex({f.stem: np.load(f, mmap_mode='c') for f in folder.glob('*.npy')}); "
    "list(index.search([Query(('Sergey Aksyonov',), 'Person')], cutoff=0.7))"
)


def recombined(count: int) -> Iterator[NameRow]:
    """Names of ``count`` people, two to three each, made of the words of real names."""
    dice = random.Random(5)
    people = [
        name.replace(",", "").split()
        for party in merged()
        if party.schema == "Person"
        for name in party.names
        if name.isascii()
    ]
    first = [said[0] for said in people if said]
    rest = [said[1:] for said in people if len(said) > 1]
    for party in range(count):
        family = dice.choice(first)
        for kind in range(dice.choice((2, 2, 3, 3))):
            yield NameRow(party, " ".join([family, *dice.choice(rest)]), kind, "Person")


def real() -> tuple[list[NameRow], int]:
    parties = merged()
    rows = [
        NameRow(at, name, 0, party.schema)
        for at, party in enumerate(parties)
        for name in party.names
    ]
    return rows, len(parties)


def milliseconds(index: NameIndex, queries: list[Query]) -> str:
    """Median and 95th percentile of one question at a time, names not read before."""
    taken, cpu = [], []
    for query in queries:
        normalise.cache_clear()
        started, used = time.perf_counter(), time.thread_time()
        list(index.search([query], cutoff=DEFAULT_THRESHOLD))
        taken.append(1000 * (time.perf_counter() - started))
        cpu.append(1000 * (time.thread_time() - used))
    (p50, p95), (cpu50, cpu95) = np.percentile(taken, (50, 95)), np.percentile(cpu, (50, 95))
    return f"p50 {p50:.2f} ms, p95 {p95:.2f} ms (CPU {cpu50:.2f} and {cpu95:.2f})"


def rate(index: NameIndex, queries: list[Query]) -> float:
    """Queries a second in a batch: the median of three passes."""
    taken = []
    for _ in range(3):
        normalise.cache_clear()
        started = time.perf_counter()
        for _ in index.search(queries, cutoff=DEFAULT_THRESHOLD):
            pass
        taken.append(time.perf_counter() - started)
    return len(queries) / float(np.median(taken))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    rows, parties = (recombined(count), count) if count else real()
    started, cpu = time.perf_counter(), time.process_time()
    arrays = build_index(rows, parties)
    built, cpu = time.perf_counter() - started, time.process_time() - cpu
    command = "python -m benchmarks.search.speed" + (f" {count}" if count else "")
    lines = header(f"Search: speed over {parties:,} parties", command)
    size = sum(array.nbytes for array in arrays.values()) / 1e6
    names = arrays["row_party"].size
    lines.append(
        f"- {names:,} names; built in {built:.1f} s ({cpu:.1f} s of CPU); {size:.0f} MB of arrays"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    lines.append(f"- peak memory of building: {peak:.0f} MB")
    with tempfile.TemporaryDirectory() as folder:
        for name, array in arrays.items():
            np.save(Path(folder) / f"{name}.npy", array)
        del arrays
        started = time.perf_counter()
        files = Path(folder).glob("*.npy")
        index = NameIndex({file.stem: np.load(file, mmap_mode="c") for file in files})
        lines.append(f"- opened in {1000 * (time.perf_counter() - started):.1f} ms")
        ask(index, lines, 300 if count else 2000, schema="Person" if count else "")
        cold = []
        for _ in range(6):
            started = time.perf_counter()
            subprocess.run(
                [sys.executable, "-c", COLD, folder], env=as_installed(folder), check=True
            )
            cold.append(time.perf_counter() - started)
        lines.append(f"- a cold process, one question: {np.median(cold[1:]):.3f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    lines.append(f"- peak memory of this run, building included: {peak:.0f} MB")
    write(f"search_speed_{parties}.md", lines)


def ask(index: NameIndex, lines: list[str], count: int, *, schema: str) -> None:
    """Measure every way; ``schema`` replaces that of the real parties, for an index of people."""
    people = [Query((p["full_name"],), "Person") for p in exam.innocents(count, 9)]
    dice = random.Random(4)
    real_names = [
        Query((exam.misspell(name, dice, 1),), schema or party.schema)
        for party in dice.sample(merged(), count)
        for name in party.names[:1]
    ]
    list(index.search(people[:5], cutoff=0.7))
    lines.append(f"- batch, innocents, one name each: {rate(index, people):,.0f} parties/s")
    lines.append(f"- batch, listed names with an error: {rate(index, real_names):,.0f} parties/s")
    lines.append(f"- single: {milliseconds(index, real_names[:500])}")
    crowd = milliseconds(index, [CROWD] * 20)
    lines.append(f"- 20 names, most not Latin: {crowd}")


if __name__ == "__main__":
    main()
