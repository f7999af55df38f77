"""Read plain assumptions: a party listed, a territory added to a measure, a licence ended."""

from __future__ import annotations

from limen.law.law import Law
from limen.law.suppose.supposed import Supposed
from limen.model import InputError
from limen.util.suggest import did_you_mean

SHAPES = "party=NAME@US, territory=ua-ngc-kherson@us-eo-14065 or licence-ends=RUSSIA-EO14024/8"


def assumed(law: Law, kind: str, rest: str) -> Supposed:
    """Return a listing or a territory that is assumed.

    Raises:
        InputError: another shape, or an authority, territory or measure that there is not.
    """
    target, separator, source = rest.rpartition("@")
    if kind not in ("party", "territory") or not separator or not target or not source:
        raise InputError(f"{kind}={rest} cannot be supposed", where="assume", hint=SHAPES)
    return _party(law, target, source) if kind == "party" else _territory(law, target, source)


def _party(law: Law, name: str, authority: str) -> Supposed:
    code = authority.upper()
    if code not in law.authorities:
        raise InputError(
            f"unknown authority {authority!r}",
            where="assume",
            hint=did_you_mean(code, law.authorities),
        )
    return Supposed(
        measure="assumed",
        authority=code,
        instrument="assumed listing",
        prohibits=("asset_freeze",),
        parties=(name,),
    )


def _territory(law: Law, territory: str, name: str) -> Supposed:
    if territory not in law.territories:
        raise InputError(
            f"unknown territory {territory!r}",
            where="assume",
            hint=did_you_mean(territory, law.territories),
        )
    measure = law.measure(name)
    words = dict.fromkeys(
        word for each in measure.provisions if each.targets.territories for word in each.prohibits
    )
    return Supposed(
        measure=measure.id,
        authority=measure.authority,
        instrument=measure.instrument,
        prohibits=tuple(words),
        territories=(territory,),
    )


def ended_licence(law: Law, key: str) -> str:
    """Return the key of a licence that is assumed to end.

    Raises:
        InputError: there is none of that key.
    """
    if key not in law.licences:
        raise InputError(
            f"no licence is called {key!r}", where="assume", hint=did_you_mean(key, law.licences)
        )
    return key
