"""The lawyers' questions of the shared bench, each put to the commands a user has."""

from __future__ import annotations

import csv

import pytest

ASK = {
    "Q01": (["--territory", "ua-dnr", "--effect", "new_investment", "--authority", "US", "--as-of", "2022-02-22"], ["us-eo-14065"], "1(a)(i)"),
    "Q18": (["--party", "Rosneft", "--authority", "UK", "--as-of", "2025-12-01"], ["uk-rosneft-lukoil"], "2025-10-15"),
    "Q22": (["--service", "architecture", "--authority", "US", "--as-of", "2023-08-01"], ["us-eo-14071"], "2023-06-18"),
    "Q23": (["--service", "quantum computing", "--authority", "US", "--as-of", "2022-12-01"], ["us-eo-14071"], "2022-10-15"),
    "Q24": (["--service", "petroleum services", "--authority", "US", "--as-of", "2025-04-01"], ["us-eo-14071"], "2025-02-27"),
    "Q26": (["--act", "SI 2022/123", "--as-of", "2022-02-15"], ["uk-si-2022-123"], "2022-02-10T17:00"),
    "Q32": (["--territory", "cu", "--as-of", "2024-05-01"], ["us-cacr", "eu-blocking-statute"], "515.201"),
    "Q34": (["--territory", "sy", "--effect", "import", "--authority", "EU", "--as-of", "2019-06-01"], ["eu-syria-sectoral"], "Art. 6"),
    "Q37": (["--party", "PdVSA", "--authority", "US", "--as-of", "2019-06-01"], ["us-venezuela-oil"], "2019-01-28"),
    "Q53": (["--act", "EO 14024", "--as-of", "2025-02-01"], ["us-eo-14024"], "metals and mining"),
    "Q56": (["--act", "E.O. 14203", "--as-of", "2025-06-01"], ["us-eo-14203"], "2025-02-06"),
    "Q57": (["--act", "Executive Order 13959", "--effect", "securities", "--as-of", "2023-01-01"], ["us-ns-cmic"], "publicly traded"),
    "Q59": (["--act", "GLOMAG", "--as-of", "2024-01-01"], ["us-eo-13818"], "2017-12-21"),
    "Q60": (["--act", "SDGT", "--as-of", "2024-01-01"], ["us-eo-13224"], "2001-09-24"),
}  # fmt: skip
AUTHORISED = {
    "Q05": (["--measure", "eu-package-6", "--activity", "import", "--fact", "contract_before=true", "--as-of", "2022-09-01"], "yes", "crude contracts"),
    "Q15": (["--measure", "us-eo-14024-directive-4", "--activity", "taxes", "--party", "Ministry of Finance", "--fact", "debits_directive_4_account=false", "--fact", "exit_tax=false", "--fact", "day_to_day=true", "--as-of", "2023-06-01"], "yes", "RUSSIA-EO14024/13E"),
    "Q58": (["--measure", "us-eo-13224", "--activity", "governing_institutions", "--party", "Taliban", "--as-of", "2022-03-01"], "yes", "SDGT/20"),
}  # fmt: skip
#: Percents of the owners, all listed, none known to act with another or to control; another's
#: are the rest.
OWNED = {
    "Q41": ("2025-06-01", [("X", "Co", 25), ("Y", "Co", 25)], {"US": "owned", "EU": "owned", "UK": "not_owned"}),
    "Q43": ("2025-06-01", [("X", "A", 50), ("A", "Co", 50)], {"US": "owned", "UK": "not_owned"}),
    "Q47": ("2012-06-01", [("X", "Co", 50)], {"US": "owned"}),
}  # fmt: skip
APART = ("Q12", "Q25", "Q31", "Q48", "Q49")


def asked(command, *arguments):
    (found,) = command("regimes", "ask", *arguments).lines
    return found


def test_every_question_is_put(shared):
    rows = csv.DictReader(shared("bench/law_questions_dev.csv").read_text().splitlines())
    assert {row["id"] for row in rows} == {*ASK, *AUTHORISED, *OWNED, *APART}


@pytest.mark.parametrize("question", ASK)
def test_what_was_in_force(command, question):
    arguments, measures, detail = ASK[question]
    found = asked(command, *arguments)
    views = {each["id"]: each for each in found["in_force"]}
    assert set(measures) <= set(views)
    assert detail in str([views[name] for name in measures])


@pytest.mark.parametrize("question", AUTHORISED)
def test_what_was_authorised(command, question):
    arguments, answer, by = AUTHORISED[question]
    (found,) = command("regimes", "authorised", *arguments).lines
    (measure,) = found["measures"]
    assert measure["answer"] == answer
    assert by in str(measure)


@pytest.mark.parametrize("question", OWNED)
def test_who_is_treated_as_the_owners_are(command, tmp_path, question):
    day, stakes, verdicts = OWNED[question]
    lines = ["owner,owned,percent,control"]
    lines += [f"{owner},{owned},{percent},no" for owner, owned, percent in stakes]
    lines += [f"Another,{owned},{100 - sum(row[2] for row in stakes if row[1] == owned)},no"
              for owned in dict.fromkeys(row[1] for row in stakes)]  # fmt: skip
    (tmp_path / "stakes.csv").write_text("\n".join(lines) + "\n")
    for authority, verdict in verdicts.items():
        found = command(
            "regimes", "ownership", "stakes.csv", "--as-of", day, "--authority", authority,
            "--listed", "X", "--listed", "Y",
        ).lines  # fmt: skip
        assert {each["verdict"] for each in found if each["entity"] == "Co"} == {verdict}
        assert all(each["rule"] for each in found)


def test_q12_the_secondary_market_is_free_until_march(command):
    found = asked(
        command, "--effect", "secondary_market_bonds", "--authority", "US", "--as-of", "2022-02-25"
    )
    assert found["in_force"] == []
    (directive,) = found["not_in_force"]
    assert directive["standing"] == "enabled"
    assert "bonds issued after 1 March 2022" in str(directive)


def test_q25_sberbank_was_only_announced(command):
    found = asked(
        command,
        "--party",
        "Sberbank",
        "--authority",
        "US",
        "--as-of",
        "2022-02-23T12:00-05:00",
        "--known-at",
        "2022-02-23T12:00-05:00",
    )
    assert found["in_force"] == []
    assert {each["standing"] for each in found["not_in_force"]} == {"prepared"}


def test_q31_north_korean_goods(command):
    found = asked(command, "--territory", "kp", "--effect", "import", "--as-of", "2020-01-01")
    assert {each["id"] for each in found["in_force"]} == {"us-eo-13570", "eu-2017-1509"}


def test_q48_the_affiliates_rule(command, tmp_path):
    (tmp_path / "stakes.csv").write_text("owner,owned,percent\nX,Co,50\n")

    def rules(day):
        found = command(
            "regimes", "ownership", "stakes.csv", "--as-of", day, "--authority", "US",
            "--listed", "X", "--measure", "us-bis-entity-list",
        )  # fmt: skip
        return {each["rule"] for each in found.lines}

    assert rules("2025-10-15") == {"us-bis-affiliates"}
    assert rules("2026-03-01") == set()
    assert rules("2026-11-30") == {"us-bis-affiliates"}


def test_q49_when_the_allies_followed(command):
    days = {
        "ch-2022-02-28": "2022-02-28T18:00+01:00", "jp-2022-02-26": "2022-02-26",
        "au-f2022l00179": "2022-03-28", "ca-sor-2022-28": "2022-02-24",
    }  # fmt: skip
    for act, day in days.items():
        (found,) = asked(command, "--act", act, "--as-of", "2022-04-01")["in_force"]
        assert found["since"] == day


def test_what_is_not_encoded_is_no_statement_that_nothing_applies(command):
    found = asked(command, "--goods", "submarine cables", "--as-of", "2022-04-01")
    assert found["says"] == "no record; that is not a statement that nothing applies"
    wrong = command("regimes", "ask", "--territory", "ua-dpr")
    assert wrong.code == 2
    assert "did you mean ua-dnr?" in wrong.err
    unknown = command("regimes", "authorised", "--activity", "smuggling")
    assert unknown.code == 2
    assert "that is not a statement that nothing applies" in unknown.err


@pytest.mark.parametrize(
    "written", ["833/2014", "2014/833", "32014R0833", "32014r0833", "Regulation (EU) No 833/2014"]
)
def test_an_act_in_any_usual_form(command, written):
    found = asked(command, "--act", written, "--as-of", "2022-04-01")
    assert "eu-833-2014" in {each["id"] for each in found["in_force"]}


ACTS = [
    ("2271/1996", {"eu-blocking-statute"}),
    ("96/2271", {"eu-blocking-statute"}),
    ("14065", {"us-eo-14065"}),
    ("GL 8", set()),
    ("8", set()),
    ("Regulation", set()),
    ("Resolution", set()),
]


@pytest.mark.parametrize(("act", "measures"), ACTS)
def test_a_number_is_an_act_only_where_an_act_is_named(command, act, measures):
    found = asked(command, "--act", act, "--as-of", "2024-04-01")
    assert {each["id"] for each in found["in_force"]} == measures


FORMS = [
    ("UK SI 2019 No. 855", "2024-04-01", "uk-si-2019-855"),
    ("S.I. 2019 No 855", "2024-04-01", "uk-si-2019-855"),
    ("UNSCR 1718", "2024-04-01", "un-1718-dprk"),
    ("Resolution 1718 (2006)", "2024-04-01", "un-1718-dprk"),
    ("UN Security Council Resolution 1718", "2024-04-01", "un-1718-dprk"),
    ("S/RES/1718 (2006)", "2024-04-01", "un-1718-dprk"),
    ("UNSCR 2231", "2020-04-01", "un-iran-resolutions"),
]


@pytest.mark.parametrize(("act", "day", "measure"), FORMS)
def test_resolutions_and_statutory_instruments_in_any_usual_form(command, act, day, measure):
    found = asked(command, "--act", act, "--as-of", day)
    assert measure in {each["id"] for each in found["in_force"]}


LICENCES = [
    (["--act", "GL 8L", "--as-of", "2025-02-01"], "licences", "RUSSIA-EO14024/8L"),
    (["--act", "RUSSIA-EO14024/8L", "--as-of", "2025-02-01"], "licences", "RUSSIA-EO14024/8L"),
    (["--act", "GL 8L", "--as-of", "2026-01-01"], "licences_not_in_force", "RUSSIA-EO14024/8L"),
    (["--party", "VTB", "--as-of", "2026-06-20"], "licences", "RUSSIA-EO14024/115D"),
    (["--party", "VTB", "--as-of", "2026-06-20"], "licences_not_in_force", "RUSSIA-EO14024/115C"),
]


@pytest.mark.parametrize(("arguments", "where", "key"), LICENCES)
def test_licences_by_act_and_party(command, arguments, where, key):
    assert key in str(asked(command, *arguments)[where])
    other = asked(command, *arguments, "--authority", "EU")
    assert (other["licences"], other["licences_not_in_force"]) == ([], [])


CODES = [
    (["--goods", "2709", "--effect", "import", "--as-of", "2023-01-01"], "in_force", {"eu-package-6", "uk-no14-2022", "us-eo-14066", "eu-syria-sectoral"}),
    (["--goods", "2709 00 90", "--authority", "US", "--effect", "import", "--as-of", "2023-01-01"], "in_force", {"us-eo-14066"}),
    (["--goods", "0306 14", "--authority", "US", "--as-of", "2024-03-01"], "in_force", {"us-eo-14068"}),
    (["--goods", "0306", "--authority", "US", "--effect", "import", "--as-of", "2022-03-01"], "in_force", set()),
    (["--goods", "7102", "--authority", "US", "--effect", "import", "--as-of", "2024-03-15"], "undecided", {"us-eo-14068"}),
    (["--goods", "8471", "--effect", "import", "--territory", "ua-dnr", "--authority", "US", "--as-of", "2022-03-01"], "in_force", {"us-eo-14065"}),
    (["--sector", "64.19", "--authority", "EU", "--as-of", "2022-03-01"], "in_force", {"eu-2022-328"}),
    (["--sector", "Commercial banking", "--authority", "US", "--as-of", "2022-03-01"], "in_force", set()),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "where", "measures"), CODES)
def test_goods_and_sectors_by_their_codes(command, arguments, where, measures):
    assert {each["id"] for each in asked(command, *arguments)[where]} == measures


@pytest.mark.parametrize(
    ("code", "nearest"), [("9999", "9706"), ("2799", "2716"), ("7701", "7616"), ("0100", "0101")]
)
def test_a_code_that_there_is_not_is_refused_with_the_nearest(command, code, nearest):
    result = command("regimes", "ask", "--goods", code)
    assert result.code == 2
    assert f"did you mean {nearest}?" in result.err


def test_a_territory_finds_the_measures_on_the_same_ground_and_says_so(command):
    arguments = ("--territory", "ua-dnr", "--as-of", "2022-04-01")
    found = asked(command, *arguments)
    assert {"EU", "UK", "CA", "CH", "AU", "US"} <= {each["authority"] for each in found["in_force"]}
    grounds = {each["measure"]: each for each in found["grounds"]}
    assert "us-eo-14065" not in grounds
    assert grounds["eu-2022-263"]["territory"] == "ua-ngc-donetsk"
    says = "its ground is non-government-controlled areas of Donetsk oblast, which overlaps"
    assert says in grounds["eu-2022-263"]["says"]
    assert says in command("regimes", "ask", *arguments, "--format", "table").out
    back = asked(
        command, "--territory", "ua-ngc-donetsk", "--authority", "US", "--as-of", "2022-04-01"
    )
    assert "us-eo-14065" in {each["id"] for each in back["in_force"]}


def test_an_effect_that_only_lists_print_is_said_to_be(command):
    found = asked(command, "--effect", "director_disqualification", "--as-of", "2025-04-10")
    assert found["says"].startswith("only as a list prints it for a party (")
    assert found["says"].endswith("that is not a statement that nothing applies")


def test_a_day_before_the_first_record_is_said_to_be(command):
    found = asked(command, "--authority", "EU", "--effect", "import", "--as-of", "1970-01-01")
    assert found["says"].startswith("1996-11-29 is the first record of EU: no record; that is not")


def test_what_prohibits_nothing_does_not_read_like_a_permission(command):
    table = command(
        "regimes",
        "ask",
        "--territory",
        "cu",
        "--authority",
        "EU",
        "--as-of",
        "2024-05-01",
        "--format",
        "table",
    ).out
    assert "Art. 5: prohibits nothing itself; about cu;" in table
    assert "no ban" not in table


def test_an_unknown_measure_is_refused_with_the_nearest_few(command):
    result = command("regimes", "authorised", "--activity", "taxes", "--measure", "us-eo-99999-x")
    assert result.code == 2
    assert len(result.err) < 400
    assert "us-eo-" in result.err


def test_an_authority_is_no_act(command):
    assert command("regimes", "ask", "--act", "EU").code == 2


NOW = [
    (["--activity", "taxes", "--measure", "us-eo-14024-directive-4", "--party", "Ministry of Finance", "--as-of", "2026-11-30"], "cannot_say"),
    (["--activity", "energy", "--measure", "us-eo-14024", "--party", "VTB Bank PAO", "--as-of", "2025-06-01"], "no"),
    (["--activity", "civil_nuclear", "--measure", "us-eo-14024", "--party", "VTB", "--fact", "project_begun_before=true", "--fact", "new_plant=false", "--as-of", "2026-06-20"], "yes"),
    (["--activity", "civil_nuclear", "--measure", "us-eo-14024", "--party", "VTB", "--as-of", "2026-06-20"], "cannot_say"),
    (["--activity", "civil_nuclear", "--measure", "us-eo-14024", "--party", "VTB", "--as-of", "2026-11-30"], "cannot_say"),
    (["--activity", "agriculture", "--measure", "us-ndaa-1245", "--as-of", "2026-06-26"], "yes"),
    (["--activity", "agriculture", "--measure", "us-ndaa-1245", "--as-of", "2099-01-01"], "cannot_say"),
    (["--activity", "crude_delivery", "--measure", "us-eo-14024", "--fact", "loaded_before=true", "--as-of", "2026-03-20"], "cannot_say"),
    (["--activity", "wind_down", "--measure", "us-eo-14024", "--party", "Rosneft", "--as-of", "2026-02-01"], "cannot_say"),
    (["--activity", "wind_down", "--measure", "us-eo-14024", "--party", "Lukoil International GmbH", "--as-of", "2026-02-01"], "yes"),
    (["--activity", "wind_down", "--measure", "us-eo-14024", "--as-of", "2026-02-01"], "cannot_say"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "answer"), NOW)
def test_a_permission_is_never_assumed(command, arguments, answer):
    result = command("regimes", "authorised", *arguments)
    (measure,) = result.lines[0]["measures"]
    assert measure["answer"] == answer, result.out
    assert (
        answer.replace("_", " ")
        in command("regimes", "authorised", *arguments, "--format", "table").out
    )


def test_a_no_names_the_licences_of_other_days(command):
    arguments = NOW[1][0]
    (measure,) = command("regimes", "authorised", *arguments).lines[0]["measures"]
    assert "RUSSIA-EO14024/8K: replaced by RUSSIA-EO14024/8L" in measure["not_in_force"]
    table = command("regimes", "authorised", *arguments, "--format", "table").out
    assert "licence not in force then: RUSSIA-EO14024/8K: replaced by" in table


def test_a_licence_for_any_party_is_found_by_a_party(command):
    found = command(
        "regimes", "authorised", "--activity", "medicine", "--party", "VTB", "--fact",
        "debits_directive_4_account=false", "--as-of", "2024-07-01",
    ).lines[0]  # fmt: skip
    answers = {each["measure"]: (each["answer"], each["by"]) for each in found["measures"]}
    assert answers["us-eo-14024"] == ("yes", ["RUSSIA-EO14024/6D"])


def test_a_row_says_how_sure_it_is(command):
    result = command("regimes", "authorised", *NOW[2][0], "--format", "csv")
    (row,) = csv.DictReader(result.out.splitlines())
    assert (row["confidence"], row["beyond_known"]) == ("sourced", "False")
    assert row["licences"] == row["by"] == "RUSSIA-EO14024/115D"
    assert (row["licences_confidence"], row["licences_beyond_known"]) == ("secondary", "False")


#: Each holds of every text or of none; the last are bytes of the command line that are no UTF-8.
NO_TERMS = ["!!!", "---", "  ", "\udcff", "Rosneft\udcff"]


@pytest.mark.parametrize("term", NO_TERMS)
def test_a_term_without_a_word_is_refused(command, term):
    for option in ("party", "goods", "sector", "service", "act", "territory", "authority"):
        result = command("regimes", "ask", f"--{option}={term}")
        assert (result.code, option in result.err) == (2, True), option
    for options in (["--activity=taxes", f"--party={term}"], [f"--activity={term}"]):
        assert command("regimes", "authorised", *options).code == 2
