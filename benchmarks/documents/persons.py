"""Listed people in a sentence: how many does a document find, of those that a screening finds?

The people are drawn by the hash of their record, so that the draw is the same on every machine
and no list of names is stored here. Each is written as a newspaper would: first names first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256

from limen.snapshot.format import NAME_KINDS, SCHEMAS

SENTENCE = "The minister met {} in Geneva on Tuesday."
LIST = "us_ofac_sdn"
PRIMARY = NAME_KINDS.index("name")


def people(engine, as_of: str, count: int) -> list[tuple[str, str]]:
    """Return the party ids and names of ``count`` people on OFAC's list on a day."""
    snapshot, listed = engine.snapshot, engine.scope(as_of, None, (), [LIST], ()).parties
    kinds = snapshot.names["kind"].tolist()
    named: dict[int, str] = {}
    for row, party in enumerate(snapshot.names["party"].tolist()):
        text = snapshot.name_texts[row]
        if kinds[row] == PRIMARY and listed[party] and text.count(",") == 1:
            named.setdefault(party, text)
    schemas = snapshot.parties["schema"]
    ids = {
        engine.party_id(party): written(text)
        for party, text in named.items()
        if SCHEMAS[int(schemas[party])] == "Person"
    }
    return sorted(ids.items(), key=lambda entry: sha256(entry[0].encode()).digest())[:count]


def written(listed: str) -> str:
    """Return ``Salem OULD BREIHMATT`` for ``OULD BREIHMATT, Salem``, in capitals and small."""
    surname, _, first = listed.partition(",")
    words = " ".join(
        "-".join(_capitalised(part) for part in word.split("-")) for word in surname.split()
    )
    return f"{first.strip()} {words}"


def _capitalised(word: str) -> str:
    at = next((at for at, char in enumerate(word) if char.isalpha()), 0)
    return word[: at + 1].upper() + word[at + 1 :].lower()


def one_letter_dropped(name: str) -> str:
    """Return a name without one letter inside its longest word, which its hash chooses."""
    words = name.split()
    longest = max(range(len(words)), key=lambda at: len(words[at]))
    word = words[longest]
    inside = [at for at in range(1, len(word)) if word[at - 1].isalpha() and word[at].isalpha()]
    at = inside[sha256(name.encode()).digest()[0] % len(inside)]
    words[longest] = word[:at] + word[at + 1 :]
    return " ".join(words)


def first_and_last(name: str) -> str:
    """Return the first and the last word of a name."""
    words = name.split()
    return f"{words[0]} {words[-1]}"


WAYS: dict[str, Callable[[str], str]] = {
    "as listed": str,
    "one letter dropped": one_letter_dropped,
    "first and last word": first_and_last,
}


def missed(engine, drawn: list[tuple[str, str]], as_of: str, way: str) -> Iterator[str]:
    """Yield the names, written in one of the ways, whose party a document does not find."""
    for party, name in drawn:
        changed = WAYS[way](name)
        answer = engine.screen_document(SENTENCE.format(changed), as_of)
        if party not in {finding.id for finding in answer.findings}:
            yield changed


def screened(engine, party: str, name: str, as_of: str, way: str) -> bool:
    """Return whether a screening finds a party by its name, written in one of the ways."""
    query = {"schema": "Person", "properties": {"name": [WAYS[way](name)]}}
    return party in {finding.id for finding in engine.screen(query, as_of=as_of).findings}
