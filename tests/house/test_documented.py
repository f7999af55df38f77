"""What a user can name is documented: commands, settings, codes, routes and public names."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from types import ModuleType
from typing import get_args

import click
import pytest
from tests.conftest import ROOT
from tests.house.test_layout import SOURCE

import limen
from limen.cli.main_command import limen as command_line
from limen.law.assess.policies import POLICIES
from limen.model.answer import Outcome
from limen.model.features import Verdict
from limen.model.finding import ListState
from limen.model.identifiers import SCHEMES
from limen.places.location import ClueKind
from limen.screening.qualifiers import QUALIFIERS
from limen.server import app as server_app

DOCS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))]


#: Methods that other rooms of Limen use, and no caller needs.
INTERNAL = {
    "answers_of",
    "applied",
    "findings_of",
    "judge",
    "now",
    "owned_parties",
    "party_id",
    "scope",
    "stamp",
}


def missing(page: str, names: set[str]) -> list[str]:
    """The names that a page does not have in a code span."""
    assert names
    spans = set(re.findall(r"`([^`\n]+)`", DOCS[page]))
    return sorted(names - spans)


def first_texts(name: str) -> set[str]:
    """The first argument of every call of a name, where it is written out."""
    nodes = (node for tree in TREES for node in ast.walk(tree) if isinstance(node, ast.Call))
    calls = (node for node in nodes if ast.unparse(node.func) == name and node.args)
    firsts = (call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant))
    return {first for first in firsts if isinstance(first, str)}


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            yield from commands(found, f"{name} {inner}")


@pytest.mark.parametrize(("name", "command"), [*commands(command_line, "limen")])
def test_a_command_and_its_options_are_documented(name, command):
    section = DOCS["cli.md"].partition(f"\n## `{name}`\n")[2].partition("\n## ")[0]
    assert section, f"{name} has no section in docs/cli.md"
    options = [option for option in command.params if isinstance(option, click.Option)]
    flags = [flag for option in options for flag in option.opts]
    assert [flag for flag in flags if flag not in section] == []
    assert [option.name for option in options if not option.help] == []


def test_every_environment_variable_is_documented():
    names = set()
    for tree in TREES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Subscript | ast.Call) and "environ" in ast.unparse(node)[:16]:
                names |= set(re.findall(r"'([A-Z_]{4,})'", ast.unparse(node)))
    assert names >= {"LIMEN_HOME", "LIMEN_ARCHIVE", "NO_COLOR"}
    assert missing("settings.md", names) == []


def test_every_policy_is_documented():
    assert missing("settings.md", set(POLICIES)) == []


def test_every_outcome_verdict_and_state_is_documented():
    verdicts = set(get_args(Verdict)) - {"missing_both"}
    assert missing("answer.md", verdicts | set(get_args(Outcome)) | set(get_args(ListState))) == []


def test_every_feature_is_documented():
    names = first_texts("Feature") | {name for name, *_ in QUALIFIERS} | set(get_args(ClueKind))
    assert {"name", "birth_date", "contradiction"} <= names
    assert missing("answer.md", names) == []
    assert "`identifier:...`" in DOCS["answer.md"]
    assert {scheme.name for scheme in SCHEMES.values()} >= {"imo", "passport"}  # its examples


def test_every_notice_is_documented():
    names = first_texts("Notice")
    assert {"unknown-property", "address-not-placed"} <= names
    assert missing("answer.md", names) == []


def routes() -> set[str]:
    rooms = [room for room in vars(server_app).values() if isinstance(room, ModuleType)]
    served = [route for room in rooms if hasattr(room, "router") for route in room.router.routes]
    return {f"{method} {route.path}" for route in served for method in route.methods}


def test_the_page_has_every_route_and_no_other():
    assert len(routes()) > 50
    assert set(re.findall(r"`([A-Z]+ /[^`]*)`", DOCS["http.md"])) == routes()


def test_every_public_name_is_documented():
    spans = re.findall(r"`([^`\n]+)`|^### (\w+)$", DOCS["python.md"], re.MULTILINE)
    words = {word for code, title in spans for word in re.findall(r"\w+", code or title)}
    assert sorted(set(limen.__all__) - words) == []


def test_every_method_of_the_engine_is_documented():
    kinds = limen.Engine.__mro__[:2]
    methods = {
        name
        for kind in kinds
        for name, member in vars(kind).items()
        if inspect.isfunction(member) and not name.startswith("_") and name not in INTERNAL
    }
    assert {"screen", "locate"} <= methods
    assert [name for name in methods if f"engine.{name}(" not in DOCS["python.md"]] == []


def test_every_page_of_the_docs_is_reachable():
    pages = {"README.md": (ROOT / "README.md").read_text(encoding="utf-8"), **DOCS}
    links = re.compile(r"\((?:docs/)?([\w-]+\.md)")
    linked = {name for text in pages.values() for name in links.findall(text)}
    assert sorted(set(DOCS) - linked) == []
