"""Find the value that does not fit a type, and say in plain words why.

``msgspec`` decides whether a value fits; what it prints is for people, and changes with its
releases. So the place and the reason are found here, by trying the parts of the value one by one.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from limen.util.suggest import closest, did_you_mean

Path = tuple[str | int, ...]

_WORDS = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a day of the shape 2022-02-21",
}
_SIGNS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<="}


@dataclass(frozen=True, slots=True)
class Misfit:
    """The innermost value that does not fit: its place, what is wrong, what to do."""

    path: Path
    what: str
    hint: str = ""


def explain_misfit(
    value: Any,
    kind: Any,
    error: msgspec.ValidationError,
    path: Path = (),
    *,
    strict: bool = False,
) -> Misfit:
    """Return the first value inside ``value`` that does not fit ``kind``, or ``value`` itself.

    ``error`` is what ``msgspec.convert(value, kind, strict=strict)`` raised.
    """
    inside = _inside(value, kind, path, strict=strict)
    return inside or Misfit(path, _reason(error, value, kind), _nearest(value, kind))


def _inside(value: Any, kind: Any, path: Path, *, strict: bool) -> Misfit | None:
    """Return what does not fit inside a collection; ``None`` when only the whole does not."""
    for plain in _plain_kinds(kind):
        if misfit := _wrong_keys(value, plain, path):
            return misfit
        for part, of, step in _parts(value, plain):
            try:
                msgspec.convert(part, of, strict=strict)
            except msgspec.ValidationError as error:
                return explain_misfit(part, of, error, (*path, step), strict=strict)
    return None


def _wrong_keys(value: Any, struct: Any, path: Path) -> Misfit | None:
    if not isinstance(value, dict) or not _is_struct(struct):
        return None
    fields = msgspec.structs.fields(struct)
    known = [field.encode_name for field in fields]
    if struct.__struct_config__.forbid_unknown_fields:
        for key in value:
            if key not in known:
                return Misfit((*path, key), f"unknown key {key!r}", did_you_mean(key, known))
    for field in fields:
        if field.required and field.encode_name not in value:
            return Misfit(path, f"{field.encode_name} is missing")
    return None


def _parts(value: Any, kind: Any) -> Iterator[tuple[Any, Any, str | int]]:
    """Yield the parts of a value, the type of each, and the step to it."""
    if isinstance(value, dict) and _is_struct(kind):
        for field in msgspec.structs.fields(kind):
            if field.encode_name in value:
                yield value[field.encode_name], field.type, field.encode_name
    elif isinstance(value, dict) and get_origin(kind) in _MAPPINGS:
        for key, part in value.items():
            yield part, get_args(kind)[1], key
    elif isinstance(value, list) and get_origin(kind) in _SEQUENCES:
        for index, part in enumerate(value):
            yield part, get_args(kind)[0], index


_MAPPINGS = (dict,)
_SEQUENCES = (list, tuple, set, frozenset)


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _plain_kinds(kind: Any) -> list[Any]:
    """Return the types that a value may have, without annotations."""
    origin = get_origin(kind)
    if origin is Annotated:
        return _plain_kinds(get_args(kind)[0])
    if origin in (Union, types.UnionType):
        return [plain for one in get_args(kind) for plain in _plain_kinds(one)]
    return [kind]


def _reason(error: Exception, value: Any, kind: Any) -> str:
    """Return what a check of the type itself raised, or else what was expected."""
    if isinstance(error.__cause__, ValueError):
        return str(error.__cause__)
    expected = " or ".join(dict.fromkeys(_words(one) for one in _plain_kinds(kind)))
    bounds = " and ".join(_bounds(kind))
    return f"expected {expected}{f' {bounds}' if bounds else ''}, {_found(value)}"


def _nearest(value: Any, kind: Any) -> str:
    """Return the word that was probably meant, of those that a value may be."""
    words = [
        str(word)
        for one in _plain_kinds(kind)
        if get_origin(one) is Literal
        for word in get_args(one)
    ]
    near = closest(value, words) if isinstance(value, str) and words else None
    return f"did you mean {near}?" if near else ""


def _words(kind: Any) -> str:
    origin = get_origin(kind)
    if origin is Literal:
        return ", ".join(map(str, get_args(kind)))
    if _is_struct(kind) or origin in _MAPPINGS:
        return "keys and values"
    if origin in _SEQUENCES:
        return "a list"
    return _WORDS.get(
        kind, "nothing" if kind is type(None) else getattr(kind, "__name__", str(kind))
    )


def _bounds(kind: Any) -> Iterator[str]:
    if get_origin(kind) in (Union, types.UnionType):
        for one in get_args(kind):
            yield from _bounds(one)
    for meta in get_args(kind)[1:] if get_origin(kind) is Annotated else ():
        for name, sign in _SIGNS.items():
            if (bound := getattr(meta, name, None)) is not None:
                yield f"{sign} {bound}"
        if getattr(meta, "pattern", None):
            yield f"of the shape {meta.pattern}"


def _found(value: Any) -> str:
    if isinstance(value, str):
        return f"found {value!r}"
    if isinstance(value, int | float):
        return f"found {msgspec.json.encode(value).decode()}"
    if value is None:
        return "got nothing"
    return "got a list" if isinstance(value, list) else "got keys and values"
