"""A run: every row comes out once, in order, answered or refused, and is counted."""

from __future__ import annotations

import csv
import io

import msgspec
import pytest
from pyarrow import parquet
from tests.screened import TODAY, small_home
from tests.worlds import Band, a_list, listed, registry, world

from limen.batch.columns.mapping import Wishes, map_columns
from limen.batch.output.flat_rows import ADDED
from limen.batch.output.writers import encoder_for
from limen.batch.run import Portfolio, screen_portfolio
from limen.batch.screen_arguments import ScreenArguments
from limen.batch.tables.table import peek
from limen.batch.tally import Tally, outcome_of
from limen.model import DataError, InputError

ASKING = ScreenArguments(as_of="2022-02-25", known_at="2022-02-25")
ROWS = """ref,name,dob,note
1,Sergey Aksyonov,1972-11-26,a true hit
2,Pieter Labuschagne,1996-09-27,"an innocent, with a comma"
3,,,
4,Broken,row
5,Сергей Аксёнов,,Cyrillic
6,Anna Nowak,31/02/1980,no such day
"""


@pytest.fixture(scope="session")
def engine(tmp_path_factory):
    return small_home(tmp_path_factory.mktemp("home"))


def _portfolio(table) -> Portfolio:
    from msgspec.structs import replace

    sample, rows = peek(table.rows, table.sample)
    columns = map_columns(table.name, table.columns, sample, Wishes({}))
    return Portfolio(replace(table, rows=rows), columns)


@pytest.fixture
def screened(engine, opened):
    def screen(content=ROWS, name="p.csv"):
        return list(screen_portfolio(engine, _portfolio(opened(content, name)), ASKING))

    return screen


def test_rows_come_out_in_order_each_once(screened):
    found = screened()
    assert [each.row.cells["ref"] for each in found] == ["1", "2", "3", "4", "5", "6"]
    assert [outcome_of(each.answer) for each in found] == [
        "hit", "clear", "refused", "refused", "hit", "cannot_say",
    ]  # fmt: skip


def test_a_refusal_says_where(screened):
    refused = [each.refused for each in screened() if each.refused]
    assert [str(each).splitlines()[0] for each in refused] == [
        "p.csv line 4: neither a name nor an identifier",
        "p.csv line 5: 3 columns where the heading has 4",
    ]


def test_what_the_engine_refuses_is_told_at_its_own_line(screened):
    lines = '{"schema": "Persn", "properties": {"name": ["A"]}}\n'
    (first, second) = screened(f'{{"schema": "Person", "properties": {{}}}}\n{lines}', "p.jsonl")
    assert outcome_of(first.answer) == "cannot_say"
    assert second.refused.where == "p.jsonl line 2: schema"


def test_refused_rows_at_the_end_are_not_lost(screened):
    found = screened("name,x\nAnna Nowak,1\nA\nB\n")
    assert [outcome_of(each.answer) for each in found] == ["clear", "refused", "refused"]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("Mr,Sergey,Valeryevich,Aksyonov", ["un_sc:1"]),
        ("Sergey,,N/A,Aksyonov", ["un_sc:1"]),
        ("Anna,,,SIG", ["un_sc:2"]),
        ("Promsvyazbankk,Gazprommbank,,", ["un_sc:3"]),
        ("Промсвязбанкк,Promsvyazbankk,,", ["un_sc:3"]),
    ],
)
def test_parts_of_a_name_are_compared_together_and_names_alone(screened, row, found):
    (each,) = screened(f"name,name,name,name\n{row}\n")
    assert [finding.id for finding in each.answer.findings] == found
    assert [notice.code for notice in each.notices] == ["name-parts"]


@pytest.fixture(scope="module")
def namesakes(tmp_path_factory):
    records = [
        listed("1", "Hannah", "Vessel", imoNumber="9735335"),
        listed("2", "Raman Company", "Company"),
        listed("3", "Roman Arkadyevich Abramovich"),
        listed("4", "Sberbank", "Company"),
        listed("5", "Rosneft", "Company"),
        listed("6", "Al-Qa'ida", "Organization"),
        listed("7", "Gazprombank", "Company"),
    ]
    lists = registry(a_list("un_sc", "UN", max_age_days=14, records=Band(min=1, max=10)))
    versions = {"un_sc": {"2022-02-25": records}}
    return world(tmp_path_factory.mktemp("namesakes"), lists, versions, today=TODAY)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("name,name\nAnna,Nowak\n", set()),
        ("name,name\nHannah,Nowak\n", {"un_sc:1"}),  # looked up as it is written
        ("name,name,name,name\nMr,Roman,Arkadyevich,Abramovich\n", {"un_sc:3"}),
        ("id,name,name\n1,Sberbankk,Gazprommbank\n", {"un_sc:4", "un_sc:7"}),
        ("id,name,name\n1,Роснефтьь,Rosneftt\n", {"un_sc:5"}),
        ("name,weak alias\nTrading Al-Qa'ida Group,Al-Qa'ida\n", {"un_sc:6"}),
        ("name,weak alias\nGazprommbank Trade Service Center,Gazprommbank\n", {"un_sc:7"}),
    ],
)
def test_neither_namesakes_are_found_nor_names_lost(namesakes, opened, content, found):
    (each,) = screen_portfolio(namesakes, _portfolio(opened(content)), ASKING)
    assert {finding.id for finding in each.answer.findings} == found


def test_the_tally_adds_up(screened):
    tally = Tally()
    for each in screened():
        tally.add(each)
    assert (tally.rows, tally.screened, tally.refusals) == (6, 4, 2)
    assert (tally.hit, tally.clear, tally.cannot_say) == (2, 1, 1)
    assert sum(group.count for group in tally.refused.values()) == 2
    (reason,) = tally.reasons.values()
    assert reason.first == "p.csv line 7"
    assert "31/02/1980" in reason.example


def test_reasons_are_grouped_whatever_the_value(screened):
    tally = Tally()
    for each in screened("name,dob\nAnna Nowak,31/02/1980\nJan Kos,32/01/1981\n"):
        tally.add(each)
    assert [group.count for group in tally.reasons.values()] == [2]


def test_a_key_that_comes_late_is_mapped_and_told(engine, opened):
    table = opened('{"name": "Anna Nowak"}\n{"name": "Jan Kos", "dob": "1961"}\n', "p.jsonl")
    from msgspec.structs import replace

    portfolio = _portfolio(replace(table, columns=("name",)))
    late = list(screen_portfolio(engine, portfolio, ASKING))[1]
    assert late.answer.query["properties"]["birthDate"] == ["1961"]
    assert [notice.code for notice in late.notices] == ["late-column"]


class TestOutput:
    def _bytes(self, wanted, screened, columns):
        encoder = encoder_for(wanted, columns)
        return encoder.head() + b"".join(map(encoder.row, screened)) + encoder.tail()

    def test_csv_passes_every_input_column_through(self, screened):
        found = screened()
        data = self._bytes("csv", found, ("ref", "name", "dob", "note"))
        rows = list(csv.DictReader(io.StringIO(data.decode())))
        assert [row["ref"] for row in rows] == ["1", "2", "3", "4", "5", "6"]
        assert rows[1]["note"] == "an innocent, with a comma"
        assert rows[0]["limen_party_id"] == "un_sc:1"
        assert rows[0]["limen_programmes"] == "UKRAINE-EO13660"
        assert rows[0]["limen_acts"] == "Executive Order 13660"
        assert rows[0]["limen_applied_from"] == "2014-03-17"
        assert [row["limen_outcome"] for row in rows] == [outcome_of(each.answer) for each in found]
        assert "heading has 4" in rows[3]["limen_reasons"]

    def test_json_lines_have_a_line_a_row(self, screened):
        found = screened()
        lines = self._bytes("jsonl", found, ()).splitlines()
        wire = [msgspec.json.decode(line) for line in lines]
        assert [each["input"]["line"] for each in wire] == [2, 3, 4, 5, 6, 7]
        assert wire[0]["findings"][0]["id"] == "un_sc:1"
        assert wire[2]["outcome"] == "refused"
        assert wire[2]["error"]["what"] == "neither a name nor an identifier"

    def test_json_is_one_document(self, screened):
        found = screened()
        assert len(msgspec.json.decode(self._bytes("json", found, ()))) == 6
        assert msgspec.json.decode(self._bytes("json", [], ())) == []

    def test_parquet_has_the_rows_of_csv(self, screened):
        found = screened()
        columns = ("ref", "name", "dob", "note")
        table = parquet.read_table(io.BytesIO(self._bytes("parquet", found, columns)))
        assert table.column_names == [*columns, *ADDED]
        assert table.column("ref").to_pylist() == ["1", "2", "3", "4", "5", "6"]
        assert table.column("limen_score").to_pylist()[1] is None

    def test_a_key_that_comes_after_the_headings_is_not_lost(self, screened):
        found = screened('{"name": "A B"}\n{"name": "C D", "city": "x"}\n', "p.jsonl")
        with pytest.raises(DataError, match="'city' first appears here"):
            self._bytes("csv", found, ("name",))

    def test_an_input_that_has_our_columns_is_refused(self):
        with pytest.raises(InputError, match="limen_score"):
            encoder_for("csv", ("name", "limen_score"))
        encoder_for("jsonl", ("name", "limen_score"))
