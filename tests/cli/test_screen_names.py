"""``limen screen NAME``: the answer, the coverage beside it, and the exit code."""

from __future__ import annotations

import json

import pytest
from tests.worlds import a_list, listed, registry, world

DAY = ("--as-of", "2022-02-25")


def test_a_pipe_gets_json_lines_and_the_coverage_stays_out_of_them(command):
    found = command("screen", "Sergey Aksyonov", *DAY)
    (answer,) = found.lines
    assert answer["outcome"] == "hit"
    assert answer["findings"][0]["id"] == "un_sc:1"
    assert "input" not in answer
    assert "un_sc  2022-02-25  0 days old  3 records" in found.err
    assert found.code == 0


def test_the_day_asked_about_decides(command):
    assert command("screen", "Promsvyazbank", *DAY).lines[0]["outcome"] == "hit"
    before = command("screen", "Promsvyazbank", "--as-of", "2022-02-20")
    assert before.lines[0]["outcome"] == "clear"


def test_several_names_are_several_answers_and_quotes_are_recalled(command):
    found = command("screen", "Sergey", "Aksyonov", *DAY)
    assert len(found.lines) == 2
    assert "goes in quotes" in found.err


def test_everything_said_of_a_name_reaches_the_question(command):
    found = command(
        "screen", "S. Aksyonov", *DAY, "--birth-date", "1972-11", "--country", "ru",
        "--address", "Simferopol", "--id", "AB123456", "--property", "gender=male",
    )  # fmt: skip
    assert found.lines[0]["query"]["schema"] == "Person"
    assert found.lines[0]["query"]["properties"] == {
        "name": ["S. Aksyonov"],
        "birthDate": ["1972-11"],
        "country": ["ru"],
        "address": ["Simferopol"],
        "idNumber": ["AB123456"],
        "gender": ["male"],
    }


@pytest.mark.parametrize(
    ("number", "party"),
    [("IMO 9735335", "un_sc:2"), ("9735335", "un_sc:2"), ("PRMSRUMMXXX", "un_sc:3")],
)
def test_an_identifier_alone_is_enough(command, number, party):
    (answer,) = command("screen", "--id", number, *DAY).lines
    assert [finding["id"] for finding in answer["findings"]] == [party]


def test_json_is_an_object_for_one_name_and_an_array_for_more(command):
    one = command("screen", "Sergey Aksyonov", *DAY, "--format", "json")
    assert json.loads(one.out)["outcome"] == "hit"
    two = command("screen", "Sergey Aksyonov", "Anna Nowak", *DAY, "--format", "json")
    assert [each["outcome"] for each in json.loads(two.out)] == ["hit", "clear"]


def test_a_table_says_who_on_which_list_since_when_and_why(command):
    found = command("screen", "Sergey Aksyonov", *DAY, "--format", "table")
    for word in ("HIT", "Sergey Aksyonov", "un_sc:1", "UKRAINE-EO13660", "2014-03-17", "13660"):
        assert word in found.out
    assert "\x1b" not in found.out


def test_nothing_found_is_said(command):
    found = command("screen", "Anna Nowak", *DAY, "--format", "table")
    assert "clear" in found.out
    assert "no listed party is like this" in found.out


def test_explain_draws_the_evidence(command):
    found = command("screen", "Sergey Aksyonov", *DAY, "--birth-date", "1972-11-26", "--explain")
    for word in ("threshold", "+0.15", "birth date", "1972-11-26", "equal", "sha256", "known"):
        assert word in found.out or word == "known"
    assert "█" in found.out


def test_explain_is_for_tables(command):
    found = command("screen", "A B", "--explain", "--format", "jsonl")
    assert found.code == 2
    assert "carries all the evidence" in found.err


def test_quiet_says_nothing(command):
    assert command("screen", "Sergey Aksyonov", *DAY, "--quiet").err == ""


def test_an_output_file_is_written_whole(command, tmp_path):
    found = command("screen", "Sergey Aksyonov", *DAY, "--output", "out.csv")
    assert found.out == ""
    assert (tmp_path / "out.csv").read_text().startswith("name,limen_outcome")
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith("out")] == ["out.csv"]


class TestExitCodes:
    @pytest.mark.parametrize(
        ("name", "fail_on", "code"),
        [
            ("Sergey Aksyonov", "none", 0),
            ("Sergey Aksyonov", "review", 11),
            ("Sergey Aksyonov", "hit", 11),
            ("Anna Nowak", "hit", 0),
        ],
    )
    def test_by_what_was_found(self, command, name, fail_on, code):
        assert command("screen", name, *DAY, "--fail-on", fail_on).code == code

    def test_a_finding_to_review(self, command):
        arguments = ("screen", "Sergey Aksyonov", "--birth-date", "1931-01-01", *DAY)
        assert command(*arguments).lines[0]["findings"][0]["level"] == "review"
        assert command(*arguments).code == 0
        assert command(*arguments, "--fail-on", "hit").code == 0
        assert command(*arguments, "--fail-on", "review").code == 10

    def test_a_stale_list_is_6_and_never_0(self, command):
        found = command("screen", "Anna Nowak", "--as-of", "2022-06-01")
        assert found.lines[0]["outcome"] == "cannot_say"
        assert found.code == 6
        assert "STALE" in found.err

    def test_a_hit_on_a_stale_list_is_6_unless_hits_were_asked_for(self, command):
        arguments = ("screen", "Sergey Aksyonov", "--as-of", "2022-06-01")
        assert command(*arguments).lines[0]["outcome"] == "hit"
        assert command(*arguments).code == 6
        assert command(*arguments, "--fail-on", "hit").code == 11

    def test_a_stale_list_allowed_by_name_is_in_the_stamp(self, command):
        found = command("screen", "Anna Nowak", "--as-of", "2022-06-01", "--allow-stale", "un_sc")
        assert found.code == 0
        assert found.lines[0]["stamp"]["allow_stale"] == ["un_sc"]
        assert "OVERRIDDEN" in found.err

    def test_a_day_before_the_first_version_is_6_with_the_first_it_can_speak_for(self, command):
        found = command("screen", "Anna Nowak", "--as-of", "2010-01-01")
        assert found.code == 6
        assert "2022-02-17" in found.err


class TestRefused:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("A B", "--as-of", "2022-02-30"), "as_of"),
            (("A B", "--as-of", "tomorrow"), "as_of"),
            (("A B", "--as-of", "2999-01-01"), "has not come yet"),
            (("A B", "--known-at", "2022-02-21T10:00"), "time zone"),
            (("A B", "--list", "un_sk"), "did you mean un_sc"),
            (("A B", "--authority", "UX"), "UN"),
            (("A B", "--allow-stale", "unsc"), "un_sc"),
            (("A B", "--threshold", "7"), "threshold"),
            (("A B", "--threshold", "high"), "--threshold"),
            (("A B", "--schema", "persn"), "did you mean Person"),
            (("A B", "--birth-date", "26.11.1972"), "--birth-date"),
            (("A B", "--property", "gendr=male"), "did you mean gender"),
            (("A B", "C D", "--birth-date", "1972"), "one party, and 2 are named"),
            (("A B", "--map", "x=name"), "--map is about files"),
            (("A B", "--output", "out.dat"), "which format"),
            (("A B", "--output", "no/such/out.csv"), "create no/such"),
            ((), "give a name"),
            (("A B", "p.csv"), "cannot be mixed"),
            (("portfollio.csv",), "no such file"),
        ],
    )
    def test_with_what_and_how_to_fix_it(self, command, arguments, said):
        found = command("screen", *arguments)
        assert found.code == 2
        assert said in found.err
        assert found.out == ""
        assert "Traceback" not in found.err

    def test_without_a_snapshot_the_way_to_one_is_shown(self, command, monkeypatch, tmp_path):
        monkeypatch.setenv("LIMEN_HOME", str(tmp_path / "none"))
        found = command("screen", "A B")
        assert found.code == 3
        assert "limen lists update" in found.err

    def test_an_unknown_command_says_which_was_meant(self, command):
        found = command("scren", "A B")
        assert found.code == 2
        assert "did you mean screen" in found.err


class TestFaults:
    @pytest.fixture
    def faulty(self, command, monkeypatch):
        def fail(*_):
            raise ZeroDivisionError("of ours")

        monkeypatch.setattr("limen.engine.open_engine", fail)
        return command

    def test_a_fault_of_ours_is_one_line_and_how_to_report_it(self, faulty):
        found = faulty("screen", "A B")
        assert found.code == 70
        assert "ZeroDivisionError: of ours" in found.err
        assert "--debug" in found.err
        assert "Traceback" not in found.err

    def test_debug_shows_where(self, faulty):
        assert "Traceback" in faulty("screen", "A B", "--debug").err


def test_what_a_terminal_would_obey_is_made_visible(command):
    found = command("screen", "Evil \x1b[2J\u202eName", *DAY, "--format", "table")
    assert "\x1b" not in found.out
    assert "\u202e" not in found.out
    assert "\\x1b[2J" in found.out


def test_a_promised_list_that_was_never_loaded_is_code_6(command, tmp_path, monkeypatch):
    lists = registry(a_list("un_sc", "UN"), a_list("us_ofac_sdn", "US"))
    days = {"2024-05-28": [listed("1", "Quentin Farnsworth")]}
    world(tmp_path / "one list", lists, {"un_sc": days})
    monkeypatch.setenv("LIMEN_HOME", str(tmp_path / "one list"))
    day = ("--as-of", "2024-05-29")
    found = command("screen", "VTB", *day)
    assert (found.lines[0]["outcome"], found.code) == ("cannot_say", 6)
    assert found.lines[0]["reasons"] == ["us_ofac_sdn: it was never loaded"]
    assert "us_ofac_sdn  no version" in found.err
    for fewer in (["--list", "un_sc"], ["--authority", "UN"], ["--allow-stale", "us_ofac_sdn"]):
        found = command("screen", "VTB", *day, *fewer)
        assert (found.lines[0]["outcome"], found.code) == ("clear", 0), fewer
    both = command("screen", "VTB", *day, "--list", "un_sc", "--authority", "US")
    assert both.code == 2
    assert "the list un_sc is of UN, not of US" in both.err
    unknown = command("screen", "VTB", *day, "--list", "un_sc", "--authority", "UK")
    assert unknown.code == 2
    assert "one of UN, US" in unknown.err
