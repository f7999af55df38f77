"""The examples of docs/python.md run as they stand, against the bundled starter list."""

import doctest

import pytest
from tests.conftest import ROOT

from limen.snapshot.build import update

PAGE = ROOT / "docs/python.md"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    update(folder, lists=["limen_starter"])
    return folder


def test_every_example_gives_what_the_page_says(home, monkeypatch):
    monkeypatch.setenv("LIMEN_HOME", str(home))
    parser = doctest.DocTestParser()
    page = parser.get_doctest(PAGE.read_text(encoding="utf-8"), {}, "python.md", str(PAGE), 0)
    assert len(page.examples) > 30
    report: list[str] = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
    runner.run(page, out=report.append)
    assert not report, "".join(report)
