"""No module reaches itself through its imports, and every name that is offered can be loaded.

The layers between rooms are import-linter's (pyproject.toml), and so are circles of folders where
there are none; this test judges single modules, imports for types included.
"""

from __future__ import annotations

import re
import sys
import tomllib
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from itertools import chain

import grimp
from tests.conftest import ROOT

import limen.server


def test_no_module_imports_itself_through_others():
    graph = grimp.build_graph("limen")
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    assert len(imports) > 400
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        raise AssertionError(" -> ".join(reversed(error.args[1]))) from None


def test_the_server_has_every_name_that_it_offers():
    for name in limen.server.__all__:
        assert getattr(limen.server, name) is not None


def test_every_library_that_is_imported_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    requirements = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    declared = {re.match(r"[\w-]+", text)[0].lower().replace("_", "-") for text in requirements}
    provided = packages_distributions()
    graph = grimp.build_graph("limen", include_external_packages=True)
    imported = {name for name in graph.modules if name != "limen" and not name.startswith("limen.")}
    for name in imported - sys.stdlib_module_names:
        owners = {owner.lower().replace("_", "-") for owner in provided.get(name, [name])}
        assert owners & declared, f"{name} is imported, and none of {owners} is in pyproject.toml"
