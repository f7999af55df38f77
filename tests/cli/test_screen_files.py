"""``limen screen FILE``: the mapping before, the rows, the box after, and resuming."""

from __future__ import annotations

import csv
import io
import json

import pytest

DAY = ("--as-of", "2022-02-25")
PORTFOLIO = """ref,customer,dob,balance
1,Sergey Aksyonov,1972-11-26,10
2,Anna Nowak,1980-01-02,20
3,,,30
4,Сергей Аксёнов,,40
"""


@pytest.fixture
def portfolio(tmp_path):
    (tmp_path / "p.csv").write_text(PORTFOLIO)
    return "p.csv"


def test_every_row_comes_out_and_the_input_is_passed_through(command, portfolio):
    found = command("screen", portfolio, *DAY, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(found.out)))
    assert [row["limen_outcome"] for row in rows] == ["hit", "clear", "refused", "hit"]
    assert [row["balance"] for row in rows] == ["10", "20", "30", "40"]
    assert found.code == 5


def test_what_a_spreadsheet_would_run_is_text_unless_it_is_to_be_raw(command, tmp_path):
    formula = "=cmd|' /C calc'!A0"
    (tmp_path / "p.csv").write_text(f"name,note,balance\nAnna Nowak,{formula},-5.50\n")
    for output_format, note in (("csv", f"'{formula}"), ("csv-raw", formula)):
        found = command("screen", "p.csv", *DAY, "--format", output_format)
        (row,) = csv.DictReader(io.StringIO(found.out))
        assert (row["note"], row["balance"]) == (note, "-5.50")


def test_the_mapping_is_shown_before_and_names_what_is_not_screened(command, portfolio):
    err = command("screen", portfolio, *DAY).err
    assert "customer  → name" in err
    assert "balance   → not screened" in err
    assert "--map COLUMN=property" in err
    assert err.index("→ name") < err.index("rows in")


def test_the_box_adds_up(command, portfolio):
    err = command("screen", portfolio, *DAY).err
    assert "4 rows in = 3 screened + 1 refused" in err
    assert "1 row: neither a name nor an identifier (first: p.csv line 4)" in err
    assert "un_sc  2022-02-25  0 days old  3 records" in err


def test_a_mapping_can_be_overruled(command, tmp_path):
    (tmp_path / "p.csv").write_text("name,other\nAnna Nowak,Sergey Aksyonov\n")
    found = command("screen", "p.csv", *DAY, "--map", "name=", "--map", "other=name")
    assert found.lines[0]["query"]["properties"] == {"name": ["Sergey Aksyonov"]}


def test_standard_input_is_a_portfolio(command):
    found = command("screen", "-", *DAY, stdin=PORTFOLIO.encode())
    assert [each["outcome"] for each in found.lines] == ["hit", "clear", "refused", "hit"]


def test_several_files_are_one_run(command, portfolio, tmp_path):
    (tmp_path / "q.jsonl").write_text('{"name": "Promsvyazbank", "city": "Moscow"}\n')
    found = command("screen", portfolio, "q.jsonl", *DAY, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(found.out)))
    assert rows[-1]["city"] == "Moscow"
    assert rows[-1]["limen_party_id"] == "un_sc:3"
    assert "5 rows in" in found.err


def test_a_table_shows_what_has_to_be_looked_at_hits_first(command, portfolio):
    out = command("screen", portfolio, *DAY, "--format", "table").out
    assert out.index("Sergey Aksyonov") < out.index("Сергей") < out.index("refused")
    assert "Anna Nowak" not in out
    assert "and 1 row with nothing found" in out


def test_findings_beyond_the_table_are_announced(command, tmp_path):
    (tmp_path / "p.csv").write_text("name\n" + "Sergey Aksyonov\n" * 203)
    out = command("screen", "p.csv", *DAY, "--format", "table").out
    assert "3 rows more like these" in out


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"", 3, "the file is empty"),
        (b"country,amount\nde,1\n", 2, "no column holds a name"),
        (b"Sergey Aksyonov,Mobile\nAnna Nowak,Landline\n", 2, "--no-header"),
        ("name\nДерипаска Олег\n".encode("cp1251"), 3, "--encoding"),
        (b"name,dob\nA B,03/04/1961\n", 2, "--date-order"),
        (b"PK\x03\x04rest", 3, "save it as CSV"),
        (b"PAR1 not parquet", 3, "Parquet"),
        (b'[{"name": "A"', 3, "not JSON"),
        (b"\x1f\x8b\x08\x00 broken", 3, "breaks off"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(command, tmp_path, content, code, said):
    (tmp_path / "bad.csv").write_bytes(content)
    found = command("screen", "bad.csv", *DAY)
    assert found.code == code
    assert said in found.err
    assert found.out == ""
    assert "Traceback" not in found.err


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b"A\0B,x", "a NUL byte"),
        (b'"A,x', "quote"),
        (b"A,x,y,z", "4 columns where the heading has 2"),
        (b"\xef\xbf\xbd,x", "not text"),
    ],
)
def test_a_bad_row_costs_itself_and_exit_5(command, tmp_path, row, said):
    (tmp_path / "bad.csv").write_bytes(b"name,x\nAnna Nowak,1\n" + row + b"\nSergey Aksyonov,2\n")
    found = command("screen", "bad.csv", *DAY)
    assert [each["outcome"] for each in found.lines] == ["clear", "refused", "hit"]
    assert found.code == 5
    assert said in found.err
    assert "line 3" in found.err


def test_a_directory_is_refused(command, tmp_path):
    (tmp_path / "folder").mkdir()
    found = command("screen", "folder")
    assert found.code == 2
    assert "directory" in found.err


def test_a_column_of_ours_is_not_overwritten(command, tmp_path):
    (tmp_path / "p.csv").write_text("name,limen_outcome\nA B,hit\n")
    found = command("screen", "p.csv", *DAY, "--format", "csv")
    assert found.code == 2
    assert "limen_outcome" in found.err


def test_an_unreadable_date_is_cannot_say_and_is_grouped(command, tmp_path):
    (tmp_path / "p.csv").write_text("name,dob\nAnna Nowak,31/02/1980\nJan Kos,30/02/1980\n")
    found = command("screen", "p.csv", *DAY)
    assert [each["outcome"] for each in found.lines] == ["cannot_say", "cannot_say"]
    assert found.code == 6
    assert "2 rows: birthDate: '31/02/1980'" in found.err


class TestResuming:
    @pytest.fixture
    def interrupted(self, command, tmp_path, monkeypatch):
        """A run of 40 rows, cut by Ctrl-C after 25, and what an uncut run writes."""
        names = ["Sergey Aksyonov", "Anna Nowak", ""]
        rows = [f"{number},{names[number % 3]}" for number in range(40)]
        (tmp_path / "p.csv").write_text("ref,name\n" + "\n".join(rows) + "\n")

        def cut(output: str) -> bytes:
            uncut = command("screen", "p.csv", *DAY, "--output", f"uncut-{output}")
            assert uncut.code == 5
            from limen.batch.output import writers as writing

            encoders = {".csv": writing.Csv, ".jsonl": writing.JsonLines}
            encoder = encoders[output[output.index(".") :]]
            original, seen = encoder.row, []

            def row(self, screened):
                seen.append(screened)
                if len(seen) == 26:
                    raise KeyboardInterrupt
                return original(self, screened)

            with monkeypatch.context() as patch:
                patch.setattr(encoder, "row", row)
                found = command("screen", "p.csv", *DAY, "--output", output)
            assert found.code == 130
            assert "interrupted after 25 rows" in found.err
            assert "--resume" in found.err
            assert not (tmp_path / output).exists()
            return (tmp_path / f"uncut-{output}").read_bytes()

        return cut

    @pytest.mark.parametrize("output", ["out.jsonl", "out.csv"])
    def test_the_bytes_are_those_of_an_uncut_run(self, command, tmp_path, interrupted, output):
        uncut = interrupted(output)
        found = command("screen", "p.csv", *DAY, "--output", output, "--resume")
        assert found.code == 5
        assert (tmp_path / output).read_bytes() == uncut
        assert "40 rows in = 27 screened + 13 refused" in found.err
        assert not list(tmp_path.glob("*.partial"))

    def test_a_run_left_behind_is_not_overwritten(self, command, interrupted):
        interrupted("out.csv")
        found = command("screen", "p.csv", *DAY, "--output", "out.csv")
        assert found.code == 2
        assert "left 25 rows" in found.err
        assert command("screen", "p.csv", *DAY, "--output", "out.csv", "--restart").code == 5

    @pytest.mark.parametrize(
        "change", [("--threshold", "0.9"), ("--as-of", "2022-02-24"), ("--map", "ref=")]
    )
    def test_another_question_is_not_gone_on_with(self, command, interrupted, change):
        interrupted("out.csv")
        found = command("screen", "p.csv", *DAY, "--output", "out.csv", "--resume", *change)
        assert found.code == 2
        assert "--restart" in found.err

    def test_other_rows_are_not_gone_on_with(self, command, interrupted, tmp_path):
        interrupted("out.csv")
        path = tmp_path / "p.csv"
        path.write_text(path.read_text().replace("Anna", "Hanna"))
        found = command("screen", "p.csv", *DAY, "--output", "out.csv", "--resume")
        assert found.code == 2
        assert "not the ones" in found.err

    def test_a_run_that_was_not_given_its_day_keeps_the_day_it_began(self, command, tmp_path):
        (tmp_path / "p.csv").write_text("name\nAnna Nowak\n")
        checkpoint = tmp_path / "out.csv.checkpoint"
        assert command("screen", "p.csv", "--output", "out.csv").code == 6
        (tmp_path / "out.csv").rename(tmp_path / "out.csv.partial")
        header = (tmp_path / "out.csv.partial").read_bytes().index(b"\n") + 1
        run = _run_of(command, tmp_path)
        run["asking"]["as_of"] = "2022-02-25"
        state = {"run": run, "rows": 0, "bytes": header, "digest": "", "tally": {}}
        checkpoint.write_text(json.dumps(state))
        assert command("screen", "p.csv", "--output", "out.csv", "--resume").code == 0


def _run_of(command, tmp_path) -> dict:
    from limen.batch.output import writers as writing

    original = writing.Csv.row

    def cut(self, screened):
        raise KeyboardInterrupt

    writing.Csv.row = cut
    try:
        assert command("screen", "p.csv", "--output", "other.csv").code == 130
    finally:
        writing.Csv.row = original
    return json.loads((tmp_path / "other.csv.checkpoint").read_text())["run"]
