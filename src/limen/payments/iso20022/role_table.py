"""What each path of an ISO 20022 message means, worked out once a path from the table of roles.

The table (``payments/data/iso20022.yml``) knows names and suffixes of paths, no versions. A message
repeats the same paths for each transaction, so a path is a :class:`Node` that is resolved when it
is first met, and found by one look-up after that.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from limen.payments.message import Use
from limen.util.located_yaml import locate_packaged

#: What opens its own part of a message: its values go to the transactions in it.
Scope = Literal["", "transaction", "group", "entry"]
#: Longest suffix of a path that the table has.
_LONGEST = 4
#: Below it, names of elements are their sender's own, and mean nothing that a table could know.
_SUPPLEMENT = "SplmtryData"
#: What a number and a name are in an account.
_OF_AN_ACCOUNT = {"number": "account", "name": "account_name"}
#: Distinct paths that are remembered. The largest schema has fewer than 6,000; a message of
#: made-up names must not fill the memory, and is read without remembering.
_MOST_NODES = 50_000


class RoleTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Represents the table of roles, as its file is laid out."""

    messages: dict[str, str]
    transactions: frozenset[str]
    groups: frozenset[str]
    entries: frozenset[str]
    repeated: frozenset[str]
    parties: dict[str, str]
    agents: dict[str, str]
    accounts: dict[str, str | None]
    others: dict[str, str]
    of_a_party: dict[str, tuple[str, ...]]
    schemes: dict[str, str]
    texts: dict[str, tuple[str, ...]]
    unscreened: dict[str, tuple[str, ...]]
    amounts: tuple[str, ...]
    dates: tuple[str, ...]


class Owner(msgspec.Struct, frozen=True):
    """Represents what a value belongs to: a party, agent or account, or a part that is none.

    ``up`` counts the names of the path below the owner's parent; ``element`` is the name that the
    owner has there, which is not the account's own.
    """

    role: str
    is_party: bool
    is_agent: bool
    up: int
    element: str


class Node:
    """Represents a path without positions: what a value there is, and the paths below.

    ``fact`` is the name under which the value counts as a reference, amount or date. ``marks``
    says whether a message, its header or a part of it may begin here.
    """

    __slots__ = (
        "_below", "fact", "kind", "marks", "name", "owner", "path", "repeated", "role", "scheme",
        "scope", "use",
    )  # fmt: skip

    def __init__(self, path: tuple[str, ...]) -> None:
        table = role_table()
        self.path = path
        self.name = path[-1] if path else ""
        self.repeated = self.name in table.repeated
        self.scope = _scope(table, self.name)
        self.marks = bool(self.scope) or _begins(table, path)
        self.owner = _owner(path)
        self.kind, self.use = _kind(path, self.owner)
        self.role = self.owner.role if self.owner else "message"
        self.scheme = table.schemes.get(self.name, "")
        self.fact = _fact(table, path, self.kind)
        self._below: dict[str, Node] = {}

    def below(self, name: str) -> Node:
        """Return the path one name further down."""
        node = self._below.get(name)
        if node is None:
            node = Node((*self.path, name))
            if _remember():
                self._below[name] = node
        return node


@cache
def role_table() -> RoleTable:
    """Return the table of roles."""
    return locate_packaged("limen.payments", "data/iso20022.yml").decode(RoleTable)


@cache
def top() -> Node:
    """Return the node above all roots."""
    return Node(())


_remembered = 0


def _remember() -> bool:
    """Return whether one more path may be remembered."""
    global _remembered  # noqa: PLW0603 - one counter for the one tree of paths
    _remembered += 1
    return _remembered <= _MOST_NODES


def _scope(table: RoleTable, name: str) -> Scope:
    if name in table.transactions:
        return "transaction"
    if name in table.groups:
        return "group"
    return "entry" if name in table.entries else ""


def _begins(table: RoleTable, path: tuple[str, ...]) -> bool:
    """Return whether a message or its header may begin: ``Document``, what is in it, ``AppHdr``."""
    names = ("Document", "AppHdr", *table.messages.values())
    return bool(path) and (path[-1] in names or path[-2:-1] == ("Document",))


def _fact(table: RoleTable, path: tuple[str, ...], kind: str) -> str:
    """Return under which name a value counts: its own, or its parent's for ``Amt`` and ``Dt``."""
    if kind == "reference":
        return path[-1]
    known = {"amount": table.amounts, "date": table.dates}.get(kind, ())
    named = [name for name in path[:-3:-1] if name in known]
    return named[0] if named and path[-1] in {*known, "Amt", "Dt", "DtTm"} else ""


@cache
def _owners() -> dict[str, tuple[str, bool, bool, str]]:
    """Return suffix -> role, whether it is a party, whether an agent, the owner's element."""
    table = role_table()
    roles = {**table.parties, **table.agents}
    found = {name: (role, True, False, "") for name, role in table.parties.items()}
    found |= {name: (role, True, True, "") for name, role in table.agents.items()}
    for name, owner in table.accounts.items():
        role = roles[owner] if owner else "account"
        found[name] = (role, True, owner in table.agents, owner or "")
    return found | {name: (role, False, False, "") for name, role in table.others.items()}


@cache
def _kinds() -> dict[str, tuple[str, Literal["of_a_party", "texts", "unscreened"]]]:
    table = role_table()
    found: dict[str, tuple[str, Literal["of_a_party", "texts", "unscreened"]]] = {}
    for kind, suffixes in table.of_a_party.items():
        found |= dict.fromkeys(suffixes, (kind, "of_a_party"))
    for kind, suffixes in table.texts.items():
        found |= dict.fromkeys(suffixes, (kind, "texts"))
    for kind, suffixes in table.unscreened.items():
        found |= dict.fromkeys(suffixes, (kind, "unscreened"))
    return found


def _suffixes(path: tuple[str, ...], end: int) -> list[str]:
    """Return the suffixes of the first names of a path, the longest first."""
    return ["/".join(path[at:end]) for at in range(max(0, end - _LONGEST), end)]


def _owner(path: tuple[str, ...]) -> Owner | None:
    """Return the nearest owner of a value."""
    for end in range(len(path), 0, -1):
        for suffix in _suffixes(path, end):
            if suffix in _owners():
                role, is_party, is_agent, element = _owners()[suffix]
                return Owner(
                    role, is_party, is_agent, len(path) - end + 1, element or path[end - 1]
                )
    return None


def _kind(path: tuple[str, ...], owner: Owner | None) -> tuple[str, Use]:
    """Return what a value is and how it is used; what no rule knows is read as text."""
    for suffix in _suffixes(path, len(path)):
        if suffix not in _kinds():
            continue
        kind, part = _kinds()[suffix]
        if part == "unscreened" and _SUPPLEMENT in path:
            break
        if part == "unscreened":
            return kind, "none"
        if part == "texts":
            return kind, "text"
        if owner and owner.is_party:
            if path[-owner.up] in role_table().accounts or path[-owner.up].endswith("Acct"):
                kind = _OF_AN_ACCOUNT.get(kind, kind)
            if kind == "scheme" and path[-1] == "Cd":
                return kind, "none"
            return kind, "text" if kind in ("scheme", "issuer") else "party"
    return "unknown", "text"
