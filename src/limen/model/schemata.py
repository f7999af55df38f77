"""Our table of FollowTheMoney schemas: which properties each has, and which are comparable.

Names and types follow the FollowTheMoney model (MIT, opensanctions/followthemoney 4.11);
relations between entities are left out, because a party travels alone here. Extensions:
any legal entity may have ``cryptoAddress``, ``isinCode`` and ``ticker``, since lists print
wallets and securities inside the holder's own record and seldom show who is a company.
"""

from __future__ import annotations

from functools import cache

from limen.util.suggest import closest

# schema -> (parents, {property type: property names})
_TABLE: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "Thing": (
        (),
        {
            "name": "name alias previousName weakAlias",
            "country": "country",
            "text": "summary notes description indexText",
            "url": "sourceUrl publisherUrl wikipediaUrl alephUrl",
            "string": "publisher keywords program",
            "identifier": "wikidataId programId",
            "topic": "topics",
            "address": "address",
            "date": "createdAt modifiedAt retrievedAt",
        },
    ),
    "LegalEntity": (
        ("Thing",),
        {
            "name": "abbreviation",
            "email": "email",
            "phone": "phone",
            "url": "website opencorporatesUrl",
            "string": "legalForm taxStatus status sector classification icijId",
            "date": "incorporationDate dissolutionDate",
            "country": "jurisdiction mainCountry",
            "identifier": (
                "registrationNumber idNumber taxNumber licenseNumber vatCode bvdId sayariId "
                "brightQueryId brightQueryOrgId uscCode okpoCode innCode ogrnCode okvedCode "
                "leiCode dunsCode uniqueEntityId npiCode swiftBic cryptoAddress isinCode ticker"
            ),
        },
    ),
    "Person": (
        ("LegalEntity",),
        {
            "string": (
                "title firstName secondName middleName fatherName motherName lastName nameSuffix "
                "birthPlace position ethnicity eyeColor hairColor appearance religion political "
                "profession education spokenLanguage"
            ),
            "text": "biography",
            "date": "birthDate deathDate",
            "country": "birthCountry nationality citizenship",
            "identifier": "passportNumber socialSecurityNumber",
            "gender": "gender",
            "number": "height weight",
        },
    ),
    "Organization": (
        ("LegalEntity",),
        {"identifier": "cageCode permId imoNumber giiNumber"},
    ),
    "Company": (
        ("Organization", "Asset"),
        {
            "number": "capital",
            "string": "caemCode okopfCode fssCode oksmCode",
            "identifier": (
                "voenCode coatoCode irsCode ipoCode cikCode jibCode mbsCode kppCode fnsCode "
                "bikCode pfrNumber ricCode"
            ),
        },
    ),
    "PublicBody": (("Organization",), {}),
    "Value": ((), {"string": "currency", "number": "amount amountUsd amountEur"}),
    "Asset": (("Thing", "Value"), {}),
    "Vehicle": (
        ("Asset",),
        {
            "identifier": "registrationNumber",
            "string": "type model",
            "date": "buildDate registrationDate deregistrationDate",
        },
    ),
    "Vessel": (
        ("Vehicle",),
        {
            "identifier": "imoNumber crsNumber callSign mmsi",
            "country": "flag pastFlags",
            "string": "registrationPort navigationArea pastTypes",
            "number": "tonnage grossRegisteredTonnage deadweightTonnage",
            "date": "nameChangeDate",
        },
    ),
    "Airplane": (("Vehicle",), {"identifier": "serialNumber icaoCode", "string": "manufacturer"}),
    "CryptoWallet": (
        ("Thing", "Value"),
        {
            "identifier": "publicKey cryptoAddress accountId",
            "string": "privateKey currencySymbol blockchain managingExchange custodyType",
            "date": "creationDate balanceDate",
            "number": "balance",
        },
    ),
    "Security": (
        ("Asset",),
        {
            "identifier": "isin registrationNumber ticker figiCode",
            "date": "issueDate maturityDate",
            "string": "type classification collateral",
        },
    ),
    "Address": (
        ("Thing",),
        {
            "address": "full",
            "string": "remarks postOfficeBox street street2 city postalCode region state",
            "number": "latitude longitude",
            "identifier": "osmId googlePlaceId",
        },
    ),
}

NAME_PROPERTIES = ("name", "alias", "previousName", "weakAlias", "abbreviation")

#: Schemas that can be screened. ``Thing`` and ``LegalEntity`` mean "kind unknown".
MATCHABLE = (
    "Thing",
    "LegalEntity",
    "Person",
    "Organization",
    "Company",
    "PublicBody",
    "Vessel",
    "Vehicle",
    "Airplane",
    "CryptoWallet",
    "Security",
    "Asset",
    "Address",
)


@cache
def properties(schema: str) -> dict[str, str]:
    """Return every property of ``schema``, its own and inherited, with its type.

    Raises:
        KeyError: there is no such schema.
    """
    parents, own = _TABLE[schema]
    found: dict[str, str] = {}
    for parent in parents:
        found.update(properties(parent))
    for kind, names in own.items():
        found.update(dict.fromkeys(names.split(), kind))
    return found


def known_schema(schema: str) -> bool:
    """Return whether the table has the schema."""
    return schema in _TABLE


@cache
def ancestors(schema: str) -> frozenset[str]:
    """Return the schema itself and everything it extends."""
    found = {schema}
    for parent in _TABLE[schema][0]:
        found |= ancestors(parent)
    return frozenset(found)


@cache
def comparable(one: str, other: str) -> bool:
    """Return whether two schemas can describe the same party: one extends the other.

    A listed ``LegalEntity`` can be the query's ``Company``; a ``Person`` never is a ``Vessel``.
    """
    return one in ancestors(other) or other in ancestors(one)


def suggest_property(schema: str, wrong: str) -> str | None:
    """Return the property that was probably meant: ``birthdate`` -> ``birthDate``."""
    return closest(wrong, tuple(properties(schema)))


def suggest_schema(wrong: str) -> str | None:
    """Return the schema that was probably meant: ``person`` -> ``Person``."""
    return closest(wrong, MATCHABLE)
