"""Change one thing in the source, run the tests of its room, and report whether they notice.

A mutation that no test notices (a survivor) is a rule that nothing pins. One command samples
mutations of some rooms with a seed, so that a run can be repeated::

    python tools/mutate.py --rooms names,screening --sample 20 --seed 1

Every mutation runs against a copy of the tree in a temporary folder. A mutated kernel runs
interpreted, because the compiled ones are of other sources by their digest. A room's tests run
the quickest first and stop at the first that fails. The exit code is 1 where something survived.
See docs/mutation.md.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

from mutations import ROOT, Mutation, mutations

PACKAGE = ROOT / "src" / "limen"
#: Tests that use this many seconds of the processor, or take so many, hang: that is noticed.
PROCESSOR_SECONDS, SECONDS = 300, 1800
_OPTIONS = ("-x", "-q", "-n", "0", "-p", "no:cacheprovider", "-p", "no:schemathesis", "--tb=no")

#: Room -> the sources that are mutated, and the tests that must notice, the quickest first.
ROOMS: dict[str, tuple[str, str]] = {
    # without the tests that compile
    "names": (
        "names",
        (
            "golden/test_matchers.py names/test_reading.py names/test_index.py "
            "golden/test_answers.py names/test_numbering.py names/test_pairs.py "
            "names/test_bad_input.py names/test_bounds.py names/test_laws.py "
            "names/test_threads.py names/test_large_index.py"
        ),
    ),
    "screening": ("screening", "screening/test_scoring.py golden/test_answers.py screening"),
    "places": ("places", "places/test_numbers.py golden/test_answers.py places"),
    "law": ("law", "law/test_in_force.py law/test_assess_tables.py golden/test_answers.py law"),
    "access": (
        "server/access server/http/middleware.py server/settings.py",
        "server/test_access.py server/test_safety.py server/test_admission.py",
    ),
    "snapshot": ("snapshot", "snapshot/test_tables.py golden/test_answers.py snapshot"),
    # without the tests that kill processes, or need PostgreSQL
    "archive": (
        "archive",
        (
            "archive/test_history_tables.py archive/test_archive_history.py "
            "archive/test_archive_store.py archive/test_archive_versions.py "
            "archive/test_archive_life.py archive/test_archive_trouble.py"
        ),
    ),
}


def choose(rooms: list[str], sample: int, seed: int) -> list[tuple[str, Mutation]]:
    """Choose ``sample`` mutations of each room, the same for the same seed; 0 chooses all."""
    chosen = []
    for room in rooms:
        paths = [PACKAGE / each for each in ROOMS[room][0].split()]
        files = sorted(file for path in paths for file in _modules(path))
        every = [mutation for file in files for mutation in mutations(file)]
        some = random.Random(f"{room} {seed}").sample(every, min(sample or len(every), len(every)))
        chosen += [(room, each) for each in some]
    return chosen


def tests_of(room: str, mutation: Mutation) -> list[str]:
    """Return the tests of a room: first those that name the mutated module, then the quickest."""
    files = [f for each in ROOMS[room][1].split() for f in _modules(ROOT / "tests" / each)]
    tests = [file for file in dict.fromkeys(files) if file.name.startswith("test_")]
    name = re.compile(rf"\b{mutation.path.stem}\b")
    tests.sort(key=lambda file: name.search(file.read_text("utf-8")) is None)
    return [str(file.relative_to(ROOT)) for file in tests]


def _modules(path: Path) -> list[Path]:
    return [path] if path.is_file() else list(path.rglob("*.py"))


def try_one(tree: Path, tests: Sequence[str], mutation: Mutation) -> str:
    """Run some tests with one mutation: ``killed``, ``timeout`` or ``SURVIVED``."""
    target = tree / mutation.path.relative_to(ROOT)
    source = target.read_bytes()
    mutated = source[: mutation.start] + mutation.text.encode() + source[mutation.end :]
    target.write_bytes(mutated)
    try:
        return "SURVIVED" if passes(tree, tests) else "killed"
    except subprocess.TimeoutExpired:
        return "timeout"
    finally:
        target.write_bytes(source)


def passes(tree: Path, tests: Sequence[str]) -> bool:
    """Return whether some tests pass in a copy of the tree."""
    command = (sys.executable, "-m", "pytest", *_OPTIONS, *tests)
    own = {"PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    environment = os.environ | own
    done = subprocess.run(
        command,
        cwd=tree,
        env=environment,
        timeout=SECONDS,
        capture_output=True,
        check=False,
        preexec_fn=_limit,
    )
    return done.returncode == 0


def _limit() -> None:
    """Limit the processor time of this process: a busy machine makes no test hang."""
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))


def copy_tree(folder: Path) -> Path:
    """Copy what the tests need, next to a link to the shared files that some of them read."""
    tree = folder / "limen"
    ignored = shutil.ignore_patterns(".*")
    shutil.copytree(ROOT, tree, ignore=ignored)
    shared = (ROOT.parent / "shared").resolve()
    if shared.is_dir():
        (folder / "shared").symlink_to(shared)
    return tree


def main() -> int:
    """Try a sample of mutations and print what became of each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rooms", default=",".join(ROOMS), help="of " + ", ".join(ROOMS))
    parser.add_argument("--sample", type=int, default=10, help="mutations a room; 0 for all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--parallel", type=int, default=2)
    parser.add_argument("--tests", nargs="*", help="instead of the room's own")
    parser.add_argument("--list", action="store_true", help="print the mutations, try none")
    options = parser.parse_args()
    chosen = choose(options.rooms.split(","), options.sample, options.seed)
    if options.list:
        print("\n".join(f"{room}: {mutation}" for room, mutation in chosen))
        return 0
    started, survivors = time.monotonic(), 0
    with tempfile.TemporaryDirectory(prefix="limen-mutants-") as folder:
        trees: Queue[Path] = Queue()
        for number in range(options.parallel):
            (aside := Path(folder) / str(number)).mkdir()
            trees.put(copy_tree(aside))

        for room in options.rooms.split(","):
            tests = options.tests or [f"tests/{each}" for each in ROOMS[room][1].split()]
            if not passes(Path(folder) / "0" / "limen", tests):
                sys.exit(f"the tests of {room} fail without any mutation: fix them first")

        def attempt(room: str, mutation: Mutation) -> str:
            tree = trees.get()
            try:
                return try_one(tree, options.tests or tests_of(room, mutation), mutation)
            finally:
                trees.put(tree)

        with ThreadPoolExecutor(options.parallel) as pool:
            for (room, mutation), outcome in zip(
                chosen, pool.map(lambda each: attempt(*each), chosen), strict=True
            ):
                survivors += outcome == "SURVIVED"
                print(f"{outcome:<8}  {room:<9}  {mutation}", flush=True)
    minutes = (time.monotonic() - started) / 60
    print(f"{len(chosen) - survivors} of {len(chosen)} killed in {minutes:.1f} minutes")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
