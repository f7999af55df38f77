"""yente's routes give one entity a party, whichever of its lists has it; ``/v1`` both forms."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import sync_playwright
from tests.screened import TODAY
from tests.server.live import running
from tests.server.test_browser import CHROMIUM
from tests.worlds import Band, a_list, fill, listed, registry
from yente_client import Client, Company

from limen.archive import Archive
from limen.model.party import party_id_of
from limen.server import Settings, create_app
from limen.snapshot.build import build

UK, US = "uk_sanctions", "us_ofac_sdn"
DAY, LATER = "2022-02-24", "2022-02-26"
VTB_US = listed(
    "9", "VTB Bank Public Joint Stock Company", "Company", alias=("Foreign Trade Bank of Russia",), leiCode="253400V1H6ART1UQ0N98",
    country="Russia", programmes=("RUSSIA-EO14024",), listed_on="2022-02-24",
)  # fmt: skip
VTB_UK = listed(
    "RUS0251", "VTB Bank PJSC", "Company", alias=("Vneshtorgbank",),
    leiCode="253400V1H6ART1UQ0N98", country="Russia", listed_on="2022-02-25",
)  # fmt: skip
AKSYONOV_US = listed("17", "Sergey Valeryevich Aksyonov", birthDate="1972-11-26")
PARTY = party_id_of(f"{US}:9")


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """The US lists VTB Bank first; the United Kingdom two days later."""
    home = tmp_path_factory.mktemp("joined")
    band = Band(min=1, max=10)
    lists = registry(
        a_list(UK, "UK", max_age_days=14, records=band),
        a_list(US, "US", max_age_days=14, records=band),
    )
    other = listed("RUS0001", "Kira Example", birthDate="1980-05-03")
    versions = {
        US: {DAY: [VTB_US, AKSYONOV_US]},
        UK: {DAY: [other], LATER: [other, VTB_UK]},
    }
    fill(home, versions)
    with Archive.open(str(home / "archive.sqlite")) as archive:
        build(home, lists, archive=archive, clock=lambda: TODAY)
    return Settings(home=home, clock=lambda: TODAY)


@pytest.fixture(scope="module")
def client(settings):
    app = create_app(settings)
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        yield client


def matched(client, name, dataset="default", **params):
    queries = {"q": {"schema": "Company", "properties": {"name": [name]}}}
    reply = client.post(f"/match/{dataset}", json={"queries": queries}, params=params)
    assert reply.status_code == 200, reply.text
    return reply.json()["responses"]["q"]


@pytest.mark.parametrize("name", ["VTB Bank Public Joint Stock Company", "Vneshtorgbank"])
def test_a_match_is_one_result_a_party_whichever_record_it_was_found_by(client, name):
    found = matched(client, name)
    (result,) = found["results"]
    assert found["total"]["value"] == 1
    assert (result["id"], result["match"]) == (PARTY, True)
    assert sorted(result["referents"]) == [f"{UK}:RUS0251", f"{US}:9"]
    assert sorted(result["datasets"]) == [UK, US]
    assert {"Vneshtorgbank", "VTB Bank PJSC"} <= {
        value for names in ("name", "alias") for value in result["properties"][names]
    }
    assert result["properties"]["leiCode"] == ["253400V1H6ART1UQ0N98"]
    assert (result["first_seen"][:10], result["last_change"][:10]) == (DAY, LATER)


@pytest.mark.parametrize(
    ("name", "caption"),
    [
        ("Vneshtorgbank", "VTB Bank PJSC"),
        ("Foreign Trade Bank of Russia", "VTB Bank Public Joint Stock Company"),
    ],
)
def test_the_record_that_explains_best_gives_caption_and_explanation(client, name, caption):
    best = matched(client, name)["results"][0]
    assert (best["id"], best["caption"]) == (PARTY, caption)
    assert best["explanations"]["name_match"]["candidate"] == name


def test_a_dataset_has_only_its_own_values_and_the_partys_id(client):
    (result,) = matched(client, "VTB Bank", US)["results"]
    assert (result["id"], result["datasets"]) == (PARTY, [US])
    assert "Vneshtorgbank" not in result["properties"].get("alias", ())


def test_before_the_second_list_had_it_the_party_is_on_one(client):
    (result,) = matched(client, "VTB Bank", as_of=DAY, known_at=DAY)["results"]
    assert (result["id"], result["datasets"], result["referents"]) == (PARTY, [US], [f"{US}:9"])


@pytest.mark.parametrize("id_", [PARTY, f"{US}:9", f"{UK}:RUS0251", party_id_of(f"{UK}:RUS0251")])
def test_every_id_of_a_party_leaves_it_out(client, id_):
    found = matched(client, "VTB Bank", exclude_entity_ids=id_)
    assert (found["results"], found["outcome"]) == ([], "review")
    assert found["reasons"] == ["1 match was left out by the filters of the request"]


@pytest.mark.parametrize("q", ["VTB Bank", "Vneshtorgbank", ""])
def test_a_search_has_a_party_once(client, q):
    found = client.get("/search/default", params={"q": q, "schema": "Company"}).json()
    assert [each["id"] for each in found["results"]] == [PARTY]
    assert found["total"]["value"] == 1
    counts = {each["name"]: each["count"] for each in found["facets"]["datasets"]["values"]}
    assert counts == {UK: 1, US: 1}


@pytest.mark.parametrize("rest", ["", "/adjacent", "/adjacent/sanctions"])
@pytest.mark.parametrize("id_", [f"{US}:9", f"{UK}:RUS0251", party_id_of(f"{UK}:RUS0251")])
def test_another_id_of_a_party_is_redirected_to_its_own(client, id_, rest):
    reply = client.get(f"/entities/{id_}{rest}", params={"as_of": "2022-02-27"})
    assert reply.status_code == 308
    where = urlsplit(reply.headers["location"])
    assert (where.path, where.query) == (f"/entities/{PARTY}{rest}", "as_of=2022-02-27")
    assert client.get(reply.headers["location"]).status_code == 200


def test_an_entity_has_the_listings_of_all_its_lists(client):
    party = client.get(f"/entities/{PARTY}").json()
    listings = party["properties"]["sanctions"]
    assert sorted(each["datasets"][0] for each in listings) == [UK, US]
    assert client.get("/entities/p000000000000").status_code == 404


def test_an_id_leads_to_the_party_of_the_day(client):
    """The party of that day had one record; that of the later one is found by it all the same."""
    early = {"as_of": DAY, "known_at": DAY}
    assert client.get(f"/entities/{PARTY}", params=early).json()["datasets"] == [US]
    redirected = client.get(f"/entities/{UK}:RUS0251", params=early)
    assert urlsplit(redirected.headers["location"]).path == f"/entities/{PARTY}"
    assert (
        client.get(f"/entities/{UK}:RUS0251", params={"known_at": "2022-02-01"}).status_code == 404
    )


def test_statements_are_of_all_records_of_a_party_or_of_one(client):
    def names(**params):
        found = client.get("/statements", params={"prop": "name", **params}).json()["results"]
        assert {each["canonical_id"] for each in found} <= {PARTY}
        return sorted(each["entity_id"] for each in found)

    assert names(canonical_id=PARTY) == [f"{UK}:RUS0251", f"{US}:9"]
    assert names(canonical_id=f"{US}:9") == [f"{UK}:RUS0251", f"{US}:9"]
    assert names(canonical_id=PARTY, entity_id=f"{US}:9") == [f"{US}:9"]
    assert names(canonical_id=PARTY, entity_id=f"{US}:17") == []


def test_the_real_client_follows_from_a_record_to_its_party(settings):
    with running(settings) as base, Client(base_url=base) as client:
        assert client.match(Company(name="Vneshtorgbank")).top.referents
        assert client.fetch(f"{UK}:RUS0251").id == PARTY
        assert client.adjacent(f"{US}:9").adjacent["sanctions"].total.value == 2


@pytest.mark.parametrize("id_", [f"{US}:9", f"{UK}:RUS0251", party_id_of(f"{UK}:RUS0251")])
@pytest.mark.parametrize("path", ["/parties", "/v1/parties"])
def test_another_id_leads_to_the_party_with_the_parameters(client, path, id_):
    reply = client.get(f"{path}/{id_}", params={"as_of": "2022-02-27"})
    assert (reply.status_code, reply.headers["cache-control"]) == (308, "no-cache")
    assert reply.headers["location"] == f"{path}/{PARTY}?as_of=2022-02-27"
    assert client.get(reply.headers["location"]).status_code == 200


def test_a_party_is_shown_whole_as_it_was_known(client):
    view = client.get(f"/v1/parties/{PARTY}").json()
    assert [each["id"] for each in view["records"]] == [f"{UK}:RUS0251", f"{US}:9"]
    lei = next(each for each in view["facts"] if each["property"] == "leiCode")
    assert (lei["records"], lei["contradicted_by"]) == ([f"{UK}:RUS0251", f"{US}:9"], [])
    assert [(each["authority"], each["since"]) for each in view["listings"]] == [
        ("US", "2022-02-24"), ("UK", "2022-02-25"),
    ]  # fmt: skip
    early = client.get(f"/v1/parties/{PARTY}", params={"known_at": DAY}).json()
    assert [each["id"] for each in early["records"]] == [f"{US}:9"]
    assert (early["joins"], len(view["joins"])) == ([], 1)
    assert client.get(f"/v1/parties/p{0:012}").status_code == 404


def test_the_page_of_a_party_has_names_facts_and_why_it_is_one(client):
    html = client.get(f"/parties/{PARTY}").text
    for shown in ("Names by script", "Vneshtorgbank", "253400V1H6ART1UQ0N98", "Facts, and the",
                  "Why these records are one party", f"{UK}, {US}", f"US {US}"):  # fmt: skip
        assert shown in html, shown


def test_the_history_of_a_party_is_that_of_each_record(client):
    lives = client.get(f"/v1/parties/{PARTY}/history").json()
    assert {(each["list"], each["record_id"]) for each in lives} == {(US, "9"), (UK, "RUS0251")}
    assert len(client.get(f"/v1/parties/{US}:9/history").json()) == 1
    assert client.get("/v1/parties/p000000000000/history").status_code == 404


def test_the_matrix_leads_to_the_parties_of_each_gap(client):
    matrix = client.get("/v1/parties/matrix", params={"as_of": "2022-02-25"}).json()
    cell = matrix["gaps"]["US"]["UK"]
    assert (cell["parties"], matrix["gaps"]["US"]["US"]["parties"]) == (1, 2)
    html = client.get("/parties", params={"as_of": "2022-02-25"}).text
    where = f"/parties/gaps?listed_by=US&amp;not_by=UK&amp;as_of={matrix['as_of']}"
    assert where in html
    shown = client.get(where.replace("&amp;", "&")).text
    assert "1 party on 2022-02-25" in shown
    assert "Sergey Valeryevich Aksyonov" in shown
    assert "VTB" not in shown


def test_a_gap_has_its_lag_and_can_be_of_a_programme(client):
    terms = {"listed_by": "US", "not_by": ["UK"], "as_of": "2022-02-24"}
    found = client.get("/v1/parties/gaps", params=terms).json()
    since = [(each["record"], each["since"], each["lag_days"]) for each in found["results"]]
    assert since == [
        (f"{US}:17", {"day": DAY, "basis": "on_or_before"}, 0),
        (f"{US}:9", {"day": DAY, "basis": "publisher"}, 0),
    ]
    of = client.get("/v1/parties/gaps", params=terms | {"programme": "eo14024"}).json()
    assert [each["record"] for each in of["results"]] == [f"{US}:9"]
    assert (of["total"], found["total"]) == (1, 2)
    second = client.get("/v1/parties/gaps", params=terms | {"offset": 1, "limit": 1}).json()
    assert [each["record"] for each in second["results"]] == [f"{US}:9"]


@pytest.mark.parametrize(
    ("path", "terms", "field"),
    [
        ("gaps", {}, "query"),
        ("gaps", {"listed_by": "US"}, "query"),
        ("gaps", {"listed_by": "US", "not_by": "US"}, "not_by"),
        ("gaps", {"listed_by": "us_ofac_sdn", "not_by": "UK"}, "listed_by"),
        ("gaps", {"listed_by": "US", "not_by": "UK", "as_of": "soon"}, "as_of"),
        ("gaps", {"listed_by": "US", "not_by": "UK", "program": "x"}, "program"),
        ("matrix", {"as_of": "soon"}, "as_of"),
        ("coordination", {"since": "2022-02-21"}, "query"),
        ("coordination", {"since": "2022-02-21", "until": "2022-02-20"}, "until"),
    ],
)
def test_terms_that_cannot_be_meant_are_refused_with_their_field(client, path, terms, field):
    reply = client.get(f"/v1/parties/{path}", params=terms)
    assert (reply.status_code, reply.json()["errors"][0]["field"]) == (422, field), reply.text


def test_coordination_is_who_listed_first_and_who_followed(client):
    terms = {"since": "2022-02-21", "until": "2022-04-08"}
    found = client.get("/v1/parties/coordination", params=terms).json()
    assert found["followed"]["US"] == {"UK": {"parties": 1, "median_days": 1}}
    assert (found["first"], found["total"]) == ({"UK": 0, "US": 1}, 1)
    chosen = terms | {"first": "US", "followed_by": "UK"}
    assert client.get("/v1/parties/coordination", params=chosen).json()["total"] == 1
    none = client.get("/v1/parties/coordination", params=terms | {"first": "UK"}).json()
    assert (none["results"], none["total"]) == ([], 0)
    html = client.get("/parties/coordination", params=terms).text
    assert "first=US&amp;followed_by=UK" in html
    assert "1 day<" in html


@pytest.fixture
def published(client, monkeypatch):
    """Both lists are publishers', so that a page of another site may see them without a key."""
    served = client.app.state.limen.engines.current
    monkeypatch.setitem(served.__dict__, "own_lists", frozenset())


def test_without_a_key_a_partys_records_on_own_lists_are_left_out(client):
    preview = client.get("/reconcile/default/preview", params={"id": PARTY}).text
    assert ("Foreign Trade Bank" in preview, "Vneshtorgbank" in preview) == (True, False)
    own = {"id": f"{UK}:RUS0251"}
    assert client.get("/reconcile/default/preview", params=own).status_code == 404


@pytest.mark.usefixtures("published")
def test_reconciliation_has_one_candidate_a_party_with_the_values_of_all_its_lists(client):
    queries = '{"q": {"query": "Vneshtorgbank", "type": "Company"}}'
    reply = client.post("/reconcile/default", data={"queries": queries}).json()["q"]
    (candidate,) = reply["result"]
    assert (candidate["id"], candidate["match"]) == (PARTY, True)
    assert [each["id"] for each in candidate["type"]] == ["Company"]
    assert sorted(candidate["description"].split("; ")[0].split(", ")) == [UK, US]
    ask = {"prefix": "VTB Bank"}
    suggested = client.get("/reconcile/default/suggest/entity", params=ask).json()["result"]
    assert [each["id"] for each in suggested] == [PARTY]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("id_", [PARTY, f"{US}:9", f"{UK}:RUS0251"])
def test_reconciliation_describes_the_party_by_any_of_its_ids(client, id_):
    preview = client.get("/reconcile/default/preview", params={"id": id_}).text
    assert "Vneshtorgbank" in preview
    assert "Foreign Trade Bank" in preview
    extend = f'{{"ids": ["{id_}"], "properties": [{{"id": "alias"}}, {{"id": "leiCode"}}]}}'
    row = client.post("/reconcile/default", data={"extend": extend}).json()["rows"][id_]
    assert {each["str"] for each in row["alias"]} == {
        "Vneshtorgbank", "Foreign Trade Bank of Russia",
    }  # fmt: skip
    assert row["leiCode"] == [{"str": "253400V1H6ART1UQ0N98"}]


VTB = {"schema": "Company", "properties": {"name": ["VTB Bank"]}}


def test_an_answer_has_parties_and_form_3_has_not(client):
    new = client.post("/v1/screen", json={"party": VTB}).json()
    (group,) = new["parties"]
    assert (group["id"], sorted(group["lists"])) == (PARTY, [UK, US])
    old = client.post("/v1/screen", json={"party": VTB, "form": 3}).json()
    assert (new["schema_version"], old["schema_version"]) == ("4", "3")
    assert "parties" not in old
    assert [each["id"] for each in old["findings"]] == [each["id"] for each in new["findings"]]
    assert not any("party_id" in each for each in old["findings"])
    (line,) = client.post("/v1/screen-many?form=3", json=VTB).text.splitlines()
    assert '"schema_version":"3"' in line
    assert client.post("/v1/screen", json={"party": VTB, "form": 2}).status_code == 422
    again = client.post("/v1/replay?form=3", json=old).json()
    assert (again["same"], again["answer"]["schema_version"]) == (True, "3")
    assert client.post("/v1/replay", json=old).json()["answer"]["schema_version"] == "4"


@pytest.mark.skipif(CHROMIUM is None, reason="NO BROWSER: `apt-get install chromium`")
def test_the_page_has_one_heading_a_party_with_its_lists_inside(settings):
    """In a browser: one article, a table of both lists, the evidence of both closed."""
    with running(settings) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(base)
        page.fill("#what", "VTB Bank")
        page.press("#what", "Enter")
        page.wait_for_url("**/answers/*")
        assert "1 listed party at or above" in page.inner_text(".verdict")
        assert page.locator("article.finding h2").count() == 1
        heads = page.locator("article.finding table.records thead a").all()
        records = sorted(each.get_attribute("href").rpartition(":")[2] for each in heads)
        assert records == ["9", "RUS0251"]
        other = page.locator("article.finding > details")
        assert (other.count(), other.locator("h3").first.is_visible()) == (2, False)
        other.locator("summary").first.click()
        assert other.locator("h3").first.is_visible()
        ids = page.locator("[id]").evaluate_all("found => found.map(each => each.id)")
        assert len(ids) == len(set(ids))
        browser.close()


def test_a_long_answer_has_whole_parties_a_page_and_links_to_all(tmp_path):
    namesakes = [
        listed(str(year), "Ivan Petrovsky", birthDate=f"{year}-05-03")
        for year in range(1950, 1998, 2)
    ]
    lists = registry(a_list(US, "US", max_age_days=14, records=Band(min=1, max=30)))
    fill(tmp_path, {US: {DAY: namesakes}})
    with Archive.open(str(tmp_path / "archive.sqlite")) as archive:
        build(tmp_path, lists, archive=archive, clock=lambda: TODAY)
    app = create_app(Settings(home=tmp_path, clock=lambda: TODAY))
    with TestClient(app, base_url="http://localhost") as client:
        first = client.post("/ask", data={"what": "Ivan Petrovsky", "kind": "Person"})
        assert "24 listed" in first.text
        assert "1 to 20 of 24 in full" in first.text
        later = client.get(first.url.path, params={"start": 20})
        assert "21 to 24 of 24 in full" in later.text
        assert 'href="#f24"' in later.text
        assert f'href="{first.url.path}?start=0#f20"' in later.text
        assert (first.text.count("<article"), later.text.count("<article")) == (20, 4)
        assert client.get(first.url.path, params={"start": 9999}).text.count("<article") == 4
