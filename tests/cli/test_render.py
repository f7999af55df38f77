"""What people see: straight columns, harmless text, loud samples, colours only where wanted."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limen.batch.tally import Group, Tally
from limen.cli.render.lists.coverage import coverage_lines
from limen.cli.render.summary import closing_lines
from limen.cli.render.text import aligned, counted, printable, width
from limen.model import ListCoverage

OK = ListCoverage("un_sc", "ok", "2022-02-25", 3, 14, 1_204, "2017-07-03", "ab")


@given(st.text())
def test_nothing_shown_is_obeyed_by_a_terminal(text):
    seen = printable(text)
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in seen)
    assert not set(seen) & set("\u202e\u2066\u2069")
    assert seen.encode().decode() == seen


@given(st.text(st.characters(categories=("L", "N", "P"))))
def test_what_can_be_printed_is_shown_as_it_is(text):
    assert printable(text) == text


def test_columns_are_straight_in_every_script():
    lines = aligned([("小野寺健一", "x"), ("Анна", "x"), ("نوال", "x")])
    assert len({width(line) for line in lines}) == 1


def test_numbers_are_counted_in_words():
    assert [counted(number, "row") for number in (0, 1, 1204)] == ["0 rows", "1 row", "1,204 rows"]


def test_a_sample_is_told_loudly_with_the_way_to_the_real_lists():
    text = "\n".join(coverage_lines([OK], as_of="x", known_at="y", samples=["limen_starter"]))
    assert "SAMPLE" in text
    assert "limen lists update" in text


def test_no_list_at_all_is_said():
    assert "no list at all" in "\n".join(coverage_lines([], as_of="x", known_at="y"))


def test_reasons_beyond_the_box_are_counted():
    groups = {
        str(number): Group(number, "p.csv line 2", f"reason {number}") for number in range(12)
    }
    tally = Tally(rows=66, refused=groups)
    text = "\n".join(closing_lines(tally, screened=0, seconds=1.0, output="", rest=[]))
    assert "66 rows in = 0 screened + 66 refused" in text
    assert "11 rows: reason 11" in text
    assert "6 rows for 4 other reasons" in text


_TERMINAL = {"TERM": "xterm", "COLUMNS": "100", "NO_COLOR": ""}


def _on_terminal(home, tmp_path, *arguments: str, **environment: str) -> str:
    """What a terminal of 100 columns receives."""
    main, second = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-c", "from limen.cli import main; main()", *arguments],
        cwd=tmp_path,
        env={**os.environ, "LIMEN_HOME": str(home), **_TERMINAL, **environment},
        stdin=second,
        stdout=second,
        stderr=second,
    )
    os.close(second)
    received = b""
    while True:
        try:
            chunk = os.read(main, 65_536)
        except OSError:
            break
        if not chunk:
            break
        received += chunk
    os.close(main)
    running.wait(timeout=60)
    return received.decode()


def test_a_terminal_gets_a_table_in_colours(home, tmp_path):
    seen = _on_terminal(home, tmp_path, "screen", "Sergey Aksyonov", "--as-of", "2022-02-25")
    assert "\x1b[1;31mHIT" in seen
    assert "your party" in seen
    assert "rests on 1 list" in seen


def test_no_colour_is_no_colour(home, tmp_path):
    seen = _on_terminal(
        home, tmp_path, "screen", "Sergey Aksyonov", "--as-of", "2022-02-25", NO_COLOR="1"
    )
    assert "HIT" in seen
    assert "\x1b[" not in seen


def test_a_portfolio_on_a_terminal_has_a_bar_and_a_box(home, tmp_path):
    (tmp_path / "p.csv").write_text("name\n" + "Anna Nowak\n" * 1_000)
    seen = _on_terminal(home, tmp_path, "screen", "p.csv", "--as-of", "2022-02-25")
    assert "━" in seen
    assert "1,000 rows in = 1,000 screened + 0 refused" in seen


@pytest.mark.parametrize("kind", ["plain", "off"])
def test_progress_in_a_log_is_lines_or_nothing(command, tmp_path, monkeypatch, kind):
    monkeypatch.setattr("limen.cli.render.progress._PLAIN_SECONDS", 0.0)
    (tmp_path / "p.csv").write_text("name\n" + "Anna Nowak\n" * 20)
    err = command("screen", "p.csv", "--as-of", "2022-02-25", "--progress", kind).err
    assert ("a second, 0" in err) == (kind == "plain")


def test_help_names_the_commands_and_the_exit_codes(command):
    out = command("--help").out
    for word in ("screen", "lists", "snapshot", "130 interrupted"):
        assert word in out
    assert "limen" in command("--version").out
