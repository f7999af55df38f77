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
#: No kind is known: every listed party is compared.
_OPEN = ("Thing", "LegalEntity", "Person", "Organization", "Company", "Vessel", "Airplane")
_KINDS: dict[str, tuple[str, ...]] = {
    word: schemas
    for schemas, words in (
        (
            _PERSON,
            (
                "person people individual individuals natural naturalperson human physicalperson "
                "privateperson privatperson natürlicheperson personnephysique personafisica "
                "personanatural физлицо"
            ),
        ),
        (
            _ORGANISATION,
            (
                "organization organisation company corporate corporation legalperson legalentity "
                "juridicalperson juristischeperson personnemorale personajuridica unternehmen "
                "юрлицо"
            ),
        ),
        (("Vessel",), "vessel ship"),
        (("Airplane",), "airplane aircraft"),
        (("CryptoWallet",), "cryptowallet"),
        (_OPEN, "unknown any other party entity"),
    )
    for word in map(squash, words.split())
}
#: Letters and segments that mean a kind in one file and a product in the next (``V``, ``retail``):
#: they count only where the user named the column as that of kinds.
_LOOSE: dict[str, tuple[str, ...]] = {
    word: schemas
    for schemas, words in (
        (_PERSON, "p i n ind nat private personal retail man woman"),
        (_ORGANISATION, "o c e l ent org legal juridical business firm bank institution"),
        (("Vessel",), "v tanker"),
        (("Airplane",), "plane"),
        (("CryptoWallet",), "wallet"),
    )
    for word in words.split()
}
#: From the widest; a row without a kind gets the first that may carry its properties.
_WIDEST_FIRST = (
    "Thing", "LegalEntity", "Person", "Vessel", "Organization", "Company", "Airplane",
    "CryptoWallet", "Security", "Address",
)  # fmt: skip


def knows_kind(word: str, *, loose: bool = False) -> bool:
    """Return whether a value of a kind column is understood; ``loose`` takes letters too."""
    plain = _plain(word)
    return known_schema(word.strip()) or plain in _KINDS or (loose and plain in _LOOSE)


def schema_for(names: AbstractSet[str], kind: str = "") -> str:
    """Return the schema of a row with these properties and this word in its kind column.

    An unknown word counts like an empty one. A schema's own name is that schema, except
    ``Company``, which in a portfolio means any organisation. Of schemas that fit equally well
    the widest is taken.
    """
    kind = kind.strip()
    if known_schema(kind) and kind != "Company":
        return kind
    plain = _plain(kind)
    candidates = _KINDS.get(plain) or _LOOSE.get(plain) or _WIDEST_FIRST
    return max(candidates, key=lambda schema: len(properties(schema).keys() & names))


def _plain(word: str) -> str:
    """Return the letters of a kind: accents and numbers (``Person 1``) do not count."""
    return "".join(char for char in squash(word) if char.isalpha())
