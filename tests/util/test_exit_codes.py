"""Exit codes: the numbers that scripts rely on, and one table of them."""

import ast
from pathlib import Path

import limen
from limen.model import errors
from limen.util.exit_codes import ExitCode, summary

SOURCE = Path(limen.__file__).parent


def test_the_numbers_do_not_move():
    assert {code.name: int(code) for code in ExitCode} == {
        "DONE": 0,
        "USAGE": 2,
        "DATA_REFUSED": 3,
        "NETWORK": 4,
        "ROW_ERRORS": 5,
        "CANNOT_SAY": 6,
        "REVIEW": 10,
        "HIT": 11,
        "INTERNAL": 70,
        "INTERRUPTED": 130,
    }


def test_the_help_names_every_code():
    assert all(f" {code:d} " in summary().replace(":", " ") for code in ExitCode)


def test_every_error_has_a_code_of_the_table():
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    codes = [kind.exit_code for kind in kinds if issubclass(kind, errors.LimenError)]
    assert codes
    assert all(isinstance(code, ExitCode) for code in codes)


def test_no_command_returns_a_number_of_its_own():
    """Commands return members of the table, and 0, which every shell knows."""
    numbers = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in (SOURCE / "cli").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Return) and isinstance(node.value, (ast.Constant, ast.IfExp))
        for leaf in ast.walk(node.value)
        if isinstance(leaf, ast.Constant) and type(leaf.value) is int and leaf.value != 0
    ]
    assert numbers == []
