"""Change one thing in the source, run the tests of its room, and report whether they notice.

A mutation that no test notices (a survivor) is a rule that nothing pins. One command samples
mutations of some rooms with a seed, so that a run can be repeated::

    python tools/mutate.py --rooms names,screening --sample 20 --seed 1

Every mutation runs against a copy of the tree in a temporary folder, with the interpreted
kernels (``LIMEN_PURE=1``), because compiled ones would not have the change. The exit code is 1
where something survived. See docs/mutation.md.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "limen"
#: A mutation that makes the tests run this many seconds is noticed: it hangs.
TIMEOUT = 240

#: Room -> the sources that are mutated, and the tests that must notice, the quickest first.
ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "names": (("names",), ("tests/golden/test_matchers.py", "tests/names")),
    "screening": (("screening",), ("tests/screening", "tests/golden/test_answers.py")),
    "places": (("places",), ("tests/places", "tests/golden/test_answers.py")),
    "law": (("law",), ("tests/law",)),
    "access": (
        ("server/access", "server/http/middleware.py", "server/settings.py"),
        ("tests/server/test_access.py", "tests/server/test_safety.py",
         "tests/server/test_admission.py"),
    ),
    "snapshot": (("snapshot",), ("tests/snapshot", "tests/golden/test_answers.py")),
    "archive": (("archive",), ("tests/archive",)),
}  # fmt: skip

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
#: Where a change of a number changes only how much memory or time is used, or how it is printed.
_SKIPPED_ARGUMENTS = ("maxsize", "indent", "digest_size", "mode", "errors", "level")


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change: the bytes ``start`` to ``end`` of a file become ``text``."""

    path: Path
    line: int
    start: int
    end: int
    before: str
    text: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.before} -> {self.text[:70]}"


def mutations(path: Path) -> list[Mutation]:
    """Every mutation of a file, in the order of its text."""
    source = path.read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    for node, changed in _changes(ast.parse(source)):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        text = ast.unparse(changed)
        if isinstance(changed, ast.expr) and not isinstance(changed, ast.Constant):
            text = f"({text})"
        before = " ".join(source[start:end].decode().split())[:70]
        found.append(Mutation(path, node.lineno, start, end, before, text))
    return found


def _changes(tree: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, ast.expr | ast.stmt]]:
    """Every node that can be changed, with what it becomes."""
    for child in ast.iter_child_nodes(tree):
        if _is_left_alone(child):
            continue
        if isinstance(child, (ast.expr, ast.stmt)):
            yield from ((child, changed) for changed in _variants(child))
        if isinstance(child, ast.AnnAssign):
            yield from _changes(ast.Expr(child.value)) if child.value else ()
        elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            for part in child.body:
                yield from _changes(ast.Module([part], []))
            if not isinstance(child, ast.ClassDef):
                for default in (*child.args.defaults, *child.args.kw_defaults):
                    yield from _changes(ast.Expr(default)) if default else ()
        else:
            yield from _changes(child)


def _is_left_alone(node: ast.AST) -> bool:
    """Return whether a part of the source cannot change an answer."""
    if isinstance(node, (ast.JoinedStr, ast.Raise, ast.Import, ast.ImportFrom)):
        return True
    if isinstance(node, ast.keyword):
        return node.arg in _SKIPPED_ARGUMENTS
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)  # a docstring
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"


def _variants(node: ast.expr | ast.stmt) -> Iterator[ast.expr | ast.stmt]:
    """What a node becomes: another comparison, number, side, call, or a default returned."""
    match node:
        case ast.Compare(ops=[operator, *rest]):
            yield _with(node, ops=[_COMPARISONS[type(operator)](), *rest])
        case ast.BoolOp(op=operator):
            yield _with(node, op=ast.Or() if isinstance(operator, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.Constant(value=bool() | int() | float() as value):
            yield from map(ast.Constant, _near(value))
        case ast.BinOp(op=operator) | ast.AugAssign(op=operator) if _is_number(node):
            if type(operator) in _ARITHMETIC:
                yield _with(node, op=_ARITHMETIC[type(operator)]())
        case ast.Call(func=ast.Name(id=name)) if name in _CALLS:
            yield _with(node, func=ast.Name(_CALLS[name]))
        case ast.IfExp():
            yield _with(node, body=node.orelse, orelse=node.body)
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))


def _near(value: bool | int | float) -> list[bool | int | float]:
    """The values next to one: the other truth, one more and less, a tenth more and less."""
    if isinstance(value, bool):
        return [not value]
    step = 1 if isinstance(value, int) else (value or 1) / 10
    return [round(value + step, 6), round(value - step, 6)]


def _with(node: ast.expr | ast.stmt, **fields: object) -> ast.expr | ast.stmt:
    changed = deepcopy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _is_number(node: ast.BinOp | ast.AugAssign) -> bool:
    """Return whether a sum may be one of numbers: not of types, nor of pieces of text."""
    sides = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.value,)
    constants = [side.value for side in sides if isinstance(side, ast.Constant)]
    texts = any(isinstance(side, (ast.JoinedStr, ast.List, ast.Tuple)) for side in sides)
    return not texts and all(isinstance(value, (int, float)) for value in constants)


def choose(rooms: list[str], sample: int, seed: int) -> list[tuple[str, Mutation]]:
    """Choose ``sample`` mutations of each room, the same for the same seed; 0 chooses all."""
    chosen = []
    for room in rooms:
        paths = [PACKAGE / each for each in ROOMS[room][0]]
        files = sorted(file for path in paths for file in _modules(path))
        every = [mutation for file in files for mutation in mutations(file)]
        some = random.Random(f"{room} {seed}").sample(every, min(sample or len(every), len(every)))
        chosen += [(room, each) for each in some]
    return chosen


def _modules(path: Path) -> list[Path]:
    return [path] if path.is_file() else list(path.rglob("*.py"))


def try_one(tree: Path, tests: Sequence[str], mutation: Mutation) -> str:
    """Run some tests with one mutation: ``killed``, ``timeout`` or ``SURVIVED``."""
    target = tree / mutation.path.relative_to(ROOT)
    source = target.read_bytes()
    mutated = source[: mutation.start] + mutation.text.encode() + source[mutation.end :]
    target.write_bytes(mutated)
    options = ("-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--no-header", "--tb=no")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *tests],
            cwd=tree, env=_environment(tree), timeout=TIMEOUT, capture_output=True, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "timeout"
    finally:
        target.write_bytes(source)
    return "SURVIVED" if done.returncode == 0 else "killed"


def _environment(tree: Path) -> dict[str, str]:
    own = {"PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1", "LIMEN_PURE": "1"}
    return {**os.environ, **own, "OMP_NUM_THREADS": "1"}


def copy_tree(folder: Path) -> Path:
    """Copy what the tests need, beside a link to the shared files that some of them read."""
    tree = folder / "limen"
    ignored = shutil.ignore_patterns("__pycache__", ".git", ".venv", "*.so", ".hypothesis", "build")
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

        def attempt(room: str, mutation: Mutation) -> str:
            tree = trees.get()
            try:
                return try_one(tree, options.tests or ROOMS[room][1], mutation)
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
