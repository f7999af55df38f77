"""Country words, as codes, names and nationalities, and as the real lists print them."""

from __future__ import annotations

import csv
import gzip
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from limen.model.countries import country_code, country_codes, country_name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ru", "ru"),
        ("RUS", "ru"),
        ("Russian Federation", "ru"),
        ("the Russian Federation", "ru"),
        ("Russian", "ru"),
        ("Россия", "ru"),
        ("Rußland", "ru"),
        ("Korea, North", "kp"),
        ("Democratic People's Republic of Korea", "kp"),
        ("Democratic People’s Republic of Korea (DPRK)", "kp"),
        ("Iran, Islamic Republic of", "ir"),
        ("Iran (Islamic Republic of).", "ir"),
        ("Belarus / Bélarus", "by"),
        ("Myanmar (Burma) / Myanmar (Birmanie)", "mm"),
        ("Syrian Arab Republic", "sy"),
        ("Syrie", "sy"),
        ("Palestinian", "ps"),
        ("Iraqi", "iq"),
        ("British", "gb"),
        ("UK", "gb"),
        ("NORWAY", "no"),
        ("Norwegen", "no"),
        ("Estados Unidos", "us"),
        ("Україна", "ua"),
        ("中国", "cn"),
        ("ایران", "ir"),
        ("Kosovo", "xk"),
        ("Türkiye", "tr"),
        ("Turkey", "tr"),
        ("Germany (in prison)", "de"),
        ("Kuwaiti citizenship", "kw"),
        ("Cote d'Ivoire", "ci"),
        ("us-ca", "us"),
    ],
)
def test_a_country_word_gives_its_code(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    "text",
    ["", "Region: Gaza", "Region: Russia", "Crimea", "ua-cri", "undetermined", "USSR", "Congolese",
     "Netherlands Antilles", "None Identified", "Russian and Ukrainian", "Atlantis", "EU"],
)  # fmt: skip
def test_what_names_no_country_or_two_gives_none(text: str) -> None:
    assert country_code(text) is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Russian and Ukrainian", ("ru", "ua")),
        ("(a) Jordanian (b) American", ("jo", "us")),
        ("Moldovan, Russian and Ukrainian", ("md", "ru", "ua")),
        ("Iran / unknown", ("ir",)),
        ("Trinidad and Tobago", ("tt",)),
        ("Bosnia and Herzegovina", ("ba",)),
        ("Region: Gaza", ()),
    ],
)
def test_a_cell_may_name_several_countries(text: str, codes: tuple[str, ...]) -> None:
    assert country_codes(text) == codes


def test_codes_have_english_names() -> None:
    assert country_name("ru") == "Russia"
    assert country_name("KP") == "North Korea"
    assert country_name("xx") == "xx"


def test_the_model_does_not_load_the_table_before_it_is_asked() -> None:
    script = (
        "import sys, limen.model.countries as c; table = 'limen.model._countries_table'; "
        "assert table not in sys.modules; c.country_code('Russia'); assert table in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


#: What the lists print in country columns that names no country of today, or more than one.
NO_COUNTRY = re.compile(
    r"undetermined|None Identified|Region: .*|Country|Africa|Crimea( 295000)?|Congolese"
    r"|assumed Congolese \(DRC\)|Netherlands Antilles|.*\b(USSR|SSR|RSFSR|former Soviet Union)\b.*"
    r"|.*Soviet Socialist Republic|former Yugoslavia|\(UN address\)|Tartous|Damascus Countryside"
    r"|Central District, Pyongyang|\([bc]\) \d+ \(Syrian national identification card\)\"?|Texas"
    r"|Possibly Ethiopian|possibly Palestinian|allegedly Russian"
    r"|Kuwaiti citizenship withdrawn in 2002|Sudanese by birth|Italian since 1990"
    r"|Saudi citizenship withdrawn, .*|of the Republic of Moldova|now Republic of Moldova"
    r"|Branch Office 11: Iran|Syrian Arab Republic as of September 2015"
    r"|Justice for Victims of Corrupt Foreign Officials .*|Hamas Terrorist Attacks .*"
    r"|Extremist Settler Violence .*|In Syria as at June 2013|\(?\d\)?-?"
)


def ofac_countries(shared) -> Iterator[str]:
    with gzip.open(shared("data/ofac/full_sets/2023-12-28/add.csv.gz"), "rt") as lines:
        for row in csv.reader(lines):
            if len(row) == 6 and row[4].strip() != "-0-":
                yield row[4]
    with gzip.open(shared("data/ofac/full_sets/2023-12-28/sdn.csv.gz"), "rt") as lines:
        for row in csv.reader(lines):
            if len(row) == 12:
                yield row[9].replace("-0-", "")
                yield from re.findall(
                    r"(?:^|; )(?:alt\. )?(?:nationality|citizen) ([^;]+?)\.?(?=;|$)", row[11]
                )


def un_countries(shared) -> Iterator[str]:
    for day in ("2017-07-03", "2026-02-27"):
        with gzip.open(shared(f"data/un/un_consolidated_{day}.xml.gz")) as stream:
            tree = etree.parse(stream)
        for path in ("NATIONALITY/VALUE", "COUNTRY"):
            yield from (element.text or "" for element in tree.iterfind(f".//{path}"))


def eu_countries(shared) -> Iterator[str]:
    folder: Path = shared("data/eu/journal/consolidated")
    for path in sorted(folder.iterdir()):
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                for column in ("country", "nationality", "jurisdiction", "flag"):
                    yield from row[column].split(";")


def ofsi_countries(shared) -> Iterator[str]:
    path = shared("data/uk/ofsi_conlist_2018-04-13.csv.gz")
    with gzip.open(path, "rt", encoding="latin-1", newline="") as lines:
        next(lines)
        for row in csv.DictReader(lines):
            for column in ("Nationality", "Country"):
                yield from re.split(r"\(?\d+\)\s", row[column] or "")


def csl_countries(shared) -> Iterator[str]:
    with gzip.open(shared("data/us_csl/consolidated_2022-05-06.csv.gz"), "rt") as lines:
        for row in csv.DictReader(lines):
            for column in ("citizenships", "nationalities", "vessel_flag"):
                yield from row[column].split("; ")


def canadian_countries(shared) -> Iterator[str]:
    for vintage in ("2020-10", "2025-03"):
        with gzip.open(shared(f"data/ca/sema_{vintage}.xml.gz")) as stream:
            yield from (each.text or "" for each in etree.parse(stream).iterfind(".//Country"))


@pytest.mark.shared
@pytest.mark.parametrize(
    "words",
    [ofac_countries, un_countries, eu_countries, ofsi_countries, csl_countries, canadian_countries],
)
def test_every_country_the_real_lists_print_is_known(shared, words) -> None:
    printed = {" ".join(word.split()) for word in words(shared)} - {""}
    assert printed
    unknown = {
        word for word in printed if not country_codes(word) and not NO_COUNTRY.fullmatch(word)
    }
    assert not unknown
