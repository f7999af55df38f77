"""The public API as a type checker sees it: good calls pass, wrong ones are refused."""

import re

from mypy import api
from tests.conftest import ROOT

CODE = ROOT / "tests/typing/public_api.py"


#: ``file:line: error: message  [code]``
ERROR = re.compile(r"^\S*public_api\.py:(\d+): error: .*\[([\w-]+)\]$", re.MULTILINE)


def test_mypy_refuses_exactly_the_marked_lines(monkeypatch):
    monkeypatch.chdir(ROOT)  # where its settings and its cache are
    output, errors, _ = api.run(["--no-error-summary", str(CODE)])
    assert not errors
    refused = {(int(line), code) for line, code in ERROR.findall(output)}
    marked = {
        (number, mark[1])
        for number, line in enumerate(CODE.read_text(encoding="utf-8").splitlines(), start=1)
        if (mark := re.search(r"# refused: ([\w-]+)$", line))
    }
    assert len(marked) >= 5
    assert refused == marked, output
