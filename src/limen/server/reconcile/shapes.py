"""Define the types of the reconciliation API 0.2, and the titles of schemas and properties."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi.responses import Response

from limen.model.schemata import NAME_PROPERTIES, properties

VERSIONS = ("0.2",)
#: The API is made to be called from pages of other sites, OpenRefine's among them.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "86400",
}
#: Types that a column may be reconciled against, each with its broader type.
TYPES = {
    "Thing": None,
    "LegalEntity": "Thing",
    "Person": "LegalEntity",
    "Organization": "LegalEntity",
    "Company": "Organization",
    "PublicBody": "Organization",
    "Vessel": "Thing",
    "Airplane": "Thing",
    "CryptoWallet": "Thing",
}
_TITLES = {
    "Thing": "Anybody or anything",
    "LegalEntity": "Person or organisation",
    "PublicBody": "Public body",
    "CryptoWallet": "Wallet",
    "Airplane": "Aircraft",
}
#: Properties of listed parties other than names, the most distinctive first.
DISTINCTIVE = (
    "birthDate", "nationality", "country", "idNumber", "passportNumber", "taxNumber",
    "registrationNumber", "imoNumber", "leiCode", "swiftBic", "innCode", "address", "gender",
    "birthPlace",
)  # fmt: skip


class ReconcileQuery(msgspec.Struct):
    """Represents one cell to reconcile, with further values of its row."""

    query: str = ""
    type: str | list[str] = ""
    limit: int = 5
    type_strict: str = "should"
    properties: list[dict[str, Any]] = []


class ExtendQuery(msgspec.Struct):
    """Represents parties by id, and the properties to return of each."""

    ids: list[str]
    properties: list[dict[str, Any]]


def reply(document: Any, status: int = 200) -> Response:
    """Return JSON that a page of another site may read."""
    return Response(
        msgspec.json.encode(document), status, media_type="application/json", headers=CORS
    )


def type_of(schema: str) -> dict[str, str]:
    """Return a schema as a type of the API."""
    return {"id": schema, "name": _TITLES.get(schema, schema)}


def property_of(name: str) -> dict[str, str]:
    """Return a property as the API has it: ``birthDate`` with the name ``birth date``."""
    return {"id": name, "name": _words(name)}


def known_property(pid: str) -> str:
    """Return the property of an id, which yente's clients qualify (``Person:birthDate``)."""
    return pid.rpartition(":")[2]


def properties_of(schema: str) -> list[str]:
    """Return the properties of a schema: distinctive ones first, then names, then the rest."""
    known = properties(schema if schema in TYPES else "Thing")
    first = [name for name in DISTINCTIVE if name in known]
    rest = sorted(name for name in known if name not in first and name not in NAME_PROPERTIES)
    return [*first, *[name for name in NAME_PROPERTIES if name in known], *rest]


def _words(name: str) -> str:
    return "".join(f" {char.lower()}" if char.isupper() else char for char in name)
