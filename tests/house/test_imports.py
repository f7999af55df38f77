"""No module reaches itself through its imports, and every name that is offered can be loaded.

The layers between rooms are import-linter's (pyproject.toml), and so are circles of folders where
there are none; this test judges single modules, imports for types included.
"""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

import grimp

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
