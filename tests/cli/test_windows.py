"""What runs on Windows: all but the server, which says so. Shown without ``fcntl``, as ``win32``."""

from __future__ import annotations

from tests.screened import PATIENCE

# Libraries are imported first, as the platform they are on; Limen then believes to be elsewhere.
_ON_WINDOWS = """
import sys, types
import click, rich.console, rich.progress, rich.table, numpy, lxml.etree, sqlalchemy, urllib3
import platformdirs, pyarrow.parquet, pypdf, yaml, multiprocessing, concurrent.futures, asyncio
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
sys.modules["msvcrt"] = types.ModuleType("msvcrt")
sys.platform = "win32"
"""


def test_everything_but_the_server_imports(process):
    code = _ON_WINDOWS + (
        "import importlib, pkgutil, limen\n"
        "names = [each.name for each in pkgutil.walk_packages(limen.__path__, 'limen.',\n"
        "         onerror=lambda name: None) if not each.name.startswith('limen.server')]\n"
        "for name in names: importlib.import_module(name)\n"
        "print(len(names))\n"
    )
    out, err = (running := process(code=code)).communicate(timeout=PATIENCE)
    assert running.returncode == 0, err.decode()
    assert int(out) > 200


def test_the_server_says_in_a_line_that_it_does_not_run(process):
    code = _ON_WINDOWS + "from limen.cli import main; main()"
    out, err = (running := process("serve", code=code)).communicate(timeout=PATIENCE)
    assert (running.returncode, out) == (2, b"")
    assert err.decode().splitlines()[0] == "limen serve: the server does not run on Windows"
