"""``limen locate``: verdicts on stdout, exit codes a script can rely on, nothing lost."""

from __future__ import annotations

import csv
import io
import json

import pytest
from tests.worlds import a_list, listed, registry, world

from limen.cli.app import limen
from limen.cli.errors import run


@pytest.fixture
def command(tmp_path, monkeypatch, capfdbinary):
    """``command("address", ...)`` gives (exit code, stdout, stderr)."""
    home = tmp_path / "home"
    world(home, registry(a_list("us_x")), {"us_x": {"2024-05-30": [listed("1", "Somebody")]}})
    monkeypatch.setenv("LIMEN_HOME", str(home))
    capfdbinary.readouterr()

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(limen, ["locate", *arguments])
        written = capfdbinary.readouterr()
        return code, written.out.decode(), written.err.decode()

    return call


def test_an_address_and_its_exit_codes(command):
    asked = ("--as-of", "2023-01-15", "--authority", "US")
    code, out, _ = command("Yalta, Krimea", *asked)
    assert (code, json.loads(out)["verdicts"][0]["outcome"]) == (0, "inside")
    assert command("Yalta, Krimea", *asked, "--fail-on", "inside")[0] == 11
    assert command("PO Box 5", *asked)[0] == 6
    assert command("Kyiv", *asked)[0] == 0
    assert command("Kyiv", "--authority", "ZZ")[0] == 2


def test_a_file_is_read_by_its_columns_and_no_row_is_lost(command, tmp_path):
    file = tmp_path / "customers.csv"
    file.write_text("id,City,Country,Lat,Lon\n1,Simferopol,RU,,\n2,Berlin,DE,,\n3,,,95,200\n")
    code, out, err = command(
        str(file), "--as-of", "2023-01-15", "--authority", "EU", "--format", "csv"
    )
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["outcome"] for row in rows] == ["inside", "outside"]
    assert "customers.csv line 4" in err
    assert "1 refused" in err
    assert code == 5


def test_a_file_without_an_address_is_refused(command, tmp_path):
    file = tmp_path / "names.csv"
    file.write_text("name,born\nSomebody,1970\n")
    code, _, err = command(str(file))
    assert code == 2
    assert "no column is part of an address" in err


def test_a_map_is_written(command, tmp_path):
    drawing = tmp_path / "out.svg"
    assert command("Yalta, Krimea", "--as-of", "2023-01-15", "--map", str(drawing))[0] == 0
    assert "Executive Order 13685" in drawing.read_text()


def test_the_table_says_what_would_settle_it(command):
    _, out, _ = command("Donetsk Oblast", "--as-of", "2023-01-15", "--format", "table")
    assert "cannot say" in out
    assert "what would settle it" in out
