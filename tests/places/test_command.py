"""``limen locate``: verdicts on stdout, exit codes a script can rely on, nothing lost."""

from __future__ import annotations

import csv
import io
import json

import pytest
from tests.worlds import a_list, listed, registry, world

from limen.cases.cases import Cases
from limen.cases.queue_filter import Filter
from limen.cases.verification import verify
from limen.cli.main_command import limen
from limen.cli.run_command import run
from limen.engine import Engine


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
    assert [row["outcome"] for row in rows] == ["inside", "outside", "refused"]
    assert [row["id"] for row in rows] == ["1", "2", "3"]
    assert "not on earth" in rows[2]["why"]
    assert "customers.csv line 4" in err
    assert "1 refused" in err
    assert code == 5


def test_a_run_that_was_cut_goes_on_to_the_same_bytes(command, tmp_path, monkeypatch):
    file, whole, cut = tmp_path / "c.csv", tmp_path / "whole.csv", tmp_path / "cut.csv"
    towns = ["Simferopol", "Berlin", "Donetsk", "Lviv", "PO Box 5"]
    file.write_text("id,address\n" + "".join(f"{n},{town}\n" for n, town in enumerate(towns)))
    asked = (str(file), "--as-of", "2023-01-15", "--output")
    assert command(*asked, str(whole))[0] == 6
    locate, left = Engine.locate, iter(range(3))

    def interrupted(*args, **question):
        if next(left, None) is None:
            raise KeyboardInterrupt
        return locate(*args, **question)

    with monkeypatch.context() as patch:
        patch.setattr(Engine, "locate", interrupted)
        code, _, err = command(*asked, str(cut))
    assert (code, cut.exists()) == (130, False)
    assert "interrupted after 3 rows" in err
    assert command(*asked, str(cut))[0] == 2
    assert command(*asked, str(cut), "--resume", "--as-of", "2022-01-15")[0] == 2
    assert command(*asked, str(cut), "--resume")[0] == 6
    assert cut.read_bytes() == whole.read_bytes()


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


def test_addresses_inside_are_alerts_once(command, tmp_path, monkeypatch):
    monkeypatch.setenv("LIMEN_CASES", str(tmp_path / "cases.sqlite"))
    (tmp_path / "c.csv").write_text("id,City,Country\n1,Simferopol,RU\n2,Berlin,DE\n")
    asked = ("--as-of", "2023-01-15", "--authority", "EU", "--cases", "places@1")
    for outcome in ("1 new", "1 same"):
        assert f"alerts: {outcome}" in command(str(tmp_path / "c.csv"), *asked)[2]
    assert "alerts: 1 new" in command("Yalta, Krimea", *asked)[2]
    with Cases.open(tmp_path / "cases.sqlite") as cases:
        alerts = cases.queue(Filter(channel="place")).alerts
        assert {each.party for each in alerts} == {"Crimea and Sevastopol"}
        assert "1" in {each.subject_id for each in alerts}
        assert verify(cases.database).faults == ()
