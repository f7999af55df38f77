"""Decide whether a consequence is denied: ``would not itself be a new step``.

A consequence that is itself a refusal or an end (``it does not move forward``, ``no bank is
safe``, ``there is no deal``) is brought by its condition, and not denied.
"""

from __future__ import annotations

import re

_BETWEEN = (
    r"(?:(?:in |by )?(?:itself|themselves)\s+|on (?:its|their) own\s+|(?:alone|also|ever|"
    r"necessarily|automatically|yet|then|now|therefore|immediately|really|itself|of itself|"
    r"likely|likely to|have to|need to|seek to|want to|going to|be going to|intend to|at once|"
    r"[a-z]+ly)\s+)*"
)
#: What a condition brings or is taken for; denied, the condition does not bring it.
_BROUGHT = (
    r"(?:be|been|constitut\w*|trigger\w*|mean\w*|count\w*|amount\w*|result\w*|lead\w*|bring\w*|"
    r"prompt\w*|provok\w*|appl(?:y|ies|ied)|respond\w*|react\w*|retaliat\w*|impos\w*|sanction\w*|"
    r"act(?:s|ed)?|cross\w*|chang\w*|affect\w*|requir\w*|prohibit\w*|prevent\w*|violat\w*|"
    r"breach\w*|qualif\w*|caus\w*|invit\w*|represent\w*|draw\w*|activat\w*|set off|expect\w*|"
    r"extend\w*|includ\w*|cover\w*|preclud\w*|need\w*|follow\w*|happen\w*|deserv\w*|merit\w*|"
    r"justif\w*|warrant\w*|incur\w*|attract\w*|entail\w*|fall within|alter\w*|rise to|lose|"
    r"oblig\w*|see|regard|treat|consider|view|call|take|make (?:a|any) difference)\b"
)
#: ``is not an act of war``, ``would not be seen as``: what something is taken for.
_TAKEN_FOR = (
    r"(?:(?:is|are|was|were)(?:\s+not|n['’]t)|(?:not|never|n['’]t)\s+" + _BETWEEN + r"be)\s+"
    + _BETWEEN +
    r"(?:an?\s|the\s|itself\b|enough|sufficient|necessary|needed|required|prohibited|blocked|"
    r"subject|met\s|considered|treated|seen|viewed|deemed|regarded|counted|covered|affected|"
    r"liable|in breach|any\s)"
)  # fmt: skip
_NOT_BROUGHT = (
    r"(?:\b(?:not|never|cannot|neither|nor)|n['’]t)\s+" + _BETWEEN + r"(?!be\b)" + _BROUGHT
)
_NOTHING = (
    r"\b[Nn]o\s+(?:new\s+|further\s+|additional\s+|other\s+|such\s+)?(?:licen[cs]e|need|"
    r"requirement|change|sanctions?|measures?|response|penalt\w+|consequences?|effect|obligation|"
    r"violation|breach|step|reaction|difference|action|liability|exercise|movement)\b"
)
_SUBJECT = r"^\s*(?:no|nothing|none|neither|nobody)\b"
_BE_BROUGHT = re.compile(
    rf"{_TAKEN_FOR}|{_NOT_BROUGHT}|{_NOTHING}|^\s*(?:that |then |so )?nothing\b", re.IGNORECASE
)
_NONE_SAFE = re.compile(
    r"\b(?:safe|off the table|exempt|immune|spared|beyond reach|untouched)\b", re.IGNORECASE
)
_ANY_NOT = re.compile(
    r"\b(?:not|never|no longer|cannot|nothing|neither|nor|no)\b|n['’]t\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,;]|\b(?:unless|because|but)\b")
#: ``transactions that are not authorised remain prohibited``.
_RELATIVE = re.compile(r"\b(?:that|which|who)\s+(?:is|are|was|were|has|have|do|does)\s+not\b")
#: With these the condition keeps the consequence away: what they deny, it brings.
_TURNING = frozenset(("unless", "until", "without", "absent", "barring", "short of", "but for"))


def denied(mark: str, consequence: str) -> bool:
    """Return whether a condition does not bring its consequence.

    Args:
        mark: the word that states the condition; ``unless`` and its like turn the answer round.
        consequence: its words.
    """
    head = _RELATIVE.sub("", _CLAUSE.split(consequence)[0])
    if head.lower() in ("not", "no"):
        return True
    if mark in _TURNING:
        return not _ANY_NOT.search(head)
    return _NONE_SAFE.search(head) is None and _BE_BROUGHT.search(head) is not None


def denied_noun(condition: str, consequence: str) -> bool:
    """Return the same where a noun is the condition: ``No exercise will trigger the package``."""
    return bool(re.match(_SUBJECT, condition, re.IGNORECASE)) or denied("", consequence[:70])
