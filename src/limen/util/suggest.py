"""Suggest what was probably meant: the closest known word to a wrong one."""

from __future__ import annotations

from collections.abc import Iterable

#: Characters of a word that something known may be near to.
_LONGEST = 200
#: Words that are printed in full; of more the nearest are.
_MOST_WORDS, _NEAREST = 60, 5


def closest(wrong: str, known: Iterable[str]) -> str | None:
    """Return the known word nearest to a wrong one, case and separators aside, if any is near.

    ``birthdate`` -> ``birthDate``; ``us-ofac-sdn`` -> ``us_ofac_sdn``.
    """
    from difflib import get_close_matches

    if len(wrong) > _LONGEST:
        return None
    folded = {_fold(word): word for word in known}
    found = get_close_matches(_fold(wrong), folded, n=1, cutoff=0.75)
    return folded[found[0]] if found else None


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return how to fix a wrong word: the word that was meant, else all known or the nearest."""
    words = sorted(known)
    near = closest(wrong, words)
    if near:
        return f"did you mean {near}?"
    if len(words) > _MOST_WORDS:
        return _nearest_of(wrong, words)
    return f"one of {', '.join(words)}" if words else ""


def _nearest_of(wrong: str, words: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(wrong[:_LONGEST], words, n=_NEAREST, cutoff=0.0)
    return f"the nearest of {len(words)} are {', '.join(near)}"


def _fold(word: str) -> str:
    return word.casefold().replace("_", "").replace("-", "").replace(" ", "")
