"""The further names in what a payment writes as a name.

Banks put more than a name into its field: ``OR ORDER``, who it is in care of, both holders of an
account, the number of the account. The value as a whole is always compared as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from limen.mentions.finder import is_rare
from limen.names.reading.tables import tables

#: Words that part two names, or end one. They stand in capitals or not; each is a word of its own.
_BETWEEN = re.compile(
    r"(?<![^\W_])(?:and\s*/\s*or|or\s+order|c\s*/\s*o|care\s+of|t\s*/\s*a|trading\s+as|d\s*/?\s*b\s*/?\s*a"
    r"|doing\s+business\s+as|f\s*[/.]?\s*b\s*[/.]?\s*o|for\s+(?:the\s+)?benefit\s+of|on\s+behalf\s+of|o\s*/\s*b\s*(?:/?\s*o|of)?|obo"
    r"|f\s*/?\s*k\s*/?\s*a|formerly|a\s*/?\s*k\s*/?\s*a|also\s+known\s+as|attn|attention|re|ref|via|represented\s+by"
    r"|und\s*/\s*oder|et\s*/\s*ou|y\s*/\s*o|e\s*/\s*o|a\s*/\s*c|acc(?:oun)?t?(?:\s+no)?"
    r"|fao|b\s*/\s*o|ffc|ubo|in\s+trust\s+for|(?:trustee|nominee)s?\s+(?:of|for)|(?:for\s+)?(?:the\s+)?account\s+of|head\s+office"
    r"|(?:for\s+)?further\s+credit(?:\s+to)?|benef(?:iciary)?|bnf|i\s*/\s*f\s*/\s*o|in\s+favou?r\s+of|in\s+the\s+name\s+of"
    r"|estate\s+of|a\s+favor\s+de|por\s+(?:cuenta|orden)\s+de|en\s+faveur\s+de|pour\s+le\s+compte\s+de|im\s+auftrag(?:\s+von)?"
    r"|zugunsten(?:\s+von)?|per\s+conto\s+di)(?![^\W_])[.:]?",
    re.IGNORECASE,
)
#: Words and signs that part two names of several words each: a name alone is a part of one.
_JOINED = re.compile(
    r"(?<![^\W_])(?:or|and|und|oder|et|ou|y|e|og|i|ili|lub|nebo|sau|vagy|ve|veya|eller|pp)(?![^\W_])[.:]?|[&+,;()\[\]]|(?<=\w)/(?=\w{2})",
    re.IGNORECASE,
)
#: A branch behind a name, with its town: DUBAI BRANCH.
_BRANCH = re.compile(
    r"\s[^\W\d_]+\s(?:branch|filial|filiale|sucursal|succursale)(?![^\W_])", re.IGNORECASE
)
#: A sign between two words, before which a legal form may end a name: SARL - OTHER.
_SIGN = re.compile(r"(?<=[\w.)])(?:[,;*|]|\s[-/*|])\s*(?=[^\W\d_]{2})")
_WORD = re.compile(r"[^\s,;:/-]+")
#: A word of letters, of two at least, and how many need no rare one among them.
_LETTERS, _SEVERAL = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-])+"), 3
_EDGES = " \t,;:/-.&"
#: Letters of the shortest further name, and the most names read out of one value.
_SHORTEST, _MOST = 4, 6


def _has_words(name: str) -> bool:
    """Return whether a name has words that are no legal form: several, or two and a rare one."""
    forms = tables().legal_forms
    words = [word.strip(_EDGES) for word in name.casefold().split()]
    own = [word for word in words if _LETTERS.fullmatch(word) and word not in forms]
    return len(own) >= _SEVERAL or (len(own) > 1 and any(map(_is_rare, own)))


def _is_rare(word: str) -> bool:
    return any(map(is_rare, word.split("-")))


def further_names(name: str) -> Iterator[str]:
    """Yield the names inside a name, without the name itself."""
    seen = {name}
    between = [(part, _has_letters) for part in (*_BETWEEN.split(name)[:_MOST], name)]
    joined = [(part, _has_words) for part in _JOINED.split(name)[:_MOST]]
    branch = [(name[: found.start()], _is_own) for found in _BRANCH.finditer(name)]
    behind = [(part, _has_words) for part in _behind_forms(name)]
    behind += [(part, _is_one_word) for part, _ in behind]
    for part, is_name in (*between, *joined, *branch, *behind):
        plain = _without_numbers(part).strip(_EDGES)
        if plain not in seen and is_name(plain):
            seen.add(plain)
            yield plain


def _behind_forms(name: str) -> Iterator[str]:
    """Yield what a sign parts from a name that ends with its legal form."""
    signs = list(_SIGN.finditer(name))[:_MOST]
    for sign in signs:
        before = name[: sign.start()].casefold().split()
        if before and before[-1].strip(_EDGES).replace(".", "") in tables().legal_forms:
            yield name[sign.end() :]


def _has_letters(name: str) -> bool:
    return sum(map(str.isalpha, name)) >= _SHORTEST


def _is_one_word(name: str) -> bool:
    """Return whether a name is one rare word, besides legal forms."""
    forms = tables().legal_forms
    own = [word for word in name.casefold().split() if word.strip(_EDGES) not in forms]
    return len(own) == 1 and _is_rare(own[0].strip(_EDGES))


def _is_own(name: str) -> bool:
    """Return whether what is in front of a branch has two words, or a rare one."""
    return " " in name or _is_rare(name)


def _without_numbers(part: str) -> str:
    """Return a text without words with digits at its ends: an account, a reference, a postcode."""
    words = [word.span() for word in _WORD.finditer(part) if not _has_digit(word[0])]
    return part[words[0][0] : words[-1][1]] if words else ""


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))
