"""Numbers as people, exports and forms write them: prefixes, floats, other digits, other fields."""

from __future__ import annotations

import random
from collections.abc import Iterator

_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
_LABELS = {
    "imoNumber": ("IMO {}", "IMO No. {}", "Flag 12, IMO {}", "IMO: {} (ex)", "imo-{}", "No. {}"),
    "mmsi": ("MMSI {}", "MMSI: {}", "{} (MMSI)"),
    "leiCode": ("LEI:{}", "LEI {}", "lei {}"),
    "swiftBic": ("SWIFT:{}", "SWIFT/BIC {}", "BIC: {}", "{}XXX"),
    "cryptoAddress": (
        "XBT {}",
        "bitcoin:{}",
        "ETH {}",
        "{} (wallet)",
        "Digital Currency Address - XBT {}",
    ),
    "passportNumber": ("Passport {}", "No. {}", "No {}", "PP {}", "{} (Russia)", "passport no. {}"),
    "email": ("mailto:{}", "E-mail: {}", "<{}>"),
    "phone": ("Tel. {}", "+{}", "tel:{}"),
    "website": ("https://{}/", "http://www.{}", "{}/en/index.html", "Website: {}"),
    "registrationNumber": ("Reg. No. {}", "No. {}", "Tail number {}"),
    "callSign": ("Call sign {}", "C/S {}"),
}
#: What reports and contracts write before a number.
_SPOKEN = {
    "imoNumber": "IMO", "mmsi": "MMSI", "leiCode": "LEI", "swiftBic": "SWIFT", "innCode": "INN",
    "ogrnCode": "OGRN", "passportNumber": "passport no.", "idNumber": "identity card no.",
    "taxNumber": "tax number", "registrationNumber": "registration number",
    "cryptoAddress": "the wallet", "email": "e-mail", "phone": "tel.", "website": "the website",
    "callSign": "call sign", "icaoCode": "transponder code",
}  # fmt: skip
#: Numbers that name a party by themselves, with no name beside them.
ALONE = (
    "imoNumber", "mmsi", "leiCode", "swiftBic", "innCode", "ogrnCode", "passportNumber",
    "idNumber", "taxNumber", "registrationNumber", "cryptoAddress", "email", "phone", "website",
    "callSign", "icaoCode",
)  # fmt: skip


def spoken(prop: str, written: str) -> str:
    """Return a number as a sentence names it: ``passport no. 4509 123456``."""
    return f"{_SPOKEN[prop]} {written}"


def variants(prop: str, value: str, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, property, written) for one number.

    Args:
        prop: the FollowTheMoney property it is listed under.
        value: as listed.
        chance: where the draws come from.
    """
    yield "number as listed", prop, value
    if labels := _LABELS.get(prop):
        bare = value.removeprefix("https://").removeprefix("http://").removeprefix("www.")
        bare = bare.strip("/").removeprefix("+") if prop in ("website", "phone") else value
        yield f"{prop} with words", prop, chance.choice(labels).format(bare)
    if value.isdecimal():
        yield "number as float", prop, f"{value}.0"
        yield "full-width digits", prop, value.translate(_FULL)
        yield "Arabic digits", prop, value.translate(_ARABIC)
        yield "number with hyphens", prop, "-".join(value)
    yield "number with blanks", prop, " ".join(value)
    yield "number with thin blanks", prop, "\u2009".join(value)
    yield "number with blanks behind a word", prop, f"{spoken(prop, '')}{' '.join(value)}"
    yield "number with an invisible character", prop, value[:2] + "\u200b" + value[2:]
    if prop == "cryptoAddress":
        if value.lower().startswith("0x"):
            yield "wallet without 0x", prop, value[2:]
        yield "wallet in idNumber", "idNumber", value
    if prop == "passportNumber":
        yield "two passports in a cell", prop, f"{value}; 999999999"
        yield "passport in idNumber", "idNumber", value
