"""Dated rows are screened as of their own days, against what did alert."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from tests.screened import LIST, small_home

from limen.cli.main_command import limen
from limen.cli.run_command import run
from limen.util.exit_codes import ExitCode

BANK, AKSYONOV = "Promsvyazbank", "Sergey Aksyonov"
ROWS = [  # id, name, day, did alert, amount, currency
    ("P1", BANK, "2022-02-20", "no", "10.10", "EUR"),  # before the listing was published
    ("P2", BANK, "2022-02-25", "no", "1,000.20", "eur"),
    ("P3", BANK, "2022-02-26", "yes", "5", "USD"),
    ("P4", AKSYONOV, "2022-02-18", "no", "", ""),
    ("P5", "Nobody Known", "2022-02-25", "yes", "7", "EUR"),
    ("P6", BANK, "2022-03-20", "no", "9", "EUR"),  # outside
    ("P7", BANK, "some day", "no", "9", "EUR"),
    ("P8", "Nobody Known", "2022-02-25", "", "9", "EUR"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("lookback") / "home"
    small_home(home)
    return home


@pytest.fixture
def ask(home, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("LIMEN_HOME", str(home))

    def look(header, rows, *options, code):
        file, scope = tmp_path / "rows.csv", tmp_path / "scope.json"
        lines = [header, *(",".join(f'"{cell}"' for cell in row) for row in rows)]
        file.write_text("\n".join(lines) + "\n")
        arguments = ["lookback", str(file), "--from", "2022-02-17", "--to", "2022-02-28"]
        arguments += ["--list", LIST, "--scope", str(scope), "--format", "jsonl", *options]
        left = run(limen, arguments)
        out = capsys.readouterr()
        assert left == code, out.err
        return [json.loads(line) for line in out.out.splitlines()], json.loads(scope.read_text())

    return look


PAYMENTS = ("--date", "day", "--alerted", "did", "--amount", "sum", "--currency", "unit")


@pytest.fixture
def payments(ask):
    return ask("id,name,day,did,sum,unit", ROWS, *PAYMENTS, code=ExitCode.ROW_ERRORS)


def test_each_payment_is_asked_as_of_its_day(payments):
    rows, _ = payments
    assert [(row["label"], row["would"], row["difference"]) for row in rows] == [
        ("P1", "clear", "same"),
        ("P2", "alert", "missed"),
        ("P3", "alert", "same"),
        ("P4", "alert", "missed"),
        ("P5", "clear", "not_again"),
        ("P6", "outside", "unknown"),
        ("P7", "refused", "unknown"),
        ("P8", "clear", "unknown"),
    ]
    assert rows[1]["first_exposure"] == "2022-02-25"
    assert rows[1]["findings"] == [f"{LIST}:3"]
    assert "'some day'" in rows[6]["why"] or "some day" in rows[6]["why"]


def test_the_scope_adds_up_rows_and_amounts_by_currency(payments):
    rows, scope = payments
    assert scope["rows"] == {"clear": 3, "alert": 3, "outside": 1, "refused": 1}
    assert sum(scope["rows"].values()) == len(rows) == len(ROWS)
    amounts = {unit: Decimal(total) for unit, total in scope["amounts"].items()}
    assert amounts == {"EUR": Decimal("1000.20"), "USD": Decimal(5)}
    assert {unit: Decimal(total) for unit, total in scope["missed"].items()} == {
        "EUR": Decimal("1000.20")
    }
    assert scope["without_amount"] == 1
    days = [(day, coverage["version"]) for day, coverage in scope["lists"]]
    assert days == [("2022-02-18", "2022-02-17"), ("2022-02-26", "2022-02-25")]


def test_a_customer_is_exposed_from_the_first_day_it_would_have_alerted(ask):
    customers = [
        ("C1", BANK, "2020-01-01", ""),
        ("C2", BANK, "2020-01-01", "2022-02-24"),
        ("C3", BANK, "2022-02-27", "2022-12-31"),
    ]
    rows, _ = ask(
        "id,name,opened,closed", customers, "--start", "opened", "--end", "closed", code=0
    )
    assert [(row["label"], row["would"], row["first_exposure"], row["days"]) for row in rows] == [
        ("C1", "alert", "2022-02-25", 4),
        ("C2", "clear", "", 0),
        ("C3", "alert", "2022-02-27", 2),
    ]


def test_a_day_before_the_list_is_cannot_say_and_never_clear(ask):
    rows, scope = ask(
        "id,name,day", [("P1", "Nobody Known", "2022-02-10")], "--date", "day",
        "--from", "2022-02-01", code=ExitCode.CANNOT_SAY,
    )  # fmt: skip
    assert rows[0]["would"] == "cannot_say"
    assert list(scope["reasons"].values()) == [1]


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--date", "when"),
        ("--date", "day", "--end", "day"),
        ("--date", "day", "--to", "2022-01-01"),
        ("--date", "day", "--from", "tomorrow"),
    ],
)
def test_a_question_that_cannot_be_understood_is_refused(home, tmp_path, monkeypatch, options):
    monkeypatch.setenv("LIMEN_HOME", str(home))
    file = tmp_path / "rows.csv"
    file.write_text("id,name,day\n1,Nobody Known,2022-02-20\n")
    window = ["--from", "2022-02-17", "--to", "2022-02-28"]
    assert run(limen, ["lookback", str(file), *window, *options]) == ExitCode.USAGE


def test_a_customer_that_ends_before_it_begins_is_refused(ask):
    rows, _ = ask(
        "id,name,opened,closed", [("C1", BANK, "2022-02-25", "2022-02-20")],
        "--start", "opened", "--end", "closed", code=ExitCode.ROW_ERRORS,
    )  # fmt: skip
    assert "before it begins" in rows[0]["why"]
