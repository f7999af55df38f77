"""Read a policy file: TOML, with every error at once, each with its line and key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import msgspec

from limen import names
from limen.model import DataError, LimenError
from limen.payment_screening.policy import Channel, Outcomes, Policy
from limen.payments.known_roles import known_roles
from limen.util.suggest import did_you_mean

Key = tuple[str, ...]

#: Keys of a channel -> what they have to be; ``name`` is the table's own.
_FIELDS: dict[str, Any] = {
    name: kind for name, kind in get_type_hints(Channel).items() if name not in ("name", "outcomes")
}
_FIELDS |= {
    "threshold": Annotated[float, msgspec.Meta(gt=0, le=1)],
    "seconds": Annotated[float, msgspec.Meta(gt=0)],
    "thresholds": dict[str, Annotated[float, msgspec.Meta(gt=0, le=1)]],
}
_OUTCOMES: dict[str, Any] = get_type_hints(Outcomes)
#: Words with which a policy would let pass what is not known; they are never outcomes.
_NEVER = ("cannot_say", "late", "unread", "timeout")
#: Errors that one message prints; a file that is no policy at all has one a line.
_MOST_ERRORS = 20


class PolicyError(DataError):
    """Represents a policy file with errors; nothing is screened with it."""


@dataclass(frozen=True, slots=True)
class _Fault:
    """Represents one error of a policy: its key, what is wrong, what to do."""

    key: Key
    what: str
    hint: str = ""


@cache
def shipped_policy() -> Policy:
    """Return the policy that is part of Limen."""
    data = (files("limen.payment_screening") / "data/policy.toml").read_bytes()
    return parse_policy(data, "policy.toml")


def policy_of(policy: Policy | str | Path | None) -> Policy:
    """Return a policy, that of a file, or the shipped one; see :func:`load_policy`."""
    if policy is None:
        return shipped_policy()
    return policy if isinstance(policy, Policy) else load_policy(Path(policy))


def load_policy(path: Path) -> Policy:
    """Read a policy file.

    Raises:
        PolicyError: it cannot be read, or has errors; the message has all of them.
    """
    try:
        return parse_policy(path.read_bytes(), path.name)
    except OSError as error:
        raise PolicyError(error.strerror or str(error), where=str(path)) from error


def parse_policy(data: bytes, name: str) -> Policy:
    """Read the bytes of a policy file; see :func:`load_policy`."""
    try:
        text = data.decode("utf-8")
        content = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyError(f"it is no TOML: {error}", where=name) from error
    faults = list(_faults(content))
    if faults:
        raise _refusal(name, text, faults)
    channels = {
        key: msgspec.convert({**table, "name": key}, Channel)
        for key, table in content["channels"].items()
    }
    return Policy(channels, content["default_channel"], sha256(data).hexdigest())


def _faults(content: Mapping[str, Any]) -> Iterator[_Fault]:
    known = ("default_channel", "channels")
    yield from (_unknown((key,), known) for key in content if key not in known)
    channels = content.get("channels")
    if not isinstance(channels, Mapping) or not channels:
        yield _Fault(("channels",), "there is no channel", "add a table [channels.default]")
        return
    default = content.get("default_channel")
    if default not in channels:
        hint = did_you_mean(str(default), channels)
        yield _Fault(("default_channel",), f"{default!r} is no channel of this file", hint)
    for name, table in channels.items():
        if isinstance(table, Mapping):
            yield from _of_channel(("channels", name), table)
        else:
            yield _Fault(("channels", name), "a channel is a table", f"write [channels.{name}]")


def _of_channel(key: Key, table: Mapping[str, Any]) -> Iterator[_Fault]:
    for name, value in table.items():
        if name == "outcomes":
            yield from _of_outcomes((*key, name), value)
        elif name not in _FIELDS:
            yield _unknown((*key, name), (*_FIELDS, "outcomes"))
        else:
            yield from _misfit((*key, name), value, _FIELDS[name])
    if "description" not in table:
        yield _Fault((*key, "description"), "it is missing", "say in one line what the channel is")
    if table.get("unverified") and not table.get("because"):
        what = "roles are not verified, and `because` does not say why"
        yield _Fault((*key, "unverified"), what, "name the rule; answers state it")
    matcher = table.get("matcher")
    if isinstance(matcher, str):
        yield from _of_matcher((*key, "matcher"), matcher)
    for name in ("roles", "unverified", "thresholds"):
        value = table.get(name)
        for role in value if isinstance(value, (list, Mapping)) else ():
            if isinstance(role, str) and role not in known_roles():
                yield _Fault(
                    (*key, name), f"{role!r} is no role", did_you_mean(role, known_roles())
                )


def _of_matcher(key: Key, name: str) -> Iterator[_Fault]:
    try:
        names.matcher_named(name)
    except LimenError as error:
        yield _Fault(key, error.what, error.hint)


def _of_outcomes(key: Key, table: Any) -> Iterator[_Fault]:
    if not isinstance(table, Mapping):
        yield _Fault(key, "it is no table", f"write [{'.'.join(key)}]")
        return
    for name, value in table.items():
        if name in _NEVER:
            what = "what is not known, read or answered in time is a hold, always"
            yield _Fault((*key, name), what, "remove the key")
        elif name not in _OUTCOMES:
            yield _unknown((*key, name), _OUTCOMES)
        else:
            yield from _misfit((*key, name), value, _OUTCOMES[name])


def _misfit(key: Key, value: Any, kind: Any) -> Iterator[_Fault]:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        yield _Fault(key, f"{value!r} does not fit: {str(error).replace('`', '')}")


def _unknown(key: Key, known: Any) -> _Fault:
    return _Fault(key, "it is no key of a policy", did_you_mean(key[-1], known))


def _refusal(name: str, text: str, faults: list[_Fault]) -> PolicyError:
    lines = _lines(text)
    worded = [
        f"line {_line(lines, fault.key)}, {'.'.join(fault.key)}: {fault.what}"
        + (f"; {fault.hint}" if fault.hint else "")
        for fault in faults
    ]
    if len(worded) > _MOST_ERRORS:
        worded[_MOST_ERRORS:] = [f"and {len(worded) - _MOST_ERRORS} more"]
    return PolicyError(
        "\n".join(worded) if len(worded) == 1 else "\n  ".join(["it has errors:", *worded]),
        where=name,
        why="a channel that is not what was meant would let payments pass",
    )


def _lines(text: str) -> dict[Key, int]:
    """Return the line of each table and key; of those in one line, that of the first."""
    found: dict[Key, int] = {}
    table: Key = ()
    for number, line in enumerate(text.splitlines(), start=1):
        content = line.strip()
        if content.startswith("["):
            table = _split(content.strip("[] \t").partition("]")[0])
            found.setdefault(table, number)
        elif "=" in content and not content.startswith("#"):
            found.setdefault((*table, *_split(content.partition("=")[0])), number)
    return found


def _split(dotted: str) -> Key:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _line(lines: Mapping[Key, int], key: Key) -> int:
    """Return the line of a key, or of the table that should have it."""
    while key and key not in lines:
        key = key[:-1]
    return lines.get(key, 1)
