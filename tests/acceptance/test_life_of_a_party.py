"""The life of a party on real lists, end to end: listed, changed, delisted, listed again.

Every moment is screened on both clocks and through every channel: the engine alone and in a batch,
the command line by name and by file, the API and the page. A party that was listed once is a hit
as of the days on which it was, whatever the list says of it today.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest
from fastapi.testclient import TestClient
from tests.acceptance.conftest import NOW, engine_of

from limen.cli.main_command import limen
from limen.cli.run_command import run
from limen.server import Settings, create_app
from limen.snapshot.build import update

#: OFAC's list before Ozon Bank was listed, with it, and after it was taken off; the UN's with its
#: Iran list, without it twice, and with it again.
OFAC = ("2022-02-17", "2022-02-25", "2022-04-06")
UN = ("2023-05-28", "2024-01-05", "2025-06-18", "2025-11-20")
LISTS = ("us_ofac_sdn", "un_sc")


class Moment(NamedTuple):
    """A party at an instant: what must be found, and why."""

    party: str
    as_of: str
    known_at: str | None
    listed: bool
    because: str


#: name, schema, its record, its authority
PARTIES = {
    "bank": ("Limited Liability Company Ozon Bank", "Company", "us_ofac_sdn:34751", "US"),
    "chief": ("Sergei Borisovich Ivanov", "Person", "us_ofac_sdn:16688", "US"),
    "scientist": ("Fereidoun Abbasi-Davani", "Person", "un_sc:IRi.001", "UN"),
}
LIFE = [
    Moment("bank", "2022-02-24", None, False, "the day before it was listed"),
    Moment("bank", "2022-02-25", None, True, "the day it was listed"),
    Moment(
        "bank", "2022-03-15", None, True, "listed in February, delisted in April: listed in March"
    ),
    Moment("bank", "2022-04-05", None, True, "the last day it was listed"),
    Moment("bank", "2022-04-06", None, False, "the day it was taken off"),
    Moment("bank", "2022-06-01", None, False, "afterwards"),
    Moment("bank", "2022-03-15", "2022-03-15", True, "as it was known then"),
    Moment("bank", "2022-03-15", "2022-02-20", False, "before its listing was known"),
    Moment("bank", "2022-04-10", "2022-04-05", True, "before its removal was known"),
    Moment("chief", "2022-02-20", None, True, "under another name, which is known today"),
    Moment("chief", "2022-03-01", None, True, "changed, and listed all the while"),
    Moment("scientist", "2023-06-01", None, True, "on the Iran list"),
    Moment("scientist", "2024-01-04", None, True, "the last day of the Iran list"),
    Moment("scientist", "2024-01-05", None, False, "the Iran list has ended"),
    Moment("scientist", "2025-11-19", None, False, "the day before it was taken up again"),
    Moment("scientist", "2025-11-20", None, True, "listed again"),
    Moment("scientist", "2025-11-25", "2025-07-01", False, "before that was known"),
    Moment("scientist", "2024-02-01", "2023-12-31", True, "before the end was known"),
]
PROGRAMMES = [
    ("2022-02-20", ("UKRAINE-EO13661",), "as it was"),
    ("2022-02-24", ("UKRAINE-EO13661",), "the day before it changed"),
    ("2022-02-25", ("RUSSIA-EO14024", "UKRAINE-EO13661"), "a second programme"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory, mirror_of):
    home = tmp_path_factory.mktemp("life") / "home"
    folder = mirror_of(
        lambda name, day: (name == "us_ofac_sdn" and day in OFAC) or (name == "un_sc" and day in UN)
    )
    report = update(home, source=str(folder))
    assert not report.refused
    return home


def party(moment: Moment) -> dict:
    name, schema, *_ = PARTIES[moment.party]
    return {"schema": schema, "properties": {"name": [name]}}


def the_list(moment: Moment) -> str:
    return PARTIES[moment.party][2].partition(":")[0]


def instants(moment: Moment) -> dict[str, str]:
    return {"as_of": moment.as_of} | ({"known_at": moment.known_at} if moment.known_at else {})


def check(answer: dict, moment: Moment) -> None:
    """The party is among the hits where it was listed, and nowhere where it was not."""
    record = PARTIES[moment.party][2]
    hits = {each["id"] for each in answer["findings"] if each["level"] == "hit"}
    assert (record in hits) == moment.listed, moment
    assert answer["outcome"] == ("hit" if moment.listed else "clear"), moment
    assert answer["stamp"]["as_of"] == moment.as_of


def test_the_engine(home):
    engine = engine_of(home)
    for moment in LIFE:
        arguments = {**instants(moment), "lists": [the_list(moment)], "allow_stale": LISTS}
        alone = engine.screen(party(moment), **arguments).to_dict()
        check(alone, moment)
        (in_batch,) = [each.to_dict() for each in engine.screen_many([party(moment)], **arguments)]
        assert in_batch == alone, moment


def test_what_changed_is_told_as_of_each_day(home):
    engine = engine_of(home)
    for day, programmes, because in PROGRAMMES:
        answer = engine.screen(party(LIFE[9]), as_of=day, lists=LISTS, allow_stale=LISTS)
        (found,) = [each for each in answer.findings if each.id == "us_ofac_sdn:16688"]
        assert found.listings[0].programmes == programmes, because
    before = engine.screen(
        party(LIFE[9]), as_of="2022-02-20", known_at="2022-02-20", lists=LISTS, allow_stale=LISTS
    )
    (found,) = [each for each in before.findings if each.id == "us_ofac_sdn:16688"]
    assert found.party["properties"]["name"] == ["IVANOV, Sergei"]


def test_both_periods_of_one_who_was_listed_again_are_told(home):
    engine = engine_of(home)
    arguments = {"lists": ["un_sc"], "allow_stale": ["un_sc"]}
    scientist = party(LIFE[11])
    (first,) = engine.screen(scientist, as_of="2023-06-01", **arguments).findings[0].listings
    (second,) = engine.screen(scientist, as_of="2025-11-25", **arguments).findings[0].listings
    assert (first.applied_from, first.applied_to) == ("2007-03-24", "2024-01-05")
    assert (second.applied_from, second.applied_to) == ("2025-11-20", None)


@pytest.fixture
def command(home, tmp_path, monkeypatch, capsys) -> Callable[..., list[dict]]:
    monkeypatch.setenv("LIMEN_HOME", str(home))
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> list[dict]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
        capsys.readouterr()
        assert run(limen, arguments) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return call


def options(moment: Moment) -> list[str]:
    found = ["--as-of", moment.as_of]
    if moment.known_at:
        found += ["--known-at", moment.known_at]
    return [*found, "--list", the_list(moment), "--allow-stale", the_list(moment)]


@pytest.mark.parametrize("moment", LIFE, ids=str)
def test_the_command_line_by_name(command, moment):
    name, schema, *_ = PARTIES[moment.party]
    (answer,) = command("screen", name, "--schema", schema, *options(moment))
    check(answer, moment)


@pytest.mark.parametrize("moment", LIFE[::3], ids=str)
def test_the_command_line_by_file(command, tmp_path, moment):
    name, schema, *_ = PARTIES[moment.party]
    (tmp_path / "portfolio.csv").write_text(f"name,schema\n{name},{schema}\nXimena Olla,Person\n")
    found, stranger = command("screen", "portfolio.csv", *options(moment))
    check(found, moment)
    assert stranger["outcome"] == "clear"


@pytest.fixture(scope="module")
def client(home):
    settings = Settings(home=home, clock=lambda: NOW, allow_stale=LISTS)
    app = create_app(settings)
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        yield client


def test_the_api(client):
    for moment in LIFE:
        body = {"party": party(moment), **instants(moment), "lists": [the_list(moment)]}
        check(client.post("/v1/screen", json=body).json(), moment)


def test_the_page(client):
    for moment in LIFE:
        if moment.known_at:
            continue  # a page always uses everything that is known
        name, schema, record, authority = PARTIES[moment.party]
        fields = {"what": name, "kind": schema, "as_of": moment.as_of, "authority": authority}
        where = client.post("/ask", data=fields).headers["location"]
        page = client.get(where).text
        assert (record.partition(":")[2] in page) == moment.listed, moment
        hits = [
            each["id"]
            for each in client.get(f"{where}.json").json()["findings"]
            if each["level"] == "hit"
        ]
        assert (record in hits) == moment.listed, moment
