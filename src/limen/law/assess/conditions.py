"""Conditions in three values: true, false, and unknown, which names the fact that would decide.

A condition is written in YAML, close to a lawyer's wording::

    when: {actor: russian_forces, crossed_border: true, assembled: true}
    when: {any: [{scale: [large, full]}, {not: {overt: true}}]}
    when: {all: [{actor: russian_forces}, {undefined: no boundary of "further" was given}]}

A mapping holds where all its keys hold. A key is a fact of the vocabulary (``facts.yml``), or
one of ``all``, ``any``, ``not``, ``undefined``; a list of values is "one of"; ``at_least`` and
``at_most`` compare numbers. There is nothing else, and nothing is executed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from limen.model.errors import LimenError
from limen.util.suggest import did_you_mean

Value = bool | float | str
#: A fact's value: one, or several at once (an event may touch two territories).
Given = Value | tuple[Value, ...]
Path = tuple[str | int, ...]
Refuse = Callable[[str, Path, str], LimenError]


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fact that an event may have: its question, and the possible answers.

    ``is_`` is ``"choice"`` (of ``values``), ``"yes_no"``, ``"number"``, ``"date"`` or ``"text"``.
    """

    asks: str
    is_: Literal["choice", "yes_no", "number", "text"] = msgspec.field(name="is")
    values: tuple[str, ...] = ()


Vocabulary = Mapping[str, Fact]


class Truth(msgspec.Struct, frozen=True):
    """The value of a condition on given facts.

    Attributes:
        value: true, false, or ``None`` for unknown.
        why: the parts that decided, in words.
        missing: the facts that would decide, where it is unknown.
    """

    value: bool | None
    why: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class Is(msgspec.Struct, frozen=True):
    """The condition that a fact has one of some values."""

    fact: str
    values: tuple[Value, ...]


class Compare(msgspec.Struct, frozen=True):
    """The condition that a number reaches a bound (``at_least``) or stays within (``at_most``)."""

    fact: str
    how: Literal["at_least", "at_most"]
    bound: float


class Undefined(msgspec.Struct, frozen=True):
    """A point that the speaker left open: unknown, whatever the facts."""

    why: str


class Not(msgspec.Struct, frozen=True):
    """The opposite of a condition."""

    of: Condition


class All(msgspec.Struct, frozen=True):
    """The condition that every part holds; true without parts."""

    parts: tuple[Condition, ...]


class AnyOf(msgspec.Struct, frozen=True):
    """The condition that at least one part holds."""

    parts: tuple[Condition, ...]


Condition = Is | Compare | Undefined | Not | All | AnyOf


def evaluate(condition: Condition, facts: Mapping[str, Given]) -> Truth:
    """Evaluate a condition on the facts given, in Kleene's strong logic of three values."""
    match condition:
        case All(parts):
            return _joined([evaluate(part, facts) for part in parts], decides=False)
        case AnyOf(parts):
            return _joined([evaluate(part, facts) for part in parts], decides=True)
        case Not(of):
            inner = evaluate(of, facts)
            return Truth(None if inner.value is None else not inner.value, inner.why, inner.missing)
        case Undefined(why):
            return Truth(None, (why,), ("undefined",))
    name = _words(condition.fact)
    given = facts.get(condition.fact)
    if given is None:
        return Truth(None, (f"{name} is not known",), (condition.fact,))
    actual = _one_of(_several(given), " and ")
    if any(_holds(condition, each) for each in _several(given)):
        return Truth(value=True, why=(f"{name} is {actual}",))
    return Truth(value=False, why=(f"{name} is {actual}, not {_required(condition)}",))


def _holds(condition: Is | Compare, given: Value) -> bool:
    if isinstance(condition, Is):
        return given in condition.values
    if condition.how == "at_least":
        return float(given) >= condition.bound
    return float(given) <= condition.bound


def _several(given: Given) -> tuple[Value, ...]:
    return given if isinstance(given, tuple) else (given,)


def _required(condition: Is | Compare) -> str:
    if isinstance(condition, Is):
        return _one_of(condition.values)
    return f"{condition.how.replace('_', ' ')} {condition.bound:g}"


def _joined(parts: Sequence[Truth], *, decides: bool) -> Truth:
    """Join the parts of an "all" (decided by a false one) or an "any" (decided by a true one)."""
    for value in (decides, None, not decides):
        chosen = [part for part in parts if part.value is value]
        if chosen:
            why = tuple(dict.fromkeys(each for part in chosen for each in part.why))
            missing = tuple(dict.fromkeys(each for part in chosen for each in part.missing))
            return Truth(value, why, missing)
    return Truth(not decides)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _one_of(values: Sequence[Value], joint: str = " or ") -> str:
    return joint.join(_printed(value) for value in values)


def _printed(value: Value) -> str:
    if isinstance(value, bool):
        return "so" if value else "not so"
    return f"{value:g}" if isinstance(value, float) else _words(value)


def value_of(condition: Condition, facts: Mapping[str, Given]) -> bool | None:
    """Return the value of :func:`evaluate` alone, without its reasons."""
    match condition:
        case All(parts):
            return _joint((value_of(part, facts) for part in parts), decides=False)
        case AnyOf(parts):
            return _joint((value_of(part, facts) for part in parts), decides=True)
        case Not(of):
            inner = value_of(of, facts)
            return None if inner is None else not inner
        case Undefined():
            return None
    given = facts.get(condition.fact)
    if given is None:
        return None
    return any(_holds(condition, each) for each in _several(given))


def _joint(parts: Iterable[bool | None], *, decides: bool) -> bool | None:
    """Join values as Kleene does: one that decides is enough, else an unknown leaves it open."""
    unknown = False
    for part in parts:
        if part is decides:
            return decides
        unknown = unknown or part is None
    return None if unknown else not decides


def leaves_of(condition: Condition) -> Iterator[Is | Compare]:
    """Yield the comparisons a condition is made of, in order."""
    match condition:
        case Is() | Compare():
            yield condition
        case Not(of):
            yield from leaves_of(of)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves_of(part)


def facts_of(condition: Condition) -> tuple[str, ...]:
    """Return the facts a condition depends on, in order, each once."""
    return tuple(dict.fromkeys(leaf.fact for leaf in leaves_of(condition)))


def parse(raw: Any, vocabulary: Vocabulary, refuse: Refuse, path: Path = ()) -> Condition:
    """Turn a decoded YAML condition into a typed one.

    Args:
        raw: the decoded YAML.
        vocabulary: the facts there are.
        refuse: builds the located error to raise, from what is wrong, where, and its hint.
        path: where ``raw`` is in its file.

    Raises:
        LimenError: built by ``refuse``: an unknown fact or value, or another shape.
    """
    if not isinstance(raw, Mapping) or not raw:
        raise refuse("a condition is a mapping of facts to values", path, "such as {scale: full}")
    parts = tuple(_part(key, value, vocabulary, refuse, (*path, key)) for key, value in raw.items())
    return parts[0] if len(parts) == 1 else All(parts)


def _part(key: str, raw: Any, vocabulary: Vocabulary, refuse: Refuse, path: Path) -> Condition:
    if key in ("all", "any"):
        if not isinstance(raw, Sequence) or isinstance(raw, str) or not raw:
            raise refuse(f"{key} needs a list of conditions", path, "")
        parts = (parse(each, vocabulary, refuse, (*path, at)) for at, each in enumerate(raw))
        return All(tuple(parts)) if key == "all" else AnyOf(tuple(parts))
    if key == "not":
        return Not(parse(raw, vocabulary, refuse, path))
    if key == "undefined":
        if not isinstance(raw, str):
            raise refuse("undefined needs the reason, in words", path, "")
        return Undefined(raw)
    fact = vocabulary.get(key)
    if fact is None:
        raise refuse(
            f"no event has a fact {key!r}", path, did_you_mean(key, tuple(vocabulary)) or _ADD
        )
    if isinstance(raw, Mapping):
        return _bound(key, fact, raw, refuse, path)
    return Is(key, values_of(fact, raw, refuse, path))


_ADD = "add it to src/limen/law/data/facts.yml with what it asks"


def _bound(key: str, fact: Fact, raw: Mapping[str, Any], refuse: Refuse, path: Path) -> Condition:
    how, bound = next(iter(raw.items()), ("", None))
    if len(raw) != 1 or how not in ("at_least", "at_most") or fact.is_ != "number":
        raise refuse("expected {at_least: n} or {at_most: n} of a number", path, "")
    (value,) = values_of(fact, bound, refuse, (*path, how))
    return Compare(key, "at_least" if how == "at_least" else "at_most", float(value))


def values_of(fact: Fact, raw: Any, refuse: Refuse, path: Path) -> tuple[Value, ...]:
    """Return the values written for a fact, one or a list, each of the fact's own kind.

    Raises:
        LimenError: a value the fact cannot have.
    """
    several = raw if isinstance(raw, list | tuple) else [raw]
    found = []
    for at, each in enumerate(several):
        value = _value(fact, each)
        if value is None:
            place = (*path, at) if several is raw else path
            raise refuse(
                f"{each!r} is not {_expected(fact)}", place, did_you_mean(str(each), fact.values)
            )
        found.append(value)
    return tuple(found)


def _value(fact: Fact, raw: Any) -> Value | None:
    if fact.is_ == "yes_no":
        return {"true": True, "false": False}.get(str(raw).lower())
    if fact.is_ == "number":
        try:
            return float(raw)
        except (TypeError, ValueError):
            return None
    text = str(raw) if raw is not None else None
    return text if fact.is_ == "text" or text in fact.values else None


def _expected(fact: Fact) -> str:
    if fact.is_ == "choice":
        return f"one of {', '.join(fact.values)}"
    return {"yes_no": "true or false", "number": "a number"}.get(fact.is_, "text")
