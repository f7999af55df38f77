"""The law from the command line: regimes, timeline, assess, whatif."""

from __future__ import annotations

from xml.etree import ElementTree as ET

MIDNIGHT = "2022-02-21T23:59-05:00"


def test_assess_prints_the_readings_and_where_they_part(command):
    result = command("assess", "EV05", "--at", MIDNIGHT, "--format", "table")
    assert result.code == 0
    assert "condition met under S09a, S11" in result.out
    assert "missing assembled" in result.out
    assert "us-eo-14065" in result.out


def test_assess_in_a_pipe_is_one_object(command):
    (found,) = command("assess", "troops-into-occupied-donbas", "--at", MIDNIGHT).lines
    assert found["event"] == "EV05"
    assert {each["id"] for each in found["prepared"]} >= {"us-prepared-2022"}
    assert found["disagreement"]["S23"] == "false"


def test_assess_wants_an_instant_and_an_event_there_is(command):
    assert command("assess", "EV05").code == 2
    wrong = command("assess", "EV05", "--at", "yesterday")
    assert wrong.code == 2
    unknown = command("assess", "troops-into-donbas", "--at", MIDNIGHT)
    assert unknown.code == 2
    assert "did you mean troops-into-occupied-donbas?" in unknown.err


def test_what_stood_on_a_day(command):
    lines = command("regimes", "list", "--as-of", "2022-02-22", "--authority", "US").lines
    standing = {each["id"]: each["standing"] for each in lines}
    assert standing["us-eo-14065"] == "in_force"
    assert standing["us-prepared-2022"] == "prepared"
    prepared = command("regimes", "list", "--as-of", "2022-02-22", "--standing", "prepared").lines
    assert {each["standing"] for each in prepared} == {"prepared"}


def test_a_measure_is_shown_with_the_licences_then_valid(command):
    (found,) = command("regimes", "show", "us-eo-14065", "--as-of", "2022-03-22").lines
    keys = {each["key"] for each in found["licences"]}
    assert {"RUSSIA-EO14065/17", "RUSSIA-EO14065/24"} <= keys
    (later,) = command("regimes", "show", "us-eo-14065", "--as-of", "2022-03-24").lines
    assert "RUSSIA-EO14065/17" not in {each["key"] for each in later["licences"]}
    text = command("regimes", "show", "us-eo-14065", "--as-of", "2022-03-22", "--format", "table")
    assert "licences then valid" in text.out


def test_a_trigger_a_statement_and_a_wrong_name(command):
    assert command("regimes", "show", "T-06").lines[0]["id"] == "T-06"
    assert command("regimes", "show", "S09a").lines[0]["quote"].startswith("any Russian")
    wrong = command("regimes", "show", "us-eo-14066x")
    assert wrong.code == 2
    assert "did you mean us-eo-14066?" in wrong.err


def test_the_lawyers_tests_run_and_tell(command, tmp_path):
    assert command("regimes", "test", "--format", "table").out.endswith("passed, 0 failed\n")
    (tmp_path / "mine.yml").write_text(
        "- given: EV05\n  at: 2022-02-21T23:59-05:00\n"
        "  expect: {readings: {S23: true}}\n  because: it is wrong on purpose\n"
    )
    failed = command("regimes", "test", "mine.yml", "--format", "table")
    assert failed.code == 3
    assert "expected true, found false" in failed.out
    assert "mine.yml line 1" in failed.out


def test_a_timeline_is_drawn_with_dashed_bars_marks_and_two_cursors(command, tmp_path):
    arguments = ("--from", "2022-01-15", "--to", "2022-03-15", "--as-of", "2022-02-22")
    result = command("timeline", "russia-ukraine", *arguments, "--svg", "out.svg")
    assert result.code == 0
    drawing = (tmp_path / "out.svg").read_text()
    root = ET.fromstring(drawing)
    assert "as of 2022-02-22" in drawing
    titles = [each.text for each in root.iter() if each.tag.endswith("title")]
    groups = [each for each in root.iter() if len(each) and each[0].tag.endswith("title")]
    (package,) = [each for each in groups if "(us-prepared-2022)" in each[0].text]
    assert package[0].text.partition("): ")[2].startswith("prepared 2021-12-11")
    assert package[-1].get("stroke-dasharray") == "4 3"
    assert any(title.startswith("EV08") for title in titles)
    assert "script" not in drawing


def test_a_timeline_without_later_knowledge(command):
    (known,) = command("timeline", "russia-ukraine", "--known-at", MIDNIGHT).lines
    marks = {each["id"] for each in known["marks"]}
    assert "S23" in marks
    assert not marks & {"S27", "S32", "EV08"}


PORTFOLIO = """id,name,type,exposure
1,VTB Bank,company,"1,000.50"
2,Margaret Appleyard,person,5
3,Promsvyazbank,company,7
"""


def test_what_if_says_simulation_on_every_line(command, tmp_path):
    (tmp_path / "p.csv").write_text(PORTFOLIO)
    arguments = ("whatif", "EV08", "p.csv", "--at", MIDNIGHT)
    result = command(*arguments, "--format", "table", "--svg", "w.svg")
    assert result.code == 0
    told = [line for line in result.out.splitlines() if line]
    assert all("simulation" in line.lower() for line in told)
    assert "us-eo-14024-february-24" in result.out
    assert "Simulation" in ET.fromstring((tmp_path / "w.svg").read_text())[2].text
    (found,) = command(*arguments).lines
    assert found["stamp"] == "simulation"
    assert all(hit["stamp"] == "simulation" for hit in found["hits"])
    assert found["newly_hit"]["US"] >= 1
    assert found["amounts"]["US"] >= 1000.5
    rows = command(*arguments, "--format", "csv").out.splitlines()
    assert all(row.startswith("simulation,") for row in rows[1:])


def test_what_if_without_hindsight_names_nobody_whom_nobody_had_named(command, tmp_path):
    (tmp_path / "p.csv").write_text(PORTFOLIO)
    (found,) = command("whatif", "EV08", "p.csv", "--at", MIDNIGHT, "--no-hindsight").lines
    assert found["hits"] == []
    (dollar,) = (reach for reach in found["reaches"] if reach["provision"])
    assert (dollar["measure"], dollar["by"]) == ("us-prepared-2022", ["sectors"])
    assert dollar["cannot_be_assessed"] == found["rows"], "no column of it gives a sector"
    at = "2022-02-22T15:34-05:00"
    (next_day,) = command("whatif", "EV08", "p.csv", "--at", at, "--no-hindsight").lines
    assert {hit["target"] for hit in next_day["hits"]} == {"VTB Bank"}
    assert not any(hit["hindsight"] for hit in next_day["hits"])


def test_what_if_supposes_a_listing_alone(command, tmp_path):
    (tmp_path / "p.csv").write_text(PORTFOLIO)
    at = ("--at", "2022-02-28")
    (found,) = command("whatif", "-", "p.csv", *at, "--assume", "party=Margaret Appleyard@EU").lines
    (hit,) = found["hits"]
    assert (hit["row"], hit["authority"], hit["by"]) == (1, "EU", "party")


def test_what_if_refuses_what_cannot_be_supposed(command, tmp_path):
    (tmp_path / "p.csv").write_text(PORTFOLIO)
    at = ("--at", "2022-02-28")
    for assume, says in (
        ("party=Acme", "cannot be supposed"),
        ("territory=ua-kherson@us-eo-14065", "unknown territory"),
        ("licence-ends=RUSSIA-EO14024/8Z", "no licence is called"),
        ("party=Acme@XX", "unknown authority"),
    ):
        result = command("whatif", "-", "p.csv", *at, "--assume", assume)
        assert result.code == 2, assume
        assert says in result.err
    nothing = command("whatif", "-", "p.csv", *at)
    assert "nothing is supposed" in nothing.err
    wrong = command("whatif", "EV05", "p.csv", *at, "--reading", "S99z")
    assert wrong.code == 2


def test_one_reading_takes_only_its_own_authority_and_trigger(command, tmp_path):
    (tmp_path / "p.csv").write_text(PORTFOLIO)
    (found,) = command("whatif", "EV05", "p.csv", "--at", MIDNIGHT, "--reading", "S09a").lines
    assert {each["authority"] for each in found["supposed"]} == {"US"}
    assert [each["reading"]["statement"] for each in found["readings"]] == ["S09a"]
    assert "supposed in force: us-prepared-2022, under S09a" in found["assumptions"]
    (other,) = command("whatif", "EV05", "p.csv", "--at", MIDNIGHT, "--reading", "S23").lines
    assert other["supposed"] == []
    assert "meets no trigger: of 1 readings 1 are false" in other["nothing"]


def test_events_are_compared_side_by_side(command, tmp_path):
    (tmp_path / "p.csv").write_text(PORTFOLIO)
    events = ("EV02", "EV03", "EV05", "EV08")
    found = command("whatif", *events, "p.csv", "--at", MIDNIGHT).lines
    supposed = [sorted({each["measure"] for each in one["supposed"]}) for one in found]
    assert supposed[0] == []
    assert (
        "nothing of its authority waits" in found[0]["nothing"] or "meets no" in found[0]["nothing"]
    )
    first_package = [f"eu-2022-{number}" for number in (260, 261, 262, 263)]
    assert supposed[1] == [*first_package, "eu-recognition-2022"]
    assert "us-eo-14024-tranche-1" in supposed[2]
    assert "us-eo-14024-february-24" not in supposed[2], "held back for more than this (S34)"
    assert "uk-prepared-2022" not in supposed[2], "the toecap had not crossed the line of contact"
    assert "us-eo-14024-february-24" in supposed[3]
    assert {"us-prepared-2022", "uk-prepared-2022", "eu-prepared-2022"} <= set(supposed[3])
    assert found[2]["disagreement"]["S23"] == "false"
    table = command("whatif", *events, "p.csv", "--at", MIDNIGHT, "--format", "table").out
    assert table.splitlines()[1].split()[:2] == ["simulation", "EV02"]


def test_what_if_compares_two_actual_days(command, tmp_path):
    (tmp_path / "p.csv").write_text(PORTFOLIO)
    (found,) = command("whatif", "--between", "2022-02-20", "2022-03-01", "p.csv").lines
    assert {each["change"] for each in found["changes"]} <= {"began", "ended", "changed"}
    assert found["changed_rows"] == len({each["row"] for each in found["changes"]}) > 0
    assert found["acts"]
    wrong = command("whatif", "EV05", "p.csv", "--between", "2022-02-20", "2022-03-01")
    assert wrong.code == 2
    assert "different questions" in wrong.err


STAKES = """owner,owned,percent,control,source
Promsvyazbank,Leasing Ltd,50,no,register
Somebody Else,Leasing Ltd,50,no,register
Leasing Ltd,Ship Ltd,60,no,register
Somebody Else,Ship Ltd,40,,register
Promsvyazbank,Maybe Ltd,,,
"""


def test_ownership_screens_the_owners_and_tells_the_path(command, tmp_path):
    (tmp_path / "stakes.csv").write_text(STAKES)
    arguments = ("regimes", "ownership", "stakes.csv", "--as-of", "2022-02-26")
    named = (*arguments, "--listed", "Promsvyazbank")
    verdicts = {(each["authority"], each["entity"]): each for each in command(*named).lines}
    assert verdicts["US", "Ship Ltd"]["verdict"] == "owned"
    assert verdicts["UK", "Ship Ltd"]["verdict"] == "not_owned", "exactly 50 is not more than 50"
    assert verdicts["US", "Maybe Ltd"]["verdict"] == "unknown"
    assert [step["owner"] for step in verdicts["US", "Ship Ltd"]["path"]] == [
        "Leasing Ltd",
        "Promsvyazbank",
    ]
    text = command(*named, "--authority", "US", "--format", "table").out
    assert "itself owned" in text
    assert "us-50 " in text
    everyone = command(*named)
    assert {each["authority"] for each in everyone.lines} == {"US", "EU", "UK"}
    assert "AU: no ownership rule" in everyone.err
    assert "NATO" not in everyone.err, "it freezes nothing"
    assert "CA: no ownership rule" in everyone.err, "its rule is of June 2023"
    early = command(*named[:4], "1990-01-01", *named[5:])
    assert early.lines == []
    later = command(*named[:4], "2026-11-30", *named[5:], "--measure", "us-bis-entity-list")
    assert "unless extended" in later.lines[0]["rule_note"]
    unsaid = command(*arguments, "--authority", "US")
    assert unsaid.code == 2, "this home has no American list, so nobody is unlisted"
    assert "would clear everybody" in unsaid.err
    (tmp_path / "stakes.csv").write_text("owner,owned\n")
    assert command(*arguments).code == 2
