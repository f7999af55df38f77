"""Read the labels of transcripts, which name the speaker of a turn."""

from __future__ import annotations

import re

from limen.documents.speech.phrases import Phrase, read_phrase
from limen.documents.speech.speakers import Cast, Speaker
from limen.documents.text.sentences import words_in
from limen.documents.text.vocabulary import words


def labelled_speaker(label: str, cast: Cast) -> Speaker | None:
    """Return who a label names; ``None`` where it is a label of another kind."""
    cleaned = label.split("(", maxsplit=1)[0].strip().rstrip(".")
    parts = cleaned.replace(".", ". ").split()
    if not parts or parts[0].lower().rstrip(".:") in words().not_speakers or len(parts) > 7:
        return None
    shouted = cleaned.upper() == cleaned and len(cleaned) > 2
    if not shouted and not _titled(parts) and not _full_name(parts, cast):
        return None
    readable = " ".join(_readable(part) for part in parts)
    tokens = [word for word in words_in(readable, (0, len(readable)), 0) if word.is_word]
    if not tokens:
        return None
    if len(tokens) == 1 and tokens[0].low in words().call_roles:
        return Speaker(readable, readable, "anonymous")
    phrase = read_phrase(tokens, 0, len(tokens) - 1)
    if phrase is None:
        return None
    if phrase.sort == "unnamed" and parts[0].lower() == "the":
        phrase = Phrase(
            phrase.first, phrase.last, "unnamed", phrase.name, phrase.role, definite=True
        )
    return cast.labelled(phrase)


SALUTATION = re.compile(r"^\s*Dear (?P<whom>[A-Z][^,:\n]{2,60})[,:]?\s*$", re.MULTILINE)


def addressed(whom: str, cast: Cast) -> Speaker | None:
    """Return whom a letter calls "you": ``Dear Commissioner,``."""
    tokens = [word for word in words_in(whom, (0, len(whom)), 0) if word.is_word]
    phrase = read_phrase(tokens, 0, len(tokens) - 1) if tokens else None
    return cast.resolve(phrase) if phrase else None


def _readable(part: str) -> str:
    """Return ``PSAKI`` as ``Psaki``; ``MCKENZIE`` stays readable; ``of`` stays small."""
    return part if not part.isupper() or len(part) < 3 else part.capitalize()


def _titled(parts: list[str]) -> bool:
    known = words()
    low = parts[0].lower().rstrip(".")
    return low in known.honorifics or low in known.person_heads or low in known.titles


def _full_name(parts: list[str], cast: Cast) -> bool:
    """Return whether a label in mixed case is a speaker: a known name, or used more than once."""
    name = " ".join(parts)
    first = parts[0].lower()
    known = words()
    if len(parts) > 1 and (first in known.female or first in known.male):
        return True
    return cast.introductions.lines_of(name) > 1
