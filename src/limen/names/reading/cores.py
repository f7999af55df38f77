"""Find the name in a string that has more in it: ``M/V``, ``1/``, ``REF 4412``, a date, a street.

Forms and payments write prefixes before a name, and numbers, dates, references and addresses
behind it. Each core is a part of the string that may be all of its name; the string itself is
always compared as well, so that a core can only add a match. ``limen-2`` reads names so.
"""

from __future__ import annotations

import re

from limen.util.lazy_patterns import lazy

#: What is written before a name: the lines and codes of payments, references, kinds of ships.
_BEFORE = lazy(
    r"""\s{0,9}(?:
        \d{1,2}/                                    # 1/IVANOV IVAN: field 50F
      | \(?\d{1,2}[.)]\s                            # (2) or 2.
      | /[A-Za-z]{2,8}/                             # /INS/
      | /(?=\S*\d)\S+\s                             # /RU123456: an account
      | (?:ref|inv|a/c|acc|acct|id|no)[.:]?\s{0,9}(?=\S*\d)\S+\s
    )\s{0,9}""",
    re.IGNORECASE | re.VERBOSE,
)
#: What is written before a ship's name.
_SHIP = lazy(
    r"\s{0,9}(?:m[./]?\s?[vtys]\.?|mr\.?|s[./]?s\.?|f[./]v|mfv|tug|vsl|vessel|ship|tanker)"
    r"[.:]?\s{1,9}",
    re.IGNORECASE,
)
#: What begins something else than a name behind it.
_BEHIND = lazy(
    r"""[\s,;(]{1,9}(?:
        \d{1,2}/                                    # 2/UL MOLODEZHNAYA
      | (?:imo|dob|d\.o\.b|born|pob|passport|pass|ppt|pp|ref|inn|ogrn|kpp|tax|reg|nat|nationality
          |acc|acct|a/c|iban|swift|bic|tel|phone|fax|e-?mail|address|addr|c/o|mmsi|id|invoice)
        \b[\s.:#(]{0,9}(?:no\b|number\b|nr\b)?.*
      | \d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b           # a date
      | (?<!unit\ )(?<!no\ )(?<!no\.\ )(?<!plant\ )(?<!factory\ )\d{5,}   # a postcode, an account
      | \d{1,6}(?:/\d{1,6})?\s{1,9}[^\W\d]+\s{1,9}[^\W\d]+        # 16 NAMETKINA STR
    ).*""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
#: A word that is part of an address; the word before it names the street.
_STREET = lazy(
    r"[\s,]{1,9}(?:\S{1,40}\s{1,9}(?:str|street|st|road|rd|ave|avenue|lane|emb|blvd|prospekt|pr-t)\b"
    r"|(?:ul|ulitsa|rue|calle|via|po box|p\.o\. box|flat|office|floor|bldg|building)\b).*",
    re.IGNORECASE | re.DOTALL,
)
_EDGES = " ,;:/|-(["
#: A core of fewer letters is no name: ships are called SIG and UZE.
_LEAST_LETTERS = 2
#: Longer strings are texts, not names with something around them.
_MOST = 200


def cores(raw: str, *, ship: bool) -> tuple[str, ...]:
    """Return the parts of a string that may be all of its name, the longest first."""
    if len(raw) > _MOST:
        return ()
    begin = 0
    for before in (_BEFORE, _SHIP) if ship else (_BEFORE,):
        while (match := before.match(raw, begin)) and match.end() > begin:
            begin = match.end()
    found: dict[str, None] = {}
    end = len(raw)
    for behind in (_BEHIND, _STREET):
        cut = behind.search(raw, begin, end)
        end = cut.start() if cut else end
        core = raw[begin:end].strip(_EDGES)
        if core != raw and sum(map(str.isalpha, core)) >= _LEAST_LETTERS:
            found[core] = None
    return tuple(found)


#: Where capitals begin behind small letters, or small letters behind capitals: ``SiemensAG``,
#: ``PARSAEIReza``. One capital alone begins no word: ``SimCorp`` and ``McKesson`` are one.
_LOWER, _UPPER = "a-zà-öø-ÿа-яё", "A-ZÀ-ÖØ-ÞА-ЯЁ"
_PARTS = lazy(
    rf"(?<=[{_LOWER}][{_LOWER}])(?=[{_UPPER}]{{2}})|(?<=[{_UPPER}]{{3}})(?=[{_UPPER}][{_LOWER}]{{2}})"
)


def parted(raw: str) -> tuple[str, ...]:
    """Return a string with blanks where its capitals show that they were lost, if they do."""
    if raw.isupper() or raw.islower() or len(raw) > _MOST:
        return ()
    apart = _PARTS.sub(" ", raw)
    return () if apart == raw else (apart,)


#: Two letters or more with dots between them.
_DOTTED = lazy(r"\b[^\W\d_](?:\.[^\W\d_])+\b\.?")


def undotted(raw: str) -> tuple[str, ...]:
    """Return a string with its dotted letters as one word, if it has any: ``A.B.C.``, ``ABC``."""
    if len(raw) > _MOST or "." not in raw:
        return ()
    joined = _DOTTED.sub(_letters, raw)
    return () if joined == raw else (joined,)


def _letters(match: re.Match[str]) -> str:
    return match[0].replace(".", "")
