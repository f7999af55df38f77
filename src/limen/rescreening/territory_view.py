"""Digest what a question sees of the law over territories, so that two views can be compared.

Where the digest is equal, so is what every address comes to: the same measures in force, the same
lines of control, the same gazetteer, read by the same authorities.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from xxhash import xxh3_128, xxh3_128_digest

from limen.engine import Engine
from limen.model import Instant
from limen.screening.coverage import Scope

_PLACES = "places."
#: What of the places is dated, and so compared as it is on the day.
_DATED = ("places.law.", "places.control.")


def territory_view(engine: Engine, scope: Scope) -> str:
    """Return the digest of what addresses are answered by under a question."""
    law = engine.whereabouts.law_if_any(scope)
    if law is None:
        return ""
    places, digest = engine.places, xxh3_128()
    instant = min(law.as_of, law.known_at, key=lambda each: each.last_second)
    until = Instant.parse(places.statutes.law.control.until)
    in_force = [
        (authority, places.statutes.in_force(authority, law.as_of, law.known_at))
        for authority in law.authorities
    ]
    claimed = [
        each.id
        for each in places.statutes.territories.values()
        if each.claimed_from and Instant.parse(each.claimed_from).seconds <= law.as_of.last_second
    ]
    beyond = instant.last_second > until.last_second
    digest.update(msgspec.json.encode((in_force, claimed, beyond, _undated(engine))))
    for day in (instant, law.as_of):
        digest.update(xxh3_128_digest(places.judge.states(day).tobytes()))
    return digest.hexdigest()


def _undated(engine: Engine) -> Sequence[str]:
    """Return the hashes of the files of the gazetteer."""
    files = engine.snapshot.manifest.files
    return [
        info.sha256
        for name, info in sorted(files.items())
        if name.startswith(_PLACES) and not name.startswith(_DATED)
    ]
