"""Judge whether the values of a column bear out what its heading means.

A heading that is believed against its values hides parties: ``flag`` over yes and no makes ships
of persons, ``id`` over names leaves them out. Values that say nothing (none, placeholders) speak
against nothing. Numbers and countries that are wrong one by one are no matter of the column: the
answer reports each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from limen.batch.columns.headings import DATES, ID, NAME_PARTS, SCHEMA
from limen.batch.columns.kinds import knows_kind
from limen.batch.columns.values import (
    has_digit,
    is_call_sign,
    is_code,
    is_gender,
    is_name,
    name_likeness,
    share,
)
from limen.model.countries import country_code
from limen.model.identifier_text import is_placeholder
from limen.model.identifiers import SCHEMES, canonical
from limen.model.schemata import NAME_PROPERTIES

#: From this share on a column of unknown meaning looks like names.
LEAST_NAME_LIKENESS = 0.5
#: Of the values that say something, the share that has to fit: files have gaps and errors.
_LEAST = 0.5
#: Words of four or five letters have the shape of call signs too, so that nearly all must fit.
_LEAST_CALL_SIGNS = 0.9

_NUMBERS = ("imoNumber", "mmsi")


def speaks_against(target: str, values: Sequence[str]) -> str:
    """Return why the values are not what a heading means; empty where they may be."""
    values = [value for value in values if not is_placeholder(value)]
    if not values:
        return ""
    if target == SCHEMA:
        return "" if share(values, knows_kind) >= _LEAST else "its values are no kinds of party"
    if target == ID:
        return "its values look like names" if _are_names(values) else ""
    if target in NAME_PROPERTIES or target in NAME_PARTS:
        return "its values are codes, not names" if share(values, is_code) > _LEAST else ""
    fits, what = _test(target)
    least = _LEAST_CALL_SIGNS if target == "callSign" else _LEAST
    return f"its values are no {what}" if fits and share(values, fits) < least else ""


def _are_names(values: Sequence[str]) -> bool:
    return name_likeness(values) >= LEAST_NAME_LIKENESS


def _test(target: str) -> tuple[Callable[[str], object] | None, str]:
    """Return what the values of a property must pass, and what they are called."""
    if target in _NUMBERS:
        scheme = SCHEMES[target]
        return lambda text: _passes(target, text), f"{scheme.name.upper()} numbers"
    if target == "callSign":
        return is_call_sign, "call signs"
    if target == "gender":
        return is_gender, "genders"
    if target == "flag":
        return country_code, "countries"
    if target in DATES:
        return has_digit, "dates"
    if target in SCHEMES:
        return lambda text: not is_name(text), "numbers"
    return None, ""


def _passes(target: str, text: str) -> bool:
    valid = SCHEMES[target].valid
    return valid is None or valid(canonical(target, text))
