"""The desk's pages: a queue, a decision by two people, good-guys, and what each refuses."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from itertools import count

import pytest
from fastapi.testclient import TestClient
from tests.payment_messages import pacs008, transaction
from tests.screened import AFTER, LIST

from limen.cases.cases import Cases
from limen.server import create_app

PASSWORD = "correct horse battery"
OURS = {"sec-fetch-site": "same-origin", "accept": "text/html"}
PEOPLE = {
    "root": (("admin", "read"), 3),
    "anna": (("read", "screen", "decide"), 1),
    "bo": (("read", "decide", "approve"), 2),
    "cleo": (("read", "approve"), 2),
    "rita": (("read",), 1),
    "eve": (("audit",), 1),
}
SUBJECT = {"name": ["Sergey Aksyonov"], "birthDate": ["1985-05-05"], "country": ["ru"]}
_NUMBERS = count(1)


@pytest.fixture(scope="module")
def home_of_desk(home, tmp_path_factory):
    copy = tmp_path_factory.mktemp("desk") / "home"
    shutil.copytree(home, copy)
    with Cases.open(copy / "cases.sqlite") as cases:
        by = None
        for name, (roles, level) in PEOPLE.items():
            cases.add_account(name, roles, by, level=level, password=PASSWORD)
            by = cases.person("root")
    return copy


@pytest.fixture(scope="module")
def app(home_of_desk, settings):
    return create_app(replace(settings, home=home_of_desk, rate=0.0))


@pytest.fixture(scope="module")
def people(app):
    """A browser of each person, signed in."""
    browsers = {}
    for name in PEOPLE:
        client = TestClient(app, base_url="http://localhost", follow_redirects=False,
                            headers={"x-forwarded-for": "192.0.2.1", **OURS})  # fmt: skip
        client.post("/sign-in", data={"name": name, "password": PASSWORD})
        browsers[name] = client
    return browsers


@pytest.fixture
def alert(app, home_of_desk):
    """The id of a new alert: of a customer that no other test has."""
    answer = app.state.limen.engines.current.engine.screen(
        {"id": f"C{next(_NUMBERS)}", "schema": "Person", "properties": SUBJECT}, as_of=AFTER
    )
    with Cases.open(home_of_desk / "cases.sqlite") as cases:
        return cases.open_alerts([answer.to_dict()], channel="file")[0].alert


def version_on(page):
    return int(re.search(r'name="version" value="(\d+)"', page.text)[1])


def do(client, alert, action, **form):
    version = form.pop("version", None) or version_on(client.get(f"/cases/{alert}"))
    return client.post(f"/cases/{alert}", data={"version": version, "action": action, **form})


def propose(client, alert, **form):
    preset = {"outcome": "closed_fp", "reason": "dob_conflict", "differs": "0"}
    return do(client, alert, "propose", **preset | form)


def test_an_alert_is_proposed_from_what_is_ticked_and_signed_by_another(people, alert):
    page = people["anna"].get(f"/cases/{alert}")
    assert page.status_code == 200
    ticked = re.search(r'name="differs" value="(\d)" checked> birth date: .*?>(?:<time>)?([\d-]+)(?:</time>)?</span> / '
                       r"<span[^>]*>(?:<time>)?([\d-]+)(?:</time>)?</span>", page.text)  # fmt: skip
    assert ticked.groups() == ("0", "1985-05-05", "1972-11-26")
    assert 'value="dob_conflict" selected' in page.text
    assert page.text.count(" disabled> <kbd>") == 2, "level 1 may close as no match alone"
    assert " disabled> <kbd>" not in people["bo"].get(f"/cases/{alert}").text
    done = propose(people["anna"], alert)
    assert done.status_code == 303
    own = people["anna"].get(f"/cases/{alert}").text
    assert "You proposed it, so another person must sign it." in own
    assert 'value="approve"' not in own
    signing = people["cleo"].get(f"/cases/{alert}").text
    assert "anna proposes <strong>No match</strong>: dob conflict." in signing
    assert do(people["cleo"], alert, "approve").status_code == 303
    closed = people["rita"].get(f"/cases/{alert}").text
    assert "closed: no match" in closed
    assert "proposed by anna, signed by cleo" in closed
    assert "birth date: 1985-05-05 / 1972-11-26" in closed


@pytest.mark.parametrize(
    ("person", "form", "status", "said"),
    [
        ("anna", {"reason": ""}, 422, "a reason is needed"),
        ("anna", {"differs": []}, 422, "dob_conflict needs the discriminator birth_date"),
        ("anna", {"outcome": "closed_true"}, 403, "is for level 2 and above"),
        ("bo", {"outcome": "closed_true", "reason": "identity_confirmed", "note": ""},
         422, "it is empty"),
        ("anna", {"note": "x" * 10_001}, 422, "10,000 is the most"),
        ("anna", {"differs": [], "field": "birth_date", "subject": "1990", "listed": "1972-11-26"},
         422, "no source is given"),
        ("anna", {"version": 1}, 409, "the decision was made on version 1"),
        ("rita", {"version": 9}, 403, "it needs the role decide"),
        ("anna", {"reason": "because"}, 422, "no reason is"),
        ("bo", {"outcome": "closed"}, 422, "no outcome is"),
    ],
    ids=["no reason", "no discriminator", "above the level", "no note for a match", "a long note",
         "a value from nowhere", "a stale page", "no role", "an unknown code",
         "an unknown outcome"],
)  # fmt: skip
def test_a_decision_that_breaks_a_rule_is_refused_and_nothing_is_lost(
    people, alert, person, form, status, said
):
    form = {"note": "typed with care", "version": version_on(people["anna"].get(f"/cases/{alert}")),
            **form}  # fmt: skip
    done = propose(people[person], alert, **form)
    assert (done.status_code, said in done.text) == (status, True), done.text
    assert form["note"][:9_000] in done.text or person == "rita", "what was typed is still there"
    assert "Nothing was decided." in done.text
    assert ">new<" in people["anna"].get(f"/cases/{alert}").text


def test_nobody_signs_alone_even_by_a_form_of_their_own(people, alert):
    propose(people["bo"], alert)
    version = version_on(people["cleo"].get(f"/cases/{alert}"))
    done = do(people["bo"], alert, "approve", version=version)
    assert (done.status_code, "another person must sign it" in done.text) == (403, True)


def test_after_a_decision_the_next_alert_of_the_queue_is_there(people, app, home_of_desk, alert):
    def waiting():
        found = people["anna"].get("/queue?view=open").text
        return re.findall(r'href="/cases/(A-\w+)\?', found)

    answer = app.state.limen.engines.current.engine.screen(
        {"id": "last", "schema": "Person", "properties": SUBJECT}, as_of=AFTER
    )
    with Cases.open(home_of_desk / "cases.sqlite") as cases:
        cases.open_alerts([answer.to_dict()], channel="file")
    before = waiting()
    at = before.index(alert)
    done = propose(people["anna"], alert, queue="view=open")
    following = before[at + 1] if at + 1 < len(before) else before[0]
    assert done.headers["location"] == f"/cases/{following}?queue=view%3Dopen"


def test_a_queue_shows_who_is_who_and_counts(people, alert):
    page = people["anna"].get("/queue").text
    assert f"/cases/{alert}?queue=view%3Dopen" in page
    propose(people["anna"], alert)
    to_sign = people["cleo"].get("/queue?view=sign").text
    assert alert in to_sign
    assert alert not in people["anna"].get("/queue?view=mine").text
    assert people["anna"].get("/queue?view=nonsense").status_code == 422
    for view in ("late", "escalated", "reopened", "samples", "suppressed", "all"):
        assert people["anna"].get(f"/queue?view={view}").status_code == 200
    assert alert not in people["anna"].get("/queue?view=all&channel=payment").text
    assert alert in people["anna"].get("/queue?view=all&channel=file&tier=1").text


def test_many_are_previewed_and_then_all_or_none_changes(people, alert):
    chosen = {"alert": [alert], "action": "escalate", "note": "papers are needed"}
    preview = people["anna"].post("/queue", data=chosen)
    assert "Nothing is done yet. 1 of 1 alerts would change" in preview.text
    assert ">new<" in people["anna"].get(f"/cases/{alert}").text
    seen = re.search(r'name="seen" value="(\w+)"', preview.text)[1]
    done = people["anna"].post("/queue", data=chosen | {"seen": seen, "queue": "view=open"})
    assert (done.status_code, done.headers["location"]) == (303, "/queue?view=open")
    assert "escalated" in people["anna"].get(f"/cases/{alert}").text
    again = people["anna"].post("/queue", data=chosen | {"seen": seen})
    assert (again.status_code, "changed since the preview" in again.text) == (422, True)
    refused = people["anna"].post("/queue", data=chosen)
    assert "1 refuse it" in refused.text
    assert 'name="seen"' not in refused.text
    assert people["anna"].post("/queue", data={"action": "escalate"}).status_code == 422
    propose_all = people["anna"].post("/queue", data={"alert": [alert], "action": "propose"})
    assert propose_all.status_code == 200
    assert 'name="seen"' not in propose_all.text, "a decision is about one pair"


def test_a_good_guy_is_proposed_simulated_approved_and_ended(people, alert):
    propose(people["bo"], alert)
    do(people["cleo"], alert, "approve")
    assert "Propose a good-guy" in people["bo"].get(f"/cases/{alert}").text
    assert "Propose a good-guy" not in people["anna"].get(f"/cases/{alert}").text
    made = people["bo"].post("/good-guys", data={"action": "propose", "alert": alert,
                                                 "note": "met in person", "months": "6"})  # fmt: skip
    assert made.status_code == 303
    own = people["bo"].get("/good-guys?state=proposed").text
    assert "You proposed it, so another person must approve it." in own
    page = people["cleo"].get("/good-guys?state=proposed").text
    assert "it would have suppressed 1 past alert, 0 of them decided to be a match" in page
    key, digest = (re.search(rf'name="{name}" value="([\w-]+)"', page)[1]
                   for name in ("good_guy", "simulation"))  # fmt: skip
    stale = people["cleo"].post("/good-guys", data={"action": "approve", "good_guy": key,
                                                    "simulation": "0" * 64})  # fmt: skip
    assert stale.status_code == 422
    assert people["cleo"].post("/good-guys", data={
        "action": "approve", "good_guy": key, "simulation": digest}).status_code == 303  # fmt: skip
    assert "met in person" in people["rita"].get("/good-guys?state=active").text
    assert people["cleo"].post("/good-guys", data={
        "action": "end", "good_guy": key, "note": "left the bank"}).status_code == 303  # fmt: skip
    assert "met in person" in people["rita"].get("/good-guys?state=ended").text


def test_a_case_is_opened_from_an_answer_and_answered_again(people):
    asked = people["anna"].post("/ask", data={"what": "Sergey Aksyonov", "as_of": AFTER})
    answer = asked.headers["location"]
    page = people["anna"].get(answer).text
    party = re.search(r'/cases"><input type="hidden" name="party" value="([^"]+)"', page)[1]
    opened = people["anna"].post(f"{answer}/cases", data={"party": party})
    case = opened.headers["location"]
    assert case.startswith("/cases/A-")
    assert people["anna"].post(f"{answer}/cases", data={"party": party}).headers["location"] == case
    now = people["anna"].get(f"{case}?now=1")
    assert "This is what would be answered today" in now.text
    assert people["bo"].post(f"{answer}/cases").status_code == 403, "bo may not screen"


@pytest.fixture
def opened(app, home_of_desk):
    """Open the alerts of what a channel printed, and return their ids."""

    def open_(wire, subject):
        with Cases.open(home_of_desk / "cases.sqlite") as cases:
            return [each.alert for each in cases.open_alerts([wire], subject_id=subject)]

    return open_


def test_a_case_of_each_channel_is_in_words(people, app, opened):
    engine = app.state.limen.engines.current.engine
    place = engine.locate("Kirova street 1, Simferopol", as_of=AFTER).to_dict()
    message = pacs008(transaction(1, creditor="SERGEY VALERYEVICH AKSYONOV OR ORDER")).decode()
    body = people["anna"].post("/v1/payments", json={"message": message, "as_of": AFTER}).json()
    text = "Sergey Aksyonov, head of the region, was met on 24 February 2022."
    report = people["anna"].post("/v1/read", json={"text": text, "as_of": AFTER}).json()["report"]
    shown = {
        "place": (place, "<dt>act</dt>", "give the address to Screen again"),
        "payment": (body["transactions"][0], "<code>/Document/", "give the message to Payments"),
        "document": (report, "<dt>record</dt>", "give the document to Screen again"),
    }
    for channel, (wire, *words) in shown.items():
        alerts = opened(wire, f"each-{channel}")
        assert alerts, channel
        for key in alerts:
            page = people["anna"].get(f"/cases/{key}").text
            assert [each for each in words if each not in page] == [], channel
            assert not re.search(r"\{&#39;|\[&#39;|&#39;: |>None<|/ document/", page), channel


def test_figures_have_counts_and_no_names(people, alert):
    page = people["rita"].get("/figures")
    assert page.status_code == 200
    assert "Alerts by state" in page.text
    assert "Aksyonov" not in page.text


def test_who_may_see_cases(people, app, alert):
    nobody = TestClient(app, base_url="http://localhost", headers={"x-forwarded-for": "192.0.2.1"})
    for path in ("/queue", f"/cases/{alert}", "/good-guys", "/figures"):
        assert nobody.get(path, headers=OURS).status_code == 401
        refused = people["eve"].get(path)
        assert refused.status_code == 403, "audit is not read"
        assert "it needs the role read" in refused.text
        assert refused.headers["content-type"].startswith("text/html"), "a page, for a browser"
        assert LIST not in refused.text, "lists are for those who may see them"
        assert people["rita"].get(path).status_code == 200
    assert 'name="action"' not in people["rita"].get("/queue").text.partition("<main")[2]


def test_a_decision_of_a_session_that_ended_is_refused_with_the_way_back(app, alert):
    browser = TestClient(app, base_url="http://localhost", headers=OURS, follow_redirects=False)
    browser.post("/sign-in", data={"name": "anna", "password": PASSWORD})
    version = version_on(browser.get(f"/cases/{alert}"))
    browser.post("/sign-out")
    refused = do(browser, alert, "comment", version=version, note="seen")
    assert (refused.status_code, "so nothing was done" in refused.text) == (401, True)
    back = f'name="then" value="/cases/{alert}"'
    assert back in refused.text
    typed = {"name": "anna", "password": "mistyped", "then": f"/cases/{alert}"}
    again = browser.post("/sign-in", data=typed)
    assert (again.status_code, back in again.text) == (401, True), "a wrong password loses no way"
    away = browser.post("/sign-in", data=typed | {"then": "//example.org/x"})
    assert 'name="then" value="/"' in away.text


@pytest.mark.parametrize(
    ("path", "field"), [("/queue?after=" + "x" * 2_000, "after"), ("/parties/gaps", "listed_by")]
)
def test_a_browser_is_refused_by_a_page_that_names_the_field(people, app, path, field):
    page = people["anna"].get(path)
    assert (page.status_code, page.headers["content-type"].split(";")[0]) == (422, "text/html")
    assert field in page.text
    nobody = TestClient(app, base_url="http://localhost", headers={"x-forwarded-for": "192.0.2.1"})
    assert LIST not in nobody.get(path, headers=OURS).text


def test_without_accounts_cases_are_read_and_nobody_decides(home, settings, tmp_path):
    shutil.copytree(home, tmp_path / "home")
    app = create_app(replace(settings, home=tmp_path / "home"))
    client = TestClient(app, base_url="http://localhost", headers=OURS)
    page = client.get("/queue")
    assert (page.status_code, "You are not signed in" in page.text) == (200, True)
    done = client.post("/queue", data={"action": "start", "alert": "A-0"})
    assert done.status_code == 401
    assert client.get("/cases/A-0").status_code in (404, 422)
