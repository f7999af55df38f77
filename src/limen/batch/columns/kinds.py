"""Choose the schema of a row: as its kind column says, or the widest that fits its properties.

Too narrow a kind loses matches (a ``Company`` is never compared with a ``PublicBody``), so a
row gets no narrower kind than its own properties need.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from limen.model.schemata import known_schema, properties
from limen.util.text import squash

_PERSON = ("Person",)
_ORGANISATION = ("Organization", "Company")
_KINDS: dict[str, tuple[str, ...]] = {
    word: schemas
    for schemas, words in (
        (
            _PERSON,
            (
                "person people individual individuals natural naturalperson human p i ind private "
                "personal retail man woman privatperson personnephysique физлицо"
            ),
        ),
        (
            _ORGANISATION,
            (
                "organization organisation company corporate corporation business legal entity "
                "legalperson legalentity firm o c e ent org bank institution juridical "
                "personnemorale unternehmen юрлицо"
            ),
        ),
        (("Vessel",), "vessel ship v tanker"),
        (("Airplane",), "airplane aircraft plane"),
        (("CryptoWallet",), "cryptowallet wallet"),
        (("LegalEntity", "Person", "Organization", "Company"), "unknown any other party"),
    )
    for word in words.split()
}
#: From the widest; a row without a kind gets the first that may carry its properties.
_WIDEST_FIRST = (
    "LegalEntity", "Person", "Vessel", "Organization", "Company", "Airplane", "CryptoWallet",
    "Security", "Address",
)  # fmt: skip


def knows_kind(word: str) -> bool:
    """Return whether a value of a kind column is understood."""
    return known_schema(word.strip()) or _plain(word) in _KINDS


def schema_for(names: AbstractSet[str], kind: str = "") -> str:
    """Return the schema of a row with these properties and this word in its kind column.

    An unknown word counts like an empty one. A schema's own name is that schema, except
    ``Company``, which in a portfolio means any organisation. Of schemas that fit equally well
    the widest is taken.
    """
    kind = kind.strip()
    if known_schema(kind) and kind != "Company":
        return kind
    candidates = _KINDS.get(_plain(kind), _WIDEST_FIRST)
    return max(candidates, key=lambda schema: len(properties(schema).keys() & names))


def _plain(word: str) -> str:
    """Return the letters of a kind: accents and numbers (``Person 1``) do not count."""
    return "".join(char for char in squash(word) if char.isalpha())
