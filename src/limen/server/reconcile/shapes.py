"""The types of the reconciliation API 0.2, and the words our schemas and properties go by."""

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
#: Kinds a column may be reconciled against, with the one each is a case of.
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
#: What stands on listed parties besides names, the most telling first.
TELLING = (
    "birthDate", "nationality", "country", "idNumber", "passportNumber", "taxNumber",
    "registrationNumber", "imoNumber", "leiCode", "swiftBic", "innCode", "address", "gender",
    "birthPlace",
)  # fmt: skip


class ReconcileQuery(msgspec.Struct):
    """One cell to reconcile, with what its row says besides."""

    query: str = ""
    type: str | list[str] = ""
    limit: int = 5
    type_strict: str = "should"
    properties: list[dict[str, Any]] = []


class ExtendQuery(msgspec.Struct):
    """Parties by id, and the properties wanted of each."""

    ids: list[str]
    properties: list[dict[str, Any]]


def reply(document: Any, status: int = 200) -> Response:
    """Return JSON that a page of another site may read."""
    return Response(
        msgspec.json.encode(document), status, media_type="application/json", headers=CORS
    )


def type_of(schema: str) -> dict[str, str]:
    """A schema as the API names types."""
    return {"id": schema, "name": _TITLES.get(schema, schema)}


def property_of(name: str) -> dict[str, str]:
    """A property as the API names them: ``birthDate`` is called ``birth date``."""
    return {"id": name, "name": _words(name)}


def known_property(pid: str) -> str:
    """Our name for a property's id: yente's clients qualify it (``Person:birthDate``)."""
    return pid.rpartition(":")[2]


def properties_of(schema: str) -> list[str]:
    """Every property of a schema, the telling ones first, names and free text last."""
    known = properties(schema if schema in TYPES else "Thing")
    first = [name for name in TELLING if name in known]
    rest = sorted(name for name in known if name not in first and name not in NAME_PROPERTIES)
    return [*first, *[name for name in NAME_PROPERTIES if name in known], *rest]


def _words(name: str) -> str:
    return "".join(f" {char.lower()}" if char.isupper() else char for char in name)
