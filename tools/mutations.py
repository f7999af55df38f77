"""Every change of one thing in a source file that its tests must notice.

Comparisons get or lose their boundary or are turned round, numbers become the next, truths the
other, ``and`` becomes ``or``, ``not`` goes, sums become differences, the sides of a choice are
exchanged, and a function returns nothing. What cannot change an answer is left alone: texts,
annotations, decorators, what an error says. ``tools/mutate.py`` tries them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

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
        for part in _parts(child):
            yield from _changes(part)


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """What may be changed inside a node: no annotation, and no decorator."""
    if isinstance(node, ast.AnnAssign):
        yield from [ast.Expr(node.value)] if node.value else []
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield ast.Module(node.body, [])
        if not isinstance(node, ast.ClassDef):
            yield from (
                ast.Expr(each) for each in (*node.args.defaults, *node.args.kw_defaults) if each
            )
    else:
        yield node


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
