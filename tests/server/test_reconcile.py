"""The reconciliation API 0.2: each document held against the rules of its JSON schema.

The schemas are written out here from the specification of the W3C community group
(reconciliation-api/specs, 0.2): what is required, what a value may be.
"""

from __future__ import annotations

import json

import jsonschema
import pytest

from limen.model.party import party_id_of

SERVICE = {
    "type": "object",
    "required": ["service_url", "service_path"],
    "properties": {"service_url": {"type": "string"}, "service_path": {"type": "string"}},
}
MANIFEST = {
    "type": "object",
    "required": ["versions", "name", "identifierSpace", "schemaSpace"],
    "properties": {
        "versions": {"type": "array", "contains": {"const": "0.2"}},
        "name": {"type": "string"},
        "identifierSpace": {"type": "string", "pattern": "^https?://"},
        "schemaSpace": {"type": "string", "pattern": "^https?://"},
        "defaultTypes": {
            "type": "array",
            "items": {"type": "object", "required": ["id", "name"]},
        },
        "view": {
            "type": "object",
            "required": ["url"],
            "properties": {"url": {"pattern": r"\{\{id\}\}"}},
        },
        "preview": {
            "type": "object",
            "required": ["url", "width", "height"],
            "properties": {
                "url": {"pattern": r"\{\{id\}\}"},
                "width": {"type": "integer"},
                "height": {"type": "integer"},
            },
        },
        "suggest": {"type": "object", "additionalProperties": SERVICE},
        "extend": {
            "type": "object",
            "properties": {
                "propose_properties": SERVICE,
                "property_settings": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["name", "label", "type", "default", "help_text"],
                        "properties": {"type": {"enum": ["number", "text", "checkbox", "select"]}},
                    },
                },
            },
        },
        "batchSize": {"type": "integer", "minimum": 1},
    },
}
IDENTIFIED = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
}
RESULTS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["result"],
        "properties": {
            "result": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "name", "score"],
                    "properties": {
                        "score": {"type": "number"},
                        "match": {"type": "boolean"},
                        "type": {"type": "array", "items": IDENTIFIED},
                        "description": {"type": "string"},
                        "features": {
                            "type": "array",
                            "minItems": 1,
                            "items": {
                                "type": "object",
                                "required": ["id", "value"],
                                "properties": {"value": {"type": ["number", "boolean"]}},
                            },
                        },
                    },
                },
            }
        },
    },
}
SUGGESTIONS = {
    "type": "object",
    "required": ["result"],
    "properties": {"result": {"type": "array", "items": IDENTIFIED}},
}
CELL = {
    "oneOf": [
        {"type": "object", "required": [kind], "additionalProperties": False,
         "properties": {kind: {"type": "string"}}}
        for kind in ("str", "date")
    ]
}  # fmt: skip
EXTENDED = {
    "type": "object",
    "required": ["meta", "rows"],
    "properties": {
        "meta": {"type": "array", "items": IDENTIFIED},
        "rows": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": CELL},
            },
        },
    },
}


def get(client, path, schema, **params):
    reply = client.get(f"/reconcile/default{path}", params=params)
    assert reply.status_code == 200, reply.text
    assert reply.headers["access-control-allow-origin"] == "*"
    found = reply.json()
    jsonschema.validate(found, schema)
    return found


def test_the_manifest(client):
    found = get(client, "", MANIFEST)
    assert {"entity", "property", "type"} == set(found["suggest"])


QUERIES = {
    "q0": {"query": "Sergey Aksyonov", "type": "Person", "limit": 2},
    "q1": {
        "query": "Sergei Aksenov",
        "type": ["Person"],
        "type_strict": "any",
        "properties": [
            {"pid": "Person:birthDate", "v": "1972-11-26"},
            {"pid": "nationality", "v": [{"id": "ru", "name": "Russia"}]},
        ],
    },
    "q2": {"properties": [{"pid": "imoNumber", "v": "9735335"}]},
}


@pytest.mark.parametrize("method", ["post", "get"])
def test_queries_by_either_method(client, method):
    form = {"queries": json.dumps(QUERIES)}
    kind = "data" if method == "post" else "params"
    reply = getattr(client, method)("/reconcile/default", **{kind: form})
    found = reply.json()
    jsonschema.validate(found, RESULTS)
    first = found["q0"]["result"][0]
    assert first["match"] is True
    assert first["features"][0] == {"id": "name_match", "value": pytest.approx(0.9, abs=0.2)}
    with_more = found["q1"]["result"][0]
    assert {"birth_date", "country"} <= {each["id"] for each in with_more["features"]}
    assert found["q2"]["result"][0]["id"] == party_id_of("un_sc:2")


def test_suggestions(client):
    assert get(client, "/suggest/entity", SUGGESTIONS, prefix="Promsvy")["result"][0]["notable"]
    found = get(client, "/suggest/property", SUGGESTIONS, prefix="birth")["result"]
    assert found[0]["id"].startswith("birth")
    kinds = get(client, "/suggest/type", SUGGESTIONS, prefix="per")["result"]
    assert kinds[0] == {"id": "Person", "name": "Person"}
    assert get(client, "/suggest/type", SUGGESTIONS, prefix="", cursor=9)["result"] == []


def test_flyouts_and_preview_carry_nothing_from_elsewhere(client):
    reply = client.get("/reconcile/default/flyout/entity", params={"id": "un_sc:1"}).json()
    assert reply["id"] == "un_sc:1"
    assert "Aksyonov" in reply["html"]
    preview = client.get("/reconcile/default/preview", params={"id": "un_sc:1"})
    assert preview.headers["content-type"].startswith("text/html")
    assert "http" not in preview.text
    assert "frame-ancestors *" in preview.headers["content-security-policy"]


def test_extending_a_column(client):
    proposed = client.get(
        "/reconcile/default/extend/property", params={"type": "Person", "limit": 3}
    ).json()
    assert proposed["limit"] == 3
    assert next(each["id"] for each in proposed["properties"]) == "birthDate"
    wanted = {
        "ids": ["un_sc:1", "nobody"],
        "properties": [{"id": "birthDate"}, {"id": "alias", "settings": {"limit": "1"}}],
    }
    reply = client.post("/reconcile/default", data={"extend": json.dumps(wanted)})
    found = reply.json()
    jsonschema.validate(found, EXTENDED)
    assert found["rows"]["un_sc:1"]["birthDate"] == [{"date": "1972-11-26T00:00:00Z"}]
    assert found["rows"]["nobody"] == {"birthDate": [], "alias": []}


def test_what_cannot_be_asked(client):
    assert client.post("/reconcile/default", data={}).status_code == 400
    assert client.post("/reconcile/default", data={"queries": "["}).status_code == 422
    many = {str(number): {"query": "x"} for number in range(101)}
    reply = client.post("/reconcile/default", data={"queries": json.dumps(many)})
    assert reply.status_code == 413
    assert client.get("/reconcile/nowhere").status_code == 404


def test_a_cell_without_a_match_that_is_no_clear_is_an_error(client):
    def post(partial="", **cell):
        cells = {"queries": json.dumps({"q0": {"query": "Sergey Aksyonov"}, "q1": cell})}
        return client.post(f"/reconcile/default{partial}", data=cells)

    unread = {"query": "Nobody Unlisted", "properties": [{"pid": "birthDate", "v": "soon"}]}
    refused = post(**unread)
    assert refused.status_code == 400
    assert refused.headers["access-control-allow-origin"] == "*"
    assert refused.json()["responses"]["q0"]["result"][0]["match"] is True
    partial = post("?partial=true", **unread)
    assert partial.status_code == 200
    assert partial.json()["q1"]["outcome"] == "cannot_say"
    assert post(query="Nobody Unlisted").status_code == 200
    other = post(query="Sergey Aksyonov", type="Vessel", type_strict="all")
    assert (other.json()["q1"]["result"], other.json()["q1"]["outcome"] == "hit") == ([], False)
    inside = post(query="Nobody Unlisted", properties=[{"pid": "address", "v": "Simferopol"}])
    assert [each["name"] for each in inside.json()["q1"]["result"]][:1] == ["Crimea and Sevastopol"]
