"""``limen base update`` refuses a file in which a column of the version before is gone."""

from __future__ import annotations

import pytest

BEFORE = "id,name,birth date,street,city\nC1,Anna Unlisted,1980-01-01,High St 1,Yalta\n"


@pytest.fixture
def update(command, tmp_path, monkeypatch):
    """``update("id,name", ...)`` takes a file with these columns into a base of all of them."""
    monkeypatch.setenv("LIMEN_HOME", str(tmp_path / "home"))
    (tmp_path / "customers.csv").write_text(BEFORE)
    assert command("base", "add", "retail", "customers.csv").code == 0

    def call(headings: str, *options: str):
        values = {"id": "C1", "birth date": "1980-01-01", "dob": "1980-01-01"}
        row = ",".join(values.get(each, "Anna Unlisted") for each in headings.split(","))
        (tmp_path / "customers.csv").write_text(f"{headings}\n{row}\n")
        return command("base", "update", "retail", "customers.csv", *options)

    return call


@pytest.mark.parametrize(
    ("headings", "gone"),
    [
        ("name,birth date,street,city", "'id' (id)"),
        ("id,name,street,city", "'birth date' (birthDate)"),
        ("id,name,birth date,street", "'city'"),
        ("id,name,birth date", "'street'"),
    ],
)
def test_a_column_that_is_gone_is_refused(update, command, headings, gone):
    before = command("base", "show", "retail", "--format", "json").out
    result = update(headings)
    assert result.code == 3
    assert f"the column {gone}" in result.err
    assert command("base", "show", "retail", "--format", "json").out == before


@pytest.mark.parametrize(
    ("headings", "options"),
    [
        ("id,name,dob,street,city", ()),
        ("city,street,birth date,name,id", ()),
        ("id,name,birth date,street,city,remark", ()),
        ("id,name,street,city", ("--map", "birth date=")),
        ("id,name,birth date,street,city", ("--map", "birth date=")),
    ],
)
def test_another_heading_order_or_decision_is_taken(update, headings, options):
    assert update(headings, *options).code == 0
