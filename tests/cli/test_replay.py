"""``limen replay``: an answer is taken again from its stamp, years later."""

import json

import pytest
from click.testing import CliRunner

from limen.cli.main_command import limen
from limen.model import InputError
from limen.snapshot.build import update


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("replay")
    update(folder, lists=["limen_starter"])
    return folder


@pytest.fixture
def run(home, monkeypatch):
    def call(*arguments, stdin=None):
        monkeypatch.setenv("LIMEN_HOME", str(home))
        return CliRunner().invoke(limen, arguments, input=stdin, standalone_mode=False)

    return call


@pytest.fixture
def answer(run):
    asked = ("Sergey Aksyonov", "--authority", "SAMPLE", "--as-of", "2022-03-01")
    return run("screen", *asked, "--format", "json", "--quiet").stdout


def test_an_answer_is_the_same_byte_for_byte(run, answer):
    done = run("replay", "-", stdin=answer)
    assert done.return_value == 0
    assert "1 taken again, 1 the same" in done.stderr


def test_every_line_of_a_portfolio_can_be_taken_again(run, tmp_path):
    portfolio = tmp_path / "three.csv"
    portfolio.write_text("name\nVladimir Putin\nMargaret Appleyard\nСергей Лавров\n")
    lines = run("screen", str(portfolio), "--as-of", "2022-04-01", "--format", "jsonl", "-q").stdout
    done = run("replay", "-", stdin=lines)
    assert "3 taken again, 3 the same" in done.stderr


def test_a_changed_answer_is_told_with_what_was_and_is(run, answer):
    wire = json.loads(answer)
    wire["findings"][0]["score"] = 0.5
    done = run("replay", "-", stdin=json.dumps(wire))
    assert done.return_value == 3
    assert "findings[0].score: was 0.5" in done.stdout


@pytest.mark.parametrize("wrong", ["", "[]", "{}", "no json", '{"stamp": {"snapshot": "ffff"}}'])
def test_what_cannot_be_taken_again_is_refused(run, wrong):
    done = run("replay", "-", stdin=wrong)
    assert isinstance(done.exception, InputError)
