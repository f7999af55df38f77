"""The pages without a script: every form works, and each shows what it is for."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from limen.engine import Engine
from limen.model.party import party_id_of
from limen.server import create_app, pages
from limen.server.pages.view.templates import dated
from limen.server.service.document_worker import DocumentWorker


def ask(client, **fields):
    led = client.post("/ask", data=fields)
    assert led.status_code == 303, led.text
    assert re.fullmatch(r"/answers/[0-9a-f]{32}", led.headers["location"])
    return led.headers["location"]


def test_a_hit_shows_its_evidence(client):
    where = ask(client, what="Sergey Aksyonov", kind="Person", birth_date="1972-11-26")
    html = client.get(where).text
    for shown in ("Hit", "Names compared", "Field by field", "agrees", "What would change",
                  "Cyrillic", "UKRAINE-EO13660", "SHA-256", "threshold"):  # fmt: skip
        assert shown in html, shown


def test_the_permalink_means_the_same_and_has_a_twin(client):
    where = ask(client, what="Sergey Aksyonov", kind="Person")
    assert ask(client, what="Sergey Aksyonov", kind="Person") == where
    answer = client.get(f"{where}.json").json()
    assert answer["outcome"] == "hit"
    again = client.post(where, data={"as_of": "2022-02-20"})
    earlier = client.get(f"{again.headers['location']}.json").json()
    assert earlier["stamp"]["as_of"] == "2022-02-20"


def test_a_question_can_be_changed_on_the_page_of_its_answer(client):
    given = {"what": "Sergey Aksyonov", "birth_date": "1972-11-26", "country": "RU"}
    html = client.get(ask(client, **given, number="AB123456")).text
    box = html.partition('class="edit"')[2].partition("</form>")[0]
    for value in ("Sergey Aksyonov</textarea>", 'value="1972-11-26"', 'value="RU"', "AB123456"):
        assert value in box
    assert '<option value="Person" selected>' in box


def test_a_party_on_several_lists_has_a_column_a_record(client):
    html = client.get(ask(client, what="Sergey Aksyonov", kind="Person")).text
    table = html.partition('class="beside records"')[2].partition("</table>")[0]
    heads = re.findall(r'<th scope="col"><a href="/parties/([a-z_]+):', table)
    assert len(heads) == len(set(heads)) >= 1
    rows = re.findall(r'<th scope="row">([a-z ]+)</th>(.*?)</tr>', table, re.DOTALL)
    assert rows[0][0] == "name"
    assert {"birth date", "listed", "programme", "list on that day"} <= {title for title, _ in rows}
    assert {cells.count("<td") for _, cells in rows} == {len(heads) + 1}


def test_a_clear_says_what_it_rests_on(client):
    html = client.get(ask(client, what="Wilhelmina Unlisted", kind="Person")).text
    assert "Clear" in html
    assert "complete and current" in html


def test_stale_lists_are_told_on_every_page(settings, home):
    from datetime import timedelta

    later = settings.clock() + timedelta(days=100)
    app = create_app(replace(settings, clock=lambda: later))
    client = TestClient(app, base_url="http://localhost")
    party = f"/parties/{party_id_of('un_sc:1')}"
    for path in ("/", "/lists", "/upload", "/parties", party, "/regimes", "/what-if", "/docs"):
        assert "No party can be cleared today" in client.get(path).text, path
    assert client.get("/readyz").status_code == 503
    assert client.get("/readyz").json()["failing"][0]["state"] == "stale"


def test_a_question_that_cannot_be_asked_keeps_what_was_written(client):
    reply = client.post("/ask", data={"what": "Anna", "as_of": "2999-01-01", "country": "Peru"})
    assert reply.status_code == 422
    assert "has not come yet" in reply.text
    assert 'value="Peru"' in reply.text


def test_a_number_finds_a_vessel(client):
    html = client.get(ask(client, what="", kind="Vessel", number="IMO 9735335")).text
    assert "SIG" in html


def test_what_is_written_is_never_markup(client):
    where = ask(client, what="<script>alert(1)</script> Aksyonov", kind="Person")
    assert "<script>alert" not in client.get(where).text


def test_a_place(client):
    where = ask(client, what="Donetsk, Artema 74", kind="Address", as_of="2022-02-25")
    html = client.get(where).text
    assert "Inside" in html
    assert client.get(f"{where}.svg").text.startswith("<svg")
    assert client.get(f"{where}.json").json()["verdicts"]


def test_a_party_and_its_life(client):
    record = client.get("/parties/un_sc:1?as_of=2022-02-28")
    assert record.status_code == 308
    assert record.headers["location"] == f"/parties/{party_id_of('un_sc:1')}?as_of=2022-02-28"
    html = client.get(record.headers["location"]).text
    assert "Listings over time" in html
    assert "since 2014-03-17" in html
    assert client.get("/parties/un_sc:9").status_code == 404


def test_lists_and_their_changes(client):
    assert "2,500" not in client.get("/lists").text
    assert "Promsvyazbank" in client.get("/lists/un_sc/changes").text


def test_the_founding_case_opens(client):
    html = client.get("/regimes").text
    where = re.search(r'href="(/regimes/[^"]+/troops-into-occupied-donbas)"', html)[1]
    shown = client.get(where).text
    assert "The readings disagree: 2 yes, 1 no, 17 cannot be told." in shown
    assert "S09a" in shown
    assert "as of" in client.get(where.rsplit("/", 1)[0], params={"as_of": "2022-02-21"}).text


def test_the_founding_day_is_walked_by_its_statements_and_acts(client):
    where = "/regimes/russia-ukraine/troops-into-occupied-donbas"
    shown = client.get(where, params={"at": "2022-02-21T20:00-05:00"}).text
    after = unescape(re.search(r'rel="next" href="([^"]+)"', shown)[1])
    later = client.get(where + after).text
    assert 'value="2022-02-21T21:00-05:00"' in later
    assert "a senior administration official" not in readings_of(shown)
    assert "a senior administration official" in readings_of(later)
    before = unescape(re.search(r'rel="prev" href="([^"]+)"', later)[1])
    assert "a senior administration official" not in readings_of(client.get(where + before).text)


def test_one_policy_is_shown_in_words(client):
    where = "/regimes/russia-ukraine/troops-into-occupied-donbas"
    asked = {"at": "2022-02-21T23:59-05:00", "policy": "latest_named"}
    shown = client.get(where, params=asked).text.partition("By one policy: the latest named")[2]
    assert '<strong>US</strong> <span class="reading unknown">Cannot be told</span>' in shown
    assert "Has Russia further invaded Ukraine" in shown
    assert "View(" not in shown


def test_the_timeline_of_a_regime_has_titles_and_leads_to_rows_and_events(client):
    html = client.get("/regimes/russia-ukraine", params={"as_of": "2022-02-22"}).text
    drawn = html.partition("<svg xmlns")[2].partition("</svg>")[0]
    assert 'href="#us-eo-14065"' in drawn
    assert '<tr id="us-eo-14065">' in html
    assert "New investment in, and trade with" in drawn
    assert 'href="/regimes/russia-ukraine/recognition-of-dnr-and-lnr"' in drawn


def readings_of(html: str) -> str:
    return html.partition('class="answers"')[2].partition("In force then")[0]


def test_what_if_by_names(client):
    form = {"event": "troops-into-occupied-donbas", "at": "2022-02-21T23:59-05:00",
            "names": "VTB Bank\nNobody Ltd"}  # fmt: skip
    html = client.post("/what-if", data=form, files={"file": ("", b"")}).text
    assert "A simulation, not law" in html
    assert "2 rows" in html


def test_the_law_is_asked_without_a_script(client):
    html = client.get(
        "/law", params={"territory": "ua-dnr", "effect": "import", "as_of": "2022-03-01"}
    ).text
    assert "Executive Order 14065" in html
    assert "non-government-controlled areas of Donetsk oblast, which overlaps" in html
    assert "RUSSIA-EO14065/17" in html
    assert "Regulation (EU) 2022/263" in html
    again = client.get("/law", params={"act": "EO 14065", "as_of": "2020-01-01"}).text
    assert "First record later" in again
    assert "Encoded, and not in force then" in again


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("goods", "9999", "did you mean 9706?"),
        ("as_of", "soon", "soon"),
        ("act", "!!!", "no letter or digit"),
        ("territory", "ua-dpr", "did you mean ua-dnr?"),
        ("party", "<script>alert(1)</script>", "&lt;script&gt;"),
    ],
)
def test_a_term_that_cannot_be_is_refused_in_the_form(client, field, text, says):
    reply = client.get("/law", params={"effect": "import", field: text})
    assert reply.status_code == (200 if field == "party" else 422)
    assert says in reply.text
    assert "<script>alert" not in reply.text


def test_a_partys_measures_are_side_by_side(client):
    where = ask(client, what="Sergey Aksyonov", kind="Person")
    html = client.get(where).text
    (party, *_) = client.get(f"{where}.json").json()["parties"]
    assert [law["authority"] for law in party["measures"]] == ["UN"] or party["measures"]
    for law in party["measures"]:
        assert f'<th scope="col">{law["authority"]}</th>' in html
        assert all(measure["instrument"] in html for measure in law["measures"])


def test_the_api_page_has_every_operation(client):
    html = client.get("/docs").text
    for path in client.get("/openapi.json").json()["paths"]:
        assert path in html


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/lists",
        "/upload",
        "/docs",
        "/regimes",
        "/what-if",
        "/parties",
        "/parties/coordination",
        "/parties/gaps?listed_by=UN&not_by=US",
        f"/parties/{party_id_of('un_sc:1')}",
    ],
)
def test_pages_are_small_and_have_nothing_inline(client, path):
    html = client.get(path)
    assert len(html.content) < 150_000
    assert not re.search(r"<script(?! src=)|<style| style=| on[a-z]+=", html.text)


def test_an_address_in_the_box_is_located_though_nobody_said_what_it_is(client):
    where = ask(client, what="ul. Lenina 5, Krimea, Simferopol, Russia")
    assert "lies in Crimea and Sevastopol" in client.get(where).text


def test_a_clear_says_what_it_rests_on_and_what_came_nearest(client):
    where = ask(client, what="Sergei Arsenov", kind="Person", as_of="2022-03-01")
    assert client.get(f"{where}.json").json()["outcome"] == "clear"
    html = client.get(where).text
    assert re.search(r"Compared with [\d,]+ records of", html)
    assert re.search(r"Nearest: .*Aksyonov.* at 0\.[3-5]\d", html)
    far = client.get(ask(client, what="Qqqqq Zzzzz", kind="Person", as_of="2022-03-01")).text
    assert "No listed name reaches 0.30" in far


@pytest.mark.parametrize(
    ("field", "written", "compared"),
    [
        ("birth_date", "26.11.1972", ("birthDate", "1972-11-26")),
        ("birth_date", "11/26/1972", ("birthDate", "1972-11-26")),
        ("birth_date", "November 26, 1972", ("birthDate", "1972-11-26")),
        ("birth_date", "1972", ("birthDate", "1972")),
        ("country", "Russland", ("country", "Russland")),
        ("country", "RU", ("country", "RU")),
    ],
)
def test_what_a_field_says_is_compared(client, field, written, compared):
    where = ask(client, what="Sergey Aksyonov", **{field: written})
    given = client.get(f"{where}.json").json()["query"]["properties"]
    assert given[compared[0]] == [compared[1]]


@pytest.mark.parametrize(
    ("field", "written", "shown"),
    [
        ("birth_date", "03/04/1972", "reads as two dates"),
        ("birth_date", "33.13.1972", "born or founded"),
        ("birth_date", "in spring", "born or founded"),
        ("country", "Ruritania", "is no country"),
        ("country", "Germny", "did you mean germany?"),
    ],
)
def test_what_a_field_cannot_say_is_asked_back_and_stays_in_the_form(client, field, written, shown):
    back = client.post("/ask", data={"what": "Sergey Aksyonov", field: written})
    assert back.status_code == 422
    assert shown in unescape(back.text)
    assert f'value="{written}"' in back.text


def days_of(client, address):
    html = client.get(ask(client, what=address, kind="Address")).text
    found = re.findall(r">(\d{4}-\d\d-\d\d)</button></form>(.*?)</li>", html, re.DOTALL)
    return {day: re.findall(r">([A-Z]{2} [a-z ]+)<", shown) for day, shown in found}


def test_the_page_of_a_place_has_the_days_on_which_its_verdict_changed(client):
    assert days_of(client, "Artema 74, Donetsk, Ukraine") == {
        "2022-02-21": ["US inside"],
        "2022-02-24": ["EU inside", "CA inside"],
        "2022-02-26": ["JP inside"],
        "2022-02-28": ["CH inside"],
    }  # the server's clock is at 1 March 2022
    assert days_of(client, "Havana, Cuba")["1963-07-08"] == ["US inside"]


def counted(client, channel):
    """Return how many subjects the metrics have of a channel, whatever their outcomes."""
    line = re.compile(rf'screening_subjects_total\{{channel="{channel}",[^}}]*\}} ([0-9.]+)')
    return sum(float(count) for count in line.findall(client.get("/metrics").text))


@pytest.mark.parametrize(
    ("form", "owner", "method", "channel"),
    [
        ({"what": "Sergey Aksyonov", "kind": "Person"}, Engine, "screen", "page"),
        ({"what": "ul. Lenina 5, Simferopol, Russia"}, Engine, "screen", "page"),
        ({"what": "Simferopol", "kind": "Address"}, Engine, "locate", ""),
        ({"what": "Sergey Aksyonov\n\nwas named."}, DocumentWorker, "read", "document"),
    ],
)
def test_a_question_is_answered_and_counted_once(client, monkeypatch, form, owner, method, channel):
    calls = []
    real = getattr(owner, method)

    def counting(*args, **options):
        calls.append(method)
        return real(*args, **options)

    monkeypatch.setattr(owner, method, counting)
    before = counted(client, channel)
    assert client.get(ask(client, **form)).status_code == 200
    assert calls == [method]
    assert counted(client, channel) - before == (1.0 if channel else 0.0)


@pytest.mark.parametrize(
    ("form", "because"),
    [
        ({"what": "", "kind": "Person"}, "write a name"),
        ({"what": "  ", "kind": "Address", "number": "7707083893"}, "write a name"),
        ({"what": "", "kind": "Document", "number": "7707083893"}, "write a name"),
        ({"what": "Anna", "kind": "Persona"}, "unknown schema"),
        ({"what": "Anna", "as_of": "soon"}, "as_of"),
        ({"what": "Anna", "authority": "XX"}, "XX"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_it_is_saved(client, settings, form, because):
    folder = settings.folder / "questions"
    before = set(folder.glob("*.json"))
    reply = client.post("/ask", data=form)
    assert reply.status_code == 422
    assert because in reply.text
    assert set(folder.glob("*.json")) == before


def test_a_question_that_cannot_be_saved_is_answered_at_once(settings, home, tmp_path):
    (tmp_path / "snapshots").symlink_to(home / "snapshots")
    for name in home.iterdir():
        if name.name not in ("snapshots", "server"):
            (tmp_path / name.name).symlink_to(name)
    (tmp_path / "server").mkdir()
    (tmp_path / "server" / "questions").write_text("a file in the folder's place")
    app = create_app(replace(settings, home=tmp_path))
    client = TestClient(app, base_url="http://localhost", follow_redirects=False)
    reply = client.post("/ask", data={"what": "Sergey Aksyonov", "kind": "Person"})
    assert reply.status_code == 200
    assert "no permalink" in reply.text
    assert "Names compared" in reply.text


def test_a_party_page_says_not_listed_only_where_the_list_can_say_it(client):
    where = f"/parties/{party_id_of('un_sc:3')}"
    known = client.get(where, params={"as_of": "2022-02-20"}).text
    assert "Not listed on 2022-02-20." in known
    early = client.get(where, params={"as_of": "2015-06-01"}).text
    assert "Not listed on" not in early
    assert "unknown whether it was listed on 2015-06-01: un_sc: it cannot speak for" in early


def test_whatever_scrolls_sideways_can_be_scrolled_by_keyboard():
    templates = Path(pages.__file__).parent / "templates"
    scrolls = [
        (path.name, place)
        for path in templates.rglob("*.html")
        for place in re.findall(r'<div class="scroll"[^>]*>', path.read_text())
    ]
    assert len(scrolls) > 15
    assert [
        each for each in scrolls if 'tabindex="0" role="region" aria-label' not in each[1]
    ] == []


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("since 2014-03-17, Ukraine", "since <time>2014-03-17</time>, Ukraine"),
        ("<b>1972-11-26", "&lt;b&gt;<time>1972-11-26</time>"),
        ("1972-11, 12014-03-171", "1972-11, 12014-03-171"),
    ],
)
def test_no_line_breaks_inside_a_date(text, drawn):
    assert dated(text) == drawn
