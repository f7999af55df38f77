"""Translate the kernels (plain typed Python) into one Cython module.

The kernels in ``src/limen/names/kernels`` are the only source. Their types are in their
annotations, their constants are integers, and they call each other only, so the translation is
mechanical: one ``cdef`` function for each function, with C types for annotated arguments, 64-bit
integers for every other local, and the constants as numbers the C compiler knows. One module, so
that it may inline them. Cython's own pure-Python mode would want each type a second time, in a
file beside each module, and would make every constant a variable.

Needs the standard library alone: the build runs it before any dependency is installed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: In the order in which they call each other.
MODULES = (
    "edit_distance", "scripts/abjad_letters", "word_similarity", "joined_words", "acronyms",
    "score", "evidence/full_names", "evidence/word_order", "evidence/spent_words",
    "evidence/weigh", "align", "evidence/bound", "bounds", "post", "rank", "loops",
)  # fmt: skip
#: The kernels that Python calls; the others are seen by the kernels alone.
ENTRIES = (
    "align", "align_pairs", "count_names", "weigh_names", "post_names", "rank_queries",
    "search_queries", "similar_words", "names_of_words", "score_alike",
)  # fmt: skip

#: The types of ``limen.names.kernels.arrays``: what they point to, and whether it is written.
_ARRAYS = {
    "Bytes": "const uint8_t", "Shorts": "const int16_t", "Ints": "const int32_t",
    "Numbers": "const int64_t", "Names": "const uint32_t", "Floats": "const double",
    "Shown": "int16_t", "Sums": "int32_t", "Scratch": "int64_t", "Posted": "uint32_t",
    "Ranks": "double",
}  # fmt: skip
#: The classes of arrays by name: their fields, and the C types of what these point to.
Structs = dict[str, list[tuple[str, str]]]
_SCALARS = {
    "int": "int64_t", "float": "double", "bool": "bint", "None": "void", "Int32": "int32_t",
}  # fmt: skip

_HEAD = """\
# cython: language_level=3, boundscheck=False, wraparound=False, infer_types=True
# cython: freethreading_compatible=True
from cpython.buffer cimport PyBUF_ND, PyBUF_WRITABLE, PyBuffer_Release, PyObject_GetBuffer
from libc.math cimport sqrt
from libc.stdint cimport int16_t, int32_t, int64_t, uint8_t, uint16_t, uint32_t

cdef int _open(object array, Py_buffer* view, Py_ssize_t width, bint written) except -1:
    PyObject_GetBuffer(array, view, PyBUF_ND | (PyBUF_WRITABLE if written else 0))
    if view.itemsize != width:
        PyBuffer_Release(view)
        raise TypeError(f"an array of {width} bytes a number is wanted, not {view.itemsize}")
    return 0

cdef inline int64_t _absolute(int64_t number) noexcept nogil:
    return number if number >= 0 else -number
"""


def translate(folder: Path) -> str:
    """The kernels in ``folder`` as the text of one Cython module."""
    trees = [ast.parse((folder / f"{name}.py").read_text("utf-8"), name) for name in MODULES]
    structs = _structs(ast.parse((folder / "arrays.py").read_text("utf-8")))
    functions = [node for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)]
    parts = [
        _HEAD,
        _constants(trees),
        *(_struct(name, fields) for name, fields in structs.items()),
        *map(_function, functions),
        *(_entry(function, structs) for function in functions if function.name in ENTRIES),
    ]
    return "\n\n".join(parts)


def _constants(trees: list[ast.Module]) -> str:
    """Every integer constant of the modules, for the C compiler a 64-bit literal."""
    known: dict[str, Any] = {}
    for tree in trees:
        own: dict[str, Any] = {}
        body = [node for node in tree.body if _is_assignment(node)]
        exec(compile(ast.Module(body, []), "<kernels>", "exec"), known | own, own)
        for name, value in own.items():
            if isinstance(value, int) and known.setdefault(name, value) != value:
                raise ValueError(f"the constant {name} is {known[name]} and {value}")
    literals = (f"    #define LIMEN_{name} ((int64_t){value}LL)" for name, value in known.items())
    names = (f'    const int64_t {name} "LIMEN_{name}"' for name in known)
    return "\n".join(('cdef extern from *:\n    """', *literals, '    """', *names))


def _is_assignment(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign)


def _structs(arrays: ast.Module) -> Structs:
    """The classes of arrays: their fields, and the types of what these point to."""
    return {
        node.name: [
            (ast.unparse(field.target), _ARRAYS[ast.unparse(field.annotation)])
            for field in node.body
            if isinstance(field, ast.AnnAssign)
        ]
        for node in arrays.body
        if isinstance(node, ast.ClassDef)
    }


def _struct(name: str, fields: list[tuple[str, str]]) -> str:
    return "\n".join([f"cdef struct {name}:", *(f"    {kind}* {field}" for field, kind in fields)])


def _function(node: ast.FunctionDef) -> str:
    """A kernel as a C function without Python objects, so that it needs no lock."""
    declared = [f"    cdef {kind} {name}" for name, kind in sorted(_locals(node).items())]
    body = [_Expressions().visit(statement) for statement in _without_docstring(node)]
    text = "\n".join(ast.unparse(ast.fix_missing_locations(line)) for line in body)
    arguments = ", ".join(f"{_c_type(arg)} {arg.arg}" for arg in node.args.args)
    header = f"cdef {_returned(node)} {node.name}({arguments}) noexcept nogil:"
    return "\n".join([header, *declared, *("    " + line for line in text.split("\n"))])


def _without_docstring(node: ast.FunctionDef) -> list[ast.stmt]:
    return node.body[1:] if ast.get_docstring(node) else node.body


def _c_type(arg: ast.arg) -> str:
    written = ast.unparse(arg.annotation) if arg.annotation else ""
    if written in _ARRAYS:
        return f"{_ARRAYS[written]}*"
    return _SCALARS.get(written) or f"{written}*"


def _returned(node: ast.FunctionDef) -> str:
    written = ast.unparse(node.returns) if node.returns else ""
    if written.startswith("tuple["):
        return f"({', '.join(['int64_t'] * written.count('int'))})"
    return _SCALARS[written]


def _locals(node: ast.FunctionDef) -> dict[str, str]:
    """The C type of every local: what is annotated, else an integer."""
    arguments = {arg.arg for arg in node.args.args}
    found = {
        name.id: "int64_t"
        for name in ast.walk(node)
        if isinstance(name, ast.Name)
        and isinstance(name.ctx, ast.Store)
        and name.id not in arguments
    }
    for line in ast.walk(node):
        if isinstance(line, ast.AnnAssign):
            written = ast.unparse(line.annotation)
            found[ast.unparse(line.target)] = _SCALARS.get(written) or f"{_ARRAYS[written]}*"
    return found


class _Expressions(ast.NodeTransformer):
    """Writes what Cython reads otherwise than Python does."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """The type is declared before; what is left is an assignment."""
        self.generic_visit(node)
        assert node.value is not None
        return ast.Assign([node.target], node.value)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """``int`` of a float cuts it off, as a C cast does; ``abs`` is that of 64 bits."""
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in ("int", "abs"):
            node.func.id = {"int": "<int64_t>", "abs": "_absolute"}[node.func.id]
        return node


def _entry(node: ast.FunctionDef, structs: Structs) -> str:
    """A kernel that Python calls: it opens the arrays, and lets go of the interpreter's lock."""
    arguments = node.args.args
    scalars = [arg for arg in arguments if not _c_type(arg).endswith("*")]
    records = [(_c_type(arg)[:-1], arg.arg) for arg in arguments if _c_type(arg)[:-1] in structs]
    opened = list(_opened(arguments, structs))
    returned = _returned(node)
    result = "" if returned == "void" else "returned = "
    body = [
        *(f"_open({array}, views + {at}, sizeof({kind}), {_is_written(kind)}); opened += 1"
          for at, (array, _, kind) in enumerate(opened)),
        *(f"{target} = <{kind}*>views[{at}].buf" for at, (_, target, kind) in enumerate(opened)),
        "with nogil:",
        f"    {result}{node.name}({', '.join(_passed(arg, structs) for arg in arguments)})",
    ]  # fmt: skip
    return "\n".join([
        f"def py_{node.name}({', '.join(arg.arg for arg in arguments)}):",
        f"    cdef Py_buffer views[{len(opened)}]",
        "    cdef int opened = 0",
        *(f"    cdef {_c_type(arg)} c_{arg.arg} = {arg.arg}" for arg in scalars),
        *(f"    cdef {kind} c_{name}" for kind, name in records),
        *(f"    cdef {kind}* {target}" for _, target, kind in opened if "." not in target),
        *([f"    cdef {returned} returned"] if result else []),
        "    try:",
        *(f"        {line}" for line in body),
        "    finally:",
        "        for view in range(opened):",
        "            PyBuffer_Release(views + view)",
        *(["    return returned"] if result else []),
    ])  # fmt: skip


def _opened(arguments: list[ast.arg], structs: Structs) -> Iterator[tuple[str, str, str]]:
    """Every array of some arguments: how Python reads it, where its address goes, and its type."""
    for arg in arguments:
        kind = _c_type(arg)
        if kind[:-1] in structs:
            for at, (field, pointed) in enumerate(structs[kind[:-1]]):
                yield f"{arg.arg}[{at}]", f"c_{arg.arg}.{field}", pointed
        elif kind.endswith("*"):
            yield arg.arg, f"c_{arg.arg}", kind[:-1]


def _is_written(kind: str) -> bool:
    return not kind.startswith("const ")


def _passed(arg: ast.arg, structs: Structs) -> str:
    return f"&c_{arg.arg}" if _c_type(arg)[:-1] in structs else f"c_{arg.arg}"
