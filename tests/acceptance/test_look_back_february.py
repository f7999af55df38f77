"""The base of the examples in the week of the founding case, looked back on, on OFAC's own list.

Each customer is exposed from the day on which re-screening day by day made it a hit.
"""

from __future__ import annotations

from datetime import date

import pytest
from tests.conftest import ROOT

from limen.batch.columns.mapping import Wishes
from limen.batch.dated_rows import DateColumns, read_dated
from limen.batch.tables.open_table import open_table
from limen.simulation.look_back import look_back

#: Customer -> its first exposure, and a measure behind it.
EXPOSED = {
    "C-103519": ("2022-02-21", "us-eo-14065"),
    "C-104260": ("2022-02-21", "us-eo-14065"),
    "C-101776": ("2022-02-23", "us-eo-14024"),
    "C-102235": ("2022-02-23", "us-eo-14024"),
    "C-109418": ("2022-02-23", "us-eo-14024"),
}


@pytest.fixture(scope="module")
def customers(tmp_path_factory):
    """The customers of the examples, since 2020, of which none did alert."""
    head, *lines = (ROOT / "examples/portfolio.csv").read_text(encoding="utf-8").splitlines()
    chosen = [line for line in lines if line.partition(",")[0] in EXPOSED or line < "C-1010"]
    file = tmp_path_factory.mktemp("look-back") / "customers.csv"
    rows = [f"{line},2020-01-01,,no" for line in chosen]
    file.write_text("\n".join([f"{head},opened,closed,alerted", *rows]) + "\n", encoding="utf-8")
    return file


@pytest.mark.shared
@pytest.mark.parametrize("known", ["then", "now"])
def test_customers_are_exposed_from_the_day_on_which_they_became_hits(customers, february, known):
    columns = DateColumns("opened", "closed", alerted="alerted", amount="exposure_eur")
    with open_table(str(customers)) as table:
        found = look_back(
            february, read_dated(table, columns, Wishes({})), lists=("us_ofac_sdn",),
            first=date(2022, 2, 18), last=date(2022, 2, 25), known=known,
        )  # fmt: skip
    rows = {row.label: row for row in found.rows}
    exposed = {name: (rows[name].first_exposure, rows[name].measures) for name in EXPOSED}
    assert {name: day for name, (day, _) in exposed.items()} == {
        name: day for name, (day, _) in EXPOSED.items()
    }
    assert all(EXPOSED[name][1] in measures for name, (_, measures) in exposed.items())
    assert all(rows[name].difference == "missed" for name in EXPOSED)
    missed = [row.amount for row in found.rows if row.difference == "missed"]
    assert found.scope.missed == {"": sum(missed)}
    assert [(day, each.version) for day, each in found.scope.lists] == [
        ("2022-02-18", "2022-02-17"), ("2022-02-25", "2022-02-25"),
    ]  # fmt: skip
