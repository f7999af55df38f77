"""Payments by HTTP: decided at once or as a job, each owner for itself, and no text in any log."""

from __future__ import annotations

import json
import logging
import shutil
import time
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from tests.payment_messages import pacs008, transaction
from tests.server.live import running

from limen.server import create_app
from limen.server.access.keys import ApiKeys
from limen.server.v1.payments import INLINE

XML = {"content-type": "application/xml"}
HIT = {"creditor": "SERGEY VALERYEVICH AKSYONOV OR ORDER"}


def post(client, data, query="", headers=XML):
    return client.post(f"/v1/payments{query}", content=data, headers=headers)


def test_a_message_is_decided_with_every_element(client):
    reply = post(client, pacs008(transaction(1), transaction(2, **HIT)))
    assert reply.status_code == 200
    body = reply.json()
    assert body["decision"] == "hold"
    first, second = body["transactions"]
    assert (first["decision"], second["decision"]) == ("pass", "hold")
    (found,) = [each for each in second["elements"] if each["findings"]]
    assert (found["role"], found["text"]) == ("creditor", HIT["creditor"])
    assert found["findings"][0]["id"] == "un_sc:1"
    assert reply.headers["screening-snapshot"] == second["stamp"]["snapshot"]


def test_the_wrapper_has_channel_budget_and_instants(client):
    body = {"message": pacs008(transaction(creditor_agent="PRMSRUMM")).decode()}
    for options, decision in (
        ({}, "hold"),
        ({"channel": "sct_inst"}, "reject"),
        ({"as_of": "2022-02-26", "known_at": "2022-02-27", "seconds": 5}, "hold"),
    ):
        reply = client.post("/v1/payments", json=body | options)
        assert reply.json()["decision"] == decision, options
    (answer,) = reply.json()["transactions"]
    assert (answer["stamp"]["as_of"], answer["stamp"]["known_at"]) == ("2022-02-26", "2022-02-27")
    query = "?channel=sct_inst"
    assert post(client, pacs008(transaction(**HIT)), query).json()["decision"] == "reject"


def test_what_listed_parties_own_is_held(client):
    stake = {"owner": "Sergey Valeryevich Aksyonov", "owned": "Plain Holding BV", "percent": 80}
    message = pacs008(transaction(creditor="PLAIN HOLDING BV")).decode()
    body = {"message": message, "as_of": "2022-03-01"}
    assert client.post("/v1/payments", json=body).json()["decision"] == "pass"
    reply = client.post("/v1/payments", json=body | {"ownership": [stake]})
    assert reply.json()["decision"] == "hold"


def test_an_option_that_is_not_known_is_refused(client):
    reply = post(client, pacs008(transaction()), "?chanel=strict")
    assert (reply.status_code, reply.json()["errors"][0]["field"]) == (422, "chanel")
    assert "channel" in reply.text
    wrapped = client.post("/v1/payments?channel=strict", json={"message": "x"})
    assert (wrapped.status_code, wrapped.json()["errors"][0]["field"]) == (422, "channel")


@pytest.mark.parametrize(
    ("options", "field"),
    [({"channel": "none"}, "channel"), ({"seconds": 0}, "seconds"), ({"as_of": "soon"}, "as_of"),
     ({"chanel": "x"}, "chanel"), ({"message": 7}, "message")],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_its_field(client, options, field):
    reply = client.post("/v1/payments", json={"message": "<x/>"} | options)
    assert reply.status_code == 422
    assert reply.json()["errors"][0]["field"] == field


@pytest.mark.parametrize("data", [b"<a", b"x" * 100, b"\xff\xfe\x00", pacs008()[:-40]])
def test_what_is_no_message_is_a_hold_and_no_error(client, data):
    reply = post(client, data)
    assert (reply.status_code, reply.json()["decision"]) == (200, "hold")


def test_an_empty_body_is_refused(client):
    assert post(client, b" \n").status_code == 422


def large(count=500):
    """A message that is too large to be answered at once."""
    data = pacs008(*(transaction(n, creditor=f"Payee {n}") for n in range(1, count)),
                   transaction(count, **HIT))  # fmt: skip
    assert len(data) > INLINE
    return data


def ended(client, where, headers):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        progress = client.get(where, headers=headers).json()
        if progress["state"] in ("done", "failed"):
            return progress
        time.sleep(0.2)
    pytest.fail("the job does not end")


@pytest.mark.parametrize("way", ["body", "form"])
def test_a_large_message_is_a_job_of_its_owner(settings, home, tmp_path, way):
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    keys = ApiKeys(copy / "server")
    own, other = ({"authorization": f"ApiKey {keys.add(name, 'screen')}"} for name in "ab")
    with TestClient(
        create_app(replace(settings, home=copy)), base_url="http://localhost"
    ) as client:
        if way == "body":
            reply = post(client, large(), headers=XML | own)
        else:
            files = {"file": ("batch.xml", large())}
            fields = {"channel": "default"}
            reply = client.post("/v1/payments", files=files, data=fields, headers=own)
        assert reply.status_code == 202, reply.text
        where = reply.headers["location"]
        progress = ended(client, where, own)
        assert (progress["state"], progress["rows"]) == ("done", 500), progress
        assert (progress["passed"], progress["held"]) == (499, 1)
        assert client.get(where, headers=other).status_code == 404
        assert client.get(f"{where}/results", headers=other).status_code == 404
        lines = client.get(f"{where}/results", headers=own).text.splitlines()
        assert [json.loads(line)["position"] for line in lines] == list(range(1, 501))
        assert json.loads(lines[-1])["decision"] == "hold"
        assert client.get(where.replace("/v1", ""), headers=own).status_code == 200


STAKES = b"owner,owned,percent,control\nPromsvyazbank,Quillfeather Optics,80,no\n"


def test_a_job_takes_a_file_of_stakes(settings, home, tmp_path):
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    files = {
        "file": ("one.xml", pacs008(transaction(creditor="Quillfeather Optics"))),
        "ownership": ("stakes.csv", STAKES),
    }
    app = create_app(replace(settings, home=copy))
    with TestClient(app, base_url="http://localhost") as client:
        where = client.post("/v1/payments", files=files).headers["location"]
        assert ended(client, where, {})["state"] == "done"
        (line,) = client.get(f"{where}/results").text.splitlines()
        stamp = json.loads(line)["stamp"]
        assert stamp["ownership"]["name"] == "stakes.csv"
        bad = client.post("/v1/payments", files=files | {"ownership": ("s.csv", b"owner\nx\n")})
        assert (bad.status_code, "column owned" in bad.text) == (422, True)
        text = client.post("/v1/payments", files={"file": files["file"]}, data={"ownership": "x"})
        assert (text.status_code, "ownership" in text.text) == (422, True)
        late = client.post("/v1/payments", files={"file": files["file"]}, data={"seconds": "2"})
        assert (late.status_code, late.json()["errors"][0]["field"]) == (422, "seconds")


def test_a_policy_of_ones_own_is_served(settings, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(
        'default_channel = "strict"\n[channels.strict]\ndescription = "Rejects."\n'
        '[channels.strict.outcomes]\nhit = "reject"\n'
    )
    app = create_app(replace(settings, payment_policy=path))
    with TestClient(app, base_url="http://localhost") as client:
        assert post(client, pacs008(transaction(**HIT))).json()["decision"] == "reject"


def test_the_page_marks_every_element_and_explains_the_hits(client):
    page = client.post("/pay", data={"message": pacs008(transaction(**HIT)).decode()})
    assert page.status_code == 200
    for drawn in ("Hold", "<mark class=\"listed\"", "OR ORDER", "un_sc", "Sergey Valeryevich",
                  "creditor, name", "Cdtr/Nm", "<mark class=\"screened\""):  # fmt: skip
        assert drawn in page.text, drawn
    assert "<script>" not in page.text
    assert " style=" not in page.text


def test_the_page_escapes_what_is_in_a_message(client):
    data = pacs008(transaction(creditor="<script>alert(1)</script>", remittance='"><img src=x>'))
    html = client.post("/pay", data={"message": data.decode()}).text
    assert "<script>alert" not in html
    assert "<img" not in html.replace('<img src="/static/', "")


def test_the_page_says_what_is_wrong_and_keeps_the_text(client):
    page = client.post("/pay", data={"message": " "})
    assert page.status_code == 422
    assert "the body is empty" in page.text
    page = client.post("/pay", data={"message": "<x>", "channel": "none"})
    assert "no channel" in page.text
    assert "&lt;x&gt;" in page.text


SECRETS = ("ZEBULON", "QUARTERMAIN", "DE89370400440532013000", "XYLOPHONE", "E2E-SECRET")


def test_no_text_of_a_message_is_in_logs_metrics_or_addresses(settings, caplog):
    caplog.set_level(logging.DEBUG)
    data = pacs008(
        transaction(creditor="ZEBULON QUARTERMAIN", remittance="XYLOPHONE DE89370400440532013000")
    ).replace(b"<EndToEndId>E1", b"<EndToEndId>E2E-SECRET")
    import httpx

    with running(settings) as base:
        for sent in (data, data[:-90], data.replace(b"<Cdtr>", b"<Cdtr x=&#0;>")):
            reply = httpx.post(f"{base}/v1/payments", content=sent, headers=XML, timeout=30)
            assert reply.status_code == 200
            page = httpx.post(f"{base}/pay", data={"message": sent.decode()}, timeout=30)
            assert page.status_code == 200
            assert page.url.path == "/pay"
        bad = httpx.post(f"{base}/v1/payments", json={"message": "ZEBULON", "x": "QUARTERMAIN"})
        assert bad.status_code == 422
        metrics = httpx.get(f"{base}/metrics").text
    assert "screening_payments_total" in metrics
    for secret in SECRETS:
        assert secret not in metrics
        assert secret not in caplog.text
    assert not list((settings.folder / "questions").glob("*pay*"))
