"""The bundled starter list says true things of real people: every row is checked.

The American, European and British rows are held against the publishers' own files where those
are at hand: a party is in the first file after its day, and in none before.
"""

import csv
import gzip
import json
import re
from collections import defaultdict
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from limen.lists.audit import Audit
from limen.lists.formats import format_named
from limen.lists.registry import load_registry
from limen.lists.source import Source
from limen.lists.verify import verify_version
from limen.model.identifiers import valid_bic, valid_imo, valid_inn, valid_lei, valid_ogrn
from limen.model.partial_date import PartialDate
from limen.model.schemata import known_schema

FIRST, LAST = "2014-03-01", "2022-04-30"
NAMES = ("name", "aliases", "weak_aliases", "previous_names")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
#: OFAC's files: the day each is of, and where it is.
VINTAGES = {
    "2019-01-15": "full_sets/2019-01-15/sdn.csv.gz",
    "2021-08-18": "sdn/sdn_2021-08-18.csv.gz",
    "2022-01-21": "full_sets/2022-01-21/sdn.csv.gz",
    "2022-02-17": "sdn/sdn_2022-02-17.csv.gz",
    "2022-02-23": "sdn/sdn_2022-02-23.csv.gz",
    "2022-02-25": "sdn/sdn_2022-02-25.csv.gz",
    "2022-03-01": "sdn/sdn_2022-03-01.csv.gz",
    "2022-04-06": "sdn/sdn_2022-04-06.csv.gz",
    "2022-05-08": "sdn/sdn_2022-05-08.csv.gz",
}
ACTS = {
    "UKRAINE-EO13660": "Executive Order 13660",
    "UKRAINE-EO13661": "Executive Order 13661",
    "UKRAINE-EO13662": "Executive Order 13662",
    "UKRAINE-EO13685": "Executive Order 13685",
    "RUSSIA-EO14024": "Executive Order 14024",
    "BELARUS-EO14038": "Executive Order 14038",
    "PEESA-EO14039": "Executive Order 14039",
    "CYBER2": "Executive Order 13694",
    "ELECTION-EO13848": "Executive Order 13848",
    "NPWMD": "Executive Order 13382",
    "SYRIA": "Executive Order 13582",
    "CAATSA - RUSSIA": "Countering America's Adversaries Through Sanctions Act",
}
#: OFAC renames tags: what a tag of today was called in older files.
FORMER_TAGS = {"PEESA-EO14039": "PEESA-EO", "RUSSIA-EO14024": "RUSSIA-EO"}

STARTER = files("limen.lists") / "data" / "starter" / "limen_starter.csv"
ROWS = list(csv.DictReader(STARTER.read_text("utf-8").splitlines()))
EXAMPLES = Path(__file__).parents[2] / "examples"


def values(row, column):
    return [value for value in row[column].split(";") if value]


def authority(row):
    return row["id"].split("-")[1]


def wrong(check):
    """The ids of the rows that fail a check, so that a failure names its rows."""
    return [row["id"] for row in ROWS if not check(row)]


def test_it_is_a_few_hundred_parties_within_its_band():
    parties = {row["id"].split("-")[0] for row in ROWS}
    band = load_registry().get("limen_starter").records
    assert 300 <= len(parties) <= 500
    assert band.min <= len(ROWS) <= band.max


def test_it_is_read_without_a_doubt_and_passes_the_checks_of_every_list():
    audit = Audit()
    source = Source.of_bytes("csv", STARTER.read_bytes(), name=STARTER.name)
    entries = list(format_named("limen_csv").read({"csv": source}, audit))
    assert [entry.record_id for entry in entries] == [row["id"] for row in ROWS]
    assert audit.to_dict() == {"unread": [], "oddities": []}
    info = load_registry().get("limen_starter")
    summary = verify_version(info, entries, previous_count=None, published=date.fromisoformat(LAST))
    assert len(summary.canaries) == len(info.canaries)


def test_it_calls_itself_a_sample():
    info = load_registry().get("limen_starter")
    assert info.sample
    assert "SAMPLE" in info.note
    assert "limen lists update" in info.note


def test_ids_are_unique_and_name_the_authority():
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert not wrong(lambda row: re.fullmatch(r"[AB]\d{3}-(us|eu|uk)(-\d)?", row["id"]))


def test_every_row_says_who_by_what_since_when():
    assert not wrong(
        lambda row: all(row[field] for field in ("name", "programme", "measure", "act", "notes"))
    )
    assert not wrong(lambda row: known_schema(row["schema"]))


def test_days_are_days_inside_the_time_the_list_speaks_of():
    def inside(row):
        day = date.fromisoformat(row["listed_on"]).isoformat()
        gone = row["delisted_on"]
        return FIRST <= day <= LAST and (not gone or day < gone <= LAST)

    assert not wrong(inside)


def test_programmes_and_acts_are_the_authoritys_own():
    def fits(row):
        programmes, acts = values(row, "programme"), values(row, "act")
        if authority(row) == "us":
            return acts == list(dict.fromkeys(ACTS[tag] for tag in programmes))
        pattern = {
            "eu": r"Council (Implementing )?Regulation \(EU\) (No )?\d+/\d+",
            "uk": r"[A-Z][\w ]+ \(Sanctions\) \(EU Exit\) Regulations 20\d\d",
        }[authority(row)]
        prefix = authority(row).upper() + "-"
        return all(tag.startswith(prefix) for tag in programmes) and all(
            re.fullmatch(pattern, act) for act in acts
        )

    assert not wrong(fits)


def test_an_act_is_no_younger_than_its_listing():
    def in_time(row):
        years = [year for act in values(row, "act") for year in re.findall(r"\b20\d\d\b", act)]
        return all(year <= row["listed_on"][:4] for year in years)

    assert not wrong(in_time)


@pytest.mark.parametrize(
    ("column", "valid"),
    [
        ("bic", valid_bic),
        ("imo", valid_imo),
        ("lei", valid_lei),
        ("tax_number", valid_inn),
    ],
)
def test_numbers_pass_their_checks(column, valid):
    assert any(row[column] for row in ROWS)
    assert not wrong(lambda row: all(valid(value) for value in values(row, column)))


def test_russian_register_numbers_pass_their_check():
    russian = re.compile(r"\d{13}|\d{15}")
    assert not wrong(
        lambda row: all(
            valid_ogrn(value)
            for value in values(row, "registration_number")
            if russian.fullmatch(value)
        )
    )


def test_only_people_are_born():
    assert not wrong(lambda row: row["schema"] == "Person" or not row["birth_date"])
    assert not wrong(lambda row: all(PartialDate.parse(day) for day in values(row, "birth_date")))
    assert not wrong(lambda row: all(day < "2005" for day in values(row, "birth_date")))


def test_no_number_is_shared_by_two_parties():
    """OFAC prints one tax number for two brothers, and one for a bank and its mother: left out."""
    holders = defaultdict(set)
    for row in ROWS:
        for column in ("tax_number", "registration_number", "passport_number", "bic", "imo"):
            for number in values(row, column):
                holders[column, number].add(row["id"].split("-")[0])
    assert not {number: who for number, who in holders.items() if len(who) > 1}


def test_no_word_mixes_scripts():
    """Publishers print Latin letters in Cyrillic words; here they are corrected."""

    def pure(row):
        words = [word for column in NAMES for name in values(row, column) for word in name.split()]
        return not any(CYRILLIC.search(word) and re.search("[A-Za-z]", word) for word in words)

    assert not wrong(pure)


def test_the_rows_of_a_party_are_of_one_party():
    parties = defaultdict(list)
    for row in ROWS:
        parties[row["id"].split("-")[0]].append(row)
    for rows in parties.values():
        for column in ("schema", "birth_date", "gender", "tax_number", "imo", "bic"):
            assert len({row[column] for row in rows}) == 1, rows[0]["id"]


# --- the example portfolio rests on it --------------------------------------------------------


def example(name):
    return list(csv.DictReader((EXAMPLES / name).read_text("utf-8").splitlines()))


def listed_on_day(party, day):
    return any(
        row["id"].split("-")[0] == party
        and row["listed_on"] <= day
        and not (row["delisted_on"] and row["delisted_on"] <= day)
        for row in ROWS
    )


@pytest.mark.parametrize(
    ("column", "day"), [("expected", LAST), ("expected_2022_02_21", "2022-02-21")]
)
def test_the_portfolio_expects_a_hit_where_the_party_is_listed_that_day(column, day):
    expected = example("portfolio.expected.csv")
    true_hits = [row for row in expected if row["expected"] == "hit" and row["starter_id"]]
    assert len(true_hits) >= 60
    for row in true_hits:
        assert (row[column] == "hit") == listed_on_day(row["starter_id"], day), row


def test_the_portfolio_expects_nothing_of_near_misses_and_of_the_delisted():
    clear = [row for row in example("portfolio.expected.csv") if row["expected"] == "clear"]
    assert len([row for row in clear if row["kind"] != "innocent"]) >= 40
    assert all(row["expected_2022_02_21"] == "clear" for row in clear)
    delisted = [row for row in clear if row["kind"] == "delisted"]
    assert delisted
    assert not [row for row in delisted if listed_on_day(row["starter_id"], LAST)]


def test_the_portfolio_and_what_it_expects_are_of_the_same_customers():
    customers = example("portfolio.csv")
    expected = example("portfolio.expected.csv")
    assert 350 <= len(customers) <= 450
    assert [row["customer_id"] for row in customers] == [row["customer_id"] for row in expected]
    for row in customers:
        assert valid_imo(row["imo"]) or not row["imo"]
        assert valid_lei(row["lei"]) or not row["lei"]


# --- held against the publishers' own files ---------------------------------------------------


@pytest.fixture(scope="module")
def ofac(shared):
    """Day -> ent_num -> (name, tags)."""
    vintages = {}
    for day, path in VINTAGES.items():
        with gzip.open(shared(f"data/ofac/{path}"), "rt", encoding="ascii") as lines:
            rows = csv.reader(line for line in lines if not line.startswith("\x1a"))
            vintages[day] = {
                row[0]: (row[1], frozenset(row[3].split("] ["))) for row in rows if row
            }
    return vintages


def american():
    return [row for row in ROWS if authority(row) == "us"]


def number(row):
    return re.match(r"OFAC SDN (\d+)", row["notes"])[1]


def tokens(name):
    return frozenset(re.findall(r"[^\W_]+", name.casefold()))


def has_tags(row, tags):
    return all(tag in tags or FORMER_TAGS.get(tag) in tags for tag in values(row, "programme"))


@pytest.mark.shared
def test_american_rows_stand_in_the_next_file(ofac):
    for row in american():
        after = [day for day in ofac if row["listed_on"] < day]
        if row["delisted_on"]:
            after = [day for day in after if day < row["delisted_on"]]
        name, tags = ofac[min(after)][number(row)]
        assert has_tags(row, tags), row["id"]
        names = [tokens(each) for column in NAMES for each in values(row, column)]
        assert any(tokens(name) <= known for known in names), (row["id"], name)


@pytest.mark.shared
def test_american_rows_stand_in_no_file_before(ofac):
    for row in american():
        for day in (day for day in ofac if day < row["listed_on"]):
            _, tags = ofac[day].get(number(row), ("", frozenset()))
            assert not tags & set(values(row, "programme")), (row["id"], day)


@pytest.mark.shared
def test_who_was_taken_off_stands_in_no_file_after(ofac):
    gone = [row for row in american() if row["delisted_on"]]
    assert gone
    for row in gone:
        assert not [d for d in ofac if d > row["delisted_on"] and number(row) in ofac[d]], row["id"]


@pytest.mark.shared
def test_european_rows_come_when_the_unions_own_file_has_them(shared):
    vintages = {}
    for day in ("2021-06-30", "2022-02-21", "2022-02-24", "2022-03-15", "2022-07-01"):
        with gzip.open(shared(f"data/eu/fsf/fsf_names_{day}.jsonl.gz"), "rt") as lines:
            vintages[day] = {json.loads(line)["ref_number"] for line in lines}
    for row in (row for row in ROWS if authority(row) == "eu"):
        assert row["notes"] in vintages["2022-07-01"], row["id"]
        for day in (day for day in vintages if day < row["listed_on"]):
            assert row["notes"] not in vintages[day], (row["id"], day)


@pytest.mark.shared
def test_british_rows_have_the_day_the_british_list_prints(shared):
    path = shared("data/uk/normalised_2026-04-29/subjects.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        printed = {
            row["unique_id"]: "-".join(reversed(row["date_designated"].split("/")))
            for row in csv.DictReader(lines)
        }
    first = [row for row in ROWS if authority(row) == "uk" and not row["id"].endswith("-2")]
    assert first
    for row in first:
        assert printed[re.match(r"UK (\w{3}\d{4})", row["notes"])[1]] == row["listed_on"], row["id"]
