"""Read the numbers that publishers print in prose: behind a label, or as a wallet's address.

``SWIFT/BIC: FTBDKPPY. The bank ...`` is a BIC, ``(3) USDT: TGJVc32i...`` a wallet. Cells that are
nothing but numbers are read by :mod:`limen.lists.parsing.identifiers`; here a number without a
label is none, because prose has years, paragraphs and amounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from limen.lists.parsing.draft import Draft
from limen.lists.parsing.enumerations import split_enumerated
from limen.model.identifier_text import wallets

_SERIES = r"[A-Z]{0,2}[ -]?[A-Z0-9]"
#: The property, the labels before its numbers, and the shape of a number. The first label that
#: fits at a place wins. Shapes of registers: see ``identifiers.yml``.
_PASSPORT = r"passports?(?: (?:number|no|information)\b|(?=:))"
_IDENTITY = r"(?:national identification|national id|identity card) (?:number|no)\b"
_TAX = (
    r"tax ID no\b|tax number|tax identification number|Italian fiscal code"
    r"|(?:federal )?employer identification number"
)
_REGISTERED = (
    r"(?:company registration|registration|company identification|(?:registered )?company)"
    r" (?:ID|number|no\b)"
)
_LABELS = (
    ("passportNumber", _PASSPORT, rf"{_SERIES}[A-Z0-9/-]*"),
    ("idNumber", _IDENTITY, rf"{_SERIES}[A-Z0-9./-]*"),
    ("imoNumber", r"(?:IMO|\(IMO\))(?: identification)?(?: number| no\b)?", r"\d{7}"),
    ("mmsi", r"MMSI(?: number| no\b)?", r"\d{9}"),
    ("swiftBic", r"SWIFT/BIC|SWIFT|BIC", r"[A-Z]{6}[A-Z0-9]{5}|[A-Z]{6}[A-Z0-9]{2}"),
    ("leiCode", r"LEI|legal entity identifier", r"[A-Z0-9]{18}\d\d"),
    ("innCode", r"INN|ИНН", r"\d{12}|\d{10}"),
    ("ogrnCode", r"[OО]GRN(?:IP)?|ОГРН(?:ИП)?|PSRN", r"\d{15}|\d{13}"),
    ("kppCode", r"KPP|КПП", r"\d{9}"),
    ("uscCode", r"USCC|unified social credit (?:code|number)", r"[0-9A-Z]{18}"),
    ("taxNumber", _TAX, r"[A-Z0-9]{8,16}|\d\d-\d{7}"),
    ("registrationNumber", _REGISTERED, r"[A-Z]{0,3} ?\d{5,15}"),
    ("okpoCode", r"government gazette number|OKPO|ОКПО", r"\d{8,10}"),
)
#: The first letters of all labels: a search that looks for them first takes an eighth of the time.
_INITIALS = "(CEFGIKLMNOPRSTUГИКПО"
_LABEL = re.compile(
    rf"(?<!\w)(?=[{_INITIALS}])(?:"
    + "|".join(rf"(?P<{name}>{words})" for name, words, _ in _LABELS)
    + ")",
    re.IGNORECASE,
)
_SHAPES = {
    name: re.compile(rf"(?<![A-Za-z0-9])(?:{shape})(?![A-Za-z0-9])") for name, _, shape in _LABELS
}
#: What a text about a person can say of the person; other numbers in it are a company's or ship's.
_OF_PERSONS = frozenset({"passportNumber", "idNumber", "taxNumber", "innCode"})
#: The digits of a person's INN; a company's has ten.
_INN_OF_PERSON = 12
#: The start of further words about a document, after its number.
_FURTHER = re.compile(
    r"\b(?:issued|expire[sd]?|expiration|dated?|valid|born|listed)\b", re.IGNORECASE
)
#: Fewer digits are years, paragraphs and parts of other numbers.
_FEWEST_DIGITS = 5
#: So many digits in sequence, with what may stand between those of a number. Nearly nine texts in
#: ten have none, and are spared the search for labels, which takes many times as long.
_DIGITS = re.compile(rf"(?:\d[A-Z/.-]*){{{_FEWEST_DIGITS}}}")
#: Characters after a label in which its number begins.
_REACH = 80


@lru_cache(maxsize=64)
def labelled_numbers(text: str) -> tuple[tuple[str, str], ...]:
    """Return every ``(property, number)`` that follows its label in a text.

    The rows of one party repeat their prose, so the last results are cached.
    """
    text = " ".join(text.split())
    return tuple(_labelled(text)) if _may_be_labelled(text) else ()


@lru_cache(maxsize=64)
def wallet_addresses(text: str) -> tuple[str, ...]:
    """Return the wallet addresses in a text, as printed, each once."""
    return tuple({address: _as_printed(address, text) for address in wallets(text)}.values())


def _as_printed(address: str, text: str) -> str:
    prefix = "0x" if address.startswith("0x") else ""
    bare = re.escape(address.removeprefix(prefix))
    found = re.search(bare, text, re.IGNORECASE | re.ASCII)
    return prefix + found[0] if found else address


def add_numbers(draft: Draft, text: str) -> None:
    """Add the labelled numbers and the wallets in a text about a party to its draft."""
    for name, number in labelled_numbers(text):
        if draft.schema != "Person" or _is_of_person(name, number):
            draft.add(name, number)
    draft.add("cryptoAddress", *wallet_addresses(text))


def _is_of_person(name: str, number: str) -> bool:
    return name in _OF_PERSONS and (name != "innCode" or len(number) == _INN_OF_PERSON)


def _may_be_labelled(text: str) -> bool:
    """Return whether a text has digits for a number, or the word before a code without any."""
    if _DIGITS.search(text):
        return True
    upper = text.upper().replace("İ", "I")  # a search in any case takes them for one
    return "SWIFT" in upper or "BIC" in upper


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    labels = list(_LABEL.finditer(text))
    ends = [*(label.start() for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=False):
        name = str(label.lastgroup)
        passage = text[label.end() : end]
        for item in split_enumerated(passage.lstrip(" .:-")):
            if number := _first_number(name, _FURTHER.split(item[:_REACH])[0]):
                yield name, number


def _first_number(name: str, passage: str) -> str:
    numbers = (match[0].strip(" .-/") for match in _SHAPES[name].finditer(passage))
    fewest = 0 if name == "swiftBic" else _FEWEST_DIGITS
    return next((number for number in numbers if sum(map(str.isdigit, number)) >= fewest), "")
